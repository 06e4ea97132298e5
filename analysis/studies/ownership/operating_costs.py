"""What the table of operating costs holds of owning a GPU and of its use: each input with source and range."""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from analysis import formulas
from analysis.errors import InputError, nearest
from analysis.library.quantities import quantity
from analysis.library.sources import FILES, Library, Platform
from analysis.library.values import Status, Value, calculate
from analysis.scenario import Parameters

MODELED = "modeled cost of ownership"
MODEL = "SemiAnalysis cost model"
FLEET = "serving fleet"
OWNERSHIP = "hyperscaler and neocloud ownership"
ANY_OWNER = "any owner"
_TABLE = "operating_costs"
_QUANTITIES = {"useful_life": "economic_life"}


@dataclass(frozen=True)
class Range:
    """A value and how far its source says that it may lie off."""

    value: Value
    low: float
    high: float

    @property
    def spread(self) -> list[Value]:
        """The low end, the value and the high end."""
        return [replace(self.value, number=number) for number in (self.low, self.value.number, self.high)]


@lru_cache(maxsize=1000)
def operating_cost(library: Library, parameter: str, of: str, subject: str) -> Range:
    """Return one input of the table of operating costs, in its quantity's unit.

    Args:
        library: The figures.
        parameter: As the table names it, such as "electricity_price".
        of: What the table says that it is for, such as "United States industrial".
        subject: Name of the platform that it is used for.

    Raises:
        InputError: No such row.
    """
    table = library.tables[_TABLE]
    rows = table[(table["parameter"] == parameter) & (table["subject"] == of)]
    if rows.empty:
        stated = {f"{row.parameter} of {row.subject}" for row in table.itertuples()}
        raise InputError(f"data/{FILES[_TABLE]}: no {parameter} of {of!r}; {nearest(f'{parameter} of {of}', stated)}")
    return _range(library, rows.iloc[0], subject)


def fleet_utilization(library: Library, subject: str = FLEET) -> Range:
    """Return the tokens that a serving fleet delivers over those at full load, as the library estimates them."""
    return operating_cost(library, "utilization", FLEET, subject)


def utilization(library: Library, conditions: Parameters, subject: str = FLEET) -> Value:
    """Return the tokens that a fleet delivers over those at full load: as the scenario says, else the estimate."""
    stated = conditions.utilization
    if stated is None:
        return fleet_utilization(library, subject).value
    return Value(float(stated), quantity("utilization"), subject, Status.ASSUMED, place="parameter utilization")


def capital_per_gpu(library: Library, hardware: str) -> Range:
    """Return what is paid for a GPU before it serves, in USD/GPU; the range spans all that the table says of it.

    Where the table holds only the price of a system, network and storage beside it are assumed to cost nothing, which
    makes the capital too low by their share.

    Raises:
        InputError: The table holds neither.
    """
    capitals = _capitals(library, hardware)
    if not capitals:
        raise InputError(f"data/{FILES[_TABLE]}: no capital_per_gpu or system_price of {hardware!r}")
    low, high = min(capital.low for capital in capitals), max(capital.high for capital in capitals)
    return Range(capitals[0].value, low, high)


def knows_capital(library: Library, hardware: str) -> bool:
    """Return whether the table says what is paid for a GPU of a platform."""
    return bool(_capitals(library, hardware))


def system_gpus(platform: Platform) -> Value:
    """Return the GPUs of a system as it is sold, a node or a rack."""
    place = f"data/{FILES['platforms']}"
    return Value(float(platform.gpus_per_system), quantity("gpus"), platform.name, Status.QUOTED, place=place)


def capital_of_system(platform: Platform, system_price: Value, why: str) -> Value:
    """Return the capital per GPU, in USD/GPU, where the price of a system is known and not what stands beside it."""
    network, storage = (
        Value(0.0, quantity(key), platform.name, Status.ASSUMED, note=why)
        for key in ("network_capital", "storage_capital")
    )
    return calculate(
        formulas.capital_per_gpu, system_price=system_price, gpus=system_gpus(platform), network_capital=network,
        storage_capital=storage,
    )  # fmt: skip


@lru_cache(maxsize=100)
def _capitals(library: Library, hardware: str) -> tuple[Range, ...]:
    """What the table says of it: the capital of a deployed GPU first, then the price of systems by the GPU."""
    platform = library.platform(hardware)
    table = library.tables[_TABLE]
    own = table[table["subject"].str.split().str[0] == hardware]
    deployed, systems = (
        [_range(library, row, platform.name) for _, row in own[own["parameter"] == parameter].iterrows()]
        for parameter in ("capital_per_gpu", "system_price")
    )
    return (
        *(replace(capital, value=_priced(capital.value)) for capital in deployed),
        *(_shared(system, platform) for system in systems),
    )


def _range(library: Library, row: pd.Series, subject: str) -> Range:
    key = str(row["parameter"])
    stated = library.stated(_TABLE, row, _QUANTITIES.get(key, key), subject)
    value = replace(stated, note="; ".join(text for text in (row["subject"], row["note"]) if text))
    low, high = (value.number if math.isnan(row[end]) else float(row[end]) for end in ("low", "high"))
    return Range(value, low, high)


def _priced(capital: Value) -> Value:
    return replace(capital, kinds={"price": MODELED})


def _shared(system: Range, platform: Platform) -> Range:
    """What a system costs, shared by its GPUs."""
    prices = (system.value.number, system.low, system.high)
    capital, low, high = (
        capital_of_system(platform, _priced(replace(system.value, number=price)), "not in the price of the system")
        for price in prices
    )
    return Range(capital, low.number, high.number)
