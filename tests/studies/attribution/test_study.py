"""A study holds what its sections share: points, prices, and everything that the results are made from."""

import numpy as np
import pytest

from analysis import formulas
from analysis.comparison.contenders import price
from analysis.library.values import Status, given
from analysis.scenario import Parameters
from analysis.studies.attribution.stacks import measured_stacks
from analysis.studies.attribution.study import Study, matching_price, matching_prices


def test_the_scenario_comes_first_and_other_lengths_follow(study):
    assert [(point.name, point.at.number) for point in study("published").points] == [
        ("1k-1k", 116.0),
        ("8k-1k", 50.0),
    ]
    assert len(study("without common software").points) == 1


def test_a_platform_beside_itself_is_one_side(study):
    assert study("itself").sides == ("h100",)
    assert study("itself").here.of_one_platform
    assert study("published").sides == ("h200", "gb300")
    assert not study("published").here.of_one_platform


def test_every_measured_platform_has_a_price_in_every_tier(study):
    prices = study("published").prices
    assert prices["gb300"].number == 2.652
    assert all(tier.keys() == prices.keys() for tier in study("published").prices_by_tier.values())
    assert set(study("published").others) == prices.keys() - {"gb300"}


def test_gains_are_found_at_each_point(study):
    by_point = study("published").gains("precision", "fp8", "fp4")
    assert [point.name for point, _ in by_point] == ["1k-1k", "8k-1k"]
    assert all(gain.stacks is point.stacks for point, pairs in by_point for gain in pairs)


def test_phases_are_told_apart_only_where_prefill_and_decode_have_gpus_of_their_own(study):
    assert [[split.platform.key for split in splits] for _, splits in study("published").phases] == [
        ["h200", "gb300"],
        ["h200", "gb300"],
    ]
    assert study("without disaggregation").phases == []


def test_the_largest_gain_of_software_is_that_of_interactivity(study):
    assert (study("published").largest_gain.hardware, study("published").largest_gain.framework) == ("h200", "sglang")
    assert study("itself").largest_gain is None


@pytest.mark.parametrize("name", ["published", "itself", "without disaggregation"])
def test_what_is_stated_is_all_that_is_used_but_the_measured(study, name):
    used = {value.id: value for value in given(study(name).used())}
    stated = {value.id for value in study(name).stated}
    assert {key for key, value in used.items() if value.status != Status.MEASURED} == stated
    assert {price.id for price in study(name).prices.values()} <= stated


def test_what_the_models_assume_is_stated_where_they_are_shown(study):
    published = {value.quantity.key for value in study("published").stated}
    assert {"turns", "new_tokens", "cache_hit_rate", "ttft_median", "price_of_cache_hit", "utilization"} <= published
    assert "turns" not in {value.quantity.key for value in study("without disaggregation").stated}


def test_a_price_of_ones_own_is_listed_once(library):
    owned = Study(library, Parameters(baseline_price=2.0))
    listed = {value.id: value for value in given(owned.used()) if value.place == "parameter baseline_price"}
    assert [value.name for value in listed.values()] == ["price per GPU-hour, HGX H200 (own price)"]


CONDITIONS = Parameters()


@pytest.fixture(scope="module")
def stacks(library):
    return measured_stacks(library, CONDITIONS)


@pytest.fixture(scope="module")
def prices(library, stacks):
    return {platform.key: price(library, CONDITIONS, platform.key) for platform in stacks.platforms}


def test_at_the_matching_price_both_tokens_cost_the_same(stacks, prices):
    for key in prices:
        matching = matching_price(stacks, key, "gb300", prices["gb300"], 116.0)
        own = stacks.value_at(116.0, key)
        assert (matching is None) == (own is None)
        if matching:
            costs = (
                formulas.cost_per_million_tokens(matching.number, own.number),
                formulas.cost_per_million_tokens(prices["gb300"].number, stacks.value_at(116.0, "gb300").number),
            )
            assert costs[0] == pytest.approx(costs[1], rel=1e-12)


def test_h200_would_have_to_cost_a_few_cents_at_the_published_point(stacks, prices):
    matching = matching_price(stacks, "h200", "gb300", prices["gb300"], 116.0)
    assert matching.number == pytest.approx(2.652 / 64.16, rel=1e-3)


def test_a_platform_matches_itself_at_its_own_price(stacks, prices):
    assert matching_price(stacks, "gb300", "gb300", prices["gb300"], 116.0).number == prices["gb300"].number


def test_the_curve_of_matching_prices_goes_through_the_points(stacks, prices):
    table = matching_prices(stacks, "gb300", prices, [20.0, 50.0, 116.0, 250.0])
    for (key, at), row in table.set_index(["hardware", "interactivity"]).iterrows():
        matching = matching_price(stacks, key, "gb300", prices["gb300"], at)
        assert np.isnan(row["break_even_price"]) == (matching is None)
        if matching:
            assert row["break_even_price"] == pytest.approx(matching.number, rel=1e-12)
            assert row["share"] == pytest.approx(matching.number / prices[key].number, rel=1e-12)


def test_a_share_above_one_is_a_cheaper_token(stacks, prices):
    table = matching_prices(stacks, "gb300", prices, np.linspace(20, 200, 60)).dropna()
    for row in table.itertuples():
        throughputs = (float(stacks.curve(key)(row.interactivity)) for key in (row.hardware, "gb300"))
        both = zip((row.price_per_gpu_hour, prices["gb300"].number), throughputs, strict=True)
        own, other = (formulas.cost_per_million_tokens(*amounts) for amounts in both)
        assert own * row.share == pytest.approx(other, rel=1e-9)
