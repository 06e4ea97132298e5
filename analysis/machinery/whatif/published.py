"""The published comparison as the page shows it: its ratios on the chart, its table where no script runs."""

from dataclasses import dataclass
from typing import Any

from analysis.comparison.head_to_head import HeadToHead, compare, workload
from analysis.comparison.metrics import ratio_of
from analysis.exhibits.marks import LETTERS, Caution
from analysis.frontier.tokens import KINDS
from analysis.library.sources import TIERS, Library
from analysis.library.values import Value
from analysis.machinery.whatif.results import ratios
from analysis.machinery.whatif.rows import kind_key
from analysis.scenario import Parameters
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.ledgers import ledger


@dataclass(frozen=True)
class Cell:
    """A number as text, with the letters of what taints it."""

    text: str
    marks: tuple[Caution, ...] = ()


@dataclass(frozen=True)
class Published:
    """The published point, rebuilt from two measured rows under the conditions at which it stands."""

    library: Library
    conditions: Parameters

    @property
    def pair(self) -> HeadToHead:
        """The two platforms, each at its measured row."""
        return compare(self.library, self.conditions)

    @property
    def ratios(self) -> dict[str, Claim]:
        """The published ratios of the pair, by quantity."""
        pair = {self.conditions.baseline, self.conditions.subject}
        claims = [claim for claim in ledger(self.library) if claim.is_ratio and claim.group == "table"]
        return {claim.quantity: claim for claim in claims if {claim.subject, claim.baseline} == pair}

    @property
    def place(self) -> dict[str, Any]:
        """Where the page draws the published ratios, and the ratios, as plain JSON."""
        asked = self.conditions
        return {
            "model": str(self.library.model),
            "interactivity": asked.minimum_interactivity,
            "workload": workload(asked.input_tokens, asked.output_tokens),
            "tokens": kind_key(next(iter(KINDS))),
            "pair": [asked.baseline, asked.subject],
            "ratios": {
                ratio_of(key): {"number": claim.value.number, "printed": claim.value.printed}
                for key, claim in self.ratios.items()
            },
        }

    @property
    def sentence(self) -> str:
        """The published point in words."""
        pair, asked = self.pair, self.conditions
        before, after = pair.levels("cost_per_million_tokens")
        return (
            f"At {workload(asked.input_tokens, asked.output_tokens)} and at least {pair.floor.show()} tok/s/user, a "
            f"million tokens cost {after.show()} on {pair.subject.platform.name} and {before.show()} on "
            f"{pair.baseline.platform.name}: {pair.ratio('cost_per_million_tokens').show()} lower."
        )

    @property
    def note(self) -> str:
        """What the diamond on the chart of ratios is."""
        return "The diamond is the published figure, at the interactivity on which it is inferred to stand."

    @property
    def caption(self) -> str:
        """What the table holds."""
        asked = self.conditions
        return (
            f"The published point, rebuilt from one measured row of each platform: rows until {asked.as_of}, prices "
            f"({TIERS[asked.price_tier]}) and power of {asked.vintage}."
        )

    @property
    def columns(self) -> list[str]:
        """The heads of the table's columns."""
        return ["Metric", *(side.platform.name for side in self.pair.sides), "Ratio", "Ratio as published"]

    @property
    def rows(self) -> list[tuple[str, list[Cell]]]:
        """The table: the name of each metric, its levels, its ratio, and the ratio as published."""
        pair, printed = self.pair, self.ratios
        return [
            (
                pair.levels(key)[0].quantity.label,
                [
                    *(_cell(value) for value in (*pair.levels(key), pair.ratio(key))),
                    _cell(printed[key].value) if key in printed else Cell("not stated"),
                ],
            )
            for key in pair.metrics
            if key in ratios()
        ]


def _cell(value: Value) -> Cell:
    return Cell(value.show(), tuple(caution for word, caution in LETTERS.items() if word in value.cautions))
