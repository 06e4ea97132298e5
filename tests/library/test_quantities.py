"""Every quantity is named, measured and shown in one way, and a shown number never says more than it may."""

import csv
import re
from collections import Counter
from decimal import Decimal
from math import inf, nan
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.library import quantities
from analysis.library.quantities import QUANTITIES, Quantity, Style, counts, quantity, show, workload, workloads
from tests.support.units import units

CSV = Path(quantities.__file__).with_name("quantities.csv")
MAGNITUDES = {"K": 3, "M": 6, "B": 9}

everything = pytest.mark.parametrize("key", QUANTITIES)
numbers = st.floats(1e-9, 1e12).flatmap(lambda number: st.sampled_from([number, -number]))


def amount(text):
    """What a shown number says, exactly."""
    digits = re.sub(r"[$x%,KMB]", "", text).replace("−", "-")
    power = next((MAGNITUDES[letter] for letter in MAGNITUDES if letter in text), 0) - (2 if "%" in text else 0)
    return Decimal(digits).scaleb(power)


def test_no_key_stands_twice():
    with CSV.open(encoding="utf-8", newline="") as file:
        keys = [row["key"] for row in csv.DictReader(file)]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert list(QUANTITIES) == keys


@everything
def test_each_entry_is_complete_and_its_symbol_is_latex(key):
    found = quantity(key)
    assert found.key == key
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", key)
    assert found.name
    assert found.name == found.name.strip()
    assert found.better in ("lower", "higher", "")
    assert found.style in get_args(Style)
    assert bool(found.unit) == bool(found.dimension)
    assert re.fullmatch(r"(\\[A-Z]?[a-z]+|[A-Za-z])([_^]\{[A-Za-z0-9*]+\})?", found.symbol)


@everything
def test_the_unit_shown_has_the_dimension_that_is_proven(key):
    unit = quantity(key).unit
    if unit == "PFLOP/s per USD/h":
        unit = "PFLOP/s/(USD/h)"
    unit = re.sub(r"^per ", "1/", unit)
    assert units.Quantity(1, unit).dimensionality == units.Quantity(1, quantity(key).dimension).dimensionality


def test_a_label_begins_as_a_heading_and_carries_the_unit():
    assert quantity("throughput_per_gpu").label == "Throughput per GPU (tok/s/GPU)"
    assert quantity("flops_per_dollar").label == "FLOPS per dollar (PFLOP/s per USD/h)"
    assert quantity("ratio").label == "Ratio"


def test_the_quantity_of_the_other_platform_is_the_same_quantity():
    own, other = quantity("price_per_gpu_hour"), quantity("other_price_per_gpu_hour")
    assert (other.unit, other.dimension, other.style) == (own.unit, own.dimension, own.style)
    assert other.name == "price per GPU-hour of the other platform"
    assert other.symbol == "c'"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("price_per_gpu_hours", "did you mean 'price_per_gpu_hour'?"),
        ("other_price_per_gpu_hours", "did you mean 'price_per_gpu_hour'?"),
        ("other_", "allowed: "),
        ("other_other_ratio", "unknown quantity 'other_other_ratio'"),
        ("", "allowed: "),
    ],
)
def test_an_unknown_quantity_is_refused_with_what_is_near(wrong, hint):
    with pytest.raises(InputError) as refused:
        quantity(wrong)
    assert hint in str(refused.value)


SHOWN = [
    (4.204545, 3, "dollars", "$4.20"),
    (0.123392, 2, "dollars", "$0.12"),
    (2.652, 4, "dollars", "$2.652"),
    (93.153164, 3, "plain", "93.2"),
    (5970.2614, 3, "plain", "5,970"),
    (5970.2614, 2, "plain", "6,000"),
    (53846.2, 2, "compact", "54K"),
    (53846.2, 3, "compact", "53.8K"),
    (2842982, 2, "compact", "2.8M"),
    (2.5e9, 3, "compact", "2.50B"),
    (999, 3, "compact", "999"),
    (999.6, 3, "compact", "1.00K"),
    (999_950, 3, "compact", "1.00M"),
    (181_900_000, 3, "compact dollars", "$182M"),
    (-412.4, 3, "compact dollars", "−$412"),
    (64.09, 3, "times", "64.1x"),
    (0.41, 2, "percent", "41%"),
    (0.41, 3, "percent", "41.0%"),
    (1229, 3, "whole", "1,229"),
    (1229.4, 1, "whole", "1,229"),
    (9.4996, 3, "whole", "9"),
    (0.504, 3, "whole", "1"),
    (0.4, 3, "whole", "0"),
    (-4.2, 3, "dollars", "−$4.20"),
    (-0.5, 2, "percent", "−50%"),
    (0, 3, "plain", "0"),
    (-0.0, 3, "plain", "0"),
    (-0.001, 3, "whole", "0"),
    (0.0, 3, "dollars", "$0"),
    (9.996, 3, "plain", "10.0"),
    (0.125, 2, "plain", "0.12"),
    (0.375, 2, "plain", "0.38"),
    (1e-7, 2, "plain", "0.00000010"),
    (nan, 3, "dollars", "n/a"),
    (inf, 3, "plain", "∞"),
    (-inf, 3, "plain", "−∞"),
]


