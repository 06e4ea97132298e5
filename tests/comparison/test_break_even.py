"""At its break-even price a platform's token costs as much as the other's; without a measurement there is none."""

import numpy as np
import pytest

from analysis import formulas
from analysis.comparison.advantage import Advantage
from analysis.comparison.break_even import break_even_price, price_at, prices_along
from analysis.comparison.contenders import contender
from analysis.scenario import Parameters


@pytest.fixture(scope="module")
def here(library):
    return Advantage(*(contender(library, Parameters(), key) for key in ("h200", "gb300")))


def test_the_line_over_interactivity_is_made_of_values(here):
    for speed in (30.0, 75.0, 116.0):
        value = price_at(here, speed)
        assert value.number == pytest.approx(float(prices_along(here, speed)), rel=1e-12)
        assert value.formula is formulas.break_even_price


def test_at_the_break_even_price_the_ratio_of_costs_is_one(here):
    speed = 100.0
    subject = here.subject.at(speed)["throughput_per_gpu"].number
    cost = formulas.cost_per_million_tokens(price_at(here, speed).number, subject)
    assert cost == pytest.approx(here.baseline.at(speed)["cost_per_million_tokens"].number, rel=1e-12)


def test_where_one_was_not_measured_nothing_breaks_even(here):
    assert price_at(here, 1e6) is None
    assert np.isnan(prices_along(here, [1e6])).all()


def test_a_platform_breaks_even_with_itself_at_its_own_price(here):
    throughput = here.subject.at(116.0)["throughput_per_gpu"]
    assert break_even_price(here.subject.price, throughput, throughput).number == here.subject.price.number
    assert break_even_price(here.subject.price, throughput, None) is None
