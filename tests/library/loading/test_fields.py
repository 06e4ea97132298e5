"""A line, a day, an address and an amount from outside are what they say, or are refused in words."""

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from analysis.library.loading.fields import (
    CONTROL,
    SMALLEST,
    Address,
    AsNumber,
    Day,
    Line,
    PlainLine,
    Positive,
    Text,
    is_plain,
    iso_day,
)


def read(kind, found):
    return TypeAdapter(kind).validate_python(found)


def refusal(kind, found):
    with pytest.raises(ValidationError) as refused:
        read(kind, found)
    return refused.value.errors()[0]["msg"].removeprefix("Value error, ")


@pytest.mark.parametrize(
    "text", ["", "A title", "Καλημέρα, שלום", "\U0001f600", "5 × 10³ \u2009 \u00a0", "a\u0301", "= x"]
)
def test_a_line_is_text_in_any_script(text):
    assert read(Line, text) == text


@given(st.characters())
def test_every_sign_that_is_no_character_to_be_seen_is_refused(sign):
    unseen = unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    written = unicodedata.category(sign) == "Cf" and unicodedata.name(sign).startswith(
        ("ARABIC", "SYRIAC", "KAITHI", "EGYPT")
    )
    if unseen and not written:
        assert CONTROL.search(sign) or ord(sign) >= 0x10000
    if unicodedata.category(sign)[0] in "LNPS" and not 0x115F <= ord(sign) <= 0xFFFF:
        assert not CONTROL.search(sign)


@pytest.mark.parametrize(
    "sign", ["\0", "\t", "\x9b", "\u200b", "\u200f", "\u202e", "\u2066", "\ufeff", "\ufe0f", "\u3164"]
)
def test_a_sign_that_nobody_sees_is_named(sign):
    assert refusal(Line, f"a{sign}b") == f"the control character {sign!r} is not allowed"
    assert not is_plain(f"a{sign}b")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_a_label_is_no_formula(sign):
    assert refusal(PlainLine, f"{sign}A1").startswith("a spreadsheet would compute it")
    assert read(PlainLine, f"A{sign}1") == f"A{sign}1"
    assert not is_plain(f"{sign}A1")
    assert is_plain(f"A{sign}1")


def test_words_are_some():
    assert refusal(Text, "") == "String should have at least 1 character"
    assert refusal(Text, "x" * 301) == "String should have at most 300 characters"


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)))
def test_a_day_is_read_from_its_iso_form(day):
    assert iso_day(day.isoformat()) == read(Day, day.isoformat()) == read(Day, day) == day


@pytest.mark.parametrize(
    "text",
    ["", "2026-W16-3", "20260415", "2026-4-15", "2026-04-31", "2026-04-15T00:00", " 2026-04-15", "２026-04-15"],
)
def test_a_day_in_another_form_is_refused(text):
    assert refusal(Day, text) == "must be a day, YYYY-MM-DD, from 1900-01-01 to 2200-12-31"


@pytest.mark.parametrize("day", [datetime.date(1, 1, 1), datetime.date(1899, 12, 31), datetime.date(2201, 1, 1)])
def test_a_day_of_another_age_is_refused(day):
    assert refusal(Day, day) == "must be a day from 1900-01-01 to 2200-12-31"
    assert "must be a day" in refusal(Day, day.isoformat())


@pytest.mark.parametrize("found", [20260415, 1.5, True, None, datetime.datetime(2026, 4, 15, 1, 2)])
def test_a_day_is_no_number_and_no_moment(found):
    assert refusal(Day, found) == "Input should be a valid date"


@pytest.mark.parametrize("text", ["", "https://example.org/a?b=c#d", "http://127.0.0.1:80/"])
def test_an_address_is_one_of_the_web_or_none(text):
    assert read(Address, text) == text


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:,x", "//example.org", "https://", "https://a b", 'https://a"b']
)
def test_another_address_is_refused(text):
    assert refusal(Address, text) == "must be an address of the web, https:// or http://, or nothing"


def test_an_amount_has_an_inverse():
    assert read(Positive, SMALLEST) == SMALLEST
    assert refusal(Positive, 5e-324) == "must be at least 1e-09"
    assert refusal(Positive, 0.0) == "Input should be greater than 0"
    assert refusal(Positive, float("inf")) == "Input should be a finite number"


@pytest.mark.parametrize("found", [True, False, "٣", " 5", "1_000", "", "five", "0x10"])
def test_a_number_in_a_table_has_plain_digits(found):
    from typing import Annotated

    assert refusal(Annotated[float, AsNumber], found) == "must be a number"
    assert read(Annotated[float, AsNumber], "1.5e3") == 1500.0
