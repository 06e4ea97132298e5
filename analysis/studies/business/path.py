"""How the revenue of a GPU goes on after its first year: prices that fall, software that gains, a next chip."""

from dataclasses import dataclass

from analysis import formulas
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value, calculate


@dataclass(frozen=True)
class Path:
    """How the revenue of a GPU goes on after its first year."""

    annual_price_decline: Value  # share of its price that a token loses each year
    # Share by which software raises throughput each year; None: not at all.
    annual_throughput_gain: Value | None = None
    next_chip_year: Value | None = None  # the first year of a next chip; None: none comes
    next_chip_price_cut: Value | None = None  # share of its price that a token loses then, once

    @property
    def decline(self) -> Value:
        """The share of its revenue that a GPU loses each year."""
        if self.annual_throughput_gain is None:
            return self.annual_price_decline
        return calculate(
            formulas.annual_revenue_decline,
            annual_price_decline=self.annual_price_decline,
            annual_throughput_gain=self.annual_throughput_gain,
        )

    def cut(self, year: int) -> Value | None:
        """Return the fall of the price that a next chip has brought by a year, the first being 0; None before it."""
        is_there = self.next_chip_year is not None and year + 1 >= self.next_chip_year.number
        return self.next_chip_price_cut if is_there else None

    def left(self, year: int) -> float:
        """Return what a year's revenue is over that of the first year, which is 0."""
        cut = self.cut(year)
        return float((1 - self.decline.number) ** year * (1 - (cut.number if cut else 0)))


def falling(annual_price_decline: float) -> Path:
    """Return the path on which the price of tokens falls by a share each year, and nothing else changes."""
    return Path(chosen("annual_price_decline", annual_price_decline, "token price"))


def chosen(key: str, number: float, subject: str) -> Value:
    """Return an amount that the scenario or the reckoning itself sets, as a value."""
    place = f"parameter {key}" if key == "annual_price_decline" else ""
    return Value(float(number), quantity(key), subject, Status.CHOSEN, place=place)
