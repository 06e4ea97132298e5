"""The tables of owning agree with the published figures, with one another, and with what is not known."""

import pytest

from analysis.comparison.token_prices import offer
from analysis.library.sources import TIERS
from analysis.studies.ownership import tables
from tests.support.owned import pair
from tests.support.shown import heads, rows, words


@pytest.fixture(scope="module")
def owned(library):
    return pair(library)


@pytest.fixture(scope="module")
def alone(library):
    """A baseline with a known capital beside a subject without one."""
    return pair(library, subject="b300")


@pytest.fixture(scope="module")
def unknown(library):
    return pair(library, baseline="b200", subject="b300")


@pytest.fixture(scope="module")
def token_price(library):
    return offer(library, "Crusoe", None).blended(1024, 1024, 0.0)


def test_steps_lead_from_the_capital_to_the_cost_of_a_token(owned, alone):
    listed = rows(tables.steps(owned))
    assert listed[0][0].startswith("Capital per GPU")
    assert [float(cell) for cell in listed[-1][1:]] == [
        owner.levels["cost_per_million_tokens"].number for owner in owned.owners.values()
    ]
    assert heads(tables.steps(alone)) == ["Step", "HGX H200"]


def test_where_no_capital_is_known_a_note_stands_in_place_of_what_rests_on_it(unknown):
    for make in (tables.steps, tables.calibration):
        assert "no capital is sourced for HGX B200 and HGX B300" in words(make(unknown))


def test_a_gap_is_the_modeled_over_the_published_price_less_one(owned):
    listed = rows(tables.calibration(owned))
    assert len(listed) == 2 * len(TIERS)
    for _, modeled, published, gap in listed:
        assert float(gap) == pytest.approx(float(modeled) / float(published) - 1)


def test_the_first_axis_varies_the_running_alone(library, owned):
    low, middle, high = (value.number for value in owned.utilizations)
    for row in rows(tables.performance(owned)):
        _, *costs, ratio = (float(cell) for cell in row)
        assert costs[0] * low == pytest.approx(costs[1] * middle) == pytest.approx(costs[2] * high)
        assert ratio == pytest.approx(costs[1] / costs[4])


def test_what_a_platform_does_not_serve_costs_nothing_that_is_known(library):
    slow = pair(library, baseline="mi300x", subject="mi325x", minimum_interactivity=30.0)
    fastest = rows(tables.performance(slow))[-1]
    assert set(fastest[1:]) == {"not served"}


def test_the_second_axis_holds_the_published_prices_and_their_published_ratio(library, owned):
    prices = {row[0]: row[1:] for row in rows(tables.prices(owned))}
    place = library.vintages.index("2026-04")
    assert float(prices["HGX H200, hyperscaler ownership"][place]) == 1.41
    ratios = {row[0]: row[1:] for row in rows(tables.cost_ratios(owned))}
    assert float(ratios["Hyperscaler ownership"][place]) == pytest.approx(34.07, abs=0.01)
    assert list(ratios) == ["Hyperscaler ownership", "Neocloud ownership", "3-year rental", "Modeled"]


def test_a_modeled_row_stands_for_every_platform_whose_capital_is_known(alone):
    modeled = [row[0] for row in rows(tables.prices(alone)) if row[0].endswith("modeled")]
    assert modeled == ["HGX H200, modeled"]
    assert "Modeled" not in [row[0] for row in rows(tables.cost_ratios(alone))]


def test_a_megawatt_earns_what_its_tokens_sell_for(owned, token_price):
    site = {row[0]: [float(cell) for cell in row[1:]] for row in rows(tables.site(owned, token_price))}
    tokens, revenue = site["Tokens in a megawatt-year (tok)"], site["Revenue of a megawatt-year (USD)"]
    assert revenue[:2] == pytest.approx([amount / 1e6 * token_price.number for amount in tokens[:2]])
    for baseline, subject, ratio in site.values():
        assert ratio == pytest.approx(subject / baseline)


def test_the_share_of_electricity_in_an_unknown_cost_is_not_known(alone, unknown, token_price):
    place = list(tables.SITE).index("electricity_share")
    share = rows(tables.site(alone, token_price))[place]
    assert float(share[1]) > 0
    assert share[2:] == ["not known", "not known"]
    assert rows(tables.site(unknown, token_price))[place][1:] == ["not known"] * 3
