"""A printed figure stands for the values that round to it, in every spelling that is understood."""

from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from math import inf, isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.studies.claims.rounding import BOUNDS, printed
from analysis.studies.claims.rounding.text import LONGEST_TEXT

# What NVIDIA printed in 2026 about HGX H200 and GB300 NVL72: text, bound, ends of the narrow and the wide reading.
PUBLISHED = [
    ("$1.41", "equal", (1.405, 1.415), (1.405, 1.415)),
    ("$2.65", "equal", (2.645, 2.655), (2.645, 2.655)),
    ("2x", "about", (1, 3), (1, 3)),
    ("2.8 PFLOPS", "equal", (2.75, 2.85), (2.75, 2.85)),
    ("5.6 PFLOPS", "equal", (5.55, 5.65), (5.55, 5.65)),
    ("90", "equal", (89.5, 90.5), (85, 95)),
    ("6,000", "equal", (5999.5, 6000.5), (5500, 6500)),
    ("65x", "equal", (64.5, 65.5), (64.5, 65.5)),
    ("54K", "equal", (53500, 54500), (53500, 54500)),
    ("2.8M", "equal", (2.75e6, 2.85e6), (2.75e6, 2.85e6)),
    ("50x", "equal", (49.5, 50.5), (45, 55)),
    ("50x", "at least", (50, inf), (50, inf)),
    ("$4.20", "equal", (4.195, 4.205), (4.195, 4.205)),
    ("$0.12", "equal", (0.115, 0.125), (0.115, 0.125)),
    ("35x", "equal", (34.5, 35.5), (34.5, 35.5)),
    ("35x", "nearly", (34, 35), (34, 35)),
]

# Text, value, unit, one unit of the last printed digit.
SPELLINGS = [
    ("6,000", 6000, "", 1),
    ("6 000", 6000, "", 1),
    ("6\u00a0000", 6000, "", 1),
    ("6\u2009000", 6000, "", 1),
    ("6\u202f000", 6000, "", 1),
    ("6_000", 6000, "", 1),
    ("1,234,567.8", 1234567.8, "", 0.1),
    (".5", 0.5, "", 0.1),
    ("0.050", 0.05, "", 0.001),
    ("54K", 54000, "", 1000),
    ("54k tok/s/MW", 54000, "tok/s/MW", 1000),
    ("54 K tok/s/MW", 54000, "tok/s/MW", 1000),
    ("54 thousand", 54000, "", 1000),
    ("2.8M", 2.8e6, "", 1e5),
    ("1.2 million tokens", 1.2e6, "tokens", 1e5),
    ("3.5B", 3.5e9, "", 1e8),
    ("3.5 bn", 3.5e9, "", 1e8),
    ("1.5 Billion", 1.5e9, "", 1e8),
    ("1.1T", 1.1e12, "", 1e11),
    ("1.1 trillion", 1.1e12, "", 1e11),
    ("1.5e3", 1500, "", 100),
    ("1.5E+3", 1500, "", 100),
    ("15e-1", 1.5, "", 0.1),
    ("1.5 × 10^3", 1500, "", 100),
    ("1.5×10³", 1500, "", 100),
    ("1.5 x 10**3", 1500, "", 100),
    ("1.5·10⁻³ s", 0.0015, "s", 0.0001),
    ("1.5 × 10^−3", 0.0015, "", 0.0001),
    ("$4.20", 4.2, "USD", 0.01),
    ("US$4.20", 4.2, "USD", 0.01),
    ("4.20 USD", 4.2, "USD", 0.01),
    ("$4.20 USD", 4.2, "USD", 0.01),
    ("usd 4.20", 4.2, "USD", 0.01),
    ("€3", 3, "EUR", 1),
    ("3 €/GPU/h", 3, "EUR/GPU/h", 1),
    ("3 EUR", 3, "EUR", 1),
    ("gbp 2.50", 2.5, "GBP", 0.01),
    ("30 CNY/GPU/h", 30, "CNY/GPU/h", 1),
    ("JPY 6,450", 6450, "JPY", 1),
    ("£2.5M", 2.5e6, "GBP", 1e5),
    ("$0.12 per million tokens", 0.12, "USD per million tokens", 0.01),
    ("$0.12/1M tokens", 0.12, "USD/1M tokens", 0.01),
    ("2.8 PFLOPS", 2.8, "PFLOPS", 0.1),
    ("2.8 PFLOPS/$", 2.8, "PFLOPS/$", 0.1),
    ("1.4 kW all-in", 1.4, "kW all-in", 0.1),
    ("15 min.", 15, "min.", 1),
    ("65x", 65, "x", 1),
    ("65 ×", 65, "x", 1),
    ("2Kx", 2000, "x", 1000),
    ("8 B200 GPUs", 8, "B200 GPUs", 1),
    ("65 times", 65, "x", 1),
    ("35x lower cost", 35, "x lower cost", 1),
    ("35%", 0.35, "%", 0.01),
    ("35 percent", 0.35, "%", 0.01),
    ("2.5 per cent", 0.025, "%", 0.001),
]


