"""At its matching price a platform's token costs as much as the other's, and not otherwise."""

import numpy as np
import pytest

from analysis import formulas
from analysis.comparison.contenders import price
from analysis.scenario import Parameters
from analysis.studies.attribution.matching_price import matching_price, matching_prices
from analysis.studies.attribution.stacks import measured_stacks

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
