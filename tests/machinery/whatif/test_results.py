"""The page's steps build on one another as the economics do."""

import pytest

from analysis.comparison.head_to_head import compare
from analysis.comparison.metrics import ratio_of
from analysis.formulas.steps import inputs, run
from analysis.library.quantities import quantity
from analysis.machinery.whatif.results import comparison, fleet, needed, origins, ratios, selling, serving, title
from analysis.scenario import read_scenario
from tests.support.whatif import compared, plainly

GIVEN = {
    "throughput_per_gpu": 5970.0,
    "price_per_gpu_hour": 2.652,
    "power_per_gpu": 2.1,
    "utilization": 0.6,
    "pue": 1.0,
    "electricity_price": 0.0929,
    "average_load": 1.0,
}


def served(**changes):
    return run(serving(), GIVEN | changes, plainly)


def test_the_page_asks_for_nothing_else():
    assert set(inputs(serving())) == set(GIVEN)


def test_cost_times_delivered_throughput_is_the_price():
    made = served()
    assert made["cost_per_million_tokens"] * 3600 * made["delivered_throughput_per_gpu"] / 1e6 == pytest.approx(2.652)


def test_a_token_by_the_megawatt_and_by_the_joule_are_one_statement():
    made = served(pue=1.3)
    assert made["throughput_per_megawatt"] * made["energy_per_token"] == pytest.approx(1e6)


def test_electricity_is_the_same_share_of_the_hour_and_of_the_token():
    made = served(pue=1.3)
    share = made["electricity_per_million_tokens"] / made["cost_per_million_tokens"]
    assert made["electricity_share"] == pytest.approx(share)
    assert made["electricity_per_gpu_hour"] == pytest.approx(2.1 * 1.3 * 0.0929)


def test_electricity_does_not_enter_the_cost():
    assert served(electricity_price=9.0)["cost_per_million_tokens"] == served()["cost_per_million_tokens"]


def test_utilization_divides_out_of_every_ratio_and_of_the_break_even_price():
    rival = {"throughput_per_gpu": 93.0, "price_per_gpu_hour": 1.41, "power_per_gpu": 1.73}
    full = compared(served(utilization=1.0), served(utilization=1.0, **rival))
    half = compared(served(utilization=0.5), served(utilization=0.5, **rival))
    assert half == pytest.approx(full, rel=1e-12)


def test_at_the_break_even_price_both_cost_the_same():
    rival = served(throughput_per_gpu=93.0, price_per_gpu_hour=1.41)
    even = compared(served(), rival)["break_even_price"]
    assert served(price_per_gpu_hour=even)["cost_per_million_tokens"] == pytest.approx(
        rival["cost_per_million_tokens"]
    )


def test_ratios_are_those_of_the_reports(library):
    pair = compare(library, read_scenario("published"))
    baseline, subject = (
        served(utilization=1.0, **{name: side.given[name].number for name in GIVEN if name in side.given})
        for side in pair.sides
    )
    found = compared(subject, baseline)
    for name in ("price_per_gpu_hour", "throughput_per_gpu", "cost_per_million_tokens", "throughput_per_megawatt"):
        assert found[ratio_of(name)] == pytest.approx(pair.ratio(name).number, rel=1e-12)
    assert found[ratio_of("cost_per_million_tokens")] == pytest.approx(34.1, abs=0.05)


def test_every_amount_is_led_back_to_what_is_given():
    found = {name: given for name, given in origins().items() if set(given) <= set(GIVEN)}
    assert {name for name in found if found[name] == [name]} == set(GIVEN)
    assert found["cost_per_million_tokens"] == ["price_per_gpu_hour", "throughput_per_gpu", "utilization"]
    for name, given in found.items():
        for one in GIVEN:
            moved = served(**{one: GIVEN[one] * 0.9})[name]
            assert (moved != pytest.approx(served()[name], rel=1e-9)) == (one in given)


def test_a_load_is_carried_by_gpus_that_cost_their_price():
    load = {"tokens_per_day": 2e9, "peak_factor": 1.5, "peak_utilization": 0.9, "gpus": 1}
    gpus = run(needed(), GIVEN | load, plainly)["deployments_for_load"]
    assert gpus == pytest.approx(2e9 * 1.5 / 86_400 / 0.9 / 5970)
    made = run(fleet(), served() | load | {"fleet_gpus": 7}, plainly)
    assert made["fleet_power"] == pytest.approx(0.0147)
    assert made["cost_per_month"] == pytest.approx(7 * 2.652 * 730)
    assert made["delivered_cost_per_million_tokens"] == pytest.approx(7 * 2.652 * 24 / 2000)


def test_a_margin_is_what_the_cost_leaves_of_the_mean_price():
    prices = {"price_of_cache_miss": 1.0, "price_of_cache_hit": 0.1, "output_token_price": 3.0}
    request = {"input_tokens": 3000, "output_tokens": 1000, "cache_hit_rate": 0.5}
    made = run(selling(), {**prices, **request, "cost_per_million_tokens": 0.5}, plainly)
    assert made["blended_token_price"] == pytest.approx(0.75 * 0.55 + 0.25 * 3)
    assert made["gross_margin"] == pytest.approx(1 - 0.5 / made["blended_token_price"])


def test_every_amount_of_the_load_and_the_margin_is_led_back_to_what_is_given():
    found = origins()
    assert found["fleet_gpus"] == found["deployments_for_load"]
    assert {"throughput_per_gpu", "tokens_per_day", "price_per_gpu_hour"} <= set(found["cost_per_month"])
    assert {"output_token_price", "throughput_per_gpu"} <= set(found["gross_margin"])


def test_every_step_has_a_title_of_its_own():
    titles = [title(step) for step in (*serving(), *comparison()) if step.formula.__name__ != "ratio"]
    assert len(set(titles)) == len(titles)
    assert all(quantity(name).unit for name in ratios())
