"""Each equation is plain arithmetic that serves five kinds of number and gives the figures that were published."""

import ast
import inspect
import textwrap

import numpy as np
import pandas as pd
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from analysis import formulas
from analysis.library.quantities import QUANTITIES, quantity
from tests.support.units import units

FORMULAS = [getattr(formulas, name) for name in formulas.__all__]
EXACT = {"rel": 1e-12}
H200 = {"price_per_gpu_hour": 1.41, "throughput_per_gpu": 93.153164, "power_per_gpu": 1.73}
GB300 = {"price_per_gpu_hour": 2.652, "throughput_per_gpu": 5970.2614, "power_per_gpu": 2.10}

amounts = st.floats(1e-3, 1e6)
shares = st.floats(0, 1)


def arguments(formula):
    return list(inspect.signature(formula).parameters)


def sample(formula, low=0.2, high=0.8):
    """Different numbers for the arguments, all of them possible for shares as well."""
    return dict(zip(arguments(formula), np.linspace(low, high, len(arguments(formula))).tolist(), strict=True))


def call(formula, platform, **more):
    given = platform | more
    return formula(**{name: given[name] for name in arguments(formula)})


def body(formula):
    return ast.parse(textwrap.dedent(inspect.getsource(formula))).body[0].body


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_one_return_statement_of_arithmetic_on_all_its_arguments(formula):
    allowed = (
        *(ast.Return, ast.BinOp, ast.UnaryOp, ast.Name, ast.Constant, ast.Load),
        *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub),
    )
    documentation, result = body(formula)
    assert isinstance(documentation.value, ast.Constant)
    assert isinstance(result, ast.Return)
    assert not [node for node in ast.walk(result) if not isinstance(node, allowed)]
    assert set(arguments(formula)) <= {node.id for node in ast.walk(result) if isinstance(node, ast.Name)}


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_and_its_arguments_are_quantities_and_the_documentation_names_their_units(formula):
    assert formula.__name__ in QUANTITIES
    text = inspect.getdoc(formula)
    unit = quantity(formula.__name__).unit.replace("per year", "1/year")
    assert unit in " ".join(text.split("Args:")[0].split())
    for name in arguments(formula):
        assert quantity(name).name
        assert f"    {name}: " in text


@pytest.mark.parametrize("formula", FORMULAS)
def test_arrays_and_series_give_what_floats_give(formula):
    low, high = sample(formula), sample(formula, 0.3, 0.7)
    expected = [formula(**low), formula(**high)]
    pairs = {name: [low[name], high[name]] for name in low}
    array = formula(**{name: np.array(pair) for name, pair in pairs.items()})
    assert isinstance(array, np.ndarray)
    assert array == pytest.approx(expected, **EXACT)
    series = formula(**{name: pd.Series(pair, index=["a", "b"]) for name, pair in pairs.items()})
    assert isinstance(series, pd.Series)
    assert list(series.index) == ["a", "b"]
    assert series.to_numpy() == pytest.approx(expected, **EXACT)


@pytest.mark.parametrize("formula", FORMULAS)
def test_arrays_broadcast(formula):
    names = arguments(formula)
    given = sample(formula)
    shaped = {name: np.full([3 if axis == place else 1 for axis in range(len(names))], given[name])
              for place, name in enumerate(names)}  # fmt: skip
    result = formula(**shaped)
    assert result.shape == (3,) * len(names)
    assert result == pytest.approx(np.full(result.shape, formula(**given)), **EXACT)


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_dimension_of_the_result_is_that_of_its_quantity(formula):
    def measured(number, key):
        return units.Quantity(number, quantity(key).dimension)

    result = formula(**{name: measured(number, name) for name, number in sample(formula).items()})
    assert result.dimensionality == measured(1, formula.__name__).dimensionality


def test_a_ratio_of_two_like_amounts_has_no_dimension_and_of_two_unlike_amounts_has_one():
    throughput, price = units.Quantity(5.0, "token / second / GPU"), units.Quantity(2.0, "USD / GPU / hour")
    assert formulas.ratio(throughput, 2 * throughput).to("dimensionless").magnitude == 0.5
    assert not formulas.ratio(throughput, price).dimensionless


@pytest.mark.parametrize("formula", FORMULAS)
def test_symbols_give_what_floats_give(formula):
    symbols = {name: sympy.Symbol(name, positive=True) for name in arguments(formula)}
    expression = formula(**symbols)
    assert expression.free_symbols == set(symbols.values())
    assert float(expression.subs({symbols[name]: number for name, number in sample(formula).items()})) == (
        pytest.approx(formula(**sample(formula)), **EXACT)
    )


PHYSICS = [
    (formulas.cost_per_million_tokens, "USD/Mtok", lambda c, t: c / t),
    (formulas.tokens_per_dollar, "tok/USD", lambda c, t: t / c),
    (formulas.throughput_per_megawatt, "tok/s/MW", lambda t, p: t / p),
    (formulas.energy_per_token, "J/tok", lambda t, p: p / t),
]


@pytest.mark.parametrize(("formula", "unit", "bare"), PHYSICS)
def test_the_constants_convert_the_stated_units_and_nothing_else(formula, unit, bare):
    """Without its constants a formula is right in any units, so a units library must find the same number."""
    amounts = [units.Quantity(GB300[name], quantity(name).unit) for name in arguments(formula)]
    assert unit == quantity(formula.__name__).unit
    assert bare(*amounts).to(unit).magnitude == pytest.approx(call(formula, GB300), **EXACT)


