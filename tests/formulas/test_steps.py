"""A list of steps runs on every kind of number and feeds each formula what it names."""

import numpy as np
import pytest
import sympy

from analysis import formulas
from analysis.formulas.steps import Step, inputs, run
from analysis.library.quantities import QUANTITIES
from analysis.studies.ownership.levelized import COST_STEPS
from tests.support.owned import platform


def plainly(formula, arguments):
    return formula(**arguments)


STEPS = (
    Step(formulas.delivered_throughput_per_gpu),
    Step(formulas.cost_per_million_tokens, "cost", {"throughput_per_gpu": "delivered_throughput_per_gpu"}),
)
AMOUNTS = {"price_per_gpu_hour": 1.41, "throughput_per_gpu": 93.153164, "utilization": 0.5}


def test_a_step_takes_what_the_steps_before_it_made():
    known = run(STEPS, AMOUNTS, plainly)
    assert known["delivered_throughput_per_gpu"] == 0.5 * 93.153164
    assert known["cost"] == formulas.cost_per_million_tokens(1.41, 0.5 * 93.153164)
    assert {key: known[key] for key in AMOUNTS} == AMOUNTS


def test_a_step_bears_its_formulas_name_unless_given_another():
    assert [step.name for step in STEPS] == ["delivered_throughput_per_gpu", "cost"]


def test_inputs_are_what_no_step_makes():
    assert inputs(STEPS) == ["throughput_per_gpu", "utilization", "price_per_gpu_hour"]


def test_a_result_that_is_needed_before_it_is_made_is_an_input():
    assert "delivered_throughput_per_gpu" in inputs(reversed(STEPS))


def test_a_missing_amount_is_named():
    with pytest.raises(KeyError, match="utilization"):
        run(STEPS, {"price_per_gpu_hour": 1.0, "throughput_per_gpu": 2.0}, plainly)


def test_the_amounts_given_stay_as_they_are():
    amounts = dict(AMOUNTS)
    run(STEPS, amounts, plainly)
    assert amounts == AMOUNTS


def test_symbols_give_the_whole_model_as_mathematics():
    numbers = platform().numbers()
    symbols = {name: sympy.Symbol(name, positive=True) for name in numbers}
    cost = run(COST_STEPS, symbols, plainly)["cost_per_million_tokens"]
    at = cost.subs({symbols[name]: number for name, number in numbers.items()})
    assert float(at) == pytest.approx(run(COST_STEPS, numbers, plainly)["cost_per_million_tokens"], rel=1e-12)


def test_arrays_broadcast_through_the_whole_model():
    changed = platform(capital_per_gpu=np.full((2, 1), 35_000.0), utilization=np.array([0.3, 0.6, 1.0])).numbers()
    assert run(COST_STEPS, changed, plainly)["cost_per_million_tokens"].shape == (2, 3)


def test_every_amount_in_the_model_is_a_quantity():
    assert set(inputs(COST_STEPS)) | {step.name for step in COST_STEPS} <= set(QUANTITIES)
