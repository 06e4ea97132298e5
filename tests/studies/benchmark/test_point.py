"""The measured point is one of its workload's curve, and is called published only where it gives what is printed."""

from dataclasses import replace

import pytest

from analysis.comparison.spread import spread
from analysis.library.sources import load
from analysis.library.values import given
from analysis.scenario import Parameters
from analysis.studies.benchmark.point import (
    ANY,
    BEST,
    COST,
    POWER,
    ROWS,
    THROUGHPUT,
    measured_point,
    printed_ratios,
    reconstruct,
)
from analysis.studies.claims.ledgers import ledger


def test_the_published_point_is_known_by_its_rows(point, elsewhere):
    assert point.is_published
    assert point.name == "the published point"
    assert not elsewhere.is_published
    assert elsewhere.name == "the scenario's point"


def test_a_ratio_is_printed_of_the_published_point_alone(point, elsewhere):
    assert {key: value.show() for key, value in point.printed.items()} == {
        THROUGHPUT: "65x",
        POWER: "50x",
        COST: "35x",
    }
    assert elsewhere.printed == {}


def test_its_interactivity_is_that_of_the_slower_row(point):
    assert point.interactivity.number == pytest.approx(116.72, abs=0.005)
    assert point.interactivity.subject == "HGX H200"


def test_its_ratios_are_those_of_the_two_rows(point):
    assert {key: value.number for key, value in point.ratios.items()} == pytest.approx(
        {THROUGHPUT: 64.09, POWER: 52.80, COST: 34.075}, rel=2e-4
    )


def test_the_other_workloads_are_all_but_its_own(point):
    assert list(point.others) == ["1k/8k", "8k/1k"]
    assert point.curve is point.curves["1k/1k"]


def test_where_no_print_bounds_the_throughput_nothing_is_searched(library):
    alone = measured_point(library, Parameters(), [])
    assert alone.search is None
    assert list(alone.searched) == []
    assert not alone.is_published


def test_it_rests_on_what_is_given_of_both_rows_and_on_what_was_chosen(point, library):
    values = point.values(spread(library), {})
    names = [value.name for value in values]
    for part in ("throughput per GPU, HGX H200", "power per GPU, GB300 NVL72", "interactivity, floor"):
        assert any(name.startswith(part) for name in names), part
    assert len(replace(point).levels) == sum("service level" in name for name in names)


def test_a_price_of_ones_own_is_listed_once_and_is_that_of_the_comparison(library):
    owned = measured_point(library, Parameters(baseline_price=2.0), ledger(library))
    used = [*owned.ratios.values(), *(owned.curve.at(COST, level.number) for level in owned.levels)]
    used.append(owned.curve.constant(COST))
    listed = {value.id for value in given(filter(None, used)) if value.place == "parameter baseline_price"}
    assert listed == {owned.pair.baseline.given["price_per_gpu_hour"].id}


@pytest.fixture(scope="module")
def claims(library):
    return ledger(library)


@pytest.fixture(scope="module")
def published(library, claims):
    return reconstruct(library, claims, Parameters())


def test_search_stands_on_the_prices_that_the_print_allows(published):
    assert published.prices == (("2026-04", "hyperscaler"),)
    assert list(published.candidates) == [ROWS, BEST, ANY]
    assert len(published.candidates[ANY]) > len(published.candidates[BEST])


def test_rows_of_the_headline_fit_and_no_other_pair_does(published):
    assert published.fits(1183, 959)
    assert not published.fits(1183, 958)
    assert not published.fits(1181, 959)
    assert [len(rows) for rows in published.inside] == [1, 1]


def test_search_does_not_depend_on_the_scenarios_prices_or_workload(library, claims, published):
    other = Parameters(vintage="2026-08", price_tier="neocloud", input_tokens=8192, minimum_interactivity=50.0)
    again = reconstruct(library, claims, other)
    assert again.prices == published.prices
    assert all(again.candidates[kind].equals(table) for kind, table in published.candidates.items())


def test_figures_of_one_model_are_not_searched_among_rows_of_another(claims):
    other = load(snapshot="inferencex-deepseek-v4-pro-medians-2026-07-17")
    assert reconstruct(other, claims, Parameters(as_of="2026-07-17")) is None


def test_rows_measured_after_the_day_are_not_searched(library, claims):
    before = reconstruct(library, claims, Parameters(as_of="2026-03-01"))
    assert not before.fits(1183, 959)
    assert len(before.inside[0]) == 0


def test_pair_without_printed_levels_is_not_searched(library, claims):
    assert reconstruct(library, claims, Parameters(baseline="b200", subject="mi355x")) is None
    assert reconstruct(library, claims, Parameters(subject="gb200")) is None


def test_printed_ratios_are_those_of_the_table_whichever_side_is_named_first(claims):
    found = printed_ratios(claims, "h200", "gb300")
    assert {key: value.printed for key, value in found.items()} == {
        "throughput_per_gpu": "65x",
        "throughput_per_megawatt": "50x",
        "cost_per_million_tokens": "35x",
    }
    assert printed_ratios(claims, "gb300", "h200") == found
    assert printed_ratios(claims, "h200", "b200") == {}
