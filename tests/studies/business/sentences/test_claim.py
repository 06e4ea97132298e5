"""The brief says first what is claimed, where it holds, and what is left of it elsewhere."""

import pytest

from analysis.studies.business import sentences
from analysis.studies.business.claim import claimed
from tests.support.shown import words


def test_the_printed_ratio_leads_with_its_verdict_and_what_the_market_s_speed_leaves_of_it(published, claim):
    text = words(sentences.claimed_ratio(published, claim))
    assert text.startswith(
        "35x is what was printed. At 1k/1k and 116 tok/s/user or more a million tokens on HGX H200 cost 34.1x as "
        "much as on GB300 NVL72: outside of the printed digits, but no further than repeated runs differ."
    )
    assert "Where the middle of the market for DeepSeek-R1-0528 was served" in text
    assert "2026-02-16, 35 tok/s/user, it is 4.14x (3.02x to 6.17x by the measured rows)." in text
    assert text.endswith("The price of a GPU-hour of GB300 NVL72 is a placeholder of its source.")


def test_without_equal_terms_at_the_point_those_of_the_market_are_told(published, claim):
    text = words(sentences.claimed_ratio(published, claim))
    assert "(FP8 without MTP on both sides, at 35 tok/s/user, for want of such rows at the point) it is 8.18x" in text
    assert "it is 8.18x, more than best against best, since HGX H200 loses more by them." in text


def test_equal_terms_at_the_point_are_told_where_they_are_measured(briefed, library, judged):
    slow = briefed("slow")
    text = words(sentences.claimed_ratio(slow, claimed(library, slow.asked, judged)))
    assert "On equal terms (" in text
    assert ", at that point) it is " in text


def test_at_another_point_than_that_of_the_print_the_verdict_stands_with_what_is_judged(briefed, library, judged):
    slow = briefed("slow")
    text = words(sentences.claimed_ratio(slow, claimed(library, slow.asked, judged)))
    assert text.startswith("35x is what was printed; the rows that fit the print give 34.1x: outside of the printed")
    assert "differ. At 1k/1k and " in text


@pytest.mark.parametrize("name", ["itself", "too fast"])
def test_nothing_is_compared_where_one_of_the_two_is_missing(briefed, library, judged, name):
    assert claimed(library, briefed(name).asked, judged) is None
    assert sentences.claimed_ratio(briefed(name), None) is None


def test_a_pair_that_nothing_was_printed_of_has_its_ratio_and_no_verdict(briefed, library, judged):
    other = briefed("another pair")
    told = claimed(library, other.asked, judged)
    assert told.judgment is None
    text = words(sentences.claimed_ratio(other, told))
    assert text.startswith("At 1k/1k and 116 tok/s/user or more a million tokens on HGX B200")


def test_the_scenario_s_own_model_stands_first_and_others_beside_it(claim, library):
    first, *others = claim.by_model
    assert library.is_model(first)
    assert len(others) == 2
