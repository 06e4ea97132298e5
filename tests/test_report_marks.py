"""Tests of the marks beside numbers."""

from analysis.report.marks import MARKS, of, shown


def test_letters_tell_the_marks_apart() -> None:
    letters = [mark.letter for mark in MARKS.values()]
    assert len(set(letters)) == len(letters)


def test_only_marks_that_occur_are_explained() -> None:
    html = '<span class="number interpolated" data-number="n1">1</span> <p class="placeholder">no number</p>'
    assert shown(html) == ["interpolated"]


def test_a_number_may_carry_several_marks() -> None:
    assert [mark.letter for mark in of("number placeholder interpolated")] == ["p", "i"]
