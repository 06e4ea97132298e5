"""Tests of whether a text shows a value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.machinery.press.amounts import agrees, amounts

places = st.integers(0, 6)
values = st.decimals(-(10**7), 10**7, places=8, allow_nan=False).map(Decimal)


@given(values, places)
def test_a_value_rounded_to_any_places_shows_the_value(value: Decimal, places: int) -> None:
    assert agrees(f"{value:,.{places}f}", f"{value:,.9f}", float(value))


@given(values, places, st.sampled_from([-2, -1, 1, 2]))
def test_a_digit_that_is_off_does_not_show_the_value(value: Decimal, places: int, off: int) -> None:
    step = Decimal(10) ** -places
    shown = value.quantize(step) + off * step
    if shown == shown.to_integral_value() and places == 0 and shown % 10 == 0:
        return  # zeros at the end of a whole number may only fill up
    if 2 * abs(shown - value) == step:
        return  # a half may be rounded either way
    assert not agrees(f"{shown:,.{places}f}", f"{value:,.9f}", float(value))


@pytest.mark.parametrize(
    ("shown", "exact", "value"),
    [
        ("$4.20", "$4.2046", 4.2046),
        ("6,000", "5,970.26", 5970.26),
        ("54K", "53,846", 53846.0),
        ("2.84M", "2,842,982", 2842982.0),
        ("34.1x", "34.08x", 34.0757),
        ("41%", "40.94%", 0.409377),
        ("−12.5", "-12.4987", -12.4987),
        ("1.2e-7", "1.2345e-07", 1.2345e-07),
        ("$1.46×10⁸⁸", "$1.459×10⁸⁸", 1.4594e88),
        ("0", "0", 0.0),
        ("more than 50x", "more than 50x", 50.0),
        ("3.5B", "3,512,345,678", 3512345678.0),
        ("$1.23T", "$1,234,567,890,123", 1234567890123.0),
        ("0", "0.00", 0.001),
        ("0.0004", "0.000", 0.0004),
        ("n/a", "n/a", None),
    ],
)
def test_published_ways_of_writing_an_amount_are_understood(shown: str, exact: str, value: float | None) -> None:
    assert agrees(shown, exact, value)


@pytest.mark.parametrize(
    ("shown", "exact", "value"),
    [
        ("$4.35", "$4.2046", 4.2046),
        ("5,960", "5,970.26", 5970.26),
        ("54M", "53,846", 53846.0),
        ("4.1%", "40.94%", 0.409377),
        ("12.5", "-12.4987", -12.4987),
        ("4.20 to 4.35", "$4.2046", 4.2046),
        ("0", "4.2", 4.2),
        ("0.01", "0.00", 0.001),
        ("3.5B", "3,512,345", 3512345.0),
        ("3.5T", "3,512,345,678", 3512345678.0),
        ("5", "n/a", None),
        ("5", "n/a", 5.0),
        ("5", "5.0", None),
        ("five", "5", 5.0),
    ],
)
def test_another_amount_is_not_taken_for_the_value(shown: str, exact: str, value: float | None) -> None:
    assert not agrees(shown, exact, value)


def test_a_dash_between_two_amounts_is_no_minus() -> None:
    assert amounts("$4.20-4.35") == ["$4.20", "4.35"]
    assert amounts("-4.20") == ["-4.20"]
