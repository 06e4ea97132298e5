"""A formula in a spreadsheet is the formula of the analysis, parentheses and powers included."""

import inspect

import pytest

from analysis import formulas
from analysis.exhibits.workbook.cells import expression, number_format, own_function
from analysis.library.quantities import quantity

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
        (formulas.capital_outlay_per_gpu, ["B2", "B3", "B4"], "(-B2)*(1-B3*B4)"),
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


@pytest.mark.parametrize(
    ("key", "number", "pattern"),
    [
        ("gross_margin", 0.9, "0.0%"),
        ("ratio", 34.1, '0.00"x"'),
        ("gpus", 72, "#,##0;-#,##0"),
        ("tokens_per_year", 1e12, "#,##0;-#,##0"),
        ("throughput_per_gpu", 93.15, "[>=1000]#,##0;[<=-1000]-#,##0;0.0##"),
        ("throughput_per_gpu", 5970.2, "[>=1000]#,##0;[<=-1000]-#,##0;0.0##"),
        ("fleet_power", 2e-6, "0.00E+00;-0.00E+00"),
        ("cost_per_million_tokens", 0.123, '[>=1000]"$"#,##0;[<=-1000]-"$"#,##0;"$"0.000'),
        ("cost_per_million_tokens", 0.0123, '"$"0.0000;-"$"0.0000'),
        ("revenue_per_megawatt_year", 181e6, '"$"#,##0;-"$"#,##0'),
        ("throughput_per_gpu", float("nan"), "[>=1000]#,##0;[<=-1000]-#,##0;0.0##"),
    ],
)
def test_a_format_holds_when_the_number_becomes_larger(key, number, pattern):
    assert number_format(quantity(key), number) == pattern


def test_a_count_is_rounded_up_or_down_as_the_analysis_does():
    assert own_function("purchases", ["purchases needed"]) == "ROUNDUP({first}*(1-1e-12),0)"
    assert own_function("whole_purchases", ["purchases within"]) == "ROUNDDOWN({first}*(1+1e-12),0)"


def test_a_function_needs_all_that_it_names():
    """GPUs of a purchase are whole systems where systems are bought, else those of the deployment."""
    assert "GPUs of a system" in own_function("gpus_per_purchase", ["GPUs of a deployment", "GPUs of a system"])
    assert own_function("gpus_per_purchase", ["GPUs of a deployment"]) == "{GPUs of a deployment}"
    assert own_function("deployments_needed", ["first case", "other case"]) == ""
    assert own_function("gross_margin", ["price"]) == ""
