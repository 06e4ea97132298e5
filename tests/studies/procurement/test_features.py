"""A feature's gain is that of measured rows within the limits, or it is said why there is none."""

import pytest

from analysis.studies.procurement.features import FEATURES, NEITHER, ONLY_WITH, UNKNOWN, gain, software_gain
from tests.support.buyers import LONG, conditions

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
