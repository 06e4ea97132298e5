"""What the library knows of the costs of owning a GPU and of its use: each input with its source and its range."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import pandas as pd

from analysis import formulas
from analysis.errors import InputError, nearest
from analysis.library.quantities import quantity
from analysis.library.sources import FILES, Library
from analysis.library.values import Status, Value, calculate
from analysis.scenario import Parameters
from analysis.studies.ownership.finance import ALL_IN, Finance

MODELED = "modeled cost of ownership"
MODEL = "SemiAnalysis cost model"
FLEET = "serving fleet"
OWNERSHIP = "hyperscaler and neocloud ownership"
_NO_SOURCE = "no source gives it"
UNSOURCED = {
    **dict.fromkeys(("residual_value", "tax_rate"), _NO_SOURCE),
    "depreciation_present_value": "straight line",
    **dict.fromkeys(("staff_cost", "support_rate", "software_licenses"), _NO_SOURCE),
}
"""What no source gives of the cost of owning, each with what the table says it is for."""
ANY_OWNER = "any owner"
NOTHING: Mapping[str, Value] = MappingProxyType({})
_TABLE = "operating_costs"
_QUANTITIES = {"useful_life": "economic_life"}


@dataclass(frozen=True)
class Range:
    """A value and how far its source says that it may lie off.

    Attributes:
        value: The value that the source gives first.
        low: The lowest; the value itself where no range is given.
        high: The highest; likewise.
    """

    value: Value
    low: float
    high: float

    @property
    def spread(self) -> list[Value]:
        """The low end, the value and the high end."""
        return [replace(self.value, number=number) for number in (self.low, self.value.number, self.high)]


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
    """Return the tokens that a serving fleet delivers over those at full load, as the library estimates them.

    Args:
        library: The figures.
        subject: Name of the platform that the fleet is made of; whichever it is if not given.
    """
    return operating_cost(library, "utilization", FLEET, subject)


def utilization(library: Library, conditions: Parameters, subject: str = FLEET) -> Value:
    """Return the tokens that a fleet delivers over those at full load: as the scenario states it, else the estimate.

    Args:
        library: The figures.
        conditions: The scenario.
        subject: As for `fleet_utilization`.
    """
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


def sourced_finance(library: Library, hardware: str, vintage: str, own: Mapping[str, Value] = NOTHING) -> Finance:
    """Return what an owner pays, from the library's figures alone.

    Capital, rent, electricity, interest and life are sourced; of `UNSOURCED` the table states what is assumed. All
    provisioned power is assumed to be drawn. The rent is charged on all-in power, which holds overhead that a
    landlord's kilowatt may not: it is rather too high.

    Args:
        library: The figures.
        hardware: Key of a platform.
        vintage: Vintage of the provisioned power.
        own: Amounts in place of the library's, by field; with a capital among them, the library needs none.

    Raises:
        InputError: The library holds no capital or no power of the platform.
    """
    name = library.platform(hardware).name
    power = library.power(hardware, vintage)
    sourced = {
        "economic_life": operating_cost(library, "useful_life", OWNERSHIP, name).value,
        "cost_of_capital": operating_cost(library, "cost_of_capital", MODEL, name).value,
        "power_per_gpu": power,
        "pue": replace(power, number=1.0, quantity=quantity("pue"), note="1 by definition: the power is all-in"),
        "electricity_price": operating_cost(library, "electricity_price", MODEL, name).value,
        "colocation": operating_cost(library, "colocation", MODEL, name).value,
        # A source stands behind what is tried, none behind what is assumed.
        **{key: replace(item.value, sources=()) for key, item in unsourced(library, name).items()},
    }
    if "capital_per_gpu" not in own:
        sourced["capital_per_gpu"] = capital_per_gpu(library, hardware).value
    return Finance(power_boundary=ALL_IN, **{**sourced, **own})


def unsourced(library: Library, owner: str = ANY_OWNER) -> dict[str, Range]:
    """Return what is assumed of each item that no source gives, by key; the other end of its range is what is tried.

    Args:
        library: The figures.
        owner: Whose costs they are; the amounts are the same for all.
    """
    return {key: operating_cost(library, key, of, owner) for key, of in UNSOURCED.items()}


def _capitals(library: Library, hardware: str) -> list[Range]:
    """What the table says of it: the capital of a deployed GPU first, then the price of systems by the GPU."""
    platform = library.platform(hardware)
    table = library.tables[_TABLE]
    own = table[table["subject"].str.split().str[0] == hardware]
    deployed, systems = (
        [_priced(_range(library, row, platform.name)) for _, row in own[own["parameter"] == parameter].iterrows()]
        for parameter in ("capital_per_gpu", "system_price")
    )
    return [*deployed, *(_shared(system, platform.gpus_per_system) for system in systems)]


def _range(library: Library, row: pd.Series, subject: str) -> Range:
    key = str(row["parameter"])
    stated = library.stated(_TABLE, row, _QUANTITIES.get(key, key), subject)
    value = replace(stated, note="; ".join(text for text in (row["subject"], row["note"]) if text))
    low, high = (value.number if math.isnan(row[end]) else float(row[end]) for end in ("low", "high"))
    return Range(value, low, high)


def _priced(capital: Range) -> Range:
    return replace(capital, value=replace(capital.value, kinds={"price": MODELED}))


def _shared(system: Range, gpus: int) -> Range:
    """What a system costs, shared by its GPUs."""
    name = system.value.subject
    network, storage = (
        Value(0.0, quantity(key), name, Status.ASSUMED, note="not in the price of the system")
        for key in ("network_capital", "storage_capital")
    )
    count = Value(float(gpus), quantity("gpus"), name, Status.QUOTED, place=f"data/{FILES['platforms']}")
    capital, low, high = (
        calculate(
            formulas.capital_per_gpu,
            system_price=replace(system.value, number=price),
            gpus=count,
            network_capital=network,
            storage_capital=storage,
        )
        for price in (system.value.number, system.low, system.high)
    )
    return Range(capital, low.number, high.number)