@pytest.mark.parametrize(("text", "bound", "narrow", "wide"), PUBLISHED)
def test_published_figures_stand_for_these_intervals(text, bound, narrow, wide):
    figure = printed(text, bound)
    assert figure.narrow.interval == narrow
    assert figure.wide.interval == wide
    assert figure.interval == wide
    assert figure.ambiguous == (narrow != wide)


@pytest.mark.parametrize(("text", "value", "unit", "step"), SPELLINGS)
def test_every_spelling_is_read_in_base_terms(text, value, unit, step):
    figure = printed(text)
    assert (figure.value, figure.unit, figure.step) == (value, unit, step)
    assert figure.ends == (value, value)


@pytest.mark.parametrize(
    ("text", "bound", "interval"),
    [
        ("more than 50x", "at least", (50, inf)),
        ("over 51x", "at least", (51, inf)),
        (">51", "at least", (51, inf)),
        ("≥ 51", "at least", (51, inf)),
        ("51x+", "at least", (51, inf)),
        ("51 or more", "at least", (51, inf)),
        ("51x or higher", "at least", (51, inf)),
        ("up to 25x", "at most", (0, 25)),
        ("less than $0.05", "at most", (0, 0.05)),
        ("<= 25", "at most", (0, 25)),
        ("nearly 35x", "nearly", (34, 35)),
        ("Just under $0.12", "nearly", (0.11, 0.12)),
        ("almost 2.8M", "nearly", (2.7e6, 2.8e6)),
        ("~2x", "about", (1, 3)),
        ("roughly 2.0x", "about", (1.9, 2.1)),
        ("approx. 54K", "about", (53000, 55000)),
        ("About 5%", "about", (0.04, 0.06)),
    ],
)
def test_words_of_bound_in_the_text_are_the_bound(text, bound, interval):
    figure = printed(text)
    assert (figure.bound, figure.interval) == (bound, interval)
    assert printed(text, bound) == figure


BOUND_WORDS = {
    "about": ["about", "approximately", "approx.", "approx", "around", "circa", "ca.", "close to", "roughly"],
    "at least": ["at least", "above", "greater than", "more than", "no less than", "over", ">=", "≥", ">"],
    "at most": ["at most", "below", "less than", "no more than", "under", "up to", "<=", "≤", "<"],
    "nearly": ["almost", "just under", "nearly"],
}


@pytest.mark.parametrize(("bound", "word"), [(bound, word) for bound, words in BOUND_WORDS.items() for word in words])
def test_a_word_of_bound_before_a_figure_is_one_in_either_case(bound, word):
    assert printed(f"{word} 25x").bound == printed(f"{word.upper()} 25x").bound == bound


NOT_BEHIND = (
    "about approx approximately around circa roughly least max maximum minimum minus most not plus and dozen e"
    " hundred mn or to k m b bn t thousand million billion trillion usd eur gbp cny jpy $ €"
)


