"""Two platforms as one function of named inputs: common ones move both, own ones move one."""

import json

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.library.sources import load
from analysis.scenario import Parameters, read_scenario
from analysis.studies.ownership.cost_model import FINANCE_KEYS, KEYS, RATIO, CostModel, amounts, own_amounts
from analysis.studies.ownership.levelized import levelized
from analysis.studies.uncertainty.declarations import check, correlations, distributions
from analysis.studies.uncertainty.distributions import Lognormal, Triangular, Uniform
from analysis.studies.uncertainty.sampling import Correlation
from tests.support.owned import FINANCE, platform

H200 = platform(throughput_per_gpu=93.153164, capital_per_gpu=34_698.0)
GB300 = platform(throughput_per_gpu=5970.2614, capital_per_gpu=52_083.0, utilization=0.8)
MODEL = CostModel("h200", "gb300", {"h200": H200, "gb300": GB300})
COST = "cost_per_million_tokens"


def test_with_nothing_varied_the_platforms_are_as_they_are():
    found = MODEL({})
    for name, owned in (("h200", H200), ("gb300", GB300)):
        alone = levelized(owned.finance, owned.performance)
        assert found[f"{name}.{COST}"] == alone[COST]
        assert found[f"{name}.price_per_gpu_hour"] == alone["price_per_gpu_hour"]
    assert found[RATIO] == found[f"h200.{COST}"] / found[f"gb300.{COST}"]


def test_a_common_input_moves_both_and_an_own_input_moves_one():
    before, both, one = MODEL({}), MODEL({"electricity_price": 0.2}), MODEL({"gb300.electricity_price": 0.2})
    assert both[f"h200.{COST}"] > before[f"h200.{COST}"]
    assert both[f"gb300.{COST}"] == one[f"gb300.{COST}"] > before[f"gb300.{COST}"]
    assert one[f"h200.{COST}"] == before[f"h200.{COST}"]


def test_an_own_input_goes_before_the_common_one():
    found = MODEL({"utilization": 0.5, "gb300.utilization": 1.0})
    assert found[f"gb300.{COST}"] == MODEL({"gb300.utilization": 1.0})[f"gb300.{COST}"]
    assert found[f"h200.{COST}"] == MODEL({"utilization": 0.5})[f"h200.{COST}"]


def test_network_adds_its_share_to_the_capital_of_one_platform():
    shared = MODEL({"gb300.network_share": np.array([0.0, 0.25])})
    alone = MODEL({"gb300.capital_per_gpu": np.array([1.0, 1.25]) * 52_083.0})
    assert shared[f"gb300.{COST}"] == pytest.approx(alone[f"gb300.{COST}"], rel=1e-14)
    assert shared[f"gb300.{COST}"][1] > shared[f"gb300.{COST}"][0]
    assert shared[f"h200.{COST}"] == MODEL({})[f"h200.{COST}"]


def test_a_common_utilization_leaves_the_ratio_alone():
    assert MODEL({"utilization": 0.2})[RATIO] == pytest.approx(MODEL({"utilization": 0.9})[RATIO], rel=1e-12)


def test_performance_and_finance_vary_in_one_call():
    found = MODEL({"h200.throughput_per_gpu": np.array([80.0, 100.0]), "economic_life": np.array([3.0, 5.0])})
    for place, (throughput, life) in enumerate(((80.0, 3.0), (100.0, 5.0))):
        alone = MODEL({"h200.throughput_per_gpu": throughput, "economic_life": life})
        assert found[RATIO][place] == pytest.approx(alone[RATIO], rel=1e-14)


@pytest.mark.parametrize(("name", "hint"), [
    ("electricity_prize", "did you mean 'electricity_price'"), ("h200.electricity_prize", "'h200.electricity_price'"),
    ("b200.utilization", "did you mean"), ("h200.", "allowed|did you mean"),
])  # fmt: skip
def test_an_unknown_input_is_answered_with_the_nearest(name, hint):
    with pytest.raises(InputError, match=rf"^unknown input '{name}'; .*({hint})"):
        MODEL({name: 1.0})


def test_an_impossible_amount_is_refused_with_its_key():
    with pytest.raises(InputError, match=r"^utilization: found 1\.2"):
        MODEL({"gb300.utilization": np.array([0.5, 1.2])})


def test_an_unknown_platform_is_refused():
    with pytest.raises(InputError, match=r"unknown platform 'gb30'; did you mean 'gb300'\?"):
        CostModel("h200", "gb30", {"h200": H200, "gb300": GB300})


def test_the_base_is_where_the_inputs_are_now():
    assert MODEL.base(["electricity_price", "gb300.utilization"]) == {
        "electricity_price": FINANCE["electricity_price"], "gb300.utilization": 0.8,
    }  # fmt: skip
    assert MODEL(MODEL.base([f"gb300.{key}" for key in KEYS if not key.startswith("facility")])) == MODEL({})


def test_a_common_input_in_which_the_platforms_differ_has_no_base():
    with pytest.raises(InputError, match=r"'utilization': found h200\.utilization 0\.6 and gb300\.utilization 0\.8"):
        MODEL.base(["utilization"])


def test_each_input_has_the_domain_of_its_key():
    found = MODEL.domains(["h200.utilization", "pue"])
    assert (found["h200.utilization"].high, found["pue"].low) == (1, 1)


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
    for hardware in load().platforms:
        check(read_scenario("published", [f"finance={{{hardware}.capital_per_gpu: 45000}}"]))


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
