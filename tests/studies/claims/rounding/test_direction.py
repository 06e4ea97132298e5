"""A comparison may be written as it is said: which way round it goes is read, or refused."""

from math import inf

import pytest

from analysis.errors import InputError
from analysis.studies.claims.rounding import printed
from analysis.studies.claims.rounding.direction import directed

WAYS = [
    ("35x", "as printed", 35, (34.5, 35.5)),
    ("35-fold", "as printed", 35, (34.5, 35.5)),
    ("34x higher", "as printed", 34, (33.5, 34.5)),
    ("34x lower", "turned", 34, (33.5, 34.5)),
    ("3x cheaper", "turned", 3, (2.5, 3.5)),
    ("3x better", "turned", 3, (2.5, 3.5)),
    ("nearly 35x lower cost per million tokens", "turned", 35, (34, 35)),
    ("up to 35x lower cost", "turned", 35, (0, 35)),
    ("25x to 35x lower", "turned", 30, (24.5, 35.5)),
    ("1/35", "turned", 35, (34.5, 35.5)),
    ("1/35th of the cost", "turned", 35, (34.5, 35.5)),
    ("less than 1/35", "turned", 35, (35, inf)),
    ("97% lower", "reduced", 0.03, (0.025, 0.035)),
    ("at least 97% lower", "reduced", 0.03, (0, 0.03)),
    ("31-42% lower", "reduced", 0.635, (0.575, 0.695)),
    ("−36%", "reduced", 0.64, (0.635, 0.645)),
    ("88% more", "increased", 1.88, (1.875, 1.885)),
    ("+50.4%", "increased", 1.504, (1.5035, 1.5045)),
]


@pytest.mark.parametrize(("text", "way", "value", "interval"), WAYS)
def test_a_comparison_is_read_as_it_is_said(text, way, value, interval):
    told = directed(text, less_is_better=True)
    figure = printed(told.figure)
    moved = {"reduced": figure.reduced, "increased": figure.increased}.get(told.way, lambda: figure)()
    assert told.way == way
    assert moved.value == pytest.approx(value)
    assert moved.interval == pytest.approx(interval)


def test_better_is_more_of_what_more_is_better_of():
    assert directed("3x better", less_is_better=False).way == "as printed"
    assert directed("36% better", less_is_better=False).way == "increased"
    assert directed("36% better", less_is_better=True).way == "reduced"


def test_a_fraction_under_a_bound_that_cannot_be_turned_is_refused():
    with pytest.raises(InputError, match="write it as a multiple"):
        directed("nearly 1/35", less_is_better=True)