@pytest.mark.parametrize("word", NOT_BEHIND.split())
def test_a_word_that_changes_what_a_figure_says_is_no_unit_behind_it(word):
    for written in (word, word.upper()):
        with pytest.raises(InputError, match="expected a unit word or the end of the text"):
            printed(f"25 tok {written}")


@pytest.mark.parametrize(
    ("text", "ends", "unit", "narrow", "wide"),
    [
        ("31-35x", (31, 35), "x", (30.5, 35.5), (30.5, 35.5)),
        ("30–35x", (30, 35), "x", (29.5, 35.5), (25, 35.5)),
        ("31x to 35x", (31, 35), "x", (30.5, 35.5), (30.5, 35.5)),
        ("0.3 to 0.6", (0.3, 0.6), "", (0.25, 0.65), (0.25, 0.65)),
        ("about 0.3 to 0.6", (0.3, 0.6), "", (0.2, 0.7), (0.2, 0.7)),
        ("31-35K tok/s", (31000, 35000), "tok/s", (30500, 35500), (30500, 35500)),
        ("900K-1.2M", (900e3, 1.2e6), "", (899.5e3, 1.25e6), (850e3, 1.25e6)),
        ("$3-4", (3, 4), "USD", (2.5, 4.5), (2.5, 4.5)),
        ("5-10%", (0.05, 0.10), "%", (0.045, 0.105), (0.045, 0.15)),
        ("1.5e-3-2e-3", (0.0015, 0.002), "", (0.00145, 0.0025), (0.00145, 0.0025)),
        ("7-7", (7, 7), "", (6.5, 7.5), (6.5, 7.5)),
    ],
)
def test_a_range_runs_from_below_its_lower_to_above_its_upper_figure(text, ends, unit, narrow, wide):
    figure = printed(text)
    assert (figure.ends, figure.unit) == (ends, unit)
    assert (figure.narrow.interval, figure.wide.interval) == (narrow, wide)
    assert figure.value == pytest.approx(sum(ends) / 2)


def test_each_zero_of_an_integer_opens_one_more_reading():
    figure = printed("6,000")
    assert [reading.step for reading in figure.readings] == [1, 10, 100, 1000]
    assert [reading.interval for reading in figure.readings] == [
        (5999.5, 6000.5),
        (5995, 6005),
        (5950, 6050),
        (5500, 6500),
    ]


@pytest.mark.parametrize("text", ["6.000", "0", "0.0", "101", "4.20", "1.0e3", "more than 50x", "up to 6,000"])
def test_decimals_zero_and_thresholds_are_not_ambiguous(text):
    assert not printed(text).ambiguous


def test_zeros_before_a_power_of_ten_are_as_ambiguous_as_without():
    assert [r.interval for r in printed("50K").readings] == [(49500, 50500), (45000, 55000)]
    assert printed("50e3").readings == printed("50K").readings == printed("50 × 10³").readings


def test_distance_counts_units_of_the_last_printed_digit():
    assert printed("$4.20").distance(4.2045) == pytest.approx(0.45)
    assert printed("65x").distance(64.09) == pytest.approx(-0.91)
    assert printed("54K").distance(53845) == pytest.approx(-0.155)
    assert printed("90").distance(93.153) == pytest.approx(3.153)
    assert printed("more than 50x").distance(57) == 7
    assert [printed("31-35x").distance(value) for value in (29, 33, 36)] == [-2, 0, 1]


def test_half_way_cases_belong_to_both_neighbors():
    assert printed("65x").contains(65.5)
    assert printed("66x").contains(65.5)
    assert not printed("65x").contains(65.500001)
    assert printed("$4.20").contains(4.205)
    assert printed("$4.21").contains(4.205)


def test_an_end_is_rounded_once_however_many_digits_it_has():
    """Between two floats, and above the middle by the last of forty digits only."""
    low, high = printed("9007199254740993.0000000000000000000000001").interval
    assert (low, high) == (9007199254740994.0, 9007199254740994.0)


