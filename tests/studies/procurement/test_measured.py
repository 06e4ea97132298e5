"""A platform that was hardly tried as the buyer asks is told, not ranked, and gets a lower bound for a quote."""

import pytest

from analysis.studies.procurement import tables
from analysis.studies.procurement.horizon import best
from analysis.studies.procurement.options import ranked
from tests.support.buyers import LONG, QUOTE, brief
from tests.support.shown import words

ASKED = {**LONG, "minimum_interactivity": 60.0, "maximum_ttft_p99": 4.0}


@pytest.fixture(scope="module")
def found(library):
    return brief(library, **ASKED, quotes=[QUOTE | {"platform": "b300", "price": 0.01}])


def test_a_chip_that_does_less_than_its_predecessor_is_not_ranked_however_cheap(found):
    assert "does less than HGX B200" in found.coverage["b300"].doubts
    assert "b300" not in {option.fleet.platform.key for option in ranked(found.options)}
    assert best(found).fleet.platform.key == "b200"


def test_its_break_even_is_that_of_the_predecessor(found):
    assert found.coverage["b300"].better is found.fleets["b200"]
    assert "at least $" in words(tables.offers(found))


def test_rows_tried_and_within_are_counted(found):
    for key, told in found.coverage.items():
        assert told.tried.number >= told.within.number >= 1, key
    assert not found.coverage["b200"].doubts
    assert "not enough measured here" in words(tables.coverage(found))
