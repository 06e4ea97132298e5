"""The numbers-trail check under attack: any digit altered, any numeral brought in, anywhere on a finished page."""

import re
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.library.quantities import show
from analysis.machinery.press.amounts import agrees, amounts
from analysis.machinery.press.check import numerals
from analysis.machinery.press.front import Front, Provenance
from analysis.machinery.press.page import Page
from analysis.machinery.press.pdf import text
from analysis.studies.claims.rounding import printed
from tests.machinery.press.test_check import entries, page
from tests.support.press import check, html, pdf, register
from tests.support.report_notebook import notebook, record, span

FRONT = Front("A comparison", "Of HGX H200 and GB300 NVL72", date="2026-04-15")
MADE_FROM = Provenance((("Versions", "Python 3.11.2"), ("Data", "SHA-256 0f3c9a")))
DATE = re.compile(r"\d{4}-\d{2}")
STYLES = ["plain", "whole", "compact", "dollars", "compact dollars", "times", "percent"]
styles = st.sampled_from(STYLES)
magnitudes = st.tuples(st.floats(1, 10, exclude_max=True), st.integers(-9, 10)).map(
    lambda one: one[0] * 10.0 ** one[1]
)
numbers = st.one_of(magnitudes, magnitudes.map(lambda one: -one), st.integers(-(10**6), 10**6).map(float))
foreign = st.one_of(
    st.integers(10, 10**7).map(lambda one: f"{one:,}"),
    st.floats(0.001, 999).map(lambda one: f"{one:.3f}"),
    st.floats(1, 99).map(lambda one: f"${one:.2f}"),
    st.integers(2, 99).map(lambda one: f"{one}%"),
    st.integers(2, 99).map(lambda one: f"{one}x"),
    st.sampled_from(["½", "٤٢", "Ⅷ", "²", "1k/1k", "3rd", "1e6", "−7"]),
)


@cache
def finished() -> tuple[str, str, dict]:
    """A short report with text and a table: its page without fonts and pictures, its paper, its register."""
    made = notebook()
    del made.cells[6:13]
    shown = re.sub(r'(?s)<style.*?</style>|src="data:[^"]*"', "", html(made, FRONT, MADE_FROM))
    return shown, text(pdf(made, FRONT, MADE_FROM)), dict(register(made))


class _Places(Page):
    """Where a page can be written into: the start of each run of text that a reader reads."""

    def __init__(self, source: str) -> None:
        self.places: list[int] = []
        self.shown: list[tuple[int, str]] = []
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        super().__init__(source)

    def handle_data(self, data: str) -> None:
        line, column = self.getpos()
        place = self._lines[line - 1] + column
        within = self._open[-1]
        if not within.exempt and within.in_number:
            self.shown.append((place, data))
        elif not within.exempt:
            self.places.append(place)
        super().handle_data(data)


@cache
def places() -> _Places:
    return _Places(finished()[0])


@given(st.data())
@settings(max_examples=40)
def test_a_numeral_brought_in_anywhere_is_found(data):
    source, _, known = finished()
    place = data.draw(st.sampled_from(places().places))
    numeral = data.draw(foreign)
    (found, *more) = check(f"{source[:place]} {numeral} {source[place:]}", "", known)
    assert not more
    assert found.numeral == numeral


@given(st.data())
@settings(max_examples=15)
def test_a_digit_of_any_shown_number_that_is_altered_is_found(data):
    source, _, known = finished()
    place, shown = data.draw(st.sampled_from([one for one in places().shown if numerals(one[1])]))
    digits = [at for at, letter in enumerate(shown) if letter.isdigit()]
    at = data.draw(st.sampled_from(digits))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda one: one != shown[at]))
    altered = shown[:at] + digit + shown[at + 1 :]
    # A zero at the end of a whole number may only fill up: "90" shows 93.
    assume(not (digit == "0" and "." not in shown and not shown[at + 1 :].strip("0,xKMBT%")))
    assert source.startswith(shown, place)
    found = check(source[:place] + altered + source[place + len(shown) :], "", known)
    assert [one.numeral for one in found] == [altered.strip()]


@given(st.data())
@settings(max_examples=15)
def test_a_number_that_bears_the_name_of_another_is_found_unless_it_shows_it_too(data):
    source, _, known = finished()
    texts = {shown.id: shown.text for shown in Page(source).numbers if numerals(shown.text)}
    one, other = (data.draw(st.sampled_from(sorted(texts))) for _ in range(2))
    found = check(source.replace(f'data-number="{one}"', f'data-number="{other}"', 1), "", known)
    first = next(shown.text for shown in Page(source).numbers if shown.id == one)
    assert bool(found) != agrees(first, known[other].text, known[other].value)


@given(st.data(), st.integers(10**7, 10**9))
@settings(max_examples=15)
def test_a_numeral_that_only_the_pdf_has_is_found_wherever_it_stands(data, number):
    source, paper, known = finished()
    at = data.draw(st.sampled_from([place for place, letter in enumerate(paper) if letter == " "]))
    (found,) = check(source, f"{paper[:at]} {number:,} {paper[at:]}", known)
    # Behind the word "source" stands the number of a source, so that of "source 10,000" only ",000" is left.
    assert (found.form, f"{number:,}".endswith(found.numeral)) == ("PDF", True)


@given(numbers, styles, st.integers(1, 7))
@settings(max_examples=100)
def test_a_value_shown_with_any_digits_in_any_style_passes(number, style, digits):
    exact, shown = show(number, 8, style), show(number, digits, style)
    entry = record("value", number, exact)
    assert check(page(span(entry | {"text": shown})), "", entries(entry)) == []


@given(
    magnitudes, magnitudes, st.sampled_from(["plain", "compact", "dollars", "times", "percent"]), st.integers(1, 7)
)
@settings(max_examples=100)
def test_a_text_shows_a_value_exactly_where_the_reader_of_printed_figures_says_so(number, other, style, digits):
    """Two readers of figures that share no line agree on what a text can stand for; ties are both."""
    near = number * (1 + other * 10.0**-digits / 10)
    for candidate in (number, other, near):
        shown = show(candidate, digits, style)
        stands_for = printed(shown).wide.interval
        tie = min(abs(number - end) for end in stands_for) <= 1e-12 * number
        assume(not tie)
        assert agrees(shown, show(number, 9, style), number) == (stands_for[0] <= number <= stands_for[1])


@given(st.text(alphabet="0123456789.,-−$€%+/ ", max_size=14).filter(lambda typed: not DATE.search(typed)))
@settings(max_examples=100)
def test_whatever_is_typed_outside_of_a_number_is_found(typed):
    found = [one.numeral for one in check(page(f"word {typed} word"), "", {})]
    assert bool(found) == bool(numerals(typed))


@given(st.text(alphabet="0123456789.,-−$%xKMBe ", max_size=12), magnitudes)
@settings(max_examples=100)
def test_no_text_breaks_the_reader_of_amounts(typed, number):
    shows = agrees(typed, show(number, 8), number)
    assert not shows or len(amounts(typed)) == 1
