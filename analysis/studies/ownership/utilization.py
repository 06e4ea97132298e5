"""How far a fleet is used: as the scenario states it, else as the library estimates it."""

from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Status, Value
from analysis.scenario import Parameters
from analysis.studies.ownership.operating_costs import Range, operating_cost

FLEET = "serving fleet"


def fleet_utilization(library: Library, subject: str = FLEET) -> Range:
    """Return the tokens that a serving fleet delivers over those at full load, as the library estimates them.

    Args:
        library: The figures.
        subject: Name of the platform that the fleet is made of; whichever it is if not given.
    """
    return operating_cost(library, "utilization", FLEET, subject)


def utilization(library: Library, conditions: Parameters, subject: str = FLEET) -> Value:
    """Return the same as the scenario states it, else the library's estimate.

    Args:
        library: The figures.
        conditions: The scenario.
        subject: As for `fleet_utilization`.
    """
    stated = conditions.utilization
    if stated is None:
        return fleet_utilization(library, subject).value
    return Value(float(stated), quantity("utilization"), subject, Status.ASSUMED, place="parameter utilization")
