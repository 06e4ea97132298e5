"""What a reader must know before relying on a comparison: of its rows, of its curves, and of what it leaves out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from analysis.comparison.contenders import LIMITS
from analysis.comparison.sides import Side
from analysis.comparison.spread import leave_open
from analysis.frontier.constraints import SOUND
from analysis.frontier.operating import overshoots
from analysis.frontier.series import APART
from analysis.scenario import Parameters

COST = "cost_per_million_tokens"
DECIDING = {
    "baseline", "subject", "input_tokens", "output_tokens", "cache_hit_rate", "workloads", "minimum_interactivity",
    "suspect_series", "origin", "as_of", "snapshot", "vintage", "price_tier", "baseline_price", "subject_price",
    "baseline_rate", "subject_rate", *LIMITS,
}  # fmt: skip
"""The parameters that a comparison of two platforms depends on; the others ask for a fleet, an owner or a seller."""


@dataclass(frozen=True)
class Reservation:
    """One thing to know before relying on a comparison."""

    word: str  # what kind of thing it is, in a word or two
    text: str  # all of it, as a sentence without its full stop


def reservations(sides: tuple[Side, Side], conditions: Parameters) -> list[Reservation]:
    """Return what to know of a comparison, of its sides one by one, then of both together."""
    asked = conditions.minimum_interactivity
    own = chain.from_iterable(_of_side(side, asked) for side in sides)
    return [*own, *_of_both(sides, asked), *_unused(conditions)]


def _of_side(side: Side, asked: float) -> Iterator[Reservation]:
    name, row, curve = side.platform.name, side.row, side.contender.curve
    served, throughput = side.given["interactivity"], side.contender.at(asked)["throughput_per_gpu"]
    if side.is_modeled:
        text = f"nobody measured such requests there; the model says {throughput.between()} tok/s/GPU"
        yield Reservation("modeled", f"{name}: {text}")
    if row.get("suspect"):
        yield Reservation("suspect", f"{name}: {row['suspect']}, and it was let in by name")
    if left_out := sum(step.removed for step in curve.removed if step.constraint == SOUND):
        yield Reservation("suspect rows left out", f"{name}: {left_out} suspect rows answer nothing here")
    if row.get("label_doubt"):
        yield Reservation("label in doubt", f"{name}: the row's decoding may not be what its label says")
    if row.get("doubts"):
        yield Reservation("data check", f"{name}: {row['doubts']}")
    if "ttft_median" not in side.service:
        yield Reservation("no TTFT", f"{name}: its time to first token was not measured")
    if "accuracy" not in side.service:
        yield Reservation("no accuracy", f"{name}: nobody evaluated the accuracy of {side.series}")
    if row.get("older"):
        yield Reservation("old row", f"{name}: a row of {row['date']:%Y-%m-%d}, before the newest of its series")
    if overshoots(served.number, asked):
        yield Reservation("faster than asked", f"{name}: serves {served.show()} where {asked:g} tok/s/user is asked")
    if throughput.is_wide and not side.is_modeled:
        yield Reservation("wide bracket", f"{name}: {throughput.between()} tok/s/GPU at {asked:g} tok/s/user")
    if served.number >= curve.high or asked < curve.low:
        end = "fastest" if served.number >= curve.high else "slowest"
        yield Reservation("end of range", f"{name}: this is its {end} row, where its curve ends")


def _of_both(sides: tuple[Side, Side], asked: float) -> Iterator[Reservation]:
    name, other = (side.platform.name for side in sides)
    cost, other_cost = (side.contender.at(asked).get(COST) for side in sides)
    if name != other and cost and other_cost and leave_open(sides[0].contender.library, cost, other_cost):
        text = f"the rows around {asked:g} tok/s/user leave open whether {name} or {other} costs less per token"
        yield Reservation("tie", text)
    publishers = [side.row.get("publisher") for side in sides]
    if publishers[0] != publishers[1]:
        told = f"{publishers[0]} measured the row of {name}, {publishers[1]} that of {other}"
        yield Reservation("two publishers", told)
    days = [side.row["date"] for side in sides]
    if (pause := abs(days[1] - days[0])) > APART:
        yield Reservation("days apart", f"the rows of {name} and {other} were measured {pause.days} days apart")


def _unused(conditions: Parameters) -> Iterator[Reservation]:
    """Name what was asked and has no part in a comparison of two platforms by the GPU-hour at full load."""
    unused = [
        name
        for name, field in Parameters.model_fields.items()
        if name not in {*DECIDING, "stated"} and getattr(conditions, name) != field.default
    ]
    if unused:
        yield Reservation("not applied", f"asked, but no part of a comparison at full load: {', '.join(unused)}")
