"""The brief says first what is claimed, where it holds, and what is left of it elsewhere."""

import pytest

from analysis.studies.business import sentences
from tests.support.shown import words


def test_the_ratio_at_one_point_stands_beside_that_of_the_market(published):
    text = words(sentences.claimed_ratio(published)[0])
    assert "cost 34.1x as much as on GB300 NVL72 at one operating point, 1k/1k and 116 tok/s/user or more" in text
    assert "4.14x (3.02x to 6.17x by the measured rows) at 35 tok/s/user" in text
    assert "The price of a GPU-hour of GB300 NVL72 is a placeholder of its source." in text


def test_without_equal_terms_at_the_floor_those_of_the_market_are_told(published):
    text = words(sentences.claimed_ratio(published)[1])
    assert "no sound rows of both are measured there" in text
    assert "at 35 tok/s/user it is 8.18x (FP8 without MTP on both sides)" in text


@pytest.mark.parametrize("name", ["itself", "too fast"])
def test_nothing_is_compared_where_one_of_the_two_is_missing(briefed, name):
    assert sentences.claimed_ratio(briefed(name)) == []


def test_equal_terms_at_the_floor_are_told_where_they_are_measured(briefed):
    assert "Like for like it is " in words(sentences.claimed_ratio(briefed("slow"))[1])
