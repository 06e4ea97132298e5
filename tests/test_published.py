"""No word and no table of a shipped report changes unseen: they are what was looked at and approved."""

import pytest

from tests.published.records import FOLDER, RECORDS, approve, difference, plain, words


@pytest.mark.parametrize("name", RECORDS)
def test_what_is_shown_is_what_was_approved(name):
    said = difference(name, words(name))
    assert not said, said


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
