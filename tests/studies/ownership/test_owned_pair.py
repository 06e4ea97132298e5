"""An owned pair holds the published prices of a comparison, and stays the same under other conditions."""

import pytest

from analysis.library.sources import TIERS
from analysis.studies.ownership.levelized import COST, PRICE
from tests.support.owned import pair


@pytest.fixture(scope="module")
def owned(library):
    return pair(library)


def test_the_published_ratio_is_that_of_its_vintage_and_tier(owned):
    ratios = owned.listed_cost_ratios
    assert len(ratios) == len(TIERS) * len(owned.library.vintages) - 1  # the newest has no neocloud tier
    assert ratios["2026-04", "hyperscaler"].number == pytest.approx(34.07, abs=0.01)
    assert ratios["2026-04", "hyperscaler"].number == owned.pair.ratio(COST).number


def test_own_prices_leave_the_listed_ratios_alone(library, owned):
    priced = pair(library, baseline_price=5.0)
    assert priced.prices["h200"].number == 5.0
    assert {key: ratio.number for key, ratio in priced.listed_cost_ratios.items()} == {
        key: ratio.number for key, ratio in owned.listed_cost_ratios.items()
    }


def test_under_other_conditions_the_rows_stay_and_what_is_owned_changes(owned):
    dear = owned.under(finance={"capital_per_gpu": 100_000.0})
    assert dear.pair.sides == owned.pair.sides
    assert dear.prices == owned.prices
    assert all(
        dear.owners[key].levels[PRICE].number > owner.levels[PRICE].number for key, owner in owned.owners.items()
    )


def test_a_pair_is_modeled_where_both_capitals_are_known(library, owned):
    assert owned.is_modeled
    alone = pair(library, subject="b300")
    assert (list(alone.with_capital), alone.without_capital, alone.is_modeled) == (["h200"], ["HGX B300"], False)
    assert pair(library, subject="b300", finance={"b300.capital_per_gpu": 45_000.0}).is_modeled


def test_the_modeled_ratio_is_that_of_the_costs(owned):
    before, after = (owner.levels[COST].number for owner in (owned.baseline, owned.subject))
    assert owned.cost_ratio.number == pytest.approx(before / after, rel=1e-12)


def test_service_levels_rise_and_hold_the_scenario_s_own_once(library, owned):
    levels = [level.number for level in owned.service_levels]
    assert levels == sorted(set(levels))
    assert 116.0 in levels
    assert len(pair(library, minimum_interactivity=levels[0]).service_levels) == len(levels) - 1


def test_utilizations_are_the_ends_and_the_middle_of_a_fleet_s(owned):
    low, middle, high = (value.number for value in owned.utilizations)
    assert low < middle < high
    assert {value.subject for value in owned.utilizations} == {"HGX H200 / GB300 NVL72"}
