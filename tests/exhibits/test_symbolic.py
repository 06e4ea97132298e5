"""The mathematics that is printed and the elasticities come from the formulas and agree with their numbers."""

import inspect
import re

import pytest
import sympy
from matplotlib.mathtext import MathTextParser

from analysis import formulas
from analysis.exhibits.symbolic import elasticity, equation_latex, expression, symbols
from analysis.library.quantities import quantity

FORMULAS = [getattr(formulas, name) for name in formulas.__all__]
PAIRS = [(formula, argument) for formula in FORMULAS for argument in inspect.signature(formula).parameters]
PRINTED = [
    (formulas.cost_per_million_tokens, r"C = \frac{10^{6} \cdot c}{3600 \cdot t}"),
    (formulas.tokens_per_dollar, r"d = \frac{3600 \cdot t}{c}"),
    (formulas.throughput_per_megawatt, r"m = \frac{1000 \cdot t}{p}"),
    (formulas.energy_per_token, r"e = \frac{1000 \cdot p}{t}"),
    (formulas.flops_per_dollar, r"f = \frac{F}{c}"),
    (formulas.break_even_price, r"c^{*} = \frac{c' \cdot t}{t'}"),
    (formulas.blended_token_price, r"b = s \cdot b_{in} + \left(1 - s\right) \cdot b_{out}"),
    (formulas.capital_per_gpu, r"K = \frac{S}{g} + K_{n} + K_{s}"),
    (formulas.owned_cost_per_gpu_hour, r"h = h_{k} + h_{e} + h_{s} + h_{o}"),
    (formulas.idle_cost_per_million_tokens, r"C_{i} = C \cdot \left(1 - A \cdot U\right)"),
]
SYMBOL = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z])(?:_\{\w+\})?'?")
parse_math = MathTextParser("path").parse


def point(formula, low=0.2, high=0.8):
    """Numbers that are possible for each argument, shares and rates included."""
    names = list(inspect.signature(formula).parameters)
    return {name: low + (high - low) * place / len(names) for place, name in enumerate(names)}


def at(formula, argument, numbers):
    places = {symbols(formula)[name]: number for name, number in numbers.items()}
    return float(elasticity(formula, argument).subs(places))


@pytest.mark.parametrize("formula", FORMULAS)
def test_arguments_of_one_formula_have_different_symbols(formula):
    found = symbols(formula)
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_expression_is_exact(formula):
    assert expression(formula).atoms(sympy.Float) == set()
    numbers = point(formula)
    places = {symbols(formula)[name]: number for name, number in numbers.items()}
    assert float(expression(formula).subs(places)) == pytest.approx(formula(**numbers), rel=1e-12)


@pytest.mark.parametrize("formula", FORMULAS)
def test_an_equation_is_latex_that_names_each_symbol(formula):
    text = equation_latex(formula)
    left, equals, right = text.partition(" = ")
    assert left == quantity(formula.__name__).symbol
    assert equals
    named = set(SYMBOL.findall(right))
    assert {symbol.name for symbol in symbols(formula).values()} <= named
    parse_math(f"${text}$")


@pytest.mark.parametrize(("formula", "text"), PRINTED)
def test_an_equation_reads_as_the_code_writes_it(formula, text):
    assert equation_latex(formula) == text


def test_cost_rises_with_price_and_falls_with_throughput_in_proportion():
    assert elasticity(formulas.cost_per_million_tokens, "price_per_gpu_hour") == 1
    assert elasticity(formulas.cost_per_million_tokens, "throughput_per_gpu") == -1


def test_elasticities_of_a_blended_price_are_the_shares_of_the_bill():
    input_price, output_price, share = symbols(formulas.blended_token_price).values()
    whole = expression(formulas.blended_token_price)
    found = elasticity(formulas.blended_token_price, "input_token_price")
    assert sympy.simplify(found - share * input_price / whole) == 0
    found += elasticity(formulas.blended_token_price, "output_token_price")
    assert sympy.simplify(found) == 1
    assert output_price in whole.free_symbols


@pytest.mark.parametrize(("formula", "argument"), PAIRS)
def test_an_elasticity_agrees_with_finite_differences(formula, argument):
    numbers, step = point(formula), 1e-6
    more, less = ({**numbers, argument: numbers[argument] * (1 + sign * step)} for sign in (1, -1))
    slope = (formula(**more) - formula(**less)) / (2 * step * formula(**numbers))
    assert at(formula, argument, numbers) == pytest.approx(slope, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("argument", ["cost_of_capital", "economic_life", "payments_per_year"])
@pytest.mark.parametrize("formula", [formulas.capital_recovery_factor, formulas.discount_factor])
@pytest.mark.parametrize(("rate", "life", "payments"), [(0.133, 4, 1), (0.08, 30, 12), (0.2, 15, 365)])
def test_elasticities_do_not_overflow_at_many_payments(formula, argument, rate, life, payments):
    numbers, step = {"cost_of_capital": rate, "economic_life": life, "payments_per_year": payments}, 1e-5
    more, less = ({**numbers, argument: numbers[argument] * (1 + sign * step)} for sign in (1, -1))
    slope = (formula(**more) - formula(**less)) / (2 * step * formula(**numbers))
    assert at(formula, argument, numbers) == pytest.approx(slope, rel=1e-4, abs=1e-7)


@pytest.mark.parametrize("formula", [formulas.cost_per_million_tokens, formulas.requests_accounted_for])
def test_elasticities_of_a_product_of_powers_are_constants(formula):
    for argument in inspect.signature(formula).parameters:
        assert elasticity(formula, argument).is_Integer
