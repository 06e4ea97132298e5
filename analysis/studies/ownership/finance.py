"""What an owner of GPUs pays: inputs of the cost model, each checked, and what the library knows of them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from analysis.errors import InputError, nearest
from analysis.formulas.number import Number
from analysis.library.quantities import quantity
from analysis.library.sources import POWER_BOUNDARY, Library
from analysis.library.values import Status, Value
from analysis.studies.ownership.domains import DOMAINS
from analysis.studies.ownership.operating_costs import (
    ANY_OWNER,
    MODEL,
    OWNERSHIP,
    Range,
    capital_per_gpu,
    operating_cost,
)

ALL_IN = POWER_BOUNDARY
CRITICAL_IT = "critical IT power"
BOUNDARIES = (ALL_IN, CRITICAL_IT)


@dataclass(frozen=True, eq=False, kw_only=True)
class Amounts:
    """Inputs of the model: numbers, arrays that broadcast, or values that know their source."""

    def __post_init__(self) -> None:
        """Refuse an amount outside its domain."""
        for key, number in self.numbers().items():
            DOMAINS[key].check(key, number)

    def numbers(self) -> dict[str, Number]:
        """Return the bare amounts, by key."""
        return {key: getattr(amount, "number", amount) for key, amount in self.amounts().items()}

    def values(self, subject: str) -> dict[str, Value]:
        """Return the amounts as values, by key; a bare number becomes an assumption about the subject."""
        return {
            key: amount
            if isinstance(amount, Value)
            else Value(float(amount), quantity(key), subject, Status.ASSUMED, note="assumed, without a source")
            for key, amount in self.amounts().items()
        }

    def amounts(self) -> dict[str, Any]:
        """Return what was given or holds by default, by key."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name in DOMAINS}


@dataclass(frozen=True, eq=False, kw_only=True)
class Finance(Amounts):
    """What an owner pays. An item that is not given costs nothing; a loss that is not given does not occur.

    Raises:
        InputError: An amount is outside its domain, the boundary is unknown or not that of the power's value, a PUE
            is applied to all-in power, space is both rented and owned, or an own facility has no life.
    """

    capital_per_gpu: Number  # server, network and storage, in USD/GPU
    economic_life: Number  # years that the GPU serves
    cost_of_capital: Number  # weighted average cost of capital, in 1/year
    power_per_gpu: Number  # provisioned power, in kW/GPU
    power_boundary: str  # what that power holds: `ALL_IN`, facility overhead included, or `CRITICAL_IT`
    pue: Number  # facility power over critical IT power; 1 where the power is all-in
    electricity_price: Number  # in USD/kWh
    average_load: Number = 1.0  # power drawn over the year as a share of what is provisioned
    residual_value: Number = 0.0  # at the end of the life, as a share of the capital
    payments_per_year: Number = 1.0  # of the capital charge, in 1/year
    tax_rate: Number = 0.0  # on income
    depreciation_present_value: Number = 1.0  # of what the tax lets be written off, as a share of the capital
    availability: Number = 1.0  # hours in which the GPU can serve as a share of all hours
    colocation: Number = 0.0  # rent for a kilowatt of the power, without electricity, in USD/kW/month
    facility_capital: Number = 0.0  # of an own facility, for a kilowatt of the power, in USD/kW
    facility_life: Number | None = None  # years over which that is recovered; needed beside it
    support_rate: Number = 0.0  # support and repair in a year, as a share of the capital, in 1/year
    staff_cost: Number = 0.0  # in USD/GPU/year
    software_licenses: Number = 0.0  # in USD/GPU/year

    def amounts(self) -> dict[str, Any]:
        """Return what was given or holds by default; no facility serves as long as the GPU."""
        life = self.economic_life if self.facility_life is None else self.facility_life
        return super().amounts() | {"facility_life": life}

    def __post_init__(self) -> None:
        """Refuse amounts outside their domains, and overhead or space that would count twice."""
        super().__post_init__()
        self._check_boundary()
        owned = np.greater(self.numbers()["facility_capital"], 0)
        if np.any(owned) and self.facility_life is None:
            raise InputError("facility_life: found none beside facility_capital; allowed is more than 0 years")
        if np.any(owned & np.greater(self.numbers()["colocation"], 0)):
            raise InputError("facility_capital: found beside colocation; allowed is one, or space would count twice")

    def _check_boundary(self) -> None:
        boundary, pue = self.power_boundary, self.numbers()["pue"]
        if boundary not in BOUNDARIES:
            raise InputError(f"power_boundary: unknown {boundary!r}; {nearest(boundary, BOUNDARIES)}")
        stated = (
            self.power_per_gpu.kinds.get("power", boundary) if isinstance(self.power_per_gpu, Value) else boundary
        )
        if stated != boundary:
            raise InputError(f"power_boundary: found {boundary!r}, allowed is {stated!r}, as power_per_gpu states")
        if boundary == ALL_IN and np.any(np.not_equal(pue, 1)):
            raise InputError(f"pue: found {np.max(pue):g}, allowed is 1: {ALL_IN} holds the facility's overhead")


_NO_SOURCE = "no source gives it"
UNSOURCED = {
    **dict.fromkeys(("residual_value", "tax_rate"), _NO_SOURCE),
    "depreciation_present_value": "straight line",
    **dict.fromkeys(("staff_cost", "support_rate", "software_licenses"), _NO_SOURCE),
}
"""What no source gives of the cost of owning, each with what the table says it is for."""
NOTHING: Mapping[str, Value] = MappingProxyType({})


def sourced_finance(library: Library, hardware: str, vintage: str, own: Mapping[str, Value] = NOTHING) -> Finance:
    """Return what an owner pays, from own amounts by field and the library's figures for the others.

    Capital, rent, electricity, interest and life are sourced; of `UNSOURCED` the table states what is assumed. All
    provisioned power is assumed to be drawn. The rent is charged on all-in power, which holds overhead that a
    landlord's kilowatt may not: it is rather too high.

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
    """Return what is assumed of each item that no source gives, by key; the other end of its range is tried."""
    return {key: operating_cost(library, key, of, owner) for key, of in UNSOURCED.items()}
