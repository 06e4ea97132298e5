"""How far a serving fleet is used, as the library knows it."""

from dataclasses import replace

from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.studies.ownership.operating_costs import operating_cost

FLEET = "serving fleet"


def utilizations(library: Library) -> list[Value]:
    """Return the lowest, the usual and the highest utilization of a serving fleet, as shares of full load.

    Args:
        library: The figures.
    """
    found = operating_cost(library, "utilization", FLEET, FLEET)
    return [replace(found.value, number=number) for number in (found.low, found.value.number, found.high)]
