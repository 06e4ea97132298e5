"""A brief holds each platform that serves the point once, at one price and at a load between its ends."""

import pytest

from analysis.errors import InputError
from analysis.studies.business.brief import brief, firm_prices
from analysis.studies.procurement.offers import offers
from tests.support.economies import by_platform, conditions


def test_the_platforms_are_those_that_serve_the_point(published, briefed, library):
    silent = briefed("no stated speed")
    assert list(silent.by_key) == list(by_platform(library, token_provider="DeepSeek"))
    assert set(silent.by_key) < set(published.by_key)
    assert [side.platform.key for side in published.pair] == ["gb300", "h200"]


def test_a_platform_compared_with_itself_is_told_once(briefed):
    assert [side.platform.key for side in briefed("itself").pair] == ["h200"]


def test_where_one_of_the_two_does_not_serve_the_point_the_other_is_told(briefed):
    assert [side.platform.key for side in briefed("too fast").pair] == ["gb300"]


def test_the_best_platform_is_that_of_the_highest_margin(published):
    assert published.best["gross_margin"].number == max(side["gross_margin"].number for side in published.sides)


def test_the_load_lies_between_its_ends(published):
    low, high = published.ends
    assert (low.show(), published.load.show(), high.show()) == ("30.0%", "60.0%", "100%")


def test_returns_at_another_load_are_those_of_the_same_platforms(published):
    low, high = (published.owned_at(load) for load in published.ends)
    for owned, at_low, at_high in zip(published.owned, low, high, strict=True):
        assert owned.platform == at_low.platform == at_high.platform
        assert at_low.rate is None or at_low.rate.number < owned.rate.number < at_high.rate.number


def test_an_offer_of_a_slower_service_is_used_at_its_own_speed_and_a_faster_one_as_asked(published):
    served = {sold.provider: published.sold_by(sold).floor.number for sold in published.offers}
    assert served == {"DeepSeek": 116, "Crusoe": 36, "Nebius": 116}
    assert [sold.provider for sold in published.offers if published.meets_the_floor(sold)] == ["Nebius"]


def test_tiers_are_named_in_full_and_rise_to_the_public_lists(published):
    assert list(published.tiers) == [
        "hyperscaler ownership", "3-year rental", "lowest public list", "highest public list",
    ]  # fmt: skip
    owned, rented, lowest, highest = (prices["h200"].number for prices in published.tiers.values())
    assert owned < rented < lowest < highest


def test_what_it_rests_on_is_given_and_listed_once(published):
    assert all(not value.inputs for value in published.rests_on)
    assert len({value.id for value in published.rests_on}) == len(published.rests_on)
    listed = {value.id for value in [*published.assumptions, *published.nil]}
    shown_of_rows = {"throughput_per_gpu", "interactivity", "power_per_gpu", "price_per_gpu_hour", "pue", "gpus"}
    assert {value.quantity.key for value in published.rests_on if value.id not in listed} <= shown_of_rows


def test_prices_of_capacity_that_can_be_taken_back_are_left_out(library):
    asked = offers(library, conditions())
    prices = firm_prices(asked)
    assert "spot" not in {price.kinds["price"] for listed in prices.values() for price in listed}
    assert sum(map(len, prices.values())) == sum(bool(one.firm and one.price) for one in asked)
    for listed in prices.values():
        assert [price.number for price in listed] == sorted(price.number for price in listed)


def test_a_service_that_nobody_reaches_is_refused(library):
    with pytest.raises(InputError, match="no platform was measured at 5000 tok/s/user or more"):
        brief(library, conditions(minimum_interactivity=5000.0, token_provider="DeepSeek"))


def test_a_limit_on_the_first_token_holds_for_the_rows_of_a_brief(library):
    limited = brief(library, conditions(input_tokens=8192, minimum_interactivity=35.0, maximum_ttft_p99=10.0))
    assert limited.sides
    assert all(side.row["ttft_p99"] <= 10 for side in limited.sides)
