"""Tests of the report's promise that nothing stands on it that nothing stands behind."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis.machinery.press.check import ALLOWED, Unbacked, UnbackedNumeralError, demand, numerals
from analysis.machinery.press.front import Front, Provenance
from analysis.machinery.press.numbers import Register
from analysis.machinery.press.pdf import text
from tests.support.press import check, html, pdf, register
from tests.support.report_notebook import code, display, notebook, picture, record, span

FRONT = Front("A comparison", "Of HGX H200 and GB300 NVL72", date="2026-04-15")
MADE_FROM = Provenance((("Versions", "Python 3.11.2"), ("Data", "SHA-256 0f3c9a")))
ENTRY = record("cost", 4.2046, "$4.205", sources=[{"id": "s-7", "title": "Constants of July 2026"}])


def page(body: str) -> str:
    return f"<h2>Costs</h2><p>{body}</p>"


def entries(*records: dict) -> Register:
    shown = "".join(map(span, records))
    return register(new_notebook(cells=[code("", display("text", "text/html", shown, list(records)))]))


def found(body: str) -> list[str]:
    return [one.numeral for one in check(page(body), "", entries(ENTRY))]


@cache
def finished() -> tuple[str, str]:
    return html(notebook(), FRONT, MADE_FROM), text(pdf(notebook(), FRONT, MADE_FROM))


def test_a_whole_report_of_computed_numbers_passes() -> None:
    assert check(*finished(), register(notebook())) == []


def test_a_figure_typed_into_a_notebook_stops_the_report() -> None:
    made = notebook()
    made.cells.insert(6, new_markdown_cell("As everybody knows, it costs $4.20 per million tokens."))
    with pytest.raises(
        UnbackedNumeralError, match=r"'\$4.20' in section 'Where the inputs come from'.*everybody knows"
    ):
        demand(check(html(made, FRONT, MADE_FROM), "", register(made)))


@pytest.mark.parametrize(
    "markdown",
    ["costs 42", "## Chapter 42", "- 42 items", "| a | b |\n|---|---|\n| x | 42 |", "$t = 42$", "`42`", "x^42^",
     "[42](https://example.org)", "**4**2", "four ½", "![42](a.png)", "a footnote[^1]\n\n[^1]: of 42", "> 42",
     "Term\n:   42", "::: {.note}\n42\n:::", "~~~\n42\n~~~"],
)  # fmt: skip
def test_a_figure_is_found_wherever_markdown_can_hold_it(markdown: str) -> None:
    made = new_notebook(cells=[new_markdown_cell(f"## Head\n\n{markdown}")])
    assert check(html(made, FRONT, MADE_FROM), "", {})


def test_prose_cannot_pass_itself_off_as_generated_or_registered() -> None:
    forged = (
        '::: {.generated data-generated="x"}\n42\n:::\n\n[43]{.number data-number="n1"} '
        '<span data-generated="">44</span>'
        "\n\n::: {.equation}\n45\n:::\n\n[46]{.section-number}\n\n`47`{.code} [48]{.quoted}"
    )
    made = new_notebook(cells=[new_markdown_cell(forged)])
    held = " ".join(one.numeral for one in check(html(made, FRONT, MADE_FROM), "", {}))
    assert all(figure in held for figure in ("42", "43", "44", "45", "46", "47", "48"))


def test_a_typed_figure_in_caption_or_alternative_text_is_found() -> None:
    figure = display(
        "figure", "image/svg+xml", picture(1), [ENTRY], name="a", csv="", alt="It costs $4.20, not $5.",
        caption=f"A cost of {span(ENTRY)}, up 7%.",
    )  # fmt: skip
    made = new_notebook(cells=[code("", figure)])
    held = check(html(made, FRONT, MADE_FROM), "", register(made))
    assert [one.numeral for one in held] == ["$5", "7%"]


def test_a_number_that_differs_from_its_entry_is_found() -> None:
    assert found(span(ENTRY | {"text": "$4.35"})) == ["$4.35"]
    assert found(span(ENTRY | {"text": "$4.20"})) == []


def test_a_number_of_no_entry_is_found() -> None:
    (one,) = check(page(span(record("other", 1.0, "1"))), "", entries(ENTRY))
    assert "no entry" in one.context


def test_a_numeral_that_equals_a_registered_number_is_still_typed() -> None:
    assert found("$4.205") == ["$4.205"]


def test_a_quotation_is_allowed_where_it_is_marked_and_nowhere_else() -> None:
    quoted = '<span class="quoted">nearly 35x lower</span>'
    assert found(f"It says: {quoted}.") == []
    assert found(f"It says: {quoted}, and it is nearly 35x lower.") == ["35x"]
    assert found(f"5{quoted} times")
    assert found(f"{quoted}6 times")


def test_a_name_in_an_alternative_text_is_allowed_in_that_text_alone() -> None:
    def figure(name: str, alt: str, quoted: list[str]) -> dict:
        words = {"name": name, "alt": alt, "quoted": quoted, "caption": "A figure.", "csv": ""}
        return display("figure", "image/svg+xml", picture(1), [], **words)

    made = new_notebook(
        cells=[code("", figure("a", "at 1k/1k and 11k/1k", ["1k/1k", 'the "5"']), figure("b", "at 1k/1k", []))]
    )
    held = check(html(made, FRONT, MADE_FROM), "", register(made))
    assert [one.numeral for one in held] == ["11k/1k", "1k/1k"]


@pytest.mark.parametrize(
    "text",
    ["2026-04-15", "(2026-04)", "Figure 3 and Table 12", "see Section 2.1.", "FP8", "GB300 NVL72, H200.", "v5.1",
     "data/rows.csv, line 1184"],
)  # fmt: skip
def test_numbering_dates_names_and_places_are_allowed(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    ["2026", "$2026-04-15", "USD5", "x2", "H200.5", "2026-04-15%", "3rd", "1k/1k", "٤٢", "²", "Ⅷ", "1e6", "-1",
     "FP8-4.2", "one of Figure 3.1.2"],
)  # fmt: skip
def test_what_only_looks_like_something_allowed_is_found(text: str) -> None:
    assert found(text)


def test_each_allowance_has_its_reason() -> None:
    assert all(pattern and reason for pattern, reason in ALLOWED)


@given(st.integers(0, 10**9))
def test_any_whole_number_in_prose_is_found(number: int) -> None:
    assert found(f"there are {number} of them") == [str(number)]


@given(st.text(alphabet=st.characters(exclude_categories=["N", "Cs", "Cc"]), max_size=60))
def test_text_without_digits_needs_no_entry(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    assert numerals(words) == found(escaped) == []


def test_a_numeral_that_only_the_pdf_shows_is_found() -> None:
    page_text, pdf_text = finished()
    (one,) = check(page_text, pdf_text + "\nand 424,242 more", register(notebook()))
    assert (one.form, one.numeral) == ("PDF", "424,242")


def test_the_message_lists_a_score_and_counts_the_rest() -> None:
    body = "</p><p>".join(f"item {number}" for number in range(100, 130))
    with pytest.raises(UnbackedNumeralError, match="and 10 more"):
        demand(check(page(body), "", {}))


def test_what_is_found_says_form_section_and_words() -> None:
    assert check(page("it costs 42, now"), "", {}) == [Unbacked("HTML", "Costs", "42", "it costs 42, now")]
    (other,) = check(page(span(record("other", 1.0, "1"))), "", entries(ENTRY))
    assert (other.form, other.section, other.numeral) == ("HTML", "Costs", "1")
    assert other.context == f"the register has no entry {record('other', 1.0, '1')['id']!r}"
    (wrong,) = check(page(span(ENTRY | {"text": "$4.35"})), "", entries(ENTRY))
    assert wrong == Unbacked("HTML", "Costs", "$4.35", "its entry, cost, is $4.205")
    assert check("<p>no</p>", "and 7 more", {}) == [Unbacked("PDF", "any", "7", "and 7 more")]


def test_the_words_around_a_numeral_are_sixty_letters_to_each_side_and_numbers_are_marked() -> None:
    (found,) = check(page("a" * 100 + f" {span(ENTRY)} 42 " + "b" * 100), "", entries(ENTRY))
    assert found.context == "…" + "a" * 57 + " # 42" + " " + "b" * 59 + "…"
    (short,) = check(page("a" * 30 + " 42 " + "b" * 30), "", {})
    assert short.context == "a" * 30 + " 42 " + "b" * 30


@pytest.mark.parametrize("level", range(1, 7))
def test_the_section_is_the_heading_above_of_any_level(level: int) -> None:
    body = f"<p>1</p><h{level}>Costs <em>now</em></h{level}><p>2</p>"
    assert [(one.section, one.numeral) for one in check(body, "", {})] == [("the head", "1"), ("Costs now", "2")]


def test_names_may_be_written_small_and_marks_around_a_numeral_are_not_part_of_it() -> None:
    assert found("gb300 and fp8e, h100.") == []
    assert found("(42), 43: 44; 46X.") == ["42", "43", "44", "46X"]
