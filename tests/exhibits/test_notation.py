"""Every symbol of an equation is explained, once, and reads as it does in the equation."""

import csv
import io
import re

import pytest

from analysis import formulas
from analysis.exhibits.notation import equations, meanings, plain
from analysis.exhibits.symbolic import equation_latex
from analysis.library.quantities import QUANTITIES, spoken
from tests.exhibits.examples import bundle


@pytest.mark.parametrize(("latex", "text"), [
    (r"\kappa", "κ"), (r"\lambda", "λ"), (r"\Phi", "Φ"), ("h_{k}", "h_k"), ("c^{*}", "c*"), (r"\Delta_{c}", "Δ_c"),
    ("R", "R"), ("c'", "c'"),
])  # fmt: skip
def test_symbols_read_as_in_the_equation(latex, text):
    assert plain(latex) == text


@pytest.mark.parametrize("key", QUANTITIES)
def test_no_symbol_keeps_a_command_or_a_brace(key):
    text = plain(QUANTITIES[key].symbol)
    assert text
    assert not set(text) & set("\\{}^")


def rows(shown):
    return list(csv.reader(io.StringIO(shown.report["csv"])))[1:]


def test_result_and_arguments_are_listed_in_the_order_of_first_use():
    listed = rows(meanings(formulas.capital_recovery_factor, formulas.cost_per_million_tokens))
    assert listed == [
        ["R", "Capital recovery factor (per year)", "C", "Cost per million tokens (USD/Mtok)"],
        ["κ", "Cost of capital (per year)", "c", "Price per GPU-hour (USD/GPU/h)"],
        ["L", "Economic life (years)", "t", "Throughput per GPU (tok/s/GPU)"],
        ["ν", "Payments per year (per year)", "", ""],
    ]


def test_no_symbol_is_listed_twice():
    listed = rows(meanings(formulas.electricity_per_gpu_hour, formulas.facility_power_per_gpu, formulas.ratio))
    symbols = [symbol for row in listed for symbol in (row[0], row[2]) if symbol]
    assert len({*symbols}) == len(symbols) > len(listed)


def test_equations_say_in_words_what_they_show():
    shown = equations(formulas.cost_per_million_tokens, formulas.ratio)
    assert [one.report["label"] for one in shown] == ["cost_per_million_tokens", "ratio"]
    for one, formula in zip(shown, (formulas.cost_per_million_tokens, formulas.ratio), strict=True):
        data, report = bundle(one)
        assert data["text/latex"] == f"$${equation_latex(formula)}$$"
        assert report["alt"] == spoken(formula) == data["text/plain"]
        assert not re.search(r"\\begin\{align", data["text/latex"])
