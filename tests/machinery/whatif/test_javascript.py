"""Formulas come out as JavaScript that says the same."""

import math
import random
import re
from inspect import signature

import pytest
import sympy
from sympy.printing.codeprinter import PrintMethodNotImplementedError

from analysis import formulas
from analysis.formulas.steps import Step
from analysis.machinery.whatif import javascript
from analysis.machinery.whatif.results import OTHER, comparison, serving

RUN = {"math": math, "__builtins__": {}}


def in_python(text):
    """Return JavaScript arithmetic as Python: they differ in the name of the power alone."""
    return text.replace("Math.pow", "math.pow")


@pytest.mark.parametrize("name", formulas.__all__)
def test_every_formula_is_written_and_says_the_same(name):
    formula = getattr(formulas, name)
    found = re.fullmatch(r"  (\w+)\((.*)\) \{\n    return (.*);\n  \},", javascript.method(formula))
    assert found
    assert found[1] == name
    arguments = list(signature(formula).parameters)
    assert found[2].split(", ") == arguments
    draw = random.Random(name)
    for _ in range(20):
        given = {argument: draw.uniform(0.05, 0.9) for argument in arguments}
        assert eval(in_python(found[3]), {**RUN, **given}) == pytest.approx(formula(**given), rel=1e-12)


def test_what_javascript_has_no_word_for_is_refused():
    with pytest.raises(PrintMethodNotImplementedError):
        javascript.method(lambda interactivity: sympy.zeta(interactivity))


def test_a_formula_that_several_steps_use_is_written_once():
    text = javascript.formulas((*serving(), *comparison()))
    names = re.findall(r"^  (\w+)\(", text, re.MULTILINE)
    assert names == list(dict.fromkeys(step.formula.__name__ for step in (*serving(), *comparison())))
    assert text.startswith("const formulas = {\n")


def test_a_chain_takes_what_no_step_makes_and_returns_what_they_make():
    steps = (
        Step(formulas.delivered_throughput_per_gpu),
        Step(formulas.tokens_per_dollar, "tokens", {"throughput_per_gpu": "delivered_throughput_per_gpu"}),
    )
    assert javascript.chain("made", steps) == (
        "function made({ throughput_per_gpu, utilization, price_per_gpu_hour }) {\n"
        "  const delivered_throughput_per_gpu ="
        " formulas.delivered_throughput_per_gpu(throughput_per_gpu, utilization);\n"
        "  const tokens = formulas.tokens_per_dollar(price_per_gpu_hour, delivered_throughput_per_gpu);\n"
        "  return { delivered_throughput_per_gpu, tokens };\n"
        "}"
    )


def test_what_belongs_to_the_other_comes_from_a_second_object():
    text = javascript.chain("comparison", comparison(), OTHER)
    first, second = re.search(r"\({ (.*) }, { (.*) }\) {", text).groups()
    assert OTHER not in first
    assert "price_per_gpu_hour: other_price_per_gpu_hour" in second.split(", ")
    assert all(one.partition(": ")[2] == OTHER + one.partition(": ")[0] for one in second.split(", "))
