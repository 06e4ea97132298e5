"""A quote keeps its terms: its currency, tax and tiers make its price, and an expired one is told and not ranked."""

import pytest

from analysis.errors import InputError
from analysis.scenario import Quote, read_scenario
from analysis.studies.procurement import tables
from analysis.studies.procurement.horizon import path
from analysis.studies.procurement.options import ranked
from tests.support.buyers import LONG, QUOTE, brief
from tests.support.shown import words


def price(library, **more):
    rates = {"EUR": 1.16}
    found = brief(library, quotes=[QUOTE | {"platform": "b200"} | more], exchange_rates=rates)
    return next(option.price.number for option in found.options if option.offer.quote)


def test_a_price_is_in_dollars_without_tax(library):
    assert price(library, price=3.0, currency="EUR", tax=0.2) == pytest.approx(3 * 1.16 / 1.2)


def test_a_tier_holds_from_its_gpus_on(library):
    tiers = [{"gpus": 40, "price": 2.5}, {"gpus": 4000, "price": 2.0}]
    assert price(library, discounts=tiers) == 2.5


def test_a_currency_without_a_rate_is_refused():
    quote = "quotes=[{provider: A, platform: h200, price: 2, currency: EUR}]"
    with pytest.raises(InputError, match="no rate of EUR"):
        read_scenario("published", [quote])


def test_an_expired_quote_is_told_and_not_ranked(library):
    terms = {"price": 0.5, "expiry": "2026-01-01", "term_months": 12, "minimum_gpus": 4096, "setup": 5000.0}
    found = brief(library, quotes=[QUOTE | {"platform": "b200"} | terms])
    assert not any(option.offer.quote for option in ranked(found.options))
    said = words(tables.quotes(found))
    for expected in ("expired before", "ends 24 months before the horizon", "GPUs more than", "$5,000 once"):
        assert expected in said


def test_a_platform_is_meant_whatever_its_signs():
    assert Quote(**QUOTE | {"platform": "TPU-v7"}).platform == "tpuv7"


def test_a_quote_is_billed_by_its_minimum_tiers_egress_and_setup_in_month_and_total(library):
    terms = {"minimum_gpus": 40, "egress": 900.0, "setup": 50_000.0, "discounts": [{"gpus": 64, "price": 2.0}]}
    quote = QUOTE | {"platform": "b200", "price": 3.0, **terms}
    bought = brief(library, **LONG, tokens_per_day=5e9, growth_per_year=2.0, horizon=24, quotes=[quote])
    (option,) = [one for one in bought.options if one.offer.quote]
    taken = path(option, bought)

    def month(gpus):
        return max(gpus, 40) * (2.0 if gpus >= 64 else 3.0) * 730 + 900

    assert option.fleet.gpus.number < 40 < 64 <= taken.by_month[-1]
    assert option.cost_per_month.number == pytest.approx(month(option.fleet.gpus.number))
    assert taken.cost.number == pytest.approx(month(taken.by_month[-1]))
    assert taken.total.number == pytest.approx(sum(map(month, taken.by_month)) + 50_000)
    assert taken.present.number < taken.total.number


def test_a_minimum_beyond_the_budget_is_beyond_the_limits(library):
    quote = QUOTE | {"platform": "b200", "price": 3.0, "minimum_gpus": 1000}
    bought = brief(library, **LONG, tokens_per_day=5e9, budget_per_month=1e6, quotes=[quote])
    (option,) = [one for one in bought.options if one.offer.quote]
    assert not option.fits
    assert option.cost_per_month.number == pytest.approx(1000 * 3.0 * 730)
