"""A platform that somebody owns, and the two of a scenario, as tests vary them."""

from typing import Any

from analysis.library.sources import Library
from analysis.scenario import Parameters
from analysis.studies.ownership.finance import CRITICAL_IT, Finance
from analysis.studies.ownership.levelized import Ownership, Performance
from analysis.studies.ownership.owned_pair import OwnedPair, owned_pair

# Every item costs something and every loss occurs, so that nothing can hide behind a zero.
FINANCE: dict[str, Any] = {
    "capital_per_gpu": 35_000.0,
    "economic_life": 4.0,
    "cost_of_capital": 0.133,
    "power_per_gpu": 1.2,
    "power_boundary": CRITICAL_IT,
    "pue": 1.25,
    "electricity_price": 0.087,
    "average_load": 0.8,
    "residual_value": 0.1,
    "payments_per_year": 12.0,
    "tax_rate": 0.2574,
    "depreciation_present_value": 0.84,
    "availability": 0.97,
    "colocation": 130.0,
    "support_rate": 0.02,
    "staff_cost": 250.0,
    "software_licenses": 100.0,
}
PERFORMANCE: dict[str, Any] = {"throughput_per_gpu": 5970.26, "utilization": 0.6}
FACILITY = {"colocation": 0.0, "facility_capital": 12_000.0, "facility_life": 15.0}


def finance(**changes: Any) -> Finance:
    """Return what an owner pays, with changes."""
    return Finance(**{**FINANCE, **changes})


def platform(**changes: Any) -> Ownership:
    """Return a platform, with changes to either side."""
    performance = {key: changes.pop(key) for key in list(changes) if key in PERFORMANCE}
    return Ownership(finance(**changes), Performance(**{**PERFORMANCE, **performance}))


def pair(library: Library, **changes: Any) -> OwnedPair:
    """Return the two platforms of the published scenario, owned, with changes to its parameters."""
    return owned_pair(library, Parameters.gathered(changes))
