"""Nothing that is shown changes unseen: it is what the approved records say."""

import pytest

from tests.published.records import FOLDER, approve, difference, records

RECORDS = records()


@pytest.mark.parametrize("name", RECORDS)
def test_what_is_shown_is_what_was_approved(name):
    said = difference(name, RECORDS[name]())
    assert not said, said


def test_every_record_is_compared():
    there = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.txt")}
    assert there == set(RECORDS)


def test_a_difference_is_told_by_its_lines_and_the_command(tmp_path):
    approve("one/two", "first\nsecond\nthird\n", tmp_path)
    assert difference("one/two", "first\nsecond\nthird\n", tmp_path) == ""
    said = difference("one/two", "first\nother\nthird\n", tmp_path)
    assert "`python -m tests.published one/two`" in said
    assert said.splitlines()[-4:] == [" first", "-second", "+other", " third"]


def test_a_long_difference_is_cut_and_one_without_a_record_is_all_of_it(tmp_path):
    said = difference("new", "\n".join(map(str, range(100))), tmp_path).splitlines()
    assert len(said) == 42
    assert said[-1] == "... and 63 lines more"
