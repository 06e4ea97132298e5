"""Tests of the marks beside numbers."""

from analysis.machinery.press.marks import MARKS, of, shown


def test_letters_tell_the_marks_apart() -> None:
    letters = [mark.letter for mark in MARKS.values()]
    assert len(set(letters)) == len(letters)


def test_only_marks_that_occur_are_explained() -> None:
    html = '<span class="number interpolated" data-number="n1">1</span> <p class="placeholder">no number</p>'
    assert shown(html) == ["interpolated"]


def test_a_number_may_carry_several_marks() -> None:
    assert [mark.letter for mark in of("number placeholder interpolated")] == ["p", "i"]


def test_each_mark_has_its_letter_and_says_what_it_stands_for() -> None:
    assert {word: (mark.letter, mark.meaning) for word, mark in MARKS.items()} == {
        "placeholder": ("p", "a placeholder, called temporary by its own source, or computed from one"),
        "estimate": ("e", "an estimate, or computed from one"),
        "interpolated": ("i", "interpolated between measured points, or computed from such a value"),
        "assumed": ("a", "assumed for this analysis, or computed from an assumption"),
    }


def test_marks_are_explained_in_one_order_whatever_that_of_the_text() -> None:
    html = "".join(f'<span class="number {word}" data-number="n1">1</span>' for word in reversed(MARKS))
    assert shown(html) == list(MARKS)
    assert of("number") == []
