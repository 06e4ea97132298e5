"""A value computes and compares as its number, and never with one of another unit."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError


@pytest.fixture
def prices(library):
    return [library.price(platform, "hyperscaler", "2026-04") for platform in ("gb300", "h200")]


def test_a_value_is_its_number_where_a_number_is_wanted(prices):
    gb300, h200 = prices
    assert (float(h200), int(h200), round(h200, 1), abs(h200), -h200) == (1.41, 1, 1.4, 1.41, -1.41)
    assert sum(prices) == pytest.approx(4.062)
    assert sorted(prices) == [h200, gb300]
    assert max(h200, 2) == 2
    assert gb300 / h200 == pytest.approx(1.8809, abs=1e-4)
    assert f"{h200:.2f}" == "1.41"
    assert f"{h200}" == "$1.41 USD/GPU/h"
    assert np.asarray(prices, dtype=float).tolist() == [2.652, 1.41]


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9))
def test_arithmetic_is_that_of_numbers(library, number, divisor):
    price = library.price("h200", "hyperscaler", "2026-04")
    assert (price + number, number + price) == (1.41 + number,) * 2
    assert (price - number, number - price) == (1.41 - number, number - 1.41)
    assert (price * number, number * price) == (1.41 * number,) * 2
    assert (price / divisor, divisor / price) == (1.41 / divisor, divisor / 1.41)
    assert (price < number, price <= number, price > number, price >= number) == (
        number > 1.41, number >= 1.41, number < 1.41, number <= 1.41,
    )  # fmt: skip
    assert math.isclose(price**2, 1.41**2)


@pytest.mark.parametrize(
    "combined", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b]
)
def test_amounts_of_two_units_are_neither_added_nor_compared(library, prices, combined):
    with pytest.raises(InputError, match="found amounts in USD/GPU/h and kW/GPU; allowed is one unit"):
        combined(prices[0], library.power("h200", "2026-04"))


def test_a_value_shows_itself_in_a_line(prices):
    assert repr(prices[1]) == (
        "<$1.41 USD/GPU/h: price per GPU-hour, HGX H200 (hyperscaler ownership, 2026-04); quoted, 2026-04-15>"
    )
