"""A feature's gain is that of measured rows within the limits, or it is said why there is none."""

import pytest

from analysis.studies.procurement import tables
from analysis.studies.procurement.features import FEATURES, NEITHER, ONLY_WITH, UNKNOWN, gain, software_gain
from analysis.studies.procurement.horizon import best
from analysis.studies.procurement.options import ranked
from tests.support.buyers import LONG, QUOTE, brief, conditions
from tests.support.shown import words

FP4, MTP, APART = FEATURES


def test_a_gain_is_the_ratio_of_two_measured_throughputs_within_the_limits(library):
    found = gain(library, conditions(**LONG), "gb300", FP4)
    ends = found.inputs
    assert found.number == pytest.approx(ends["numerator"].number / ends["denominator"].number)
    assert found.number > 1
    assert {one.status for one in ends.values()} == {"measured"}


def test_a_gain_that_cannot_be_told_says_why(library):
    assert gain(library, conditions(), "h200", FP4) == UNKNOWN
    assert gain(library, conditions(), "h200", MTP) == ONLY_WITH
    assert gain(library, conditions(), "mi300x", APART) == UNKNOWN
    assert gain(library, conditions(minimum_interactivity=5000), "gb300", FP4) == NEITHER


def test_software_gains_are_of_configurations_that_were_run_again(library):
    assert software_gain(library, "h100") is None
    assert software_gain(library, "gb300") is None  # run twice within two days
    gains = library.tables["software_gains"]
    own = gains[gains["hardware"] == "b300"]
    expected = (own["last_interactivity"] / own["first_interactivity"]).median()
    assert software_gain(library, "b300").number == pytest.approx(expected)


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
