"""Which unrounded values can a printed figure stand for: all its readings, in words and moved to another unit?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from math import inf

from analysis.errors import InputError, nearest
from analysis.studies.claims.rounding.grammar import BOUNDS, Bound, Figure
from analysis.studies.claims.rounding.text import read

# More digits than the longest text can need, so that no end of an interval is itself rounded.
EXACT_DIGITS = 400


@dataclass(frozen=True)
class Reading:
    """One way to read which digits count."""

    step: float  # one unit of the last significant digit in this reading, of a range's finer end
    interval: tuple[float, float]  # lower and upper end of the unrounded values, both included

    def contains(self, value: float) -> bool:
        """Return whether the value is one of those that the figure can stand for in this reading."""
        return self.interval[0] <= value <= self.interval[1]


def readings(first: Figure, last: Figure, bound: Bound) -> tuple[Reading, ...]:
    """Return the readings from the narrowest, where every digit counts, to the one where no trailing zero does."""
    is_threshold = bound in ("at least", "at most")
    count = 1 if is_threshold else max(len(first.steps), len(last.steps))
    with localcontext(prec=EXACT_DIGITS):
        return tuple(_reading(first, last, bound, open_zeros) for open_zeros in range(count))


def _reading(first: Figure, last: Figure, bound: Bound, open_zeros: int) -> Reading:
    """Return the reading in which so many trailing zeros do not count, as far as each figure has them."""
    below = first.steps[min(open_zeros, len(first.steps) - 1)]
    above = last.steps[min(open_zeros, len(last.steps) - 1)]
    lower, upper = {
        "equal": (first.value - below / 2, last.value + above / 2),
        "about": (first.value - below, last.value + above),
        "at least": (first.value, Decimal(inf)),
        "at most": (Decimal(0), last.value),
        "nearly": (first.value - below, last.value),
    }[bound]
    return Reading(float(min(below, above)), (float(max(lower, Decimal(0))), float(upper)))


_OTHER_SIDE: dict[Bound, Bound] = {"at least": "at most", "at most": "at least"}


@dataclass(frozen=True)
class Printed:
    """A printed figure and the unrounded values it stands for, in base terms (54K is 54000, 35% is 0.35)."""

    text: str  # the figure as printed
    bound: Bound  # the bound that holds: the one in the text, else the one given beside it
    unit: str  # the unit words found, a currency by its code, a ratio by "x"; empty where there are none
    ends: tuple[float, float]  # the two figures of a range; twice the same for a single figure
    # From the narrowest, where every digit counts, to the widest, where no trailing zero of an integer does. Only one
    # where nothing is ambiguous.
    readings: tuple[Reading, ...]
    is_peak: bool = False  # whether the figure is said to be reached somewhere ("up to"), not only never to be passed

    @property
    def value(self) -> float:
        """The printed number; the middle of a range."""
        return (self.ends[0] + self.ends[1]) / 2

    @property
    def narrow(self) -> Reading:
        """The reading in which every printed digit counts."""
        return self.readings[0]

    @property
    def wide(self) -> Reading:
        """The reading in which no trailing zero of an integer counts."""
        return self.readings[-1]

    @property
    def step(self) -> float:
        """One unit of the last printed digit, zeros included."""
        return self.narrow.step

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of the wide reading: a claim is not called false for zeros its author may not have meant."""
        return self.wide.interval

    @property
    def ambiguous(self) -> bool:
        """Whether trailing zeros leave open which digits count."""
        return len(self.readings) > 1

    @property
    def phrase(self) -> str:
        """The interval in words, with both readings where the zeros are ambiguous."""
        if not self.ambiguous:
            return f"{self.text!r} stands for {self._span(self.wide)}"
        return (
            f"{self.text!r} has ambiguous zeros: it stands for {self._span(self.narrow)} if every digit counts, "
            f"for {self._span(self.wide)} if no trailing zero does"
        )

    def contains(self, value: float) -> bool:
        """Return whether the value is one of those that the figure can stand for in its wide reading."""
        return self.wide.contains(value)

    def resolved(self, open_zeros: int) -> "Printed":
        """Return the figure in the one reading in which so many trailing zeros do not count."""
        return replace(self, readings=(self.readings[open_zeros],))

    def scaled(self, factor: float) -> "Printed":
        """Return the figure in another unit: all of it times a factor."""
        return self._moved(lambda number: factor * number, factor)

    def increased(self) -> "Printed":
        """Return the ratio that a figure says in "88% more": one and so much."""
        return self._moved(lambda number: 1 + number, 1)

    def reduced(self) -> "Printed":
        """Return the ratio that a figure leaves in "97% lower": one less so much, bounded from the other side."""
        turned = replace(self, bound=_OTHER_SIDE.get(self.bound, self.bound))
        return turned._moved(lambda number: 1 - number, 1)

    def _moved(self, move: Callable[[float], float], step: float) -> "Printed":
        """Return the figure with every number moved, in order again, and steps times a factor; none is below 0."""
        low, high = sorted(map(move, self.ends))
        moved = [
            Reading(step * reading.step, (max(0.0, least), most))
            for reading in self.readings
            for least, most in [sorted(map(move, reading.interval))]
        ]
        return replace(self, ends=(low, high), readings=tuple(moved))

    def distance(self, value: float) -> float:
        """Return how far the value is from the printed figure, in units of the last printed digit.

        Negative below the figure and positive above it, whatever the bound; 0 between the ends of a range.
        """
        low, high = self.ends
        return (value - min(max(value, low), high)) / self.step

    def _span(self, reading: Reading) -> str:
        scale = 100 if self.unit.startswith("%") else 1
        low, high = (f"{scale * end:,.12g}" for end in reading.interval)
        is_sign = self.unit == "x" or self.unit.startswith(("x ", "%"))
        unit = self.unit if is_sign else f" {self.unit}".rstrip()
        if self.bound == "at least":
            return f"{low}{unit} or more"
        return f"{high}{unit} or less" if self.bound == "at most" else f"{low} to {high}{unit}"


def printed(text: str, bound: Bound = "equal") -> Printed:
    """Return the unrounded values that a printed figure stands for.

    Args:
        text: The figure as printed, such as "$4.20", "6,000", "54K tok/s/MW", "30-35x" or "more than 50x".
        bound: The bound where the text itself names none: equal, about, at least, at most or nearly.

    Raises:
        InputError: If the text is not understood (the message names the place), if the bound is not one of these
            or contradicts the text, or if a range has a bound other than equal or about.
    """
    written = read(text)
    if bound not in BOUNDS:
        raise InputError(f"printed figure {text!r}: bound {bound!r} is not known; {nearest(str(bound), BOUNDS)}")
    if written.bound and bound not in ("equal", written.bound):
        raise InputError(f"printed figure {text!r}: the text says {written.bound!r}, the bound given is {bound!r}")
    holding = written.bound or bound
    first, last = written.figures[0], written.figures[-1]
    if len(written.figures) > 1 and holding not in ("equal", "about"):
        raise InputError(f"printed figure {text!r}: a range is read as equal or about, not as {holding!r}")
    ends = (float(first.value), float(last.value))
    return Printed(text, holding, written.unit, ends, readings(first, last, holding), written.is_peak)
