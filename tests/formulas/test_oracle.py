"""Every formula against its definition in exact fractions, on two thousand random inputs each.

A formula of n arithmetic operations may be off by n roundings of 2^-53 of its result, plus one for the rounding of
the exact value to a float. Where it takes a difference of what was rounded before, the bound is relative to the terms
of that difference (`TERMS`), and where it raises to a power, the exponent multiplies the roundings of the base.
"""

import ast
import inspect
import textwrap
import zlib
from fractions import Fraction
from pathlib import Path

import mpmath
import numpy as np
import pytest

from analysis import formulas
from analysis.library.quantities import quantity
from tests.formulas.oracle import (
    accuracy,
    caching,
    finance,
    fleet,
    lifecycle,
    load,
    ownership,
    returns,
    sales,
    serving,
    site,
    tariff,
)

INPUTS = 2_000
ROUNDING = 2.0**-53
MODULES = (accuracy, caching, finance, fleet, lifecycle, load, ownership, returns, sales, serving, site, tariff)
DEFINITIONS = {
    name: definition
    for module in MODULES
    for name, definition in vars(module).items()
    if inspect.isfunction(definition) and not name.startswith("_")
}


def _draw(name: str, random: np.random.Generator) -> np.ndarray:
    """Return possible amounts of a quantity: shares below one, whole counts, other amounts over nine decades."""
    if name in SPECIAL:
        return SPECIAL[name](random)
    style = quantity(name).style
    if style == "percent":
        return random.uniform(0.001, 0.999, INPUTS)
    if style == "whole":
        return random.integers(1, 100_000, INPUTS).astype(float)
    return 10 ** random.uniform(-3, 6, INPUTS)


# Periods are whole numbers, and interest has few digits, so that its powers in fractions stay short.
SPECIAL = {
    "cost_of_capital": lambda random: random.integers(1, 2049, INPUTS) / 4096,
    "economic_life": lambda random: random.integers(1, 41, INPUTS).astype(float),
    "payments_per_year": lambda random: random.choice([1.0, 2.0, 4.0, 12.0], INPUTS),
    "turns": lambda random: random.integers(1, 13, INPUTS).astype(float),
    "years_passed": lambda random: random.integers(0, 13, INPUTS).astype(float),
}


def _compounded(r, n, p):
    """Return growth and periods: a rounding of the growth counts once a period in its power."""
    return (1 + r / p) ** (-n * p), n * p


def _recovery_terms(r, n, p):
    worth, periods = _compounded(r, n, p)
    return r / (1 - worth) * (1 + (2 + periods) * worth / (1 - worth))


# The size of the terms of a difference of rounded numbers, or of a power, by the formula's own arguments.
TERMS = {
    "annual_cash_flow_per_gpu": lambda revenue, running, _, years, tax: (
        8760 * (revenue * (1 + years) + running) * (1 + tax)
    ),
    "capital_outlay_per_gpu": lambda capital, tax, value: capital * (1 + tax * value),
    "annual_revenue_decline": lambda fall, gain: 1 + (1 - fall) * (1 + gain),
    "capital_charge_per_gpu_hour": lambda capital, recovery, finance, residual, discount: (
        capital * recovery * (finance + residual * discount) / 8760
    ),
    "capital_recovery_factor": _recovery_terms,
    "discount_factor": lambda r, n, p: _compounded(r, n, p)[0] * (2 + n * p),
    "growth_per_year": lambda growth: 13 * (1 + growth) ** 12,
    "idle_cost_per_million_tokens": lambda cost, _, __: 2 * cost,
    "price_fall_offset": lambda gain: 1 + 1 / gain,
    "project_finance_factor": lambda tax, value: (1 + tax * value) / (1 - tax),
    "session_reusable_tokens": lambda first, new, out, turns: (turns - 1) * (first + new) + turns**2 * (out + new),
    "spare_capacity": lambda room, needed: room / needed + 1,
}


def _operations(formula) -> int:
    tree = ast.parse(textwrap.dedent(inspect.getsource(formula)))
    return sum(isinstance(node, ast.BinOp) for node in ast.walk(tree))


def _seed(name: str) -> int:
    return zlib.crc32(name.encode())


def test_every_formula_has_a_definition_of_the_same_arguments():
    assert set(DEFINITIONS) == set(formulas.__all__)
    for name, definition in DEFINITIONS.items():
        assert list(inspect.signature(definition).parameters) == list(
            inspect.signature(getattr(formulas, name)).parameters
        )


def test_the_package_exports_every_formula_that_its_modules_define():
    """So that a new one cannot stay without a definition."""
    folder = Path(formulas.__file__).parent
    written = {
        node.name for path in folder.glob("*.py") if path.stem not in ("steps", "text")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
    }  # fmt: skip
    assert written == set(formulas.__all__)


def test_the_definitions_do_not_read_the_package():
    for path in (Path(__file__).parent / "oracle").glob("*.py"):
        imported = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
        assert {node.module.split(".")[0] for node in imported} <= {"fractions", "tests"}
        assert not [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Import)]


@pytest.mark.parametrize("name", formulas.__all__)
def test_a_formula_is_its_definition_to_the_last_roundings(name):
    formula, definition = getattr(formulas, name), DEFINITIONS[name]
    random = np.random.default_rng(_seed(name))
    arguments = [_draw(argument, random) for argument in inspect.signature(formula).parameters]
    found = formula(*arguments)
    rows = zip(*(column.tolist() for column in arguments), strict=True)
    exact = np.array([float(definition(*map(Fraction, row))) for row in rows])
    terms = TERMS[name](*arguments) if name in TERMS else np.abs(exact)
    bound = (_operations(formula) + 1) * ROUNDING * terms
    assert found.shape == (INPUTS,)
    assert (np.abs(found - exact) <= bound).all(), np.max(np.abs(found - exact) / bound)


@pytest.mark.parametrize("name", ["discount_factor", "capital_recovery_factor"])
def test_powers_with_any_life_are_those_of_fifty_digits(name):
    """Fractions have whole exponents only; a life may end within a year, and interest have any digits."""
    formula, definition = getattr(formulas, name), getattr(_FiftyDigits, name)
    random = np.random.default_rng(_seed(name) + 1)
    interest, life = random.uniform(1e-3, 0.5, INPUTS), random.uniform(0.5, 40, INPUTS)
    often = random.choice([1.0, 2.0, 4.0, 12.0], INPUTS)
    found = formula(interest, life, often)
    with mpmath.workdps(50):
        rows = zip(interest.tolist(), life.tolist(), often.tolist(), strict=True)
        exact = np.array([float(definition(*map(mpmath.mpf, row))) for row in rows])
    bound = (_operations(formula) + 1) * ROUNDING * TERMS[name](interest, life, often)
    assert (np.abs(found - exact) <= bound).all()


class _FiftyDigits:
    """The same definitions by logarithms."""

    @staticmethod
    def discount_factor(interest, life, often):
        return mpmath.exp(-life * often * mpmath.log1p(interest / often))

    @staticmethod
    def capital_recovery_factor(interest, life, often):
        return -interest / mpmath.expm1(-life * often * mpmath.log1p(interest / often))
