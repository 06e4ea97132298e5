"""Sentences of doubt claim an order of two platforms, and a share of draws, only where the figures give it."""

import pytest

from analysis.studies.ownership.cost_model import RATIO
from analysis.studies.uncertainty import sentences
from analysis.studies.uncertainty.break_even import break_even
from analysis.studies.uncertainty.doubts import doubts
from tests.support.owned import pair
from tests.support.shown import words


@pytest.fixture(scope="module")
def owned(library):
    return pair(library)


def over_all_prices(owned):
    return sentences.over_all_prices(owned)


@pytest.mark.parametrize(("baseline", "subject"), [("h200", "gb300"), ("gb300", "h200")])
def test_the_cheaper_platform_is_named_whichever_way_the_pair_stands(library, baseline, subject):
    said = words(over_all_prices(pair(library, baseline=baseline, subject=subject)))
    listed = pair(library, baseline=baseline, subject=subject).listed_cost_ratios
    distinct = len({ratio.number for ratio in listed.values()}) - 1  # one is corrected since
    assert distinct < len(listed)  # prices of 2026-07 are those of 2026-04
    assert f"over all {distinct} distinct pairs of sourced prices" in said
    assert "GB300 NVL72 has the cheaper token" in said


def test_no_platform_is_named_where_prices_decide(library):
    close = pair(library, baseline="b200", subject="gb300", minimum_interactivity=30.0)
    ratios = [ratio.number for ratio in close.listed_cost_ratios.values()]
    assert min(ratios) <= 1 <= max(ratios)
    assert over_all_prices(close) is None


def test_the_operating_point_is_named_where_it_moves_the_ratio_more(owned):
    curves = owned.curves
    ends = [curves.at("cost_per_million_tokens", place).number for place in (curves.lowest, curves.highest)]
    ratios = [ratio.number for ratio in owned.listed_cost_ratios.values()]
    assert ends[1] / ends[0] > max(ratios) / min(ratios)
    assert "The operating point moves the ratio more" in words(over_all_prices(owned))


def test_a_break_even_is_told_with_both_prices(owned):
    said = words(sentences.break_even(owned, break_even(owned)))
    assert "With HGX H200 at $1.41 per GPU-hour and 60.0% utilization" in said
    assert "at a price of $90.4 per GPU-hour, or at its own price of $2.65" in said


def test_the_interval_is_that_of_the_draws_and_says_what_is_drawn(owned):
    study = doubts(owned)
    said = words(sentences.probable_ratios(owned, study))
    low, high = (value.show() for value in study.quantiles(RATIO, 0.05, 0.95))
    assert f"Of 1,048,576 draws, 90.0% give a cost ratio between {low} and {high}" in said
    for name in (
        "throughput per GPU",
        "price that is paid",
        "economic life",
        "cost of capital",
        "network and storage",
    ):
        assert name in said
    assert "100%" not in said
    assert "44.9x, with every input as it stands, lies above that interval" in said


def test_a_price_that_its_source_corrected_ends_no_range(owned):
    said = words(over_all_prices(owned))
    corrected = owned.listed_cost_ratios["2026-08", "rental_3yr"]
    assert corrected.show() not in said
    assert "25.9x to 37.2x" in said


def test_without_a_modeled_cost_a_note_says_why(library):
    alone = pair(library, subject="b300")
    assert "no capital is sourced for HGX B300" in words(sentences.probable_ratios(alone, doubts(alone)))
