"""What a scenario says of the cost of owning reaches the model as it was said, or is refused by name."""

import json

import pytest

from analysis.errors import InputError
from analysis.library.sources import load
from analysis.scenario import Parameters, read_scenario
from analysis.studies.ownership.own_inputs import FINANCE_KEYS, amounts, own_amounts
from analysis.studies.uncertainty.declarations import check, correlations, distributions
from analysis.studies.uncertainty.distributions import Lognormal, Triangular, Uniform
from analysis.studies.uncertainty.sampling import Correlation

PAIR = ("h200", "gb300")
LOGNORMAL = {"distribution": "lognormal", "quantiles": {0.05: 45_000, 0.95: 70_000}}

# Overrides that are refused, and what the message must say.
REFUSED = {
    "a life of nothing": ("finance={economic_life: 0}", "economic_life: found 0, allowed is more than 0"),
    "interest below -100%": ("finance={cost_of_capital: -1}", "cost_of_capital: found -1, allowed is more than -1"),
    "a load above 1": ("finance={h200.average_load: 2}", "h200.average_load: found 2, allowed is more than 0 and at"),
    "a PUE on all-in power": ("finance={pue: 0.9}", "unknown input 'pue'"),
    "performance among finance": ("finance={utilization: 0.5}", "unknown input 'utilization'"),
    "a misspelt input": ("finance={colocatio: 100}", "did you mean 'colocation'"),
    "a platform that nobody knows": ("finance={b2000.capital_per_gpu: 1}", "unknown input 'b2000.capital_per_gpu'"),
    "an uncertain platform of another pair": (
        "uncertain={b200.capital_per_gpu: {distribution: uniform, low: 1, high: 2}}", "'b200.capital_per_gpu'",
    ),
    "a distribution for an amount": (
        "finance={colocation: {distribution: uniform, low: 1, high: 2}}", "colocation: found a distribution",
    ),
    "a word for an amount": ("finance={colocation: cheap}", "colocation: found 'cheap', allowed is a number"),
    "a list for the amounts": ("finance=[1]", "finance: found [1]"),
    "utilization above 1": ("utilization=1.2", "utilization: found 1.2"),
    "utilization of nothing": ("utilization=0", "utilization: found 0"),
    "a distribution above 1": (
        "uncertain={utilization: {distribution: uniform, low: 0.2, high: 1.2}}",
        "utilization: the distribution reaches 1.2",
    ),
    "quantiles out of order": (
        "uncertain={h200.capital_per_gpu: {distribution: lognormal, quantiles: {0.1: 3, 0.9: 2}}}",
        "h200.capital_per_gpu, quantiles: quantiles out of order",
    ),
    "a mode outside": (
        "uncertain={utilization: {distribution: triangular, low: 0.5, mode: 0.4, high: 1}}",
        "out of order, found low 0.5",
    ),
    "an unknown distribution": ("uncertain={utilization: {distribution: normal}}", "unknown distribution 'normal'"),
    "a quantile that is no number": (
        "uncertain={colocation: {distribution: lognormal, quantiles: {tenth: 3, 0.9: 4}}}", "found 'tenth'",
    ),
    "an unknown input that moves together": (
        "correlations=[{inputs: [h200.utilization, gb300.utilizatio], correlation: 0.5}]", "'gb300.utilization'",
    ),
    "a correlation above 1": (
        "correlations=[{inputs: [h200.utilization, gb300.utilization], correlation: 1.5}]", "found 1.5, allowed is",
    ),
    "correlations that contradict each other": (
        "correlations=[{inputs: [utilization, colocation], correlation: 0.9}, {inputs: [utilization, staff_cost], "
        "correlation: 0.9}, {inputs: [staff_cost, colocation], correlation: -0.9}]",
        "correlations contradict each other",
    ),
    "a correlation that is a number": ("correlations=[3]", "correlations[0]: found 3, allowed are inputs and"),
    "a negative seed": ("seed=-1", "seed: found -1"),
}  # fmt: skip


@pytest.mark.parametrize(("override", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_with_its_name(override, said):
    with pytest.raises(InputError) as refusal:
        check(read_scenario("published", [override]))
    assert said in str(refusal.value)
    assert str(refusal.value).removeprefix("-p: ").startswith(override.partition("=")[0])


def test_what_any_platform_costs_to_own_can_be_stated_as_the_procurement_brief_asks():
    for platform in load().platforms:
        check(read_scenario("published", [f"finance={{{platform}.capital_per_gpu: 45000}}"]))


def test_amounts_are_those_of_both_or_of_one():
    found = amounts({"cost_of_capital": 0.08, "gb300.capital_per_gpu": 60_000}, PAIR)
    assert found == {"cost_of_capital": 0.08, "gb300.capital_per_gpu": 60_000.0}
    assert own_amounts(found, "h200") == {"cost_of_capital": 0.08}
    assert own_amounts(found, "gb300") == {"cost_of_capital": 0.08, "capital_per_gpu": 60_000.0}


def test_an_amount_of_one_platform_goes_before_the_common_one():
    assert own_amounts({"h200.colocation": 90.0, "colocation": 100.0}, "h200") == {"colocation": 90.0}


def test_an_owner_of_all_in_power_answers_for_everything_but_its_overhead():
    assert {"capital_per_gpu", "cost_of_capital", "economic_life", "electricity_price"} < set(FINANCE_KEYS)
    assert not {"pue", "utilization", "throughput_per_gpu"} & set(FINANCE_KEYS)


def test_distributions_are_read_by_name():
    found = distributions({"utilization": {"distribution": "uniform", "low": 0.3, "high": 1}}, PAIR)
    assert found == {"utilization": Uniform(0.3, 1.0)}


def test_quantiles_survive_the_way_through_a_notebook():
    quantiles = "{distribution: lognormal, quantiles: {0.05: 45000, 0.95: 70000}}"
    asked = read_scenario("published", [f"uncertain={{gb300.capital_per_gpu: {quantiles}}}"])
    as_cell = json.loads(json.dumps(asked.parameters()))
    again = Parameters.gathered(as_cell)
    for parameters in (asked, again):
        (found,) = distributions(parameters.uncertain, PAIR).values()
        assert isinstance(found, Lognormal)
        assert found == distributions({"gb300.capital_per_gpu": LOGNORMAL}, PAIR)["gb300.capital_per_gpu"]


def test_a_whole_declaration_reaches_a_notebook_as_plain_values():
    asked = read_scenario(
        "published",
        [
            "finance={cost_of_capital: 0.1}",
            "uncertain={colocation: {distribution: triangular, low: 90, mode: 130, high: 180}}",
            "correlations=[{inputs: [colocation, electricity_price], correlation: 0.4}]",
            "seed=7",
        ],
    )
    plain = json.loads(json.dumps(asked.parameters()))
    again = Parameters.gathered(plain)
    assert (again.finance, again.seed) == ({"cost_of_capital": 0.1}, 7)
    assert distributions(again.uncertain, PAIR) == {"colocation": Triangular(90.0, 130.0, 180.0)}
    assert correlations(again.correlations, PAIR) == (Correlation(("colocation", "electricity_price"), 0.4),)
