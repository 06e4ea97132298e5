"""Numbers and days of a scenario that cannot be are refused with file, name, what was found and what is allowed."""

import math

import pytest

from analysis.scenario import read_scenario
from tests.hostile.refusals import refusal

LONG = "9" * 301
QUOTES = "{provider: A, platform: h200, price: 2}, " * 101
REFUSED = {
    # Digits that are no digits
    "wide digits": ("input_tokens: \uff11\uff10\uff12\uff14", "; Input should be a valid integer"),
    "Arabic digits": ("minimum_interactivity: \u0661\u0661\u0666", "Input should be a valid number"),
    "raised digits": ("horizon: \u00b3\u2076", "Input should be a valid integer"),
    "a Roman numeral": ("horizon: \u2167", "Input should be a valid integer"),
    "a wide minus sign": ("growth_per_year: \uff0d1", "Input should be a valid number"),
    # Numbers that are too much, too little or none
    "more than a number can be": ("baseline_price: 1e400", "found inf; Input should be a finite number"),
    "less than a number can be": ("growth_per_year: -1e400", "growth_per_year: found -inf; "),
    "growth that no number can hold": (
        "growth_per_month: 100\nhorizon: 240",
        "Input should be less than or equal to 10",
    ),
    "half a load": ("output_tokens_per_day: 5", "input_tokens_per_day: missing; input and output tokens per day are"),
    "a load stated twice": (
        "{input_tokens_per_day: 5, output_tokens_per_day: 5, concurrent_users: 5}",
        "concurrent_users: the load is stated in tokens per day already; allowed is one",
    ),
    "1e308 dollars": ("baseline_price: 1e308", "found 1e+308; Input should be less than or equal to 1000000"),
    "the smallest number there is": ("baseline_price: 5e-324", "found 5e-324; must be at least 1e-09"),
    "a load next to nothing": ("tokens_per_day: 1e-320", "found 1e-320; must be at least 1e-09"),
    "a share next to nothing": ("minimum_accuracy: 1e-300", "found 1e-300; must be at least 1e-09"),
    "negative zero for a price": ("subject_price: -0.0", "subject_price: found 0.0; Input should be greater than 0"),
    "an integer of 301 digits": (f"input_tokens: {LONG}", "; Input should be less than or equal to 10000000"),
    "an integer of 5,000 digits": (f"input_tokens: {'9' * 5_000}", "line 1: Exceeds the limit (4300 digits)"),
    "a seed of 2^32": ("seed: 4294967296", "Input should be less than or equal to 4294967294"),
    "an integer with a point": ("horizon: 36.0", "horizon: found 36.0; Input should be a valid integer"),
    "true for an amount": ("subject_price: true", "subject_price: found True; Input should be a valid number"),
    "nothing for an amount": ("minimum_interactivity: ~", "found None; Input should be a valid number"),
    # What YAML 1.1 took for numbers and truth
    "a number in sixties": ("input_tokens: 17:04", "found '17:04'; Input should be a valid integer"),
    "a number with commas": ("input_tokens: 1,024", "found '1,024'; Input should be a valid integer"),
    "Norway for a platform": ("baseline: no", "baseline: found 'no'; "),
    "on for an amount": ("subject_price: on", "subject_price: found 'on'; Input should be a valid number"),
    "a number for a word": ("baseline: 1e3", "baseline: found 1000.0; Input should be a valid string"),
    "a day for a word": ("baseline: 2026-04-15", "found datetime.date(2026, 4, 15); Input should be a valid string"),
    # Units
    "a price with its unit": ("subject_price: 2.65 USD", "found '2.65 USD'; Input should be a valid number"),
    "a share in percent": ("minimum_accuracy: 90%", "found '90%'; Input should be a valid number"),
    "a share in percent without its sign": ("minimum_accuracy: 90", "found 90; Input should be less than or equal"),
    "a power limit in watts": ("power_limit: 2e19", "found 2e+19; Input should be less than or equal to"),
    # Days that are none
    "a day by its week": ("as_of: 2026-W16-3", "as_of: found '2026-W16-3'; must be a day, YYYY-MM-DD"),
    "a day in one digit": ("as_of: 2026-4-15", "as_of: found '2026-4-15'; must be a day, YYYY-MM-DD"),
    "a day as one word": ("as_of: '20260415'", "as_of: found '20260415'; must be a day, YYYY-MM-DD"),
    "a day in wide digits": ("as_of: \uff12026-04-15", "must be a day, YYYY-MM-DD, from 1900-01-01 to 2200-12-31"),
    "a day of the year 1": ("as_of: 0001-01-01", "must be a day from 1900-01-01 to 2200-12-31"),
    "the last day of all": ("date: 9999-12-31", "must be a day from 1900-01-01 to 2200-12-31"),
    "the 31st of April": ("as_of: 2026-04-31", ", line 1: day is out of range for month"),
    "the year 0": ("as_of: 0000-01-01", ", line 1: year 0 is out of range"),
    "a moment in a zone": ("as_of: 2026-04-15T00:00:00Z", "Input should be a valid date"),
    "seconds since 1970": ("as_of: 1776211200", "as_of: found 1776211200; Input should be a valid date"),
    # Too many, too deep
    "101 quotes": (f"quotes: [{QUOTES}]", "List should have at most 100 items"),
    "21 authors": (f"authors: [{'A, ' * 21}]", "List should have at most 20 items"),
    "authors within authors": ("authors: [[A]]", "authors[0]: found ['A']; Input should be a valid string"),
    "a color that is a style": ("accent: '#0b5c7a; } body { display: none'", "accent: found '#0b5c7a; } body"),
    "a color in wide digits": ("accent: '#\uff10b5c7a'", "accent: found "),
    "a title of 190,000 letters": (f"title: {'x' * 190_000}", "String should have at most 300 characters"),
}
AS_WRITTEN = {
    "a power of ten": ("tokens_per_day: 1e15", "tokens_per_day", 1e15),
    "a power of ten with its sign": ("tokens_per_day: 2E+9", "tokens_per_day", 2e9),
    "Norway for a title": ("title: no", "title", "no"),
    "a time for a title": ("title: 1:30", "title", "1:30"),
    "a hexadecimal number": ("input_tokens: 0x400", "input_tokens", 1024),
    "an octal number": ("input_tokens: 0o2000", "input_tokens", 1024),
    "a number with a zero before it": ("input_tokens: 01024", "input_tokens", 1024),
    "a number with underscores": ("input_tokens: 1_024", "input_tokens", 1024),
    "lines that end as on Windows": ("title: a\r\nsubtitle: b\r\n", "title", "a"),
    "lines that end as on old machines": ("title: a\rsubtitle: b\r", "title", "a"),
    "a mark of the byte order": ("\ufefftitle: a", "title", "a"),
    "JSON": ('{"title": "a", "horizon": 24}', "horizon", 24),
    "letters of other scripts": ("title: Καλημέρα, שלום, Привет", "title", "Καλημέρα, שלום, Привет"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_a_number_or_a_day_that_cannot_be_is_refused_with_its_place(file, text, said):
    path = file("own.yaml", text)
    message = refusal(read_scenario, path)
    assert message.startswith(path)
    assert said in message


@pytest.mark.parametrize(("text", "name", "value"), AS_WRITTEN.values(), ids=AS_WRITTEN)
def test_what_looks_strange_and_is_plain_is_read_as_it_stands(file, text, name, value):
    found = getattr(read_scenario(file("own.yaml", text)), name)
    assert found == value
    assert type(found) is type(value)


def test_of_the_two_zeros_the_positive_one_is_read(file):
    assert math.copysign(1, read_scenario(file("own.yaml", "growth_per_year: -0.0")).growth_per_year) == 1
