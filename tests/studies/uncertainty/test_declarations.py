"""What a scenario declares as data becomes distributions, or is refused with its place."""

import pytest

from analysis.errors import InputError
from analysis.library.loading import plain_yaml
from analysis.studies.ownership.domains import DOMAINS
from analysis.studies.uncertainty.declarations import distribution, uncertain_inputs
from analysis.studies.uncertainty.distributions import Fixed, Lognormal, Triangular, Uniform

SCENARIO = """
uncertain:
  electricity_price: {distribution: triangular, low: 0.0737, mode: 0.0929, high: 0.1729}
  utilization: {distribution: uniform, low: 0.3, high: 1}
  capital_per_gpu: {distribution: lognormal, quantiles: {0.1: 30000, 0.9: 40000}}
  economic_life: 4
  colocation: {distribution: fixed, value: 130}
correlations:
  - {inputs: [utilization, electricity_price], correlation: -0.3}
"""


def declared(text=SCENARIO):
    return plain_yaml.parse(text.encode(), "base.yaml")


def read(scenario):
    return uncertain_inputs("base.yaml", scenario["uncertain"], scenario.get("correlations", []), DOMAINS)


def test_a_scenario_declares_distributions():
    found = read(declared())
    assert found.distributions["electricity_price"] == Triangular(0.0737, 0.0929, 0.1729)
    assert found.distributions["utilization"] == Uniform(0.3, 1.0)
    assert found.distributions["economic_life"] == Fixed(4.0)
    assert found.distributions["colocation"] == Fixed(130.0)
    assert isinstance(found.distributions["capital_per_gpu"], Lognormal)
    assert found.varied == ("electricity_price", "utilization", "capital_per_gpu")
    assert found.matrix[0, 1] == found.matrix[1, 0] == -0.3


WRONG = [
    ("a year", "found 'a year', allowed is a number"),
    (True, "found True, allowed is a number"),
    (float("nan"), "found nan, allowed is a number"),
    (None, "found None, allowed is a number"),
    ({"low": 1, "high": 2}, "unknown distribution None; allowed: fixed, lognormal, triangular, uniform"),
    ({"distribution": "triangel", "low": 1}, "unknown distribution 'triangel'; did you mean 'triangular'?"),
    ({"distribution": "uniform", "low": 1, "heigh": 2}, "unknown key 'heigh'; did you mean 'high'?"),
    ({"distribution": "uniform", "low": 1}, "missing high"),
    ({"distribution": "triangular"}, "missing low, mode, high"),
    ({"distribution": "uniform", "low": 2, "high": 1}, "out of order, found low 2, high 1; allowed is low <= high"),
    ({"distribution": "uniform", "low": 1, "high": 1}, "out of order"),
    ({"distribution": "triangular", "low": 1, "mode": 3, "high": 2}, "out of order, found low 1, mode 3, high 2"),
    ({"distribution": "uniform", "low": "cheap", "high": 1}, "low: found 'cheap', allowed is a number"),
    (
        {"distribution": "lognormal", "quantiles": [1, 2]},
        "quantiles: found [1, 2], allowed are amounts by probability",
    ),
    ({"distribution": "lognormal", "quantiles": {0.1: 2, 0.9: 1}}, "quantiles out of order, found 0.1: 2, 0.9: 1"),
    ({"distribution": "lognormal", "quantiles": {"low": 2, 0.9: 1}}, "found 'low', allowed is a number"),
]


@pytest.mark.parametrize(("declaration", "said"), WRONG)
def test_a_declaration_that_is_not_understood_is_refused_with_its_place(declaration, said):
    with pytest.raises(InputError) as refused:
        distribution("base.yaml, economic_life", declaration)
    assert str(refused.value).startswith("base.yaml, economic_life")
    assert said in str(refused.value)


@pytest.mark.parametrize(("name", "declaration", "said"), [
    ("utilization", {"distribution": "uniform", "low": 0.3, "high": 1.1}, "reaches 1.1, allowed is more than 0"),
    ("utilization", {"distribution": "lognormal", "quantiles": {0.1: 0.3, 0.9: 0.7}}, "reaches inf"),
    ("pue", {"distribution": "uniform", "low": 0.9, "high": 1.2}, "reaches 0.9, allowed is at least 1"),
    ("economic_life", 0, "reaches 0, allowed is more than 0"),
    ("cost_of_capital", {"distribution": "uniform", "low": -1.2, "high": 0.1}, "reaches -1.2"),
])  # fmt: skip
def test_a_distribution_that_reaches_what_cannot_be_is_refused_before_a_draw(name, declaration, said):
    with pytest.raises(InputError) as refused:
        read({"uncertain": {name: declaration}})
    assert str(refused.value).startswith(f"base.yaml, {name}: the distribution")
    assert said in str(refused.value)


def test_a_distribution_may_near_an_end_that_its_input_cannot_have():
    read({"uncertain": {"utilization": {"distribution": "uniform", "low": 0, "high": 1}}})
    read({"uncertain": {"electricity_price": {"distribution": "lognormal", "quantiles": {0.1: 0.05, 0.9: 0.2}}}})


@pytest.mark.parametrize(("correlation", "said"), [
    ("utilization", "found 'utilization', allowed are inputs and correlation"),
    ({"inputs": ["utilization"], "correlation": 0.1}, "inputs: found ['utilization'], allowed are two names"),
    ({"inputs": "ab", "correlation": 0.1}, "allowed are two names"),
    ({"inputs": ["utilization", "electricity_price"], "rho": 0.1}, "unknown key 'rho'"),
    ({"inputs": ["utilization", "electricity_price"]}, "missing correlation"),
    ({"inputs": ["utilization", "electricity_price"], "correlation": "high"}, "found 'high', allowed is a number"),
    ({"inputs": ["utilisation", "electricity_price"], "correlation": 0.1}, "did you mean 'utilization'?"),
    ({"inputs": ["economic_life", "utilization"], "correlation": 0.1}, "'economic_life' does not vary"),
    ({"inputs": ["utilization", "electricity_price"], "correlation": 1.0}, "allowed is more than -1 and less than 1"),
])  # fmt: skip
def test_a_correlation_that_is_not_understood_is_refused(correlation, said):
    scenario = declared() | {"correlations": [correlation]}
    with pytest.raises(InputError) as refused:
        read(scenario)
    assert said in str(refused.value)
