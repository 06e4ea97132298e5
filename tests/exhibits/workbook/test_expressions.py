"""A formula in a spreadsheet is the formula of the analysis, parentheses and powers included."""

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import formulas
from analysis.exhibits.workbook.expressions import (
    expression,
    internal_rate_of_return,
    number_format,
    rounded_down,
    rounded_up,
)
from analysis.library.quantities import quantity
from analysis.studies.business.returns import internal_rate_of_return as found_rate

FORMULAS = [getattr(formulas, name) for name in formulas.__all__]
TOKENS_PER_MILLION = 1_000_000


def power_over(base, exponent):
    return (-base) ** exponent


def negated_power(base, exponent):
    return -(base**exponent)


def tower(base, exponent, top):
    return base ** (exponent**top)


def towers(base, exponent, top):
    return (base**exponent) ** top


def differences(a, b, c):
    return a - (b - c) / (a / b / c)


def million(a):
    return TOKENS_PER_MILLION * a


def broken(a):
    return round(a)


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_formula_of_the_analysis_computes_the_same(formula):
    numbers = {name: 0.125 * (place + 1) for place, name in enumerate(inspect.signature(formula).parameters)}
    text = expression(formula, {name: f"({number!r})" for name, number in numbers.items()})
    assert eval(text.replace("^", "**")) == pytest.approx(formula(**numbers), rel=1e-12)


@pytest.mark.parametrize(
    ("formula", "cells", "text"),
    [
        (formulas.cost_per_million_tokens, ["B2", "B3"], "1000000*B2/(3600*B3)"),
        (formulas.gross_margin, ["B2", "B3"], "(B2-B3)/B2"),
        (formulas.discount_factor, ["B2", "B3", "B4"], "(1+B2/B4)^((-B3)*B4)"),
        (formulas.capital_outlay_per_gpu, ["B2"], "-B2"),
        (power_over, ["B2", "B3"], "(-B2)^B3"),
        (negated_power, ["B2", "B3"], "-(B2^B3)"),
        (tower, ["B2", "B3", "B4"], "B2^(B3^B4)"),
        (towers, ["B2", "B3", "B4"], "B2^B3^B4"),
        (differences, ["B2", "B3", "B4"], "B2-(B3-B4)/(B2/B3/B4)"),
        (million, ["B2"], "1000000*B2"),
    ],
)
def test_it_is_written_as_a_spreadsheet_reads_it(formula, cells, text):
    """A spreadsheet negates before it raises to a power, and takes powers from the left."""
    assert expression(formula, dict(zip(inspect.signature(formula).parameters, cells, strict=True))) == text


def test_what_is_more_than_arithmetic_is_refused():
    with pytest.raises(TypeError, match=r"found round\(a\)"):
        expression(broken, {"a": "B2"})


def test_the_search_for_a_rate_of_return_begins_below_it():
    assert internal_rate_of_return("Results", ["$C$5", "$C$6", "$C$7"]) == (
        "IRR(Results!$C$5:$C$7,"
        "MIN((-SUM(Results!$C$6:$C$7)/Results!$C$5)^(1/2),-SUM(Results!$C$6:$C$7)/Results!$C$5)-1)"
    )


@given(st.lists(st.floats(0.1, 1e4), min_size=1, max_size=8))
def test_a_rate_of_return_lies_above_the_guess(flows):
    """A capital of 100, and the guess that the formula makes of what comes back."""
    returned = sum(flows) / 100
    assert min(returned ** (1 / len(flows)), returned) - 1 <= found_rate([-100, *flows]) + 1e-9


@pytest.mark.parametrize(
    ("key", "number", "pattern"),
    [
        ("gross_margin", 0.9, "0.0%"),
        ("ratio", 34.1, '0.00"x"'),
        ("gpus", 72, "#,##0"),
        ("tokens_per_year", 1e12, "#,##0"),
        ("throughput_per_gpu", 5970.2, "#,##0"),
        ("throughput_per_gpu", 93.15, "0.0"),
        ("throughput_per_gpu", 1.5, "0.00##"),
        ("revenue_per_gpu_hour", 43.5232, '"$"0.00;-"$"0.00'),
        ("cost_per_million_tokens", 0.123, '"$"0.00##;-"$"0.00##'),
        ("capital_outlay_per_gpu", -52_083.3, '"$"#,##0;-"$"#,##0'),
        ("revenue_per_megawatt_year", 181e6, '"$"#,##0;-"$"#,##0'),
        ("throughput_per_gpu", float("nan"), "0"),
    ],
)
def test_numbers_are_shown_in_their_unit_with_as_many_places_as_their_size_asks_for(key, number, pattern):
    assert number_format(quantity(key), number) == pattern


def test_a_count_is_rounded_up_or_down_as_the_analysis_does():
    assert rounded_up("Steps", ["$B$2"]) == "ROUNDUP(Steps!$B$2*(1-1e-12),0)"
    assert rounded_down("Steps", ["$B$2"]) == "ROUNDDOWN(Steps!$B$2*(1+1e-12),0)"
