"""Inputs are uncertain as the library's ranges say, unless the scenario states an amount or a distribution."""

import math

import pytest

from analysis.comparison.spread import elasticity, spread
from analysis.errors import InputError
from analysis.library.values import Status
from analysis.studies.uncertainty.distributions import Fixed, Lognormal, Triangular, Uniform
from analysis.studies.uncertainty.uncertain_owners import uncertain_owners
from tests.support.owned import pair

UTILIZATION = {"distribution": "triangular", "low": 0.3, "mode": 0.6, "high": 1.0}


@pytest.fixture(scope="module")
def owned(library):
    return pair(library)


@pytest.fixture(scope="module")
def sourced(owned):
    return uncertain_owners(owned)


def doubted(owned, **changes):
    return uncertain_owners(owned.under(**changes))


def test_everything_that_the_table_states_is_drawn_as_it_states_it(sourced):
    drawn = sourced.inputs.distributions
    assert set(drawn) == {
        "h200.throughput_per_gpu", "gb300.throughput_per_gpu", "price_basis", "utilization", "h200.capital_per_gpu",
        "gb300.capital_per_gpu", "gb300.network_share", "economic_life", "cost_of_capital", "h200.power_per_gpu",
        "gb300.power_per_gpu", "electricity_price",
    }  # fmt: skip
    assert drawn["utilization"] == Triangular(0.3, 0.6, 1.0)
    assert drawn["electricity_price"] == Triangular(0.0737, 0.087, 0.1729)
    assert drawn["h200.power_per_gpu"] == Uniform(1.37, 1.73)
    assert drawn["economic_life"] == Uniform(4, 6)
    assert drawn["cost_of_capital"] == Uniform(0.07, 0.133)
    assert drawn["gb300.network_share"] == Uniform(0.1, 0.25)
    assert sourced.reaches["utilization"].status is Status.ESTIMATE
    assert sourced.reaches["cost_of_capital"].status is Status.ASSUMED


def test_two_measured_rows_lie_as_far_apart_as_two_runs_of_one_configuration(library, owned, sourced):
    drawn = [sourced.inputs.distributions[f"{key}.throughput_per_gpu"] for key in owned.owners]
    sigma = math.hypot(*(each.spread for each in drawn))
    runs = spread(library)
    factors = [
        float(runs.factor(float(elasticity(owner.side.contender.curve, owner.side.row["interactivity"]))))
        for owner in owned.owners.values()
    ]
    assert [each.median for each in drawn] == [93.153164, 5970.2614]
    assert min(factors) <= math.exp(1.6448536 * sigma) <= max(factors)


def test_every_price_that_may_be_paid_is_distinct_and_none_was_corrected(owned, sourced):
    assert len(sourced.bases) == sourced.inputs.distributions["price_basis"].count == 7
    assert "3-year rental, 2026-08" not in sourced.bases
    assert list(sourced.bases)[-1] == "modeled"
    listed = [prices["h200"] / prices["gb300"] for prices in sourced.bases.values() if prices]
    assert listed == sorted(listed)


@pytest.mark.parametrize("changes", [{"baseline_price": 2.0}, {"finance": {"economic_life": 5}}])
def test_whoever_states_what_he_pays_pays_no_published_price(library, changes):
    stated = uncertain_owners(pair(library, **changes))
    assert list(stated.bases) == ["modeled"]
    assert "price_basis" not in stated.inputs.distributions


def test_no_network_is_added_to_a_capital_that_holds_it(owned):
    assert "h200.network_share" not in uncertain_owners(owned).inputs.distributions
    stated = doubted(owned, finance={"gb300.capital_per_gpu": 60_000})
    assert "gb300.network_share" not in stated.inputs.distributions


def test_a_declared_distribution_goes_before_the_sourced_range(owned):
    one = doubted(owned, uncertain={"h200.utilization": {"distribution": "uniform", "low": 0.5, "high": 0.7}})
    assert one.inputs.distributions["h200.utilization"] == Uniform(0.5, 0.7)
    assert (one.reaches["h200.utilization"].low, one.reaches["h200.utilization"].high) == (
        0.5,
        0.7,
    )
    assert one.inputs.distributions["gb300.utilization"] == Triangular(0.3, 0.6, 1.0)
    assert "utilization" not in one.inputs.distributions


def test_a_common_declaration_goes_before_the_range_of_each(owned):
    one = doubted(owned, uncertain={"utilization": UTILIZATION})
    assert {name for name in one.inputs.distributions if "utilization" in name} == {"utilization"}


def test_a_stated_amount_is_certain(owned):
    stated = {"gb300.capital_per_gpu": 60_000, "electricity_price": 0.1}
    one = doubted(owned, finance=stated, utilization=0.8)
    assert not {"gb300.capital_per_gpu", "electricity_price", "utilization"} & set(one.reaches)
    assert {"h200.capital_per_gpu", "economic_life", "h200.power_per_gpu"} <= set(one.reaches)
    fixed = doubted(owned, uncertain={"electricity_price": 0.1})
    assert fixed.inputs.distributions["electricity_price"] == Fixed(0.1)
    assert "electricity_price" not in fixed.reaches


def test_a_distribution_without_ends_reaches_to_its_tails(owned):
    quantiles = {"distribution": "lognormal", "quantiles": {"0.05": 45_000, "0.95": 70_000}}
    one = doubted(owned, uncertain={"gb300.capital_per_gpu": quantiles})
    assert isinstance(one.inputs.distributions["gb300.capital_per_gpu"], Lognormal)
    reach = one.reaches["gb300.capital_per_gpu"]
    assert (reach.low, reach.high) == (pytest.approx(45_000), pytest.approx(70_000))


def test_a_correlation_of_an_input_that_does_not_vary_is_refused(owned):
    with pytest.raises(InputError, match="'colocation' does not vary"):
        doubted(owned, correlations=[{"inputs": ["colocation", "h200.utilization"], "correlation": 0.5}])


def test_every_sourced_input_keeps_its_figure(sourced):
    assert set(sourced.sourced) == set(sourced.reaches)
    assert sourced.sourced["electricity_price"].number == 0.0929
    assert sourced.reaches["electricity_price"].status is Status.THIRD_PARTY


def test_inputs_and_results_are_named_in_words(sourced):
    assert sourced.names["h200.capital_per_gpu"] == "capital per GPU of HGX H200"
    assert sourced.names["price_basis"] == "price that is paid"
    assert sourced.amount("price_basis", 6.0) == "modeled"
    assert sourced.names["electricity_price"] == "price of electricity of both"
    assert sourced.subject("cost_ratio") == "HGX H200 / GB300 NVL72"


def test_the_ends_of_a_range_keep_its_source(owned, sourced):
    low = sourced.amount("h200.capital_per_gpu", 34_698.0)
    assert [source.id for source in low.sources] == ["semianalysis-buildup-restated"]
    rack = sourced.amount("gb300.capital_per_gpu", 48_611.0)
    assert rack.formula is None
    assert Status.ASSUMED in rack.cautions
    both = sourced.amount("electricity_price", 0.1729)
    assert (both.subject, both.quantity.key) == ("HGX H200 / GB300 NVL72", "electricity_price")
    declared = doubted(owned, uncertain={"utilization": UTILIZATION}).amount("utilization", 0.3)
    assert (declared.status, declared.place) == (Status.ASSUMED, "parameter uncertain")
