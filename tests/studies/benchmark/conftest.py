"""The published point, and another that was never published, which most tests of the study ask about."""

import pytest

from analysis.scenario import Parameters
from analysis.studies.benchmark.point import measured_point
from analysis.studies.claims.ledgers import ledger


@pytest.fixture(scope="session")
def point(library):
    return measured_point(library, Parameters(), ledger(library))


@pytest.fixture(scope="session")
def elsewhere(library):
    asked = Parameters(baseline="h200", subject="mi355x", minimum_interactivity=60.0)
    return measured_point(library, asked, ledger(library))
