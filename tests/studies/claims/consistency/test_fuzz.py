"""The joint check of printed figures against an exact method that shares nothing with it, on random small tables.

Ends of intervals are powers of two, so in binary logarithms a table is a system of inequalities in small fractions,
and Fourier-Motzkin elimination decides it without any tolerance. What such a system misses by, if it does, is far
more than the one part in a billion by which the check under test rounds.
"""

from fractions import Fraction
from itertools import combinations
from math import inf, isinf, log2, prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.studies.claims.consistency import Statement, agree, check

NAMES = "abc"
EIGHTHS = 8  # ends are multiples of an eighth of a doubling
exponents = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([-2, -1, 1, 2]), min_size=1)
ends = st.integers(-24, 24).map(lambda eighths: Fraction(eighths, EIGHTHS))
widths = st.one_of(st.none(), st.integers(0, 16).map(lambda eighths: Fraction(eighths, EIGHTHS)))
row = st.tuples(exponents, ends, widths, st.booleans())
rows = st.lists(row, min_size=1, max_size=6)

Inequality = tuple[tuple[Fraction, ...], Fraction]
"""Coefficients and an end: coefficients times variables is at most the end."""


def tables(found):
    """The statements, and the same as (exponents, lower, upper) in binary logarithms, None where there is no end."""
    statements, exact = [], []
    for place, (powers, end, width, is_least) in enumerate(found):
        low, high = (
            (end, None) if is_least and width is None else (None, end) if width is None else (end, end + width)
        )
        exact.append((powers, low, high))
        lower, upper = 0.0 if low is None else 2.0 ** float(low), inf if high is None else 2.0 ** float(high)
        statements.append(Statement(f"s{place}", lower, upper, powers))
    return statements, exact


def inequalities(exact) -> list[Inequality]:
    made = []
    for powers, low, high in exact:
        coefficients = tuple(Fraction(powers.get(name, 0)) for name in NAMES)
        if high is not None:
            made.append((coefficients, high))
        if low is not None:
            made.append((tuple(-one for one in coefficients), -low))
    return made


def eliminated(system: list[Inequality], place: int) -> list[Inequality]:
    """The system without a variable: every upper bound on it is at least every lower bound."""
    above = [one for one in system if one[0][place] > 0]
    below = [one for one in system if one[0][place] < 0]
    found = {one for one in system if one[0][place] == 0}
    for up, up_end in above:
        for down, down_end in below:
            share, other = 1 / up[place], -1 / down[place]
            coefficients = tuple(share * a + other * b for a, b in zip(up, down, strict=True))
            found.add((coefficients, share * up_end + other * down_end))
    return [*found]


def holds(exact) -> bool:
    system = inequalities(exact)
    for place in range(len(NAMES)):
        system = eliminated(system, place)
    return all(end >= 0 for _, end in system)


