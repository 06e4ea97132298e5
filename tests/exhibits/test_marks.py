"""Tests of the mark by which a number on a page is tied to its record."""

import pytest

from analysis.exhibits.marks import LETTERS, Mark, cautions_in, mark, marked, marks_in, with_marks
from analysis.library.places import ROOT

SHOWN = [Mark("n1", "$4"), Mark("n2", "3 &lt; 4", ("interpolated", "placeholder")), Mark("n1", "$4.2", ("x",))]
PAGE = "<p>from " + " to ".join(mark(one.id, one.text, one.words) for one in SHOWN) + "</p>"


def test_what_is_written_is_what_is_read() -> None:
    assert marks_in(PAGE) == SHOWN
    assert with_marks(PAGE, lambda one: mark(one.id, one.text, one.words)) == PAGE
    assert with_marks(PAGE, lambda one: one.id) == "<p>from n1 to n2 to n1</p>"


@pytest.mark.parametrize(
    "html", ['<td class="number">4</td>', '<span class="numbers">4</span>', '<span data-number="n1">4</span>', "4"]
)
def test_what_only_resembles_a_mark_is_none(html: str) -> None:
    assert marks_in(html) == []


def test_an_element_shows_a_number_if_it_has_its_class_and_its_identifier() -> None:
    assert marked({"class": "number placeholder", "data-number": "n1"}) == "n1"
    assert marked({"class": "number"}) == marked({"data-number": "n1"}) == marked({"class": None}) == ""


def test_no_other_module_writes_or_reads_the_mark() -> None:
    """The name of the attribute stands in one module; `number` beside it is how pandoc calls it in Lua."""
    package = ROOT / "analysis"
    named = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*")
        if path.suffix in (".py", ".j2", ".css", ".lua", ".typ", ".js")
        if "data-number" in path.read_text(encoding="utf-8").replace("data-numbers", "")
    }
    assert named == {"exhibits/marks.py"}


def test_letters_tell_the_cautions_apart() -> None:
    letters = [caution.letter for caution in LETTERS.values()]
    assert len(set(letters)) == len(letters)


def test_only_cautions_that_occur_are_explained() -> None:
    html = f'{mark("n1", "1", ["interpolated"])} <p class="placeholder">no number</p>'
    assert cautions_in(html) == [LETTERS["interpolated"]]


def test_a_number_may_carry_several_cautions_and_words_that_are_none() -> None:
    one = Mark("n1", "1", ("placeholder", "large", "interpolated"))
    assert [caution.letter for caution in one.cautions] == ["p", "i"]


def test_cautions_are_explained_in_one_order_whatever_that_of_the_text() -> None:
    assert cautions_in("".join(mark("n1", "1", [word]) for word in reversed(LETTERS))) == [*LETTERS.values()]