@pytest.mark.parametrize(("number", "digits", "style", "text"), SHOWN)
def test_a_number_is_shown_with_its_sign_and_digits(number, digits, style, text):
    assert show(number, digits, style) == text


@given(number=numbers, digits=st.integers(1, 8), style=st.sampled_from(get_args(Style)))
def test_a_shown_number_is_the_nearest_of_its_digits(number, digits, style):
    said, exact = amount(show(number, digits, style)), Decimal(repr(number))
    places = 1 - digits + exact.adjusted()
    step = Decimal(1) if style == "whole" else Decimal(1).scaleb(places)
    assert abs(said - exact) <= step / 2


@given(number=numbers, digits=st.integers(1, 8), style=st.sampled_from(["plain", "dollars", "times", "percent"]))
def test_a_shown_number_has_the_digits_asked_for_or_zeros(number, digits, style):
    shown = re.sub(r"[^0-9]", "", show(number, digits, style)).lstrip("0")
    assert len(shown[:digits]) == digits
    assert not shown[digits:].strip("0")


@given(number=numbers, digits=st.integers(1, 8), style=st.sampled_from(get_args(Style)))
def test_a_negative_number_is_shown_as_its_opposite_with_a_minus_sign(number, digits, style):
    above, below = show(abs(number), digits, style), show(-abs(number), digits, style)
    assert below in (f"−{above}", "0")
    assert "-" not in below


@given(number=st.floats(), digits=st.integers(1, 17), style=st.sampled_from(get_args(Style)))
def test_every_float_can_be_shown(number, digits, style):
    assert show(number, digits, style)


def test_a_number_wider_than_a_column_is_a_power_of_ten():
    assert show(1.463e88, 3, "dollars") == "$1.46×10⁸⁸"
    assert show(-3.14e13 * 1e6, 3, "percent") == "−3.14×10²¹%"
    assert show(1_816_848_456_431_134_400.0, 3, "whole") == "1.82×10¹⁸"
    assert show(1e26, 2, "compact") == "100,000,000,000,000,000B"
    assert show(1.5e27, 2, "compact") == "1.5×10²⁷"
    assert show(9.99e17) == "999,000,000,000,000,000"


def test_a_quantity_shows_its_numbers_in_its_style():
    assert quantity("cost_per_million_tokens").show(4.204545) == "$4.20"
    assert quantity("throughput_per_megawatt").show(2_842_982, 2) == "2.8M"
    assert quantity("ratio").show(34.0754) == "34.1x"


def test_a_quantity_of_which_nothing_is_said_is_plain_and_has_no_better_direction():
    bare = Quantity("key", "name", "k", "u", "meter")
    assert (bare.better, bare.style) == ("", "plain")


def test_a_number_is_shown_plain_and_with_three_digits_unless_asked_otherwise():
    assert show(1234.567) == Quantity("key", "name", "k", "u", "meter").show(1234.567) == "1,230"


def test_the_quantity_of_the_other_platform_answers_to_its_own_key():
    assert quantity("other_price_per_gpu_hour").key == "other_price_per_gpu_hour"


def test_workloads_are_named_as_the_field_names_them():
    assert workload(1024, 1024) == "1k/1k"
    assert workload(8192, 1024) == "8k/1k"
    assert workload(1000, 1024) == "1000/1k"
    assert counts("GLM-5", 1024, 8192)["workload"] == "1k/8k"


def test_every_workload_of_the_rows_stands_once_from_short_prompts_to_long_ones(library):
    measured = workloads(library.benchmark)
    assert list(measured.items()) == [("1k/1k", (1024, 1024)), ("1k/8k", (1024, 8192)), ("8k/1k", (8192, 1024))]
    rows = pd.DataFrame({"input_tokens": [8192, 512, 8192, 512], "output_tokens": [1024, 1024, 1024, 7]})
    assert list(workloads(rows).values()) == [(512, 7), (512, 1024), (8192, 1024)]
    assert workloads(rows.iloc[:0]) == {}
