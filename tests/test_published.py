"""No word and no table of a shipped report changes unseen: they are what was looked at and approved."""

import pytest

from tests.published.pictures import PAGE, PICTURES, REPORTS, is_current, page, path_of
from tests.published.records import COMMAND, FOLDER, RECORDS, approve, difference, plain, words


@pytest.mark.parametrize("name", RECORDS)
def test_what_is_shown_is_what_was_approved(ran, name):
    said = difference(name, words(name, ran))
    assert not said, said


@pytest.mark.parametrize("name", REPORTS)
def test_the_picture_of_a_report_is_not_older_than_its_words(name):
    assert is_current(name), f"`{COMMAND} {name}` draws it anew"


def test_the_page_shows_every_picture_and_all_are_small_enough_to_be_kept():
    assert PAGE.read_text(encoding="utf-8") == page()
    assert {*PICTURES.glob("*.png")} == {*map(path_of, REPORTS)}
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 1_500_000


def test_every_record_is_compared_and_all_are_small_enough_to_be_read():
    there = {
        path.relative_to(FOLDER).with_suffix("").as_posix(): path.stat().st_size for path in FOLDER.rglob("*.txt")
    }
    assert set(there) == set(RECORDS)
    assert sum(there.values()) < 400_000


def test_a_difference_is_told_by_its_lines_and_the_command(tmp_path):
    approve("one/two", "first\nsecond\nthird\n", tmp_path)
    assert difference("one/two", "first\nsecond\nthird\n", tmp_path) == ""
    said = difference("one/two", "first\nother\nthird\n", tmp_path)
    assert "`python -m tests.published one/two`" in said
    assert said.splitlines()[-4:] == [" first", "-second", "+other", " third"]


def test_a_page_is_read_as_its_words_row_by_row():
    table = "<table><caption>A &amp; B</caption><tr><th>x</th><td><span class='number'>1.5</span></td></tr></table>"
    assert plain(f"<p>One <em>two</em>.</p>{table}<img src='data:x'>") == ["One two.", "A & B", "x | 1.5"]
