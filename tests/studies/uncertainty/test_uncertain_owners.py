"""Inputs are uncertain as the library's ranges say, unless the scenario states an amount or a distribution."""

from dataclasses import replace

import pytest

from analysis.comparison.head_to_head import compare
from analysis.errors import InputError
from analysis.library.values import Status
from analysis.scenario import Parameters
from analysis.studies.ownership.owners import owners
from analysis.studies.uncertainty.distributions import Fixed, Lognormal, Triangular, Uniform
from analysis.studies.uncertainty.uncertain_owners import sourced_ranges, uncertain_owners

UTILIZATION = {"distribution": "triangular", "low": 0.3, "mode": 0.6, "high": 1.0}


@pytest.fixture(scope="module")
def pair(library):
    return compare(library, Parameters())


@pytest.fixture(scope="module")
def sourced(library, pair):
    return doubted(library, pair)


def doubted(library, pair, **changes):
    conditions = pair.conditions.model_copy(update=changes)
    return uncertain_owners(library, conditions, owners(library, replace(pair, conditions=conditions)))


def test_every_sourced_range_is_a_triangle_whose_mode_is_where_the_input_is(sourced):
    assert set(sourced.inputs.distributions) == {
        "h200.capital_per_gpu", "h200.power_per_gpu", "h200.utilization", "gb300.capital_per_gpu",
        "gb300.power_per_gpu", "gb300.utilization", "electricity_price",
    }  # fmt: skip
    assert sourced.inputs.distributions["h200.utilization"] == Triangular(0.3, 0.6, 1.0)
    assert sourced.inputs.distributions["electricity_price"] == Triangular(0.0737, 0.087, 0.1729)
    assert sourced.inputs.distributions["h200.power_per_gpu"] == Triangular(1.37, 1.73, 1.73)
    assert sourced.reaches["h200.utilization"].status is Status.ESTIMATE


def test_a_declared_distribution_goes_before_the_sourced_range(library, pair):
    one = doubted(library, pair, uncertain={"h200.utilization": {"distribution": "uniform", "low": 0.5, "high": 0.7}})
    assert one.inputs.distributions["h200.utilization"] == Uniform(0.5, 0.7)
    assert (one.reaches["h200.utilization"].low, one.reaches["h200.utilization"].high) == (
        0.5,
        0.7,
    )
    assert one.inputs.distributions["gb300.utilization"] == Triangular(0.3, 0.6, 1.0)


def test_a_common_declaration_goes_before_the_range_of_each(library, pair):
    one = doubted(library, pair, uncertain={"utilization": UTILIZATION})
    assert {name for name in one.inputs.distributions if "utilization" in name} == {"utilization"}


def test_a_stated_amount_is_certain(library, pair):
    stated = {"gb300.capital_per_gpu": 60_000, "electricity_price": 0.1}
    one = doubted(library, pair, finance=stated, utilization=0.8)
    assert set(one.reaches) == {"h200.capital_per_gpu", "h200.power_per_gpu", "gb300.power_per_gpu"}
    fixed = doubted(library, pair, uncertain={"electricity_price": 0.1})
    assert fixed.inputs.distributions["electricity_price"] == Fixed(0.1)
    assert "electricity_price" not in fixed.reaches


def test_a_distribution_without_ends_reaches_to_its_tails(library, pair):
    quantiles = {"distribution": "lognormal", "quantiles": {"0.05": 45_000, "0.95": 70_000}}
    one = doubted(library, pair, uncertain={"gb300.capital_per_gpu": quantiles})
    assert isinstance(one.inputs.distributions["gb300.capital_per_gpu"], Lognormal)
    reach = one.reaches["gb300.capital_per_gpu"]
    assert (reach.low, reach.high) == (pytest.approx(45_000), pytest.approx(70_000))


def test_a_correlation_of_an_input_that_does_not_vary_is_refused(library, pair):
    with pytest.raises(InputError, match="'colocation' does not vary"):
        doubted(library, pair, correlations=[{"inputs": ["colocation", "h200.utilization"], "correlation": 0.5}])


def test_every_sourced_input_keeps_its_figure(sourced):
    assert set(sourced.sourced) == set(sourced.reaches)
    assert sourced.sourced["electricity_price"].number == 0.0929
    assert sourced.reaches["electricity_price"].status is Status.THIRD_PARTY


def test_inputs_and_results_are_named_in_words(sourced):
    assert sourced.names["h200.utilization"] == "utilization of HGX H200"
    assert sourced.names["electricity_price"] == "price of electricity of both"
    assert sourced.subject("cost_ratio") == "HGX H200 / GB300 NVL72"


def test_the_ends_of_a_range_keep_its_source(library, pair, sourced):
    low = sourced.amount("h200.capital_per_gpu", 34_698.0)
    assert [source.id for source in low.sources] == ["semianalysis-buildup-restated"]
    rack = sourced.amount("gb300.capital_per_gpu", 48_611.0)
    assert rack.formula is None
    assert Status.ASSUMED in rack.cautions
    both = sourced.amount("electricity_price", 0.1729)
    assert (both.subject, both.quantity.key) == ("HGX H200 / GB300 NVL72", "electricity_price")
    declared = doubted(library, pair, uncertain={"utilization": UTILIZATION}).amount("utilization", 0.3)
    assert (declared.status, declared.place) == (Status.ASSUMED, "parameter uncertain")


def test_sourced_ranges_hold_their_values(library):
    for hardware in ("h200", "gb300"):
        ranges = sourced_ranges(library, hardware)
        assert set(ranges) == {"capital_per_gpu", "power_per_gpu", "electricity_price", "utilization"}
        assert all(known.low <= known.value.number <= known.high for known in ranges.values())
    power = sourced_ranges(library, "h200")["power_per_gpu"]
    assert (power.low, power.high) == (1.37, 1.73)


@pytest.mark.parametrize("hardware", ["h200", "gb300"])
def test_every_sourced_amount_is_said_of_its_platform(library, hardware):
    name = library.platform(hardware).name
    assert {found.value.subject for found in sourced_ranges(library, hardware).values()} == {name}