def test_no_interval_reaches_below_zero():
    assert printed("0.00").interval == (0, 0.005)
    assert printed("about 0").interval == (0, 1)
    assert printed("about 10").wide.interval == (0, 20)


def test_not_a_number_is_in_no_interval():
    assert not printed("up to 25x").contains(nan)
    assert isnan(printed("25x").distance(nan))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("$4.20", "'$4.20' stands for 4.195 to 4.205 USD"),
        ("35%", "'35%' stands for 34.5 to 35.5%"),
        ("more than 51x", "'more than 51x' stands for 51x or more"),
        ("up to 25x", "'up to 25x' stands for 25x or less"),
        ("5 xpu", "'5 xpu' stands for 4.5 to 5.5 xpu"),
        ("35x lower cost", "'35x lower cost' stands for 34.5 to 35.5x lower cost"),
        (
            "6,000",
            "'6,000' has ambiguous zeros: it stands for 5,999.5 to 6,000.5 if every digit counts, "
            "for 5,500 to 6,500 if no trailing zero does",
        ),
    ],
)
def test_the_phrase_says_the_interval_and_whether_zeros_are_ambiguous(text, phrase):
    assert printed(text).phrase == phrase


@pytest.mark.parametrize(
    ("text", "character", "found"),
    [
        ("", 1, "nothing"),
        ("about", 6, "nothing"),
        ("fast", 1, "'fast'"),
        ("-5%", 1, "'-5%'"),
        ("6,00", 2, "',00'"),
        ("6,0000", 2, "',0000'"),
        ("1,000 000", 7, "'000'"),
        ("1.234,5", 6, "',5'"),
        ("90.", 3, "'.'"),
        ("5.5.5", 4, "'.5'"),
        ("007", 2, "'07'"),
        ("5½", 2, "'½'"),
        ("10³", 3, "'³'"),
        ("5万", 2, "'万'"),
        ("٥", 1, "'٥'"),
        ("5e100", 2, "'e100'"),
        ("5 e3", 3, "'e3'"),
        ("1/3", 3, "'3'"),
        ("4K9", 2, "'K9'"),
        ("6to8x", 2, "'to8x'"),
        ("5 m", 3, "'m'"),
        ("5 dozen", 3, "'dozen'"),
        ("5 timeſ", 3, "'timeſ'"),
        ("5 mıllıon", 3, "'mıllıon'"),
        ("50 at least", 7, "'least'"),
        ("5 tok/s or more", 9, "'or more'"),
        ("up to about 25x", 7, "'about 25x'"),
        ("more than 50+", 13, "'+'"),
        ("$4.20 €", 7, "'€'"),
        ("4.20 EUR USD", 10, "'USD'"),
        ("$3-€4", 4, "'€4'"),
        ("30x-35", 5, "'35'"),
        ("35-30x", 4, "'30x'"),
        ("30-", 4, "nothing"),
        ("4 USD per", 10, "nothing"),
        ("4 tok//s", 7, "'/s'"),
        ("5 tokens 1M", 10, "'1M'"),
        ("5\x00", 2, r"'\x00'"),
    ],
)
def test_text_that_is_not_understood_is_refused_with_the_place(text, character, found):
    with pytest.raises(InputError) as refusal:
        printed(text)
    message = str(refusal.value)
    assert message.startswith(f"printed figure {text!r}, character {character}: found {found}, expected ")
    assert '"more than"' in message


@pytest.mark.parametrize("number", [None, 4.2, 6000, b"90"])
def test_a_number_in_place_of_its_text_is_refused(number):
    with pytest.raises(InputError, match="is text, found"):
        printed(number)


def test_text_longer_than_any_figure_is_refused():
    assert printed("1" * LONGEST_TEXT).value == pytest.approx(int("1" * LONGEST_TEXT))
    with pytest.raises(InputError, match=f"121 characters, allowed: {LONGEST_TEXT}"):
        printed("1" * (LONGEST_TEXT + 1))