# Figure and one unit of its last digit.
PUBLISHED_LEVELS = [
    (formulas.cost_per_million_tokens, H200, 4.2046, 0.0001),
    (formulas.cost_per_million_tokens, GB300, 0.12339, 0.00001),
    (formulas.throughput_per_megawatt, H200, 53_846, 1),
    (formulas.throughput_per_megawatt, GB300, 2_842_982, 1),
    (formulas.cost_per_million_tokens, {"price_per_gpu_hour": 1.41, "throughput_per_gpu": 90}, 4.35, 0.01),
    (formulas.flops_per_dollar, H200 | {"peak_flops": 3.958}, 2.807, 0.001),
    (formulas.flops_per_dollar, GB300 | {"peak_flops": 15}, 5.656, 0.001),
]


@pytest.mark.parametrize(("formula", "platform", "published", "step"), PUBLISHED_LEVELS)
def test_published_levels_are_recomputed(formula, platform, published, step):
    assert call(formula, platform) == pytest.approx(published, abs=step)


def test_published_ratios_are_recomputed():
    cost = formulas.ratio(*(call(formulas.cost_per_million_tokens, one) for one in (H200, GB300)))
    power = formulas.ratio(*(call(formulas.throughput_per_megawatt, one) for one in (GB300, H200)))
    tokens = formulas.ratio(GB300["throughput_per_gpu"], H200["throughput_per_gpu"])
    assert [tokens, cost, power] == pytest.approx([64.09, 34.07, 52.80], abs=0.01)


def test_flops_per_dollar_at_equal_kinds():
    rates = {"fp8 dense": (1.979, 5), "fp4 dense on fp8 dense": (1.979, 15), "sparse": (3.958, 20)}
    found = [
        formulas.flops_per_dollar(after, 2.652) / formulas.flops_per_dollar(before, 1.41)
        for before, after in rates.values()
    ]
    assert found == pytest.approx([1.34, 4.03, 2.69], abs=0.005)


@given(price=amounts, throughput=amounts)
def test_cost_times_throughput_is_price(price, throughput):
    cost = formulas.cost_per_million_tokens(price, throughput)
    assert cost * throughput * 3600 / 1e6 == pytest.approx(price, **EXACT)


@given(price=amounts, throughput=amounts)
def test_cost_per_million_times_tokens_per_dollar_is_a_million(price, throughput):
    cost = formulas.cost_per_million_tokens(price, throughput)
    assert cost * formulas.tokens_per_dollar(price, throughput) == pytest.approx(1e6, **EXACT)


@given(throughput=amounts, power=amounts)
def test_energy_of_a_token_times_tokens_per_second_of_a_megawatt_is_a_megawatt(throughput, power):
    tokens = formulas.throughput_per_megawatt(throughput, power)
    assert formulas.energy_per_token(throughput, power) * tokens == pytest.approx(1e6, **EXACT)


@given(other_price=amounts, throughput=amounts, other_throughput=amounts)
def test_at_the_break_even_price_both_platforms_cost_the_same_per_token(other_price, throughput, other_throughput):
    price = formulas.break_even_price(other_price, throughput, other_throughput)
    costs = (
        formulas.cost_per_million_tokens(price, throughput),
        formulas.cost_per_million_tokens(other_price, other_throughput),
    )
    assert costs[0] == pytest.approx(costs[1], **EXACT)


@given(one=amounts, other=amounts)
def test_a_ratio_times_its_reverse_is_one(one, other):
    assert formulas.ratio(one, other) * formulas.ratio(other, one) == pytest.approx(1, **EXACT)


@given(one=amounts, other=amounts, share=shares)
def test_a_blended_price_lies_between_the_two_and_reaches_both(one, other, share):
    low, high = sorted((one, other))
    slack = 1e-9 * high
    assert low - slack <= formulas.blended_token_price(one, other, share) <= high + slack
    assert formulas.blended_token_price(one, other, 1.0) == one
    assert formulas.blended_token_price(one, other, 0.0) == other


@given(input_rate=amounts, output_rate=amounts, prefill=st.integers(1, 512), decode=st.integers(1, 512))
def test_total_throughput_counts_every_token_once_over_all_gpus(input_rate, output_rate, prefill, decode):
    total = formulas.total_throughput_per_gpu(input_rate, output_rate, prefill, decode)
    assert total * formulas.deployment_gpus(prefill, decode) == pytest.approx(
        input_rate * prefill + output_rate * decode, **EXACT
    )
    assert min(input_rate, output_rate) * (1 - 1e-12) <= total <= max(input_rate, output_rate) * (1 + 1e-12)


@given(requests=st.integers(1, 10_000), latency=amounts, tokens=amounts, gpus=st.integers(1, 512))
def test_a_row_that_obeys_littles_law_accounts_for_all_requests(requests, latency, tokens, gpus):
    throughput = requests * tokens / (latency * gpus)
    found = formulas.requests_accounted_for(throughput, gpus, latency, requests, tokens)
    assert found == pytest.approx(1, **EXACT)


def test_limits():
    at = formulas.cost_per_million_tokens
    throughput = sympy.Symbol("t", positive=True)
    assert sympy.limit(at(1, throughput), throughput, 0) == sympy.oo
    assert sympy.limit(at(1, throughput), throughput, sympy.oo) == 0
    assert at(0.0, 93.0) == 0
    assert formulas.energy_per_token(5970.0, 0.0) == 0
    with pytest.raises(ZeroDivisionError):
        at(1.41, 0.0)


def test_what_is_not_known_stays_unknown_in_arrays():
    costs = formulas.cost_per_million_tokens(1.41, np.array([93.0, np.nan]))
    assert np.isnan(costs).tolist() == [False, True]
