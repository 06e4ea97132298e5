"""Capital recovery is right to ten digits at every interest, down to none."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import formulas
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.studies.ownership.recovery import NEAR_ZERO, in_place_of, on_numbers, on_values


def factor(interest, life=4.0, often=1.0):
    given = {"cost_of_capital": interest, "economic_life": life, "payments_per_year": often}
    return on_numbers(formulas.capital_recovery_factor, given)


def exact(interest, life, often):
    with mpmath.workdps(60):
        interest, life, often = mpmath.mpf(interest), mpmath.mpf(life), mpmath.mpf(often)
        return float(-interest / mpmath.expm1(-life * often * mpmath.log1p(interest / often)))


@pytest.mark.parametrize("life", [0.5, 1, 4, 30])
def test_at_zero_interest_the_capital_is_repaid_in_equal_parts(life):
    assert factor(0.0, life) == 1 / life
    assert factor(0, life) == 1 / life


@pytest.mark.parametrize("interest", [1e-300, 1e-15, -1e-12, 1e-12, 1e-9, 1e-6, 2e-5])
def test_near_zero_interest_no_digit_is_lost(interest):
    assert factor(interest) == pytest.approx(exact(interest, 4, 1), rel=1e-14)


def test_the_bare_quotient_would_have_lost_them():
    assert formulas.capital_recovery_factor(1e-12, 4.0, 1.0) != pytest.approx(0.25, rel=1e-6)


@given(
    interest=st.floats(-0.5, 2, allow_subnormal=False).filter(bool),
    life=st.floats(0.25, 50),
    often=st.sampled_from([1.0, 4.0, 12.0]),
)
def test_everywhere_it_agrees_with_sixty_digits(interest, life, often):
    assert factor(interest, life, often) == pytest.approx(exact(interest, life, often), rel=2e-10)


@pytest.mark.parametrize("side", [1 - 1e-9, 1 + 1e-9])
@pytest.mark.parametrize("often", [1.0, 12.0])
def test_where_the_series_hands_over_both_are_right(side, often):
    interest = side * NEAR_ZERO / 4
    assert factor(interest, 4.0, often) == pytest.approx(exact(interest, 4, often), rel=1e-10)


def test_arrays_may_hold_zero_beside_other_interest():
    interests = np.array([0.0, 1e-12, 0.05, 0.133])
    assert factor(interests, 20.0) == pytest.approx([factor(one, 20.0) for one in interests], rel=1e-15)
    assert factor(np.array([0.1, 0.2])).shape == (2,)
    assert factor(0.0, np.array([2.0, 4.0])) == pytest.approx([0.5, 0.25])


def test_other_formulas_pass_through():
    assert on_numbers(formulas.ratio, {"numerator": 6, "denominator": 3}) == 2


def value(number, key):
    return Value(number, quantity(key), "HGX H200", Status.ASSUMED)


def test_values_say_which_formula_made_them():
    def made(interest):
        return on_values(
            formulas.capital_recovery_factor,
            {
                "cost_of_capital": value(interest, "cost_of_capital"),
                "economic_life": value(4.0, "economic_life"),
                "payments_per_year": value(1.0, "payments_per_year"),
            },
        )

    assert made(0.0).number == 0.25
    assert made(0.0).formula is formulas.capital_recovery_factor_near_zero
    assert made(0.1).formula is formulas.capital_recovery_factor
    assert made(0.1).number == factor(0.1)
    assert made(0.0).quantity.unit == made(0.1).quantity.unit


def test_only_the_quotient_is_ever_replaced():
    assert in_place_of(formulas.discount_factor, {"cost_of_capital": 0.0}) is formulas.discount_factor
