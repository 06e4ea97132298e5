"""Tests of the marks in tables: one that a whole column or row carries stands once, at its head."""

import re

import pytest
from nbformat.v4 import new_notebook

from analysis.exhibits.marks import mark
from analysis.machinery.press.front import Front, Provenance
from tests.support.press import bodies, html
from tests.support.report_notebook import code, display, record

LETTER = {"a": "assumed", "e": "estimate"}


def written(*rows: str, head: str = "Platform First Second"):
    """A table of numbers, each followed by its marks: `1ae` is assumed and an estimate."""
    numbers = iter(range(1, 100))

    def cell(text: str) -> str:
        words = [LETTER[letter] for letter in text.lstrip("0123456789")]
        return f'<td class="number">{mark(f"n{next(numbers)}", text.rstrip("ae"), words)}</td>'

    lines = [f"<tr><th>{row.split()[0]}</th>{''.join(map(cell, row.split()[1:]))}</tr>" for row in rows]
    heads = "".join(f"<th>{word}</th>" for word in head.split())
    html = f"<table><caption>C</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    records = [record("a", 1, "1", id=f"n{number}") for number in range(1, 2 * len(rows) + 1)]
    return bodies(
        new_notebook(cells=[code("", display("table", "text/html", html, name="t", numbers=records))]), ("pdf",)
    )


def at_head(html: str, word: str) -> str:
    """The letters beside a word."""
    marks = re.search(rf">{word}((?:<span[^>]*></span>)*)</", html)[1]
    return "".join(re.findall(r'class="mark head-mark" data-word="\w+" data-letter="(\w)"', marks))


def test_a_mark_of_all_numbers_of_a_column_stands_at_its_head_alone() -> None:
    made = written("A 1a 2", "B 3a 4")
    assert (at_head(made.html, "First"), at_head(made.html, "Second")) == ("a", "")
    assert "number assumed" not in made.html
    assert '#letter("assumed")' in made.pdf


def test_a_mark_of_all_numbers_of_a_row_stands_at_its_head_alone() -> None:
    made = written("A 1e 2e", "B 3 4")
    assert (at_head(made.html, "A"), at_head(made.html, "B")) == ("e", "")
    assert "number estimate" not in made.html


def test_a_mark_that_only_some_numbers_carry_stays_with_them() -> None:
    made = written("A 1a 2", "B 3 4a")
    assert "data-letter" not in made.html
    assert made.html.count("number assumed") == 2


def test_of_several_marks_only_the_shared_one_moves() -> None:
    made = written("A 1ae 2", "B 3a 4")
    assert at_head(made.html, "First") == "a"
    assert made.html.count('class="number estimate"') == 1


def test_letters_of_one_number_stand_side_by_side_and_not_upon_each_other() -> None:
    cells = f"<td>{mark('n1', '1', ['assumed', 'estimate'])}</td>"
    shown = f"<table><caption>C</caption><thead><tr><th>P</th></tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    output = display("table", "text/html", shown, name="t", numbers=[record("a", 1, "1", id="n1")])
    made = html(new_notebook(cells=[code("", output)]), Front("T"), Provenance(()))
    assert made.count('1<sup class="mark" data-letter="ae"></sup>') == 1


@pytest.mark.parametrize("rows", [("A 1a 2",), ("A 1a 2a",)])
def test_a_number_alone_in_its_column_keeps_its_mark_unless_its_row_shares_it(rows: tuple[str]) -> None:
    made = written(*rows)
    assert at_head(made.html, "First") == ""
    assert ("number assumed" in made.html) == (at_head(made.html, "A") == "")


def test_digits_of_a_column_line_up_beside_its_marks_and_only_there() -> None:
    made = written("A 1a 2", "B 3 4")
    assert made.pdf.count("#cell-number(") == 2
    assert made.pdf.count("[#number(") == 2
