"""From what each uncertain input is drawn: the distributions that `data/` states, filled with ranges and figures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isnan, log, sqrt

import pandas as pd
from scipy.special import ndtri

from analysis.comparison.spread import elasticity, spread
from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.studies.ownership.cost_model import BASIS, NETWORK
from analysis.studies.ownership.levelized import CAPITAL, THROUGHPUT
from analysis.studies.ownership.operating_costs import (
    Range,
    capital_per_gpu,
    fleet_utilization,
    knows_capital,
    operating_cost,
)
from analysis.studies.ownership.owned_pair import OwnedPair
from analysis.studies.ownership.owners import Owner
from analysis.studies.uncertainty.distributions import Discrete, Distribution, Lognormal, Triangular, Uniform

TABLE = "uncertain_inputs"
ROW, BETWEEN = "measured row", "value between rows"
_KINDS: Mapping[str, Callable[[float, float, float], Distribution]] = {
    "triangular": Triangular,
    "uniform": lambda low, here, high: Uniform(low, high),
}


@dataclass(frozen=True)
class Drawn:
    """An input that is drawn."""

    key: str
    platform: str  # whose it is; empty where one draw holds for both
    distribution: Distribution  # what it is drawn from
    figure: Value  # the library's figure whose range that is

    @property
    def name(self) -> str:
        """The input as the cost model names it."""
        return f"{self.platform}.{self.key}" if self.platform else self.key


def drawn_inputs(owned: OwnedPair, bases: int, apart: Callable[[str], bool]) -> Iterator[Drawn]:
    """Yield every input that the library gives a distribution of and that can vary here."""
    for _, row in owned.library.tables[TABLE].iterrows():
        key = str(row["parameter"])
        if key == BASIS:
            if bases > 1:
                yield Drawn(key, "", Discrete(bases), replace(_stated(owned, row, "both"), number=float(bases)))
            continue
        owners = [owned.baseline] if row["shared"] and not apart(key) else list(owned.owners.values())
        for owner in owners:
            platform = "" if len(owners) == 1 else owner.key
            drawn = _throughput(owned, row, owner) if key == THROUGHPUT else _ranged(owned, row, owner)
            if drawn:
                yield Drawn(key, platform, *drawn)


def sourced_range(library: Library, key: str, hardware: str) -> Range | None:
    """Return the range of an input that its own source gives; None where the library knows no capital.

    The power's is over the vintages.
    """
    name = library.platform(hardware).name
    if key == "power_per_gpu":
        powers = [power for vintage in library.vintages if (power := library.known_power(hardware, vintage))]
        low, high = (end(power.number for power in powers) for end in (min, max))
        return Range(powers[-1], low, high)
    if key == "electricity_price":
        return operating_cost(library, key, "United States industrial", name)
    if key == CAPITAL:
        return capital_per_gpu(library, hardware) if knows_capital(library, hardware) else None
    return fleet_utilization(library, name)


def _ranged(owned: OwnedPair, row: pd.Series, owner: Owner) -> tuple[Distribution, Value] | None:
    key = str(row["parameter"])
    if key == NETWORK and not owner.is_system_price:
        return None
    here = 0.0 if key == NETWORK else owner.levels[key].number
    known = (
        sourced_range(owned.library, key, owner.key)
        if isnan(row["low"])
        else Range(_stated(owned, row, owner.name), float(row["low"]), float(row["high"]))
    )
    if known is None:
        return None
    low, high = known.low, known.high
    if row["distribution"] == "triangular":  # likeliest where it is, which must lie in its range
        low, high = min(low, here), max(high, here)
    return (_KINDS[row["distribution"]](low, here, high), known.value) if low < high else None


def _throughput(owned: OwnedPair, row: pd.Series, owner: Owner) -> tuple[Distribution, Value] | None:
    """A measured row scatters as repeated runs do, a value between rows lies in its bracket."""
    figure = owner.side.given[THROUGHPUT]
    if (row["of"] == BETWEEN) != bool(figure.bracket):
        return None
    if figure.bracket:
        return Uniform(*figure.bracket), figure
    runs = spread(owned.library)
    factor = float(runs.factor(float(elasticity(owner.side.contender.curve, owner.side.row["interactivity"]))))
    # The factor is that of a ratio of two runs; each run by itself has a share of it.
    sigma = log(factor) / sqrt(2) / float(ndtri((1 + runs.band.number) / 2))
    return (Lognormal(figure.number, sigma), figure) if sigma > 0 else None


def _stated(owned: OwnedPair, row: pd.Series, subject: str) -> Value:
    return owned.library.stated(TABLE, row, str(row["parameter"]), subject, column="low")
