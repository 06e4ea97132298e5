"""Doubts are those that the library and the scenario state; results carry them and rest on every input."""

import json

import pytest

from analysis.errors import InputError
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.studies.ownership.cost_model import RATIO
from analysis.studies.uncertainty.doubts import doubts
from tests.support.owned import pair

UTILIZATION = {"distribution": "triangular", "low": 0.3, "mode": 0.6, "high": 1.0}
COST = "h200.cost_per_million_tokens"


@pytest.fixture(scope="module")
def owned(library):
    return pair(library)


@pytest.fixture(scope="module")
def sourced(owned):
    return doubts(owned)


def times(number):
    return Value(number, quantity("ratio"), "threshold", Status.CHOSEN)


def test_correlated_inputs_are_drawn_together(owned):
    together = [{"inputs": ["h200.utilization", "gb300.utilization"], "correlation": 0.95}]
    apart, tied = (doubts(owned.under(correlations=declared)) for declared in ([], together))
    spans = [one.quantile(RATIO, 0.95).number - one.quantile(RATIO, 0.05).number for one in (apart, tied)]
    assert spans[1] < spans[0] / 2
    with pytest.raises(InputError, match="correlated inputs"):
        tied.shares(RATIO)


def test_a_common_doubt_leaves_the_ratio_alone(owned):
    common = doubts(owned.under(uncertain={"utilization": UTILIZATION}))
    assert "utilization" not in common.tornado(RATIO)["input"].tolist()
    assert common.tornado(COST)["input"].tolist()[0] == "utilization"


def test_the_tornado_begins_with_the_widest_and_knows_only_what_moves_a_result(sourced):
    table = sourced.tornado(COST)
    assert table["input"].tolist()[0] == "h200.utilization"
    assert not table["input"].str.startswith("gb300").any()
    assert (table["swing"] > 0).all()
    assert table["swing"].is_monotonic_decreasing


def test_utilization_drawn_apart_owns_the_variance_of_the_ratio(sourced):
    shares = sourced.shares(RATIO)
    both = [shares[name]["first_order"].number for name in ("h200.utilization", "gb300.utilization")]
    assert sum(both) > 0.9
    assert next(iter(shares)) == "h200.utilization"
    assert sum(one["total"].number for one in shares.values()) >= sum(both) - 0.05
    assert shares["h200.utilization"]["total"].quantity.key == "variance_share"


def test_common_inputs_pull_the_ratio_by_their_difference_and_performance_not_at_all(sourced):
    found = {key: value.number for key, value in sourced.elasticities.items()}
    each = [
        {key: value.number for key, value in owner.elasticities.items()} for owner in sourced.owned.owners.values()
    ]
    assert found["utilization"] == found["throughput_per_gpu"] == 0
    assert found["electricity_price"] == pytest.approx(each[0]["electricity_price"] - each[1]["electricity_price"])
    step = 1e-6
    higher, lower = (sourced.model({"electricity_price": 0.087 * (1 + sign * step)})[RATIO] for sign in (1, -1))
    assert found["electricity_price"] == pytest.approx((higher / lower - 1) / (2 * step), rel=1e-4)


def test_quantiles_rise_and_hold_the_modeled_ratio(sourced):
    low, middle, high = (sourced.quantile(RATIO, one).number for one in (0.05, 0.5, 0.95))
    assert low < sourced.model({})[RATIO] < high
    assert low < middle < high


def test_probabilities_fall_with_the_threshold_and_carry_the_error_of_sampling(sourced):
    found = [sourced.probability_above(RATIO, times(one)) for one in (1.0, 35.0, 50.0)]
    assert found[0][0].number == 1.0
    assert found[0][1].number == 0.0
    assert 1 > found[1][0].number > found[2][0].number > 0
    assert all(0 < error.number < 1e-3 for _, error in found[1:])


def test_a_result_rests_on_every_input_and_its_cautions(sourced):
    found = sourced.quantile(RATIO, 0.5)
    assert found.subject == "HGX H200 / GB300 NVL72"
    assert Status.ESTIMATE in found.cautions
    assert {"capital_per_gpu", "utilization"} <= {value.quantity.key for value in found.trail()}
    assert found.inputs["as it stands"].number == pytest.approx(sourced.model({})[RATIO], rel=1e-12)
    assert sourced.quantile(COST, 0.5).subject == "HGX H200"
    json.dumps(found.record())


def test_the_seed_decides(owned):
    first, again, other = (doubts(owned.under(seed=seed)).quantile(RATIO, 0.9).number for seed in (3, 3, 4))
    assert first == again != other
    assert first == pytest.approx(other, rel=1e-3)


def test_the_band_holds_what_its_quantiles_say(sourced):
    draws = sourced.sample.results[RATIO]
    low, high = (sourced.quantile(RATIO, one).number for one in (0.05, 0.95))
    assert ((draws > low) & (draws < high)).mean() == pytest.approx(sourced.band.number, abs=1e-4)


def test_a_probability_and_a_quantile_are_derived_and_say_from_what(sourced):
    threshold = times(35.0)
    probable, error = sourced.probability_above(RATIO, threshold)
    assert dict(probable.inputs) == {"as it stands": sourced.standing(RATIO), "threshold": threshold}
    assert (probable.quantity.key, error.quantity.key) == ("probability", "probability")
    assert probable.subject == "HGX H200 / GB300 NVL72 above 35.0x"
    assert error.subject == f"error of {probable.subject}"
    assert {probable.status, error.status, sourced.quantile(RATIO, 0.5).status} == {Status.DERIVED}
    assert sourced.quantile(RATIO, 0.5).note == "quantile 0.5 of the draws"


def test_one_utilization_for_both_leaves_a_narrower_band(sourced):
    apart, shared = sourced.samples.values()
    assert shared is sourced.shared
    ends = [[draws.quantile(RATIO, share).number for share in (0.05, 0.95)] for draws in (apart, shared)]
    assert ends[0][0] < ends[1][0] < ends[1][1] < ends[0][1]
    assert "utilization" in shared.uncertain.inputs.distributions


@pytest.mark.parametrize("stated", [
    {"utilization": 0.5}, {"uncertain": {"h200.utilization": UTILIZATION}},
    {"correlations": [{"inputs": ["h200.utilization", "gb300.utilization"], "correlation": 0.5}]},
])  # fmt: skip
def test_where_a_scenario_speaks_of_utilization_its_draws_are_all_there_are(owned, stated):
    study = doubts(owned.under(**stated))
    assert study.shared is None
    assert study.samples == {"all draws": study}


def test_without_a_capital_of_both_there_is_nothing_to_doubt(library):
    assert doubts(pair(library, subject="b300")) is None
