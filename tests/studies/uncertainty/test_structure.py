"""What else the comparison could have been built on moves the ratio of costs as recomputed here, and no further."""

import numpy as np
import pytest

from analysis.comparison.spread import spread as repeated_runs
from analysis.errors import InputError
from analysis.studies.uncertainty.doubts import doubts
from analysis.studies.uncertainty.structure import (
    Layer,
    by_layer,
    counted_otherwise,
    measurement,
    price_tiers,
    spread,
    spreads,
    structures,
)
from tests.support.owned import pair

COST = "cost_per_million_tokens"


@pytest.fixture(scope="module")
def owned(library):
    return pair(library)


@pytest.fixture(scope="module")
def here(library, owned):
    return owned.curves


def test_each_layer_holds_the_ratio_that_is_reported(owned):
    ratio = owned.pair.ratio(COST).number
    causes = spreads(owned, doubts(owned))
    assert {cause.layer for cause in causes} == set(Layer)
    assert len({cause.cause for cause in causes}) == len(causes) == 9
    for cause in causes:
        assert cause.low <= cause.base == ratio <= cause.high


def test_without_a_modeled_cost_it_is_no_cause_of_doubt(library, owned):
    words = "modeled in place of published price"
    assert {cause.cause for cause in spreads(owned, doubts(owned))} - {words} == {
        cause.cause for cause in spreads(owned, None)
    }


def test_unlike_utilization_moves_the_ratio_by_the_range_of_a_fleet(owned):
    (unlike,) = [cause for cause in spreads(owned, None) if cause.cause == "utilization of each"]
    assert unlike.high / unlike.base == pytest.approx(unlike.base / unlike.low)
    assert unlike.high / unlike.base == pytest.approx(owned.utilizations[-1].number / owned.utilizations[0].number)


def test_measured_again_the_ratio_lies_as_far_below_as_above(library, owned):
    cause = measurement(owned)
    assert cause.high / cause.base == pytest.approx(cause.base / cause.low)
    # At equal interactivity a run differs by more than its throughput alone.
    assert cause.high / cause.base > float(repeated_runs(library).factor(0.0))


def test_tiers_span_the_sourced_ratios_of_the_vintage(owned):
    cause = price_tiers(owned)
    assert (cause.low, cause.high) == (pytest.approx(25.895, abs=1e-3), pytest.approx(34.075, abs=1e-3))


def test_own_prices_leave_neither_tier_nor_vintage(library):
    priced = pair(library, baseline_price=2.0)
    assert price_tiers(priced) is None
    causes = [cause.cause for cause in structures(priced)]
    assert causes == ["operating point", "sequence lengths", "tokens and GPUs counted", "curve between rows"]


def test_the_operating_point_moves_the_ratio_most_of_all_structure(owned):
    causes = {cause.cause: cause.high / cause.low for cause in structures(owned)}
    assert max(causes, key=causes.get) == "operating point"
    (lengths,) = [cause for cause in structures(owned) if cause.cause == "sequence lengths"]
    assert lengths.low == pytest.approx(14.6, abs=0.1)  # at 8k/1k


def test_the_published_convention_is_among_the_kinds_counted(library, owned):
    ratios = counted_otherwise(library, owned.pair)
    assert ratios[0] == pytest.approx(owned.pair.ratio(COST).number, rel=1e-12)
    assert len(ratios) == 4
    assert all(ratio > 1 for ratio in ratios)


def test_vintages_are_those_of_the_scenario_s_tier(owned):
    ratios = [ratio.number for (_, tier), ratio in owned.listed_cost_ratios.items() if tier == "neocloud"]
    neocloud = owned.under(price_tier="neocloud")
    (cause,) = [cause for cause in structures(neocloud) if cause.cause == "vintage of prices"]
    assert cause.high == pytest.approx(max(ratios))


SPREADS = [
    spread(Layer.STRUCTURE, "curve method", 34.1, [33.0, 35.2]),
    spread(Layer.ASSUMPTION, "price tier", 34.1, [25.9, 39.8]),
    spread(Layer.ASSUMPTION, "vintage", 34.1, [33.8]),
    spread(Layer.MEASUREMENT, "repeated runs", 34.1, np.array([34.0, 34.3])),
]


def test_layers_come_in_their_order_and_the_widest_swing_first():
    table = by_layer(SPREADS)
    assert table["cause"].tolist() == ["repeated runs", "price tier", "vintage", "curve method"]
    assert table["layer"].astype(str).tolist() == ["measurement", "assumption", "assumption", "structure"]
    assert table["swing"].to_numpy() == pytest.approx([0.3, 13.9, 0.3, 2.2])


def test_no_row_sums_the_others():
    assert len(by_layer(SPREADS)) == len(SPREADS)
    assert by_layer(SPREADS)["swing"].max() < sum(one.high - one.low for one in SPREADS)
    assert by_layer([]).empty


def test_the_reported_result_lies_within_its_spread():
    one = spread(Layer.ASSUMPTION, "vintage", 34.1, [33.8])
    assert (one.low, one.base, one.high) == (33.8, 34.1, 34.1)


@pytest.mark.parametrize("results", [[1.0, float("nan")], [float("inf")]])
def test_a_result_that_is_not_known_is_no_end_of_a_spread(results):
    with pytest.raises(InputError, match="vintage: found a result that is not known"):
        spread(Layer.ASSUMPTION, "vintage", 1.0, results)
