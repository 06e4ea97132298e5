import json
import re

import pytest

from analysis.drift.compare import drift
from analysis.drift.forms import as_json, as_text, moved
from analysis.drift.page import page, write
from analysis.drift.sides import sides
from analysis.errors import InputError
from tests.receipts import FINDING, VERDICT, entry, folder

HOSTILE = "<script>alert(1)</script> \x1b[31m $x$ [a](http://b) | 35"
MADE = {"formula": "cost_per_million_tokens"}
BEFORE = [entry("n1", 4.2, **MADE), entry("n2", 7.0, "count, rows"), entry("n3", 0.0, "margin, nobody", **MADE)]
AFTER = [entry("n4", 5.25, **MADE), entry("n5", 9.0, "count, rows"), entry("n6", 1.5, "margin, nobody", **MADE)]
OTHERS = [
    VERDICT | {"words": "contradicted"},
    FINDING | {"words": "It costs less.", "sentence": "It costs 12.5% less."},
]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    root = tmp_path_factory.mktemp("builds")
    later = folder(root / "after", conclusions=OTHERS, numbers=AFTER, vintage="2026-07")
    return folder(root / "before", numbers=BEFORE), later


@pytest.fixture(scope="module")
def found(folders):
    return drift(*sides(*map(str, folders)))


def test_text_tells_flips_first_then_numbers_by_their_change_then_inputs(found):
    text = as_text(found)
    parts = [
        "Conclusions: 4 of 4 differ",
        "published/cost-ratio",
        "the-answer-1",
        "Numbers: 6 of 6",
        "+25.0%",
        "What went in",
    ]
    places = [text.index(one) for one in parts]
    assert places == sorted(places)
    assert "consistent -> contradicted" in text
    assert "- It costs 34.1x as much.\n      + It costs 12.5% less." in text
    assert "4.2 -> 5.25 USD/Mtok: cost per million tokens, HGX H200" in text
    assert "published/one, table levels: row 0, Cost and 1 more" in text
    assert "parameters: vintage: 2026-04 -> 2026-07 (2 reports)" in text


def test_json_tells_all_of_it(found):
    plain = json.loads(as_json(found))
    assert {flip["id"]: flip["state"] for flip in plain["flips"]} == dict.fromkeys(
        ("published/cost-ratio", "the-answer-1"), "flipped"
    )
    assert plain["changes"][1]["relative"] == pytest.approx(0.25)
    assert plain["changes"][0]["relative"] is None
    assert plain["compared"] == {"reports": ["published/one", "published/two"], "conclusions": 4, "numbers": 6}
    assert as_json(found) == as_json(found)


def test_how_far_a_number_moved_is_said_in_words_where_there_is_no_share(found):
    assert [moved(one) for one in found.changes] == ["from zero", "+25.0%", "+28.6%"]


def test_long_lists_are_cut_with_their_count(tmp_path):
    def numbers(factor):
        return [entry(f"n{factor}x{one}", (one + 1.0) * factor, f"cost, {one}") for one in range(50)]

    text = as_text(
        drift(*sides(*(str(folder(tmp_path / f"{factor}", numbers=numbers(factor))) for factor in (1, 2))))
    )
    assert "Numbers: 100 of 100 places read differently" in text
    assert "and 20 more: --json or --page" in text


def test_builds_that_are_the_same_have_nothing_to_tell(folders):
    same = drift(*sides(str(folders[0]), str(folders[0])))
    text = as_text(same)
    assert "Conclusions: 0 of 4 differ" in text
    assert "Numbers: 0 of 6 places read differently" in text
    assert "What went in and differs: 0" in text
    made = page(same)
    assert "None." in made
    assert "Nothing that went in differs." in made


def test_the_page_is_one_of_the_reports_with_heads_and_numbers(found):
    made = page(found)
    assert "<h1>What changed: before and after</h1>" in made
    assert made.count("<table") == 5
    assert made.count("<table") == made.count("<caption>")
    assert all('scope="row"' in row for row in re.findall(r"<tbody>.*?</tbody>", made, re.DOTALL))
    sections = [
        made.index(one) for one in ("The answer", "Conclusions that differ", "Numbers that moved", "What went in")
    ]
    assert sections == sorted(sections)
    assert 'data-number="' in made
    assert "of the statements judged cease to hold" in made
    assert "the-answer-1, published/two" in made
    assert "+25.0%" in made
    assert "<script" not in made
    assert ".csv" not in made.split("<main")[1]


def test_the_page_of_the_same_builds_is_the_same(found, folders):
    assert page(found) == page(drift(*sides(*map(str, folders))))


def test_what_is_hostile_is_text_in_every_form(tmp_path):
    hostile = [{"id": f"a/{HOSTILE}", "words": HOSTILE, "sentence": HOSTILE}]
    before = folder(tmp_path / "a", conclusions=hostile, numbers=[entry("n1", 1.0, HOSTILE)], own=HOSTILE)
    other = [hostile[0] | {"words": "other"}]
    after = folder(tmp_path / "b", conclusions=other, numbers=[entry("n2", 2.0, HOSTILE)], own="other")
    different = drift(*sides(str(before), str(after)))
    assert "\x1b" not in as_text(different)
    made = page(different)
    assert "<script" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made
    assert "\x1b" not in made
    assert 'href="http://b"' not in made
    assert json.loads(as_json(different))["flips"][0]["before"]["words"] == HOSTILE


def test_the_command_writes_a_page_and_exits_by_what_was_asked(folders, tmp_path, run):
    target = tmp_path / "changes.html"
    code, out, err = run("diff", *folders, "--page", target, "--json")
    assert code == 0
    assert json.loads(out)["flips"]
    assert err.strip() == str(target)
    assert target.read_text().startswith("<!DOCTYPE html>")
    assert run("diff", *folders, "--strict")[0] == 1
    assert run("diff", folders[0], folders[0], "--strict")[0] == 0
    code, out, err = run("diff", folders[0], "nowhere")
    assert (code, out) == (2, "")
    assert "Traceback" not in err


def test_a_page_that_cannot_be_written_is_told(found, tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        write(found, tmp_path / "nowhere" / "a.html")
