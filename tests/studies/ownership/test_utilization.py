"""A fleet is used as the scenario states it, else as the library estimates it."""

import pytest

from analysis.library.values import Status
from analysis.scenario import Parameters
from analysis.studies.ownership.utilization import FLEET, fleet_utilization, utilization


def test_the_utilizations_of_a_fleet_are_the_published_thirty_sixty_and_a_hundred_percent(library):
    shares = fleet_utilization(library).spread
    assert [share.number for share in shares] == [0.3, 0.6, 1.0]
    assert {(share.subject, share.status) for share in shares} == {(FLEET, Status.ESTIMATE)}


@pytest.mark.parametrize("subject", [FLEET, "HGX H200"])
def test_utilization_is_the_estimate_unless_the_scenario_states_it(library, subject):
    assert utilization(library, Parameters(), subject) == fleet_utilization(library, subject).value
    stated = utilization(library, Parameters(utilization=0.9), subject)
    assert (stated.number, stated.subject, stated.place) == (0.9, subject, "parameter utilization")
    assert stated.status == Status.ASSUMED
