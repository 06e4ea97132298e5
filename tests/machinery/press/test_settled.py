"""Tests of the HTML that stands on the page as the exhibits wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.exhibits.marks import mark
from analysis.exhibits.statements import points, say
from analysis.exhibits.tables import table
from analysis.machinery.press.settled import is_settled, with_marks_at_heads
from tests.machinery.press.test_html import Tags

FOREIGN = [
    "<script>x</script>",
    "<p onclick=x>a</p>",
    '<p onclick="x">a</p>',
    '<p style="x">a</p>',
    '<p id="report">a</p>',
    '<a href="javascript:x">a</a>',
    '<a href="https://example.org/">a</a>',
    '<a href="../a">a</a>',
    "<p>a",
    "a</p>",
    "<p><b>a</p></b>",
    "<!--part:sources-list-->",
    "<P>a</P>",
    '<img src="picture-1.svg">',
    "a < b",
]


@pytest.mark.parametrize("html", FOREIGN)
def test_what_exhibits_do_not_write_is_not_settled(html: str) -> None:
    assert not is_settled(html)


@given(st.text(max_size=40))
def test_what_exhibits_write_of_any_words_is_settled(words: str) -> None:
    plain = words.replace("{", "").replace("}", "")
    for shown in (say(plain, role="note"), points([say(plain)]), table("t", plain, ["a", plain], [["b", plain]])):
        assert is_settled(shown.html)


@given(st.text(alphabet='<>/"= abctdhrp-', max_size=40))
def test_what_is_settled_ends_what_it_begins(html: str) -> None:
    if is_settled(html):
        assert Tags(html).open == []


def test_a_mark_of_several_words_moves_like_any_other() -> None:
    cells = "".join(f'<td class="number">{mark(f"n{n}", "1", ["median-of-runs"])}</td>' for n in range(2))
    row = f'<tr><th scope="row">A</th>{cells}</tr>'
    heads = '<tr><th scope="col">P</th><th scope="col">Q</th><th scope="col">R</th></tr>'
    made = with_marks_at_heads(f"<table><thead>{heads}</thead><tbody>{row}</tbody></table>")
    assert made.count('data-word="median-of-runs" data-letter="h"') == 1
    assert made.count('<th scope="col">P</th><th class="number" scope="col">Q</th>') == 1
    assert 'class="number median-of-runs"' not in made


def test_a_table_with_cells_over_several_columns_stays_as_it_is() -> None:
    cell = f'<td class="number" colspan="2">{mark("n1", "1", ["assumed"])}</td>'
    odd = f"<table><thead><tr><th>a</th></tr></thead><tbody><tr>{cell}</tr><tr>{cell}</tr></tbody></table>"
    assert with_marks_at_heads(odd) == odd
