"""Intervals of differences are those that were published for the method, and equivalence agrees with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparison.proportions import (
    MEANING,
    Answers,
    Finding,
    equivalence_p_value,
    finding,
    newcombe_interval,
    wilson_interval,
)
from analysis.errors import InputError

# R. G. Newcombe, Statistics in Medicine 17 (1998), 873, table II, method 10.
NEWCOMBE = [
    ((56, 70), (48, 80), (0.0524, 0.3339)),
    ((9, 10), (3, 10), (0.1705, 0.8090)),
    ((6, 7), (2, 7), (0.0582, 0.8062)),
    ((5, 56), (0, 29), (-0.0381, 0.1926)),
    ((0, 10), (0, 20), (-0.1611, 0.2775)),
    ((0, 10), (0, 10), (-0.2775, 0.2775)),
    ((10, 10), (0, 20), (0.6791, 1.0000)),
    ((10, 10), (0, 10), (0.6075, 1.0000)),
]
ANSWERS = st.integers(1, 3000).flatmap(lambda asked: st.integers(0, asked).map(lambda right: Answers(right, asked)))
EVALUATED = st.integers(1200, 1319).map(lambda right: Answers(right, 1319))


@pytest.mark.parametrize(("one", "other", "published"), NEWCOMBE)
def test_the_published_intervals_are_recomputed(one, other, published):
    assert newcombe_interval(Answers(*one), Answers(*other), 0.95) == pytest.approx(published, abs=0.00005)


def test_the_interval_of_one_share_is_wilson_s():
    """Newcombe 1998, Statistics in Medicine 17, 857, table I: 81 of 263 and 15 of 148."""
    assert wilson_interval(Answers(81, 263), 0.95) == pytest.approx((0.2553, 0.3662), abs=0.00005)
    assert wilson_interval(Answers(15, 148), 0.95) == pytest.approx((0.0624, 0.1605), abs=0.00005)


@given(ANSWERS, ANSWERS)
def test_the_interval_holds_the_difference_and_turns_around_with_it(one, other):
    low, high = newcombe_interval(one, other, 0.95)
    difference = one.correct / one.questions - other.correct / other.questions
    assert low - 1e-9 <= difference <= high + 1e-9
    assert newcombe_interval(other, one, 0.95) == pytest.approx((-high, -low), abs=1e-9)


@given(EVALUATED, EVALUATED)
def test_more_confidence_is_a_wider_interval(one, other):
    narrow, wide = newcombe_interval(one, other, 0.9), newcombe_interval(one, other, 0.95)
    assert wide[0] < narrow[0]
    assert narrow[1] < wide[1]


@given(EVALUATED, EVALUATED, st.floats(0.002, 0.05))
def test_a_wider_margin_is_easier_to_keep(one, other, margin):
    assert equivalence_p_value(one, other, margin * 1.5) <= equivalence_p_value(one, other, margin) + 1e-12


@given(EVALUATED, EVALUATED)
def test_equivalence_is_the_same_both_ways(one, other):
    assert equivalence_p_value(one, other, 0.01) == pytest.approx(equivalence_p_value(other, one, 0.01), abs=1e-9)


@given(EVALUATED, EVALUATED)
def test_equivalence_at_five_percent_says_what_the_interval_at_ninety_says(one, other):
    """Two one-sided tests reject exactly where the interval of 1 - 2 alpha lies inside of the margin (Schuirmann)."""
    low, high = newcombe_interval(one, other, 0.9)
    inside, p_value = min(0.02 - high, 0.02 + low), equivalence_p_value(one, other, 0.02)
    if abs(inside) > 0.0005:  # two methods of variance, so nothing is said at the very edge
        assert (p_value < 0.05) == (inside > 0)


@pytest.mark.parametrize(
    ("interval", "p_value", "expected"),
    [
        ((-0.002, 0.003), 0.001, Finding.EQUIVALENT),
        ((-0.009, -0.001), 0.04, Finding.EQUIVALENT),
        ((-0.04, -0.01), 0.99, Finding.LOWER),
        ((0.01, 0.04), 0.99, Finding.HIGHER),
        ((-0.02, 0.02), 0.3, Finding.OPEN),
    ],
)
def test_a_finding_is_equivalence_first_then_a_difference_then_nothing(interval, p_value, expected):
    assert finding(interval, p_value, 0.95) == expected


def test_every_finding_has_a_meaning():
    assert set(MEANING) == set(Finding)


@pytest.mark.parametrize(("correct", "questions"), [(-1, 5), (6, 5), (0, 0)])
def test_answers_that_cannot_be_are_refused(correct, questions):
    with pytest.raises(InputError, match=f"found {correct} of {questions} questions"):
        Answers(correct, questions)
