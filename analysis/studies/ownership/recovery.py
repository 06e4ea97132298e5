"""Applies formulas to numbers and to values so that the recovery of capital holds down to zero interest.

The capital recovery factor is a quotient whose numerator and denominator both vanish at zero interest. As mathematics
its limit is 1 / life; as arithmetic it loses digits on the way there and is undefined at the end. Where interest
times life is small its Taylor series takes its place, which is plain arithmetic too.
"""

from collections.abc import Mapping

import numpy as np

from analysis import formulas
from analysis.formulas.number import Number
from analysis.formulas.steps import Formula
from analysis.library.values import Value, calculate

NEAR_ZERO = 1e-3  # interest times life below which the series answers: both are right to ten digits there


def on_numbers(formula: Formula, arguments: Mapping[str, Number]) -> Number:
    """Return what the formula makes of numbers, or of arrays that broadcast."""
    if formula is not formulas.capital_recovery_factor or not np.any(near := _near_zero(arguments)):
        return formula(**arguments)
    with np.errstate(divide="ignore", invalid="ignore"):
        elsewhere = formula(**{name: np.asarray(number, dtype=float) for name, number in arguments.items()})
    recovery: Number = np.where(near, formulas.capital_recovery_factor_near_zero(**arguments), elsewhere)
    return recovery[()]


def on_values(formula: Formula, arguments: Mapping[str, Value]) -> Value:
    """Return what the formula makes of values; the result names the formula that made it.

    Raises:
        MixedKindsError: Two values count different things.
    """
    bare = {name: value.number for name, value in arguments.items()}
    return calculate(in_place_of(formula, bare), mixing=(), **arguments)


def in_place_of(formula: Formula, arguments: Mapping[str, float]) -> Formula:
    """Return the formula that is right for these numbers: the series near zero interest, else the formula itself."""
    near_zero = formula is formulas.capital_recovery_factor and bool(_near_zero(arguments))
    return formulas.capital_recovery_factor_near_zero if near_zero else formula


def _near_zero(arguments: Mapping[str, Number]) -> Number:
    return np.abs(np.multiply(arguments["cost_of_capital"], arguments["economic_life"])) < NEAR_ZERO
