"""What moves the worth of a GPU: each assumption of the outlooks by itself, and all of them weighted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.library.values import Status, Value
from analysis.studies.business.brief import Brief
from analysis.studies.business.outlooks import GROUPS, case, outlooks


@dataclass(frozen=True)
class Bar:
    """What one group of parameters does alone to the net present value, all else as in the base outlook."""

    label: str
    # The net present value with the bull outlook's amounts of it, in USD/GPU; None where it is not served.
    bull: Value | None
    bear: Value | None  # with the bear outlook's

    @property
    def width(self) -> float:
        """How far the two lie apart, in USD/GPU."""
        return abs(self.bull.number - self.bear.number) if self.bull and self.bear else 0.0


def alone(brief: Brief, hardware: str) -> list[Bar]:
    """Return what each group of parameters does alone to a platform's net present value, the strongest first.

    The operating point goes to the bear outlook's speed or to the one that is asked for, whichever is faster.
    """
    known = outlooks(brief)
    base = known["base"]
    asked = brief.floor_asked
    if "interactivity" in known["bear"] and asked.number > known["bear"]["interactivity"].number:
        known = known | {"bear": {**known["bear"], "interactivity": asked}}
    bars = []
    for label, keys in GROUPS.items():
        rest = {key: value for key, value in base.items() if key not in keys}
        ends = []
        for name in ("bull", "bear"):
            made = case(brief, rest | {key: known[name][key] for key in keys if key in known[name]}, hardware)
            ends.append(made.returns.worth if made and made.returns else None)
        bars.append(Bar(label, *ends))
    return sorted((bar for bar in bars if bar.width), key=lambda bar: -bar.width)


def weighted(brief: Brief, worths: Mapping[str, Value]) -> Value | None:
    """Return the net present value weighted as the scenario says, in USD/GPU; None where it gives no weights."""
    weights = brief.conditions.outlook_weights
    if not weights or not weights.keys() <= worths.keys():
        return None
    number = sum(weight * worths[name].number for name, weight in weights.items())
    first = next(iter(worths.values()))
    return replace(
        first,
        number=number,
        formula=None,
        status=Status.DERIVED,
        inputs=dict(worths),
        note="weighted by the scenario",
    )
