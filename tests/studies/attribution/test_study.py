"""A study holds what its sections share: points, prices, and everything that the results are made from."""

import pytest

from analysis.library.values import Status, given
from analysis.scenario import Parameters
from analysis.studies.attribution.study import Study


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
