"""Offers are the buyer's quotes and the newest public prices; the least costly firm one ranks first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.studies.procurement.horizon import best
from analysis.studies.procurement.offers import offers
from analysis.studies.procurement.options import break_even, option, ranked, rival
from tests.support.buyers import QUOTE, brief, conditions


def named(found, provider, hardware, terms="on-demand"):
    wanted = (provider, hardware, terms)
    return [one for one in found if (one.provider, one.platform.key, one.terms) == wanted]


@pytest.fixture(scope="module")
def public(library):
    return offers(library, conditions())


@pytest.fixture(scope="module")
def published(library):
    return brief(library)


def test_the_four_providers_have_their_rows(public):
    assert {"CoreWeave", "Nebius", "Nscale", "Together AI"} <= {one.provider for one in public}


def test_a_price_that_nobody_publishes_is_told_as_such(public):
    for provider, day in (("Nscale", "2026-10-24"), ("CoreWeave", "2026-09-20")):
        (one,) = named(public, provider, "gb300")
        assert one.price is None
        assert one.standing == "not published"
        assert one.as_of == day


def test_of_two_prices_of_one_offer_the_newest_counts(public):
    (one,) = named(public, "Nebius", "h200")
    assert one.price.number == 5.40
    assert (one.as_of, one.standing) == ("2026-10-24", "third-party")


def test_a_price_is_shown_as_it_was_asked(public):
    (tray,) = named(public, "CoreWeave", "gb200")
    (node,) = named(public, "CoreWeave", "h200")
    (block,) = named(public, "AWS", "b200", "capacity block")
    assert [one.price.show() for one in (tray, node, block)] == ["$10.50", "$6.305", "$12.355"]


def test_what_can_be_taken_back_is_not_firm(public):
    assert not any(one.firm for one in public if one.terms in ("spot", "preemptible"))
    assert all(one.firm for one in public if one.terms in ("on-demand", "reserved", "capacity block"))


def test_a_quote_comes_first_and_knows_its_place(library):
    first, *rest = offers(library, conditions(quotes=[QUOTE | {"date": "2026-10-02"}]))
    assert (first.provider, first.price.number, first.as_of) == ("Example Cloud", 3.0, "2026-10-02")
    assert first.standing == "your quote"
    assert first.price.place == "parameter quotes, number 1"
    assert len(rest) == len(offers(library, conditions()))


def test_the_ranking_rises_and_holds_firm_offers_within_the_limits_alone(library):
    limited = brief(library, budget_per_month=3e5)
    costs = [one.cost_per_month.number for one in ranked(limited.options)]
    assert costs == sorted(costs)
    assert costs
    assert max(costs) <= 3e5
    assert all(one.offer.firm for one in ranked(limited.options))
    assert len(ranked(limited.options)) < len(ranked(brief(library).options))


def test_at_two_billion_tokens_a_day_the_least_costly_public_offer_is_counted_by_hand(published):
    answer = best(published)
    assert (answer.offer.provider, answer.fleet.platform.key, answer.offer.terms) == (
        "Together AI",
        "b200",
        "reserved",
    )
    assert answer.cost_per_month.number == pytest.approx(48 * 4.99 * 730)
    monthly_tokens = 2e9 * 365 / 12
    assert answer.cost_per_million_tokens.number == pytest.approx(48 * 4.99 * 730 / monthly_tokens * 1e6)


def test_at_its_break_even_quote_a_platform_costs_what_its_rival_does(published):
    for key, fleet in published.fleets.items():
        if published.coverage[key].doubts:
            continue
        even = published.break_even(key)
        other = rival(fleet, published.options)
        assert other.fleet.platform.key != key
        assert fleet.cost(even).number == pytest.approx(other.cost_per_month.number)


@settings(max_examples=25)
@given(price=st.floats(0.05, 50))
def test_a_quote_below_the_break_even_takes_the_lead_and_one_above_does_not(published, price):
    fleet = published.fleets["gb300"]
    even = published.break_even("gb300").number
    quoted = offers(published.library, conditions(quotes=[QUOTE | {"price": price}]))[0]
    added = option(fleet, quoted, quoted.price, published.load, published.conditions)
    first = ranked([*published.options, added])[0]
    assert (first is added) == (price < even)


def test_without_a_rival_there_is_no_break_even(published):
    own = [one for one in published.options if one.fleet.platform.key == "b200"]
    assert break_even(published.fleets["b200"], own) is None
    assert break_even(published.fleets["b200"], []) is None


def test_a_spot_price_sets_no_break_even(library, published):
    spot = brief(library, quotes=[QUOTE | {"terms": "Spot", "price": 0.01}])
    assert best(spot).offer.provider == "Together AI"
    assert spot.break_even("b200").number == pytest.approx(published.break_even("b200").number)


def test_the_trail_of_a_cost_leads_to_row_price_and_assumption(published):
    places = {value.place for value in best(published).cost_per_million_tokens.trail()}
    assert any(place.startswith("data/benchmarks/") for place in places)
    assert any(place.startswith("data/market_prices.csv") for place in places)
    assert {"parameter peak_factor", "parameter peak_utilization", "parameter tokens_per_day"} <= places
    assert "assumed" in best(published).cost_per_month.cautions
