"""A reconstruction holds the whole search of a pair, or says that there is nothing to search for."""

import pytest

from analysis.library.sources import load
from analysis.scenario import Parameters
from analysis.studies.benchmark.reconstruction import ANY, BEST, ROWS, printed_ratios, reconstruct
from analysis.studies.claims.ledgers import ledger


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
