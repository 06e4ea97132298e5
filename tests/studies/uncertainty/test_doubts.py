"""Doubts are those that the library and the scenario state; results carry them and rest on every input."""

import json

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.library.values import Status
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


def test_correlated_inputs_are_drawn_together(owned):
    together = [{"inputs": ["h200.utilization", "gb300.utilization"], "correlation": 0.95}]
    stated = {"baseline_price": 1.41, "subject_price": 2.652}  # so that no price is drawn
    apart = doubts(owned.under(uncertain={f"{name}.utilization": UTILIZATION for name in owned.owners}, **stated))
    tied = doubts(owned.under(correlations=together, **stated))
    spans = [high - low for low, high in (one.quantiles(RATIO, 0.05, 0.95) for one in (apart, tied))]
    assert spans[1] < spans[0] / 2
    with pytest.raises(InputError, match="correlated inputs"):
        tied.shares(RATIO)


def test_a_common_doubt_leaves_the_ratio_alone(sourced):
    assert "utilization" not in sourced.tornado(RATIO)["input"].tolist()
    assert "utilization" in sourced.tornado(COST)["input"].tolist()


def test_the_tornado_begins_with_the_widest_and_knows_only_what_moves_a_result(sourced):
    table = sourced.tornado(COST)
    assert not table["input"].str.startswith("gb300").any()
    assert (table["swing"] > 0).all()
    assert table["swing"].is_monotonic_decreasing


@pytest.mark.parametrize("result", [RATIO, COST, "gb300.cost_per_million_tokens"])
def test_the_swing_of_the_price_reaches_from_the_lowest_to_the_highest_result(sourced, result):
    row = sourced.tornado(result).set_index("input").loc["price_basis"]
    results = sourced.model({"price_basis": np.arange(len(sourced.uncertain.bases))})[result]
    assert {row["result_at_low"], row["result_at_high"]} == {results.min(), results.max()}


def test_the_price_that_is_paid_and_the_throughputs_own_the_variance_of_the_ratio(sourced):
    shares = sourced.shares(RATIO)
    assert next(iter(shares)) == "price_basis"
    own = [shares[name]["first_order"].number for name in shares if "throughput" in name or name == "price_basis"]
    assert len(own) == 3
    assert 0.9 < sum(own) < 1
    assert shares["price_basis"]["total"].quantity.key == "variance_share"


def test_a_ratio_at_published_prices_is_the_published_ratio(sourced, owned):
    bases = sourced.uncertain.bases
    at = {name: float(sourced.model({"price_basis": place})[RATIO]) for place, name in enumerate(bases)}
    listed = owned.listed_cost_ratios["2026-04", "hyperscaler"].number
    assert at["hyperscaler ownership, 2026-04"] == pytest.approx(listed, rel=1e-12)
    assert at["modeled"] == pytest.approx(sourced.standing(RATIO).number, rel=1e-12)


def test_network_adds_its_share_to_a_capital(sourced):
    capital = sourced.owned.subject.levels["capital_per_gpu"].number
    added, dearer = (sourced.model(varied)[RATIO] for varied in (
        {"gb300.network_share": 0.2}, {"gb300.capital_per_gpu": 1.2 * capital}))  # fmt: skip
    assert added == pytest.approx(dearer, rel=1e-12)


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
    low, middle, high = (value.number for value in sourced.quantiles(RATIO, 0.05, 0.5, 0.95))
    assert low < middle < high
    draws = sourced.sample.results[RATIO]
    assert draws.min() < sourced.model({})[RATIO] < draws.max()


def test_probabilities_fall_with_the_threshold_and_carry_the_error_of_sampling(sourced):
    found = [sourced.sample.probability_above(RATIO, times) for times in (1.0, 35.0, 50.0)]
    assert (found[0].value, found[0].standard_error) == (1.0, 0.0)
    assert 1 > found[1].value > found[2].value > 0
    assert all(0 < one.standard_error < 1e-3 for one in found[1:])


def test_a_result_rests_on_every_input_and_its_cautions(sourced):
    (found,) = sourced.quantiles(RATIO, 0.5)
    assert found.subject == "HGX H200 / GB300 NVL72"
    assert Status.ESTIMATE in found.cautions
    assert {"capital_per_gpu", "utilization"} <= {value.quantity.key for value in found.trail()}
    assert found.inputs["as it stands"].number == pytest.approx(sourced.model({})[RATIO], rel=1e-12)
    assert sourced.quantiles(COST, 0.5)[0].subject == "HGX H200"
    json.dumps(found.record())


def test_the_seed_decides(owned):
    first, again, other = (doubts(owned.under(seed=seed)).quantiles(RATIO, 0.9)[0].number for seed in (3, 3, 4))
    assert first == again != other
    assert first == pytest.approx(other, rel=1e-3)


def test_the_band_holds_what_its_quantiles_say(sourced):
    draws = sourced.sample.results[RATIO]
    low, high = (value.number for value in sourced.quantiles(RATIO, 0.05, 0.95))
    assert ((draws > low) & (draws < high)).mean() == pytest.approx(sourced.band.number, abs=1e-4)


def test_a_quantile_is_derived_and_says_from_what(sourced):
    (middle,) = sourced.quantiles(RATIO, 0.5)
    assert dict(middle.inputs) == {"as it stands": sourced.standing(RATIO)}
    assert middle.subject == "HGX H200 / GB300 NVL72"
    assert middle.status is Status.DERIVED
    assert middle.note == "quantile 0.5 of the draws"


def test_without_a_capital_of_both_there_is_nothing_to_doubt(library):
    assert doubts(pair(library, subject="b300")) is None
