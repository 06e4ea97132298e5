"""What claims are judged by: measured rows and assumptions, at the scenario's point or at the one that is stated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.comparison.contenders import known_price
from analysis.comparison.head_to_head import HeadToHead
from analysis.comparison.metrics import inputs
from analysis.comparison.spread import spread
from analysis.library.measurements.formats.inferencex import PUBLISHER
from analysis.library.quantities import workloads
from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.levels import LackingError, combined, compared, level_of, needed, printed_level
from analysis.studies.claims.served import OTHERS, Served, archive, at_point, is_about, publishers

CONSTANTS = ("price_per_gpu_hour", "power_per_gpu")
NO_POINT = "interactivity is not stated"
NO_LENGTHS = "sequence lengths are not stated"
NOTHING_MEASURED = "of which the data hold no rows"
SUSPECT = "with rows of doubtful accuracy"


@dataclass(frozen=True)
class Finding:
    """What the data give for a claim under one reading of its conditions."""

    value: Value | None  # the figure; None where the data hold none
    remark: str = ""  # what must be known of it, or why there is none
    since: Value | None = None  # the figure from the rows at hand, where those of the statement's day are gone
    # By which share repeated runs of one configuration differ; None where no row enters the figure.
    spread: Value | None = None


@dataclass(frozen=True)
class Evidence:
    """The figures, and the comparison at whose point a statement is judged that names none itself."""

    library: Library
    comparison: HeadToHead

    @cached_property
    def inputs(self) -> dict[str, Value]:
        """The unrounded inputs of both sides of the comparison, by the variables of claims that name no point."""
        return {
            f"{key} {side.platform.key}": side.given[key]
            for side in self.comparison.sides
            for key in inputs()
            if key in side.given
        }

    @property
    def constants(self) -> dict[str, Value]:
        """Those of the inputs that the vintage states: prices and power."""
        return {name: value for name, value in self.inputs.items() if name.startswith(CONSTANTS)}

    def constants_of(self, claims: Sequence[Claim]) -> dict[str, Value]:
        """Return them where any of the claims is about what is asked; those of others say nothing of them."""
        return self.constants if any(self.is_asked(claim, claims) for claim in claims) else {}

    def is_asked(self, claim: Claim, beside: Sequence[Claim] = ()) -> bool:
        """Return whether a claim is about what is asked; one that names its point or has no rows stands alone.

        Args:
            claim: The claim.
            beside: Claims printed beside it: a level printed beside a ratio is about the two platforms of that.
        """
        if claim.point.is_stated or claim.point.measurement or archive(self.library, self.model(claim)) is None:
            return True
        asked = {side.platform.key for side in self.comparison.sides}
        return set(compared(claim, beside)) <= asked and self.is_of_the_model(claim)

    def is_of_the_model(self, claim: Claim) -> bool:
        """Return whether a claim is about the model that the rows are of."""
        return is_about(self.model(claim), self.library.model, self.library.folder)

    def finding(self, claim: Claim, beside: Sequence[Claim] = ()) -> Finding:
        """Return what the data give for a claim as it is stated."""
        if claim.point.measurement:
            return Finding(None, f"about {claim.point.measurement}, {NOTHING_MEASURED}")
        if archive(self.library, self.model(claim)) is None:
            return Finding(None, f"no rows of {self.model(claim)} here")
        if not self.is_asked(claim, beside):
            platforms = " and ".join(self.name(claim, key) for key in reversed(compared(claim, beside)))
            return Finding(None, f"stated for {self.model(claim)} on {platforms}; not asked here")
        if not claim.point.is_stated:
            return self._at_the_scenarios_point(claim)
        if claim.point.interactivity is None:
            return Finding(None, NO_POINT)
        if claim.point.input_tokens is None or claim.point.output_tokens is None:
            return Finding(None, NO_LENGTHS)
        found = self._at_its_point(claim, beside)
        if claim.baseline_date is None:
            return found
        same_day = self._at_its_point(replace(claim, baseline_date=None), beside).value
        told = f"against {self.name(claim, claim.baseline)} of the same day {same_day.show()}" if same_day else ""
        return replace(found, remark="; ".join(part for part in (found.remark, told) if part))

    def recomputed(self, claim: Claim) -> tuple[Value | None, str]:
        """Return the claim's figure from the data, None where there is none, and what must be known of it."""
        finding = self.finding(claim)
        return finding.value, finding.remark

    def readings(self, claim: Claim, beside: Sequence[Claim] = ()) -> dict[str, Finding]:
        """Return what the data give under other readings of a stated point, by name.

        The workloads that were measured, where the claim states none; else with rows of doubtful accuracy let in.
        """
        point, rows = claim.point, archive(self.library, self.model(claim))
        if point.interactivity is None or rows is None or point.measurement:
            return {}
        if point.input_tokens is not None:
            points = {SUSPECT: replace(point, lets_suspect_rows_in=True)}
        else:
            points = {
                name: replace(point, input_tokens=lengths[0], output_tokens=lengths[1])
                for name, lengths in workloads(rows.until(claim.date).benchmark).items()
            }
        return {name: self.finding(replace(claim, point=read), beside) for name, read in points.items()}

    def model(self, claim: Claim) -> str:
        """Return the model that a claim is about; that of the rows where it does not say."""
        return claim.model or self.library.model

    def name(self, claim: Claim, key: str) -> str:
        """Return the name of a platform of a claim."""
        return self.library.platforms[key].name if key in self.library.platforms else claim.names[key]

    def _at_the_scenarios_point(self, claim: Claim) -> Finding:
        sides = {side.platform.key: side for side in self.comparison.sides}
        levels: dict[str, Value | None] = {}
        for role, key in claim.roles.items():
            publisher = sides[key].row.get("publisher", PUBLISHER)
            if publisher not in publishers(self.library) and "throughput_per_gpu" in needed(claim.quantity):
                return Finding(None, OTHERS.format(platform=self.name(claim, key), publisher=publisher))
            given = {**sides[key].given, **claim.stated[role]}
            if self._is_own(key):
                given["price_per_gpu_hour"] = sides[key].given["price_per_gpu_hour"]
            try:
                levels[role] = level_of(claim.quantity, given)
            except LackingError as error:
                return Finding(None, str(error))
        return Finding(combined(claim, levels), spread=self._spread(claim))

    def _at_its_point(self, claim: Claim, beside: Sequence[Claim]) -> Finding:
        rows = archive(self.library, self.model(claim))
        assert rows is not None, "finding() looks first"
        levels: dict[str, Value | None] = {}
        since: dict[str, Value | None] = {}
        points: list[Served] = []
        for role, key in claim.roles.items():
            if not rows.has(key):
                levels[role] = since[role] = printed_level(claim, role, beside) if claim.is_ratio else None
                words = "as printed" if levels[role] else "has no rows here"
                points.append(Served(None, f"{self.name(claim, key)} {words}"))
                continue
            points.append(at_point(rows, key, claim, role, self.comparison.conditions))
            try:
                levels[role] = self._made(claim, role, points[-1].value)
                since[role] = self._made(claim, role, points[-1].since or points[-1].value)
            except LackingError as error:
                return Finding(None, str(error))
        remark = "; ".join(dict.fromkeys(point.remark for point in points if point.remark))
        value = combined(claim, levels)
        gone = combined(claim, since) if value is None else None
        return Finding(value, remark, gone, self._spread(claim))

    def _made(self, claim: Claim, role: str, throughput: Value | None) -> Value | None:
        """The claimed quantity, from the prices and power that claim or reader states, or those of the vintage."""
        if throughput is None:
            return None
        platform, conditions = claim.roles[role], self.comparison.conditions
        given = {"throughput_per_gpu": throughput, **claim.stated[role]}
        price = known_price(self.library, conditions, platform)
        power = self.library.known_power(platform, conditions.vintage)
        if price and ("price_per_gpu_hour" not in given or self._is_own(platform)):
            given["price_per_gpu_hour"] = price
        if power and "power_per_gpu" not in given:
            given["power_per_gpu"] = power
        return level_of(claim.quantity, given)

    def _spread(self, claim: Claim) -> Value | None:
        """By which share nine of ten repeated runs of a configuration differ at most; None where no row is in it."""
        return spread(self.library).most(0.0) if "throughput_per_gpu" in needed(claim.quantity) else None

    def _is_own(self, platform: str) -> bool:
        """Whether the reader states a price of the platform, which then goes before any other."""
        asked = self.comparison.conditions
        own = {asked.subject: asked.subject_price, asked.baseline: asked.baseline_price}
        return own.get(platform) is not None
