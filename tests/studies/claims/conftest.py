"""The published comparison, its claims, and what the rows hold for them."""

import pytest

from analysis.comparison.head_to_head import compare
from analysis.scenario import Parameters
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.ledgers import ledger


@pytest.fixture(scope="module")
def pair(library):
    return compare(library, Parameters())


@pytest.fixture(scope="module")
def claims(library):
    return ledger(library)


@pytest.fixture(scope="module")
def evidence(library, pair):
    return Evidence(library, pair)