def test_an_unknown_bound_names_the_nearest():
    with pytest.raises(InputError, match="'at leest' is not known; did you mean 'at least'"):
        printed("50x", "at leest")


def test_a_bound_that_contradicts_the_text_is_refused():
    with pytest.raises(InputError, match="the text says 'nearly', the bound given is 'at least'"):
        printed("nearly 35x", "at least")


@pytest.mark.parametrize("bound", ["at least", "at most", "nearly"])
def test_a_range_has_no_one_sided_bound(bound):
    with pytest.raises(InputError, match="a range is read as equal or about"):
        printed("30-35x", bound)


positive_decimals = st.decimals(min_value=Decimal("1e-9"), max_value=Decimal("1e15"), allow_nan=False)
separators = st.sampled_from([",", "_", " ", "\u2009", "\u202f"])


@given(positive_decimals, st.integers(0, 12), separators)
def test_a_number_lies_in_the_interval_of_its_own_print(value, places, separator):
    text = f"{value:,.{places}f}".replace(",", separator)
    assert printed(text).narrow.contains(float(value))


@given(st.floats(1e-9, 1e15), st.integers(1, 15))
def test_a_number_lies_in_the_wide_interval_of_its_significant_digits(value, digits):
    rounded = Decimal(value).quantize(Decimal((0, (1,), Decimal(value).adjusted() - digits + 1)), ROUND_HALF_EVEN)
    assert printed(f"{rounded:f}").contains(value)
    assert printed(f"{rounded:E}").contains(value)


@given(st.integers(1, 10**9), st.integers(0, 9))
def test_the_interval_is_one_step_wide_and_centered(digits, places):
    for bound, steps in (("equal", 1), ("about", 2)):
        figure = printed(f"{Decimal(digits).scaleb(-places):f}", bound)
        for reading in figure.readings:
            lower, upper = reading.interval
            assert upper - figure.value == pytest.approx(steps * reading.step / 2, rel=1e-6)
            assert lower == pytest.approx(max(0, 2 * figure.value - upper), abs=1e-6 * reading.step)


@given(st.integers(1, 10**12))
def test_every_wider_reading_contains_the_narrower_ones(number):
    readings = printed(f"{number:,}").readings
    for narrower, wider in pairwise(readings):
        assert wider.contains(narrower.interval[0])
        assert wider.contains(narrower.interval[1])
        assert wider.step == 10 * narrower.step


@given(st.integers(1, 999), st.sampled_from("KMBT"))
def test_a_magnitude_is_its_power_of_ten(number, magnitude):
    power = {"K": 3, "M": 6, "B": 9, "T": 12}[magnitude]
    figure = printed(f"{number}{magnitude}")
    assert figure.readings == printed(f"{number}e{power}").readings
    assert figure.value == number * 10**power


pieces = st.sampled_from(
    [*"0123456789.,_-+~<>$€%xXeEKMBT^*/· \t\n", "×", "10^", "³", "⁻", "–", "to", "per", "more than", "up to", "1,000"]
)
nearly_figures = st.lists(pieces, max_size=14).map("".join)
any_text = st.one_of(st.text(max_size=40), nearly_figures)


@given(any_text, st.sampled_from(BOUNDS))
def test_any_text_is_read_or_refused(text, bound):
    try:
        figure = printed(text, bound)
    except InputError:
        return
    lower, upper = figure.interval
    assert 0 <= lower <= figure.ends[0] <= figure.ends[1] <= upper
    assert figure.contains(figure.value)
    assert figure.distance(figure.value) == 0
    assert printed(figure.text, figure.bound) == figure


@pytest.mark.parametrize(
    "piece", [" ", "9", "9,", "1,000", ",000", "1 000", "0", "x", "tok/", "a-", "per ", "×10", "."]
)
def test_repetition_is_answered_without_exploding(piece):
    for start in ("", "5", "about "):
        text = (start + piece * LONGEST_TEXT)[: LONGEST_TEXT - 1] + "!"
        with pytest.raises(InputError):
            printed(text)
