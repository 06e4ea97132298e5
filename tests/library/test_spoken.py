"""A formula said in words and figures is the formula that is computed."""

import inspect
import re

import pytest

from analysis import formulas
from analysis.formulas.steps import substituted
from analysis.library.quantities import quantity, spoken

FORMULAS = [getattr(formulas, name) for name in formulas.__all__]
WORDS_BETWEEN = ("times", "divided by", "to the power of", "plus", "minus")


def arguments(formula):
    return list(inspect.signature(formula).parameters)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_substitution_computes_what_the_formula_computes(formula):
    numbers = {name: 0.125 * (place + 1) for place, name in enumerate(arguments(formula))}
    text = substituted(formula, {name: repr(number) for name, number in numbers.items()})
    python = text.replace(",", "").replace("×", "*").replace("^", "**")
    assert re.fullmatch(r"[-+*/(). 0-9]+", python)
    assert eval(python) == pytest.approx(formula(**numbers), rel=1e-12)


def test_a_substitution_shows_figures_as_they_are_shown():
    texts = {"price_per_gpu_hour": "$1.41", "throughput_per_gpu": "93.15"}
    assert substituted(formulas.cost_per_million_tokens, texts) == "1,000,000 × $1.41 / (3,600 × 93.15)"


def test_an_argument_without_a_text_keeps_its_name():
    assert substituted(formulas.flops_per_dollar, {"peak_flops": "15"}) == "15 / price_per_gpu_hour"


def test_a_formula_can_be_put_in_words_again_and_again():
    texts = {"price_per_gpu_hour": "$1.41", "peak_flops": "15"}
    assert substituted(formulas.flops_per_dollar, texts) == substituted(formulas.flops_per_dollar, texts)
    assert substituted(formulas.flops_per_dollar, texts | {"peak_flops": "5"}) == "5 / $1.41"


SPOKEN = [
    (
        formulas.cost_per_million_tokens,
        "cost per million tokens equals 1,000,000 times price per GPU-hour divided by (3,600 times throughput per "
        "GPU)",
    ),
    (
        formulas.break_even_price,
        "break-even price equals price per GPU-hour of the other platform times throughput per GPU divided by "
        "throughput per GPU of the other platform",
    ),
    (
        formulas.blended_token_price,
        "blended token price equals share of input tokens times price of input tokens plus (1 minus share of input "
        "tokens) times price of output tokens",
    ),
    (
        formulas.discount_factor,
        "discount factor equals (1 plus cost of capital divided by payments per year) to the power of (minus "
        "economic life times payments per year)",
    ),
]


@pytest.mark.parametrize(("formula", "words"), SPOKEN)
def test_an_equation_is_spoken(formula, words):
    assert spoken(formula) == words


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_spoken_equation_names_everything_and_holds_no_sign(formula):
    said = spoken(formula)
    assert said.startswith(f"{quantity(formula.__name__).name} equals ")
    for name in arguments(formula):
        assert quantity(name).name in said
    assert not re.search(r"[×*/^+=_]|(?<!\w)-", said)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_spoken_equation_is_the_equation_with_its_signs_in_words(formula):
    said = spoken(formula).partition(" equals ")[2]
    names = {name: quantity(name).name for name in arguments(formula)}
    silent = substituted(formula, names)
    signs = len(re.findall(r"[×/^+]|(?<!\w)-", silent))
    for name in names.values():
        said = said.replace(name, "")
    assert sum(len(re.findall(rf"\b{word}\b", said)) for word in WORDS_BETWEEN) == signs