def extent(exact, powers) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest logarithm of a product of powers within the system, None where it has no bound."""
    # One more variable that is the product's logarithm; all others are eliminated.
    system = [((*coefficients, Fraction(0)), end) for coefficients, end in inequalities(exact)]
    product = tuple(Fraction(powers.get(name, 0)) for name in NAMES)
    system += [((*product, Fraction(-1)), Fraction(0)), ((*(-one for one in product), Fraction(1)), Fraction(0))]
    for place in range(len(NAMES)):
        system = eliminated(system, place)
    greatest = [end / coefficients[-1] for coefficients, end in system if coefficients[-1] > 0]
    least = [end / coefficients[-1] for coefficients, end in system if coefficients[-1] < 0]
    return max(least, default=None), min(greatest, default=None)


@given(rows)
@settings(max_examples=30)
def test_a_table_can_be_true_exactly_when_elimination_says_so(found):
    statements, exact = tables(found)
    assert check(statements).feasible == agree(statements) == holds(exact)


@given(rows)
@settings(max_examples=30)
def test_the_implied_intervals_are_those_of_elimination(found):
    statements, exact = tables(found)
    assume(holds(exact))
    implied = check(statements).implied
    quantities = {name: {name: 1} for name in NAMES if any(name in powers for powers, _, _ in exact)}
    quantities |= {statement.id: statement.exponents for statement in statements}
    assert implied.keys() == quantities.keys()
    for name, powers in quantities.items():
        low, high = implied[name]
        least, greatest = extent(exact, powers)
        assert log2(low) == pytest.approx(float(least), abs=1e-8) if low else least is None
        assert greatest is None if isinf(high) else log2(high) == pytest.approx(float(greatest), abs=1e-8)


@given(st.lists(row, min_size=2, max_size=6))
@settings(max_examples=15)
def test_a_conflict_is_none_without_any_of_its_statements_and_no_smaller_one_exists(found):
    statements, exact = tables(found)
    joint = check(statements)
    assume(not joint.feasible)
    chosen = [rows for statement, rows in zip(statements, exact, strict=True) if statement.id in joint.conflict]
    assert chosen
    assert not holds(chosen)
    assert all(holds(rest) for rest in combinations(chosen, len(chosen) - 1))
    assert all(holds(fewer) for fewer in combinations(exact, len(chosen) - 1))


@given(st.lists(row, min_size=2, max_size=5))
@settings(max_examples=12)
def test_a_statement_of_a_conflict_gives_as_far_as_the_rest_of_it_allow(found):
    statements, exact = tables(found)
    conflict = check(statements).conflict
    assume(conflict)
    chosen = [pair for pair in zip(statements, exact, strict=True) if pair[0].id in conflict]
    for statement, _ in chosen:
        # The end that stands in the way must reach the nearest value that the rest allow, and no further.
        least, greatest = extent([row for other, row in chosen if other is not statement], statement.exponents)
        give = conflict[statement.id]
        nearest = least if give.relative > 0 else greatest
        assert log2(give.reach) == pytest.approx(float(nearest), abs=1e-6)


point = st.fixed_dictionaries({name: st.floats(1e-6, 1e6) for name in NAMES})
margins = st.tuples(st.floats(0, 0.5), st.floats(0, 2))


@given(point, st.lists(st.tuples(exponents, margins), min_size=1, max_size=8), st.floats(1e-9, 1e9))
@settings(max_examples=25)
def test_a_table_of_rounded_truths_is_feasible_and_implies_what_holds_the_truth(truth, found, constant):
    values = [constant * prod(truth[name] ** power for name, power in powers.items()) for powers, _ in found]
    statements = [
        Statement(f"s{place}", value * (1 - less), value * (1 + more), powers, constant)
        for place, ((powers, (less, more)), value) in enumerate(zip(found, values, strict=True))
    ]
    joint = check(statements)
    assert joint.feasible
    known = truth | {statement.id: value for statement, value in zip(statements, values, strict=True)}
    for name, (low, high) in joint.implied.items():
        assert low * (1 - 1e-8) <= known[name] <= high * (1 + 1e-8)


@given(point, st.lists(st.tuples(exponents, margins), min_size=2, max_size=7), st.floats(1e-6, 0.5), st.booleans())
@settings(max_examples=15)
def test_one_interval_beyond_what_the_others_imply_makes_the_table_impossible(truth, found, beyond, is_above):
    (powers, _), *rest = found
    others = [
        Statement(f"s{place}", value * (1 - less), value * (1 + more), each)
        for place, (each, (less, more)) in enumerate(rest)
        for value in [prod(truth[name] ** power for name, power in each.items())]
    ]
    low, high = check([*others, Statement("asked", 0, inf, powers)]).implied["asked"]
    end = high * (1 + beyond) if is_above else low / (1 + beyond)
    assume(0 < end < inf)
    outside = Statement("asked", end, inf, powers) if is_above else Statement("asked", 0, end, powers)
    joint = check([*others, outside])
    assert not joint.feasible
    reach = joint.conflict["asked"].reach
    assert reach >= high * (1 - 1e-6) if is_above else reach <= low * (1 + 1e-6)
    at_the_end = Statement("asked", high, inf, powers) if is_above else Statement("asked", 0, low, powers)
    assert agree([*others, at_the_end])
