"""Sentences of owning say above and below, too high and too low, as the figures are, and what is not known."""

import pytest

from analysis.comparison.token_prices import offer
from analysis.studies.ownership import sentences
from tests.support.owned import pair
from tests.support.shown import words


@pytest.fixture(scope="module")
def owned(library):
    return pair(library)


@pytest.fixture(scope="module")
def alone(library):
    return pair(library, subject="b300")


def test_a_price_lies_above_or_below_as_its_gap_is(owned):
    first, second = (words(shown) for shown in sentences.hourly_prices(owned))
    assert owned.baseline.gap(owned.prices["h200"]).number > 0 > owned.subject.gap(owned.prices["gb300"]).number
    assert "above the price of hyperscaler ownership, $1.410." in first
    assert "below the price of hyperscaler ownership, $2.652." in second
    assert "3.17% below" in second


def test_the_published_prices_of_all_tiers_stand_beside_the_modeled_one(owned):
    first, second = (words(shown) for shown in sentences.hourly_prices(owned))
    assert first.endswith("the published prices of 2026-04 run from $1.410 to $1.740.")
    assert second.endswith("run from $2.652 to $3.960.")


def test_a_price_of_tokens_is_said_to_be_that_of_a_slower_service_where_it_is(library, owned):
    slow, fast = (offer(library, provider, None) for provider in ("Crusoe", "Nebius"))
    assert "for a service of 36 tok/s/user, where at least 116 are asked" in words(
        sentences.price_of_slower_service(owned, slow)
    )
    assert sentences.price_of_slower_service(owned, fast) is None


def test_an_own_price_is_told_as_the_scenario_s(library):
    priced = pair(library, baseline_price=2.0, subject_price=2.0)
    assert "the scenario’s own price, $2" in words(*sentences.hourly_prices(priced))
    assert "At the scenario’s own price and full load" in words(sentences.token_cost(priced))


def test_a_platform_without_a_capital_says_how_to_state_one(alone):
    first, second = sentences.hourly_prices(alone)
    assert "HGX H200 pays" in words(first)
    assert "stated as the parameter finance" in words(second)
    assert sentences.token_cost(alone) is None


def test_the_costs_of_owners_stand_beside_those_at_published_prices(owned):
    said = words(sentences.token_cost(owned))
    assert "34.1x as much" in said
    assert owned.cost_ratio.show() in said


def test_a_system_s_price_as_capital_is_too_low_and_makes_the_ratio_too_high(library, owned):
    (caution,) = sentences.shared_capitals(owned)
    assert words(caution).endswith("by their share, and the modeled ratio too high.")
    (other,) = sentences.shared_capitals(pair(library, baseline="gb200", subject="h200"))
    assert words(other).endswith("too low by their share.")
    assert sentences.shared_capitals(pair(library, finance={"capital_per_gpu": 50_000.0})) == []


@pytest.mark.parametrize("stated", ["cost_of_capital", "colocation"])
def test_whose_money_it_is_is_told_of_sourced_amounts_alone(owned, stated):
    assert "as a neocloud does" in words(sentences.kind_of_owner(owned))
    assert sentences.kind_of_owner(owned.under(finance={stated: 0.1})) is None


def test_the_limits_are_the_published_formula_and_a_straight_line(owned, library):
    said = words(sentences.limits(owned)).splitlines()
    assert len(said) == 4
    for owner, met, straight in zip(owned.owners.values(), said[:2], said[2:], strict=True):
        cost = owner.side.levels["cost_per_million_tokens"].show(4)
        assert f"the model then gives {cost} per million tokens, the published formula {cost}" in met
        assert "to 25.0% a year, one over its 4.00 years" in straight
    assert "no capital is sourced" in words(sentences.limits(pair(library, baseline="b200", subject="b300")))


def test_an_open_gap_names_every_input_that_cannot_close_it(owned):
    (first, second) = sentences.open_gaps(owned)
    closing = owned.baseline.closing(owned.prices["h200"])
    assert words(first).count(",") + 2 == sum(amount is None for amount in closing.values())
    assert words(first).endswith(" or software licenses.")
    assert "GB300 NVL72" in words(second)


def test_a_megawatt_tells_the_share_of_electricity_where_both_costs_are_modeled(library, owned, alone):
    price = offer(library, "Crusoe", None).blended(1024, 1024, 0.0)
    assert "electricity is" in words(sentences.megawatt(owned, price))
    assert words(sentences.megawatt(alone, price)).endswith("of a megawatt of HGX H200.")
