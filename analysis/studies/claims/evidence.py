"""What claims are judged by: measured rows and assumptions, at the scenario's point or at the one that is stated."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from analysis import formulas
from analysis.comparison.contenders import known_price
from analysis.comparison.head_to_head import HeadToHead
from analysis.comparison.metrics import METRICS, inputs, level, missing
from analysis.errors import InputError
from analysis.frontier.operating import library_curve, throughput_at
from analysis.library.sources import Library
from analysis.library.terms import counts, workloads
from analysis.library.values import Value, calculate
from analysis.studies.claims.claim import Claim

LATER = "from rows measured after the statement"
CONSTANTS = ("price_per_gpu_hour", "power_per_gpu")


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

    def recomputed(self, claim: Claim) -> tuple[Value | None, str]:
        """Return the claim's figure from the data, None where there is none, and what must be known of it."""
        subject, remark = self._level(claim, "subject")
        if subject is None or not claim.is_ratio:
            return subject, remark
        baseline, other_remark = self._level(claim, "baseline")
        if baseline is None:
            return None, other_remark
        mixing = self.comparison.mixing(claim.quantity)
        ratio = calculate(formulas.ratio, mixing=mixing, numerator=subject, denominator=baseline)
        return ratio, remark or other_remark

    def readings(self, claim: Claim) -> dict[str, "Evidence"]:
        """Return other readings of a stated point, by name: rows measured since, and workloads that are not stated.

        The rows are the latest of each configuration, so those of the statement's day may have been replaced.
        """
        point = claim.point
        if point.interactivity is None:
            return {}
        if point.input_tokens is not None:
            return {"rows measured since": _Since(self.library, self.comparison)}
        return {
            name: _Assuming(self.library, self.comparison, *lengths)
            for name, lengths in workloads(self.library.benchmark).items()
        }

    def _level(self, claim: Claim, role: str) -> tuple[Value | None, str]:
        platform = getattr(claim, role)
        if claim.point.measurement:
            return None, f"about {claim.point.measurement}, of which the data hold no rows"
        if claim.point.interactivity is None:
            for side in self.comparison.sides:
                if side.platform.key == platform:
                    value = side.levels.get(claim.quantity) or side.given.get(claim.quantity)
                    return value, "" if value else _missing(claim, side.given)
            return None, f"the comparison is not of {self.library.platform(platform).name}"
        if claim.point.input_tokens is None or claim.point.output_tokens is None:
            return None, "sequence lengths are not stated"
        return self._at_point(claim, role, platform)

    def _at_point(self, claim: Claim, role: str, platform: str) -> tuple[Value | None, str]:
        remark = "no row serves this point"
        for day, remark_if_found in ((claim.date, ""), (None, LATER)):
            with suppress(InputError):
                throughput = self._throughput(claim, role, platform, day)
                if throughput is not None:
                    given = {**self._constants(platform), "throughput_per_gpu": throughput}
                    if lacking := _missing(claim, given):
                        return None, lacking
                    return level(claim.quantity, given, calculate), remark_if_found
        return None, remark

    def _throughput(self, claim: Claim, role: str, platform: str, day: date | None) -> Value | None:
        point = claim.point
        assert point.input_tokens is not None
        assert point.output_tokens is not None
        assert point.interactivity is not None
        curve = library_curve(
            self.library,
            platform,
            input_tokens=point.input_tokens,
            output_tokens=point.output_tokens,
            precision=getattr(point, f"{role}_precision") or None,
            speculative_decoding=getattr(point, f"{role}_speculative_decoding") or None,
            as_of=day,
        )
        kinds = counts(self.library.model, point.input_tokens, point.output_tokens)
        return throughput_at(self.library, curve, point.interactivity, kinds)

    def _constants(self, platform: str) -> dict[str, Value]:
        conditions = self.comparison.conditions
        price = known_price(self.library, conditions, platform)
        power = self.library.known_power(platform, conditions.vintage)
        return {key: value for key, value in zip(CONSTANTS, (price, power), strict=True) if value}


def _missing(claim: Claim, given: Collection[str]) -> str:
    return missing(claim.quantity, given) if claim.quantity in METRICS else ""


@dataclass(frozen=True)
class _Assuming(Evidence):
    """Evidence for a claim whose sequence lengths are assumed."""

    input_tokens: int
    output_tokens: int

    def recomputed(self, claim: Claim) -> tuple[Value | None, str]:
        point = replace(claim.point, input_tokens=self.input_tokens, output_tokens=self.output_tokens)
        return super().recomputed(replace(claim, point=point))


@dataclass(frozen=True)
class _Since(Evidence):
    """Evidence from all rows, whenever measured."""

    def recomputed(self, claim: Claim) -> tuple[Value | None, str]:
        return super().recomputed(replace(claim, date=date.max))
