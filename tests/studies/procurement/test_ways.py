"""The ways to serve a load are counted with the same tokens and months; what lacks a figure says what it asks for."""

import pytest

from analysis.studies.procurement import sentences, tables
from analysis.studies.procurement.horizon import paths
from analysis.studies.procurement.owning import owned, unrecovered
from analysis.studies.procurement.way import API, MIXED, MODELED, NOT_FIRM, OWNED, RENTED, RESERVED, UNMEASURED
from analysis.studies.procurement.ways import cheaper, least, ways
from tests.support.buyers import LONG, brief
from tests.support.shown import words

BOTH = {"input_tokens_per_day": 8e9, "output_tokens_per_day": 4e8, "tokens_per_day": 2e9}


@pytest.fixture(scope="module")
def agent(library):
    return brief(library, **LONG, **BOTH, growth_per_month=0.05, horizon=24, day_shape="office hours")


def of(found, name):
    return [way for way in ways(found) if way.name == name]


def test_tokens_by_api_cost_their_list_price(agent):
    """Nebius asks $2 and $6 for a million: 8,000 x 2 + 400 x 6 dollars a day."""
    way = next(way for way in of(agent, API) if way.what.startswith("Nebius"))
    assert way.cost.number == pytest.approx((8000 * 2 + 400 * 6) * 365 / 12)
    assert way.total.number == pytest.approx(sum(way.cost.number * 1.05**month for month in range(1, 25)))


def test_what_is_to_be_signed_is_the_least_total_of_those_that_are_ranked(agent):
    ranked = [each for each in paths(agent) if each.option.enough]
    assert least(agent).total.number == min(each.total.number for each in ranked)
    assert of(agent, RESERVED)[0].total.number >= least(agent).total.number


def test_a_base_with_a_peak_on_demand_costs_no_more_than_either_alone(agent):
    (mixed,), (rented,), (reserved,) = (of(agent, name) for name in (MIXED, RENTED, RESERVED))
    assert mixed.what.startswith("HGX B200")
    assert mixed.total.number <= min(rented.total.number, reserved.total.number) * (1 + 1e-9)


def test_without_the_hours_of_a_day_a_split_is_not_guessed(library):
    (mixed,) = of(brief(library), MIXED)
    assert mixed.cost is None
    assert "day_shape" in mixed.what


def test_money_of_today_is_worth_less_than_the_total_and_as_much_without_interest(library):
    free = brief(library, finance={"cost_of_capital": 0.0})
    for way in ways(free):
        assert way.total is None or way.present.number == pytest.approx(way.total.number)
    assert all(each.present.number < each.total.number for each in paths(brief(library)))


def test_a_stated_capital_is_owned_and_one_that_nobody_knows_is_asked_for_by_name(library):
    unknown = of(brief(library), OWNED)[-1]
    assert unknown.cost is None
    assert "b200.capital_per_gpu" in unknown.what
    stated = owned(brief(library, finance={"b200.capital_per_gpu": 20_000.0, "staff_cost": 100.0}), "b200")
    assert "$20,000 per GPU (stated)" in stated.believed
    assert "$100 per GPU and year for staff" in stated.believed
    dearer = owned(brief(library, finance={"b200.capital_per_gpu": 40_000.0, "staff_cost": 100.0}), "b200")
    assert dearer.option.price.number > stated.option.price.number


def test_a_pue_is_refused_with_its_reason(library):
    with pytest.raises(ValueError, match="all-in"):
        ways(brief(library, finance={"pue": 1.3}))


def test_page_one_tells_the_ways_and_what_was_assumed(library, agent):
    assert "Ways to serve this load" in words(tables.ways_to_serve(agent))
    assert "growth of 100% a year" in words(sentences.defaults(brief(library)))
    assert "growth" not in words(sentences.defaults(agent))


@pytest.mark.parametrize("months", [1, 36, 48])
def test_whoever_owns_pays_for_all_gpus_that_were_bought_however_soon_the_horizon_ends(library, months):
    found = brief(
        library, horizon=months, growth_per_month=0.05, finance={"cost_of_capital": 0.0, "economic_life": 4}
    )
    way = of(found, OWNED)[0]
    one = owned(found, way.path.option.fleet.platform.key)
    assert way.total.number >= way.path.gpus.number * one.capital.number
    assert way.present.number == pytest.approx(way.total.number)


def test_the_capital_is_recovered_in_equal_parts(library):
    one = owned(brief(library, finance={"b200.capital_per_gpu": 20_000.0, "cost_of_capital": 0.1}), "b200")
    assert unrecovered([0.0, one.life.number, 9.0], one) == pytest.approx([1, 0, 0])
    first, second = 1 - unrecovered([1.0, 2.0], one)
    assert second - first == pytest.approx(first * 1.1)


def test_page_one_names_every_way_that_totals_less_than_the_advice_with_its_reason(library, agent):
    for buyer in (agent, brief(library), brief(library, **LONG, budget_per_month=1e5)):
        said, lead = words(*sentences.answer(buyer)), least(buyer)
        less = [way for way in ways(buyer) if way.total and way.total.number < lead.total.number]
        assert {way.what for way in cheaper(buyer)} == {way.what for way in less}
        for way in less:
            assert f"{way.name}, {way.what}: {way.total.show()}" in said
            assert f"Not advised: {way.hangs_on}. {way.ask}." in said
            assert way.hangs_on
            assert way.ask


def test_what_nobody_can_sign_is_told_where_it_would_cost_less(library):
    names = {way.name: way for way in cheaper(brief(library))}
    assert "may be taken back" in names[NOT_FIRM].hangs_on
    assert "HGX B200" in names[MODELED].what
    dear = brief(library, finance={"b200.capital_per_gpu": 900_000.0, "b300.capital_per_gpu": 900_000.0})
    assert MODELED not in {way.name for way in ways(dear)}


def test_a_platform_measured_too_little_is_told_with_why_where_its_quote_is_cheap(library):
    quote = {"provider": "Example Cloud", "platform": "mi355x", "price": 0.01, "terms": "reserved"}
    way = next(way for way in cheaper(brief(library, quotes=[quote])) if way.name == UNMEASURED)
    assert "not measured enough here" in way.hangs_on
    assert way.ask == "Ask Example Cloud to run your load on it first"


def test_an_offer_that_costs_less_in_all_leads_though_it_asks_more_today(library):
    small = {"provider": "Today Cloud", "platform": "b200", "price": 4.0, "terms": "reserved"}
    large = {"provider": "Later Cloud", "platform": "b200", "price": 3.0, "terms": "reserved", "minimum_gpus": 96}
    found = brief(library, quotes=[small, large])
    assert found.cheapest("b200").offer.provider == "Today Cloud"
    assert least(found).option.offer.provider == "Later Cloud"


def test_the_way_that_comes_next_is_named_where_none_costs_less(library):
    quote = {"provider": "Example Cloud", "platform": "b200", "price": 0.01, "terms": "reserved"}
    said = words(*sentences.answer(brief(library, quotes=[quote])))
    assert said.startswith("What to sign now: ")
    assert "No other way that has a price totals less. The next, " in said


def test_a_key_stated_at_its_default_is_stated(library):
    both = {"peak_factor": 1.5, "horizon": 36}
    found = brief(library, **both, stated=[*both])
    said = words(sentences.defaults(found))
    assert "peak of" not in said
    assert "horizon of" not in said
    assert "nothing spare" in said
    assert "If one deployment fails, what is left may not carry the peak." in said
    rows = words(tables.keys(found)).splitlines()
    assert any("peak_factor" in row.split(" | ")[1] for row in rows if row.startswith("the load"))
