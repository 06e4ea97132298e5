"""The tables of the returns say what comes back, what a margin can stand, and what a stated return needs."""

from dataclasses import replace

import pytest

from analysis.studies.business import tables
from analysis.studies.business.stated_returns import stated_cases, statement
from analysis.studies.procurement.offers import offers
from tests.support.shown import rows, words


@pytest.fixture(scope="module")
def capacity(library, published):
    return offers(library, published.conditions)


@pytest.fixture(scope="module")
def stated(library):
    return statement(library, "gb200")


def test_an_owner_earns_more_at_a_higher_load(published):
    shown = rows(tables.returns(published))
    assert [row[0] for row in shown] == [returns.platform.name for returns in published.owned]
    for row in shown:
        rates = [float(row[place]) for place in (5, 4, 6) if row[place] != "none"]
        assert rates == sorted(rates)


def test_what_never_comes_back_is_said_in_words(briefed):
    shown = rows(tables.returns(briefed("too fast")))
    assert "none: no year earns what it costs to run" in {row[4] for row in shown}


def test_the_fall_of_the_price_is_said_where_one_is_asked_for(published, briefed):
    assert "when the price of tokens stays as it is." in words(tables.returns(published))
    assert "falls by 40% a year." in words(tables.returns(briefed("another pair")))


def test_without_a_public_capital_there_is_no_table(published):
    assert tables.returns(replace(published, owned=())) is None


def test_the_margin_can_stand_a_fall_of_its_own_size(published, capacity):
    shown = rows(tables.sensitivity(published, capacity))
    for side, (_, fall, least, low, high, *_) in zip(published.sides, shown, strict=True):
        assert fall == "none left" or float(fall) == side["gross_margin"].number
        assert float(low) < float(high)
        if least != "none":
            at_least = side.under(utilization=replace(published.load, number=float(least)))
            assert at_least["gross_margin"].number == pytest.approx(0, abs=1e-9)


def test_where_nothing_is_left_no_fall_is_stood(briefed, capacity):
    shown = rows(tables.sensitivity(briefed("too fast"), capacity))
    assert {row[1] for row in shown} == {"none left"}


def test_the_highest_price_of_capacity_leaves_the_least_margin(published, capacity):
    for side, row in zip(published.sides, rows(tables.sensitivity(published, capacity)), strict=True):
        if row[5] != "no public price":
            price = replace(side["price_per_gpu_hour"], number=float(row[5]), inputs={})
            assert side.under(price_per_gpu_hour=price)["gross_margin"].number == pytest.approx(float(row[6]))


def test_without_public_prices_of_capacity_that_is_said(published):
    shown = rows(tables.sensitivity(published, []))
    assert {tuple(row[5:]) for row in shown} == {("no public price", "–")}


def test_the_stated_revenue_needs_less_than_a_dollar_at_the_stated_throughput(published, stated):
    *_, last = rows(tables.stated_return(stated, stated_cases(published, stated)))
    assert last[0] == "As stated, 8k/1k, highest load"
    assert float(last[-2]) == pytest.approx(0.8258, abs=5e-5)
    assert float(last[-1]) == pytest.approx(1.835, abs=5e-4)
