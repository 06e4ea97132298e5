"""What explains how far models differ: equal terms, the stacks that serve, and the energy of a token."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis import formulas
from analysis.comparison import metrics
from analysis.comparison.contenders import Contender
from analysis.errors import InputError
from analysis.frontier import measured_operating_point
from analysis.frontier.constraints import Constraints
from analysis.frontier.limits import InfeasibleError
from analysis.library.loading.schemas import PRECISIONS, STACK
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Status, Value, calculate
from analysis.studies.models.matchups import THROUGHPUT, Matchup, against

PRECISION, DECODING, NODE = "one precision on both sides", "no speculative decoding", "one node on each side"
TERMS: Mapping[str, tuple[Constraints, ...]] = {
    PRECISION: tuple(Constraints(precisions=(precision,)) for precision in PRECISIONS),
    DECODING: (Constraints(speculative_decoding=("none",)),),
    NODE: (Constraints(multinode=False),),
}
"""Equal terms by what they are called; of several the one of the highest ratio counts."""


def on_equal_terms(matchup: Matchup, terms: str, key: str, interactivity: float) -> Value | None:
    """Return the ratio of the best rival where both sides keep the same terms; None where not both serve so."""
    ratios: list[Value] = []
    for constraints in TERMS[terms]:
        try:
            rivals = against(matchup.library, matchup.conditions, constraints)
        except InputError:  # not measured on these terms
            continue
        found = Matchup(matchup.model, matchup.library, matchup.conditions, rivals).at(key, interactivity)
        ratios += [found] if found else []
    return max(ratios, key=lambda ratio: ratio.number, default=None)


@dataclass(frozen=True, eq=False)
class ServingRow:
    """What serves on one side: the measured row of highest throughput at a speed or above it."""

    contender: Contender
    row: pd.Series

    @property
    def words(self) -> str:
        """Platform, framework, precision, speculative decoding, and whether it spans nodes or splits its phases."""
        row = self.row
        nodes = "disaggregated" if row["disaggregated"] else "several nodes" if row["multinode"] else "one node"
        framework, precision, decoding = row[list(STACK[1:])]
        series = f"{framework} {precision.upper()}" + (f" {decoding.upper()}" if decoding != "none" else "")
        return f"{self.contender.platform.name}: {series}, {nodes}"

    @property
    def accuracy(self) -> Value | None:
        """The share of right answers of its stack; None where nobody evaluated it."""
        library = self.contender.library
        table = library.accuracy
        if table.empty:
            return None
        same = table[(table[list(STACK)] == self.row[list(STACK)].to_numpy()).all(axis=1)]
        return None if same.empty else library.evaluated(same.iloc[0])


def serving_rows(matchup: Matchup, key: str, interactivity: float) -> tuple[ServingRow, ServingRow] | None:
    """Return what serves on the baseline and on the best rival at a speed; None where not both serve it."""
    rival = matchup.best(key, interactivity)
    if rival is None:
        return None
    try:
        baseline, subject = (
            ServingRow(side, measured_operating_point(side.curve, interactivity))
            for side in (rival.baseline, rival.subject)
        )
    except InfeasibleError:
        return None
    return baseline, subject


MEASURED = "joules_per_output_token"
BOARDS = "GPU boards, as measured"


@dataclass(frozen=True, eq=False)
class Boundary:
    """One boundary of power, and what an output token takes within it on both sides."""

    name: str
    baseline: Value
    subject: Value

    @property
    def ratio(self) -> Value:
        """How many times as much the baseline takes."""
        return calculate(formulas.ratio, mixing=("power", "assumptions"), numerator=self.baseline,
                         denominator=self.subject)  # fmt: skip

    @property
    def per_megawatt(self) -> tuple[Value, Value]:
        """The output tokens that a megawatt within the boundary serves, in tok/s/MW."""
        before, after = (
            calculate(formulas.output_throughput_per_megawatt, energy_per_output_token=energy)
            for energy in (self.baseline, self.subject)
        )
        return before, after


def boundaries(matchup: Matchup, interactivity: float) -> tuple[Boundary, ...]:
    """Return what an output token takes on both sides at a speed, by each boundary that is known.

    Both sides stand on the measured row of highest throughput, at the speed or above it, whose boards were measured;
    empty where one side has none. Output tokens are the workload's nominal share of all.
    """
    others = [rival.subject for rival in matchup.rivals]
    rows = [(side, row) for side in others if (row := _measured_row(side, interactivity)) is not None]
    baseline = matchup.rivals[0].baseline
    before = _measured_row(baseline, interactivity)
    if before is None or not rows:
        return ()
    subject, after = max(rows, key=lambda found: float(found[1]["throughput_per_gpu"]))
    sides = ((baseline, before), (subject, after))
    known = [Boundary(BOARDS, *(_boards(side, row) for side, row in sides))]
    for vintages, powers in _provisioned_powers(matchup.library, [side.curve.hardware for side, _ in sides]):
        energies = (_provisioned(side, row, power) for (side, row), power in zip(sides, powers, strict=True))
        known.append(Boundary(f"all-in provisioned, {vintages}", *energies))
    return tuple(known)


def _provisioned_powers(library: Library, platforms: Sequence[str]) -> list[tuple[str, list[Value]]]:
    """The powers of platforms in each vintage that has all; later vintages that change none of them stand with it."""
    told: list[tuple[str, list[Value]]] = []
    for vintage in library.vintages:
        powers = [power for platform in platforms if (power := library.known_power(platform, vintage))]
        if len(powers) < len(platforms):
            continue
        if told and [power.number for power in powers] == [power.number for power in told[-1][1]]:
            first, *_ = told[-1][0].split(" to ")
            told[-1] = (f"{first} to {vintage}", told[-1][1])
        else:
            told.append((vintage, powers))
    return told


@lru_cache(maxsize=1000)
def _measured_row(side: Contender, interactivity: float) -> pd.Series | None:
    """The row of highest throughput, at the speed or above it, whose boards were measured."""
    rows = side.library.benchmark
    curve = side.curve
    lengths = curve.knots.iloc[0][["input_tokens", "output_tokens"]]
    fitting = rows[
        (rows["hardware"] == curve.hardware)
        & (rows["input_tokens"] == lengths["input_tokens"])
        & (rows["output_tokens"] == lengths["output_tokens"])
        & (rows["suspect"] == "")
        & rows[MEASURED].notna()
        & (rows["interactivity_median"] >= interactivity)
    ]
    return None if fitting.empty else fitting.loc[fitting[THROUGHPUT].idxmax()]


def _boards(side: Contender, row: pd.Series) -> Value:
    kinds = {"model": side.library.model, "power": BOARDS}
    return side.library.measured(row, MEASURED, "energy_per_output_token", kinds)


def _provisioned(side: Contender, row: pd.Series, power: Value) -> Value:
    throughput = side.library.measured(row, THROUGHPUT, THROUGHPUT, side.kinds)
    energy = metrics.level("energy_per_token", {THROUGHPUT: throughput, "power_per_gpu": power}, calculate)
    nominal = row["output_tokens"] / (row["input_tokens"] + row["output_tokens"])
    share = Value(float(nominal), quantity("output_share"), side.platform.name, Status.CHOSEN, note="nominal lengths")
    return calculate(formulas.energy_per_output_token, energy_per_token=energy, output_share=share)
