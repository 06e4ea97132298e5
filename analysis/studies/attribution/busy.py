"""Utilization as a result of a day's load on the platforms compared, and what rows within limits on tails deliver."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from analysis.comparison.day import SHAPES, DayFleet, DayLoad, day_fleet, shape
from analysis.comparison.requests import chosen
from analysis.comparison.sides import Goodput, goodput
from analysis.comparison.tariff import serving
from analysis.errors import InputError
from analysis.library.choices import choice, choices
from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.attribution.lengths import LEVELS

NO_LIMIT = 1e6  # a wait that every row keeps, in s


@dataclass(frozen=True, eq=False)
class Tails:
    """The best measured rows of a platform whose slowest hundredth keeps limits; None where no row does."""

    hardware: str
    level: Value  # that the slowest hundredth gets at least, in tok/s/user
    speed_kept: Goodput | None  # the best row that keeps it
    both_kept: Goodput | None  # the best row that keeps the limit on the first token as well


@dataclass(frozen=True, eq=False)
class Busy:
    """How busy the GPUs of two platforms are over a day, and their goodput."""

    library: Library
    conditions: Parameters

    @property
    def load(self) -> Value:
        """The tokens of a day, in tok/day."""
        return chosen(self.conditions, "tokens_per_day", "a day's load")

    @property
    def most(self) -> Value:
        """The share of full load that the busiest hour takes at most."""
        return chosen(self.conditions, "peak_utilization", "a day's load")

    @property
    def batch(self) -> Value:
        """The share of the tokens that may wait, where some may."""
        return choice("batch_share", "day's load")

    @cached_property
    def days(self) -> list[tuple[str, float, DayFleet]]:
        """The shape of the day, the share that may wait and the GPUs, of each platform that serves."""
        shares, found = (0.0, self.batch.number), []
        for hardware in dict.fromkeys([self.conditions.baseline, self.conditions.subject]):
            with suppress(InputError):  # no row answers here, nor a model
                side = serving(self.library, self.conditions, hardware)
                for name in SHAPES:
                    for share in shares if name != SHAPES[0] else shares[:1]:
                        load = DayLoad(self.load, shape(name), share)
                        speed, most = self.conditions.minimum_interactivity, self.conditions.peak_utilization
                        if fleet := day_fleet(side, load, speed, most):
                            found.append((name, share, fleet))
        return found

    @property
    def wait(self) -> Value:
        """The limit on the time to first token of the slowest hundredth, in s."""
        return choice("ttft_tail", "goodput")

    @cached_property
    def tails(self) -> list[Tails]:
        """The best rows of each platform within limits on tails, by level."""
        wait = self.wait.number
        return [
            Tails(hardware, level, self._goodput(hardware, level, NO_LIMIT), self._goodput(hardware, level, wait))
            for hardware in dict.fromkeys([self.conditions.baseline, self.conditions.subject])
            for level in choices("interactivity", LEVELS)
        ]

    def used(self) -> Iterator[Value]:
        """Yield what the results are made from, for the list of sources."""
        yield from (fleet.utilization for _, _, fleet in self.days)
        yield from (row.throughput for tails in self.tails for row in (tails.speed_kept, tails.both_kept) if row)

    def _goodput(self, hardware: str, level: Value, wait: float) -> Goodput | None:
        return goodput(self.library, self.conditions, hardware, level.number, wait)
