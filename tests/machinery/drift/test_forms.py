import json
import re

import pytest

from analysis.errors import InputError
from analysis.exhibits.statements import Shown
from analysis.machinery.drift.changes import ReportState, State
from analysis.machinery.drift.compare import drift
from analysis.machinery.drift.computed import sides
from analysis.machinery.drift.forms import as_json, as_text, movement, number_row
from analysis.machinery.drift.page import contents, page, write_page
from analysis.machinery.press.conclusions import Conclusion
from analysis.machinery.press.numbers import Entry
from tests.support.receipts import FINDING, VERDICT, entry, folder

HOSTILE = "<script>alert(1)</script> \x1b[31m $x$ [a](http://b) | 35"
MADE = {"formula": "cost_per_million_tokens"}
BEFORE = [entry("n1", 4.2, **MADE), entry("n2", 7.0, "count, rows"), entry("n3", 0.0, "margin, nobody", **MADE)]
AFTER = [entry("n4", 5.25, **MADE), entry("n5", 9.0, "count, rows"), entry("n6", 1.5, "margin, nobody", **MADE)]
OTHERS = [
    VERDICT | {"words": "contradicted"},
    FINDING | {"words": "It costs less.", "sentence": "It costs 12.5% less."},
]

TEXT = """\
vintage then -> vintage now
  compared: p/one
  only in then: p/two
  note: p/old is left out
  only in now: p/three

Conclusions: 4 of 5 differ
  flipped: l/a (p/one): reproduced -> contradicted
      A again.
  new: l/b (p/one): none -> within repeatability
      B.
  gone: l/c (p/one): within repeatability -> none
      C.
  gone: why-1 (p/one)
      - Because.

Numbers: 3 of 5 places read differently, 1 more beyond the digits shown
      +25.0%  4 -> 5 USD/Mtok: cost (all GPUs)
              answer and 1 more

Numbers only in then (2)
  renamed
  before only

Numbers only in now (1)
  renamed

What went in and differs: 2
  parameters: vintage: then -> now
  data: data/a.csv: 01234567 -> none

Figures read from the data that differ: 1
      \N{MINUS SIGN}50.0%  2 -> 1 USD/Mtok: price
              given
"""
NUMBERS = "|Number|Before|After|Change|Unit|What it counts|Where|"
PAGE = [
    "## The answer",
    "4| of |5| conclusions differ; |3| of |5| places show another number.",
    "2| of the statements judged cease to hold, |1| begin to.",
    "The number computed by a formula that moved most: cost (all GPUs), from |4| to |5|.",
    "1| more differ beyond the digits that are shown.",
    "## Conclusions that differ",
    "Verdicts, those first that cease or begin to hold.|Statement|Before|After|Name"
    "|A again.|reproduced|contradicted|l/a|B.|none|within repeatability|l/b|C.|within repeatability|none|l/c",
    "Findings that say something else.|Finding|Before|After|why-1|Because.|none",
    "## Numbers that moved",
    f"Numbers that a formula makes, by how far they moved.{NUMBERS}"
    "cost|4|5|+25.0%|USD/Mtok|all GPUs|answer, among others",
    "Places of numbers that only then has.|Place|renamed|before only",
    "Places of numbers that only now has.|Place|renamed",
    "## What went in",
    "What differs.|Name|Kind|Before|After|Reports"
    "|vintage|parameters|then|now|p/one|data/a.csv|data|01234567|none|p/one",
    f"Figures read from the data.{NUMBERS}price|2|1|\N{MINUS SIGN}50.0%|USD/Mtok|given",
]


@pytest.fixture(scope="module")
def small():
    """A drift with something of every kind in it."""

    def part(name, words, numbers, **inputs):
        concluded = {key: Conclusion(id=key, words=one, sentence=said) for key, (one, said) in words.items()}
        return ReportState(name, inputs, concluded, {place: Entry(**one) for place, one in numbers.items()})

    cost, price = {"formula": "ratio"}, {"place": "data/assumptions.csv, line 3", "status": "quoted"}
    one = part(
        "p/one",
        {"l/a": ("reproduced", "A."), "l/c": ("within repeatability", "C."), "why-1": ("Because.", "Because."),
         "l/s": ("within repeatability", "S.")},
        {"answer": entry("n1", 4.0, "cost (all GPUs)", **cost), "table": entry("n1", 4.0, "cost (all GPUs)", **cost),
         "given": entry("n2", 2.0, "price", **price), "close": entry("n3", 7.0, "near"),
         "same": entry("n4", 1.0, "same"), "renamed": entry("n5", 1.0, "one"), "before only": entry("n6", 1.0)},
        parameters={"vintage": "then"}, data={"data/a.csv": "0123456789"},
    )  # fmt: skip
    other = part(
        "p/one",
        {"l/a": ("contradicted", "A again."), "l/b": ("within repeatability", "B."),
         "l/s": ("within repeatability", "S.")},
        {"answer": entry("n1", 5.0, "cost (all GPUs)", **cost), "table": entry("n1", 5.0, "cost (all GPUs)", **cost),
         "given": entry("n2", 1.0, "price", **price), "close": entry("n3", 7.0 + 1e-12, "near"),
         "same": entry("n4", 1.0, "same"), "renamed": entry("n5", 1.0, "another")},
        parameters={"vintage": "now"}, data={},
    )  # fmt: skip
    before = State("vintage", "then", {"p/one": one, "p/two": part("p/two", {}, {})}, ("p/old is left out",))
    return drift(before, State("vintage", "now", {"p/one": other, "p/three": part("p/three", {}, {})}))


def test_text_tells_each_kind_of_difference_in_its_words(small):
    assert as_text(small) == TEXT


def test_json_names_what_each_side_alone_has_and_every_key(small):
    def conclusion(key, words, said):
        return {"id": key, "words": words, "sentence": said}

    def number(value, status=""):
        return {"value": value, "text": f"{value:g}", "unit": "USD/Mtok", "status": status}

    def flip(state, key, before, after):
        return {"state": state, "part": "p/one", "id": key, "before": before, "after": after}

    plain = json.loads(as_json(small))
    assert plain == {
        "before": {"kind": "vintage", "name": "then", "only_reports": ["p/two"],
                   "only_numbers": ["renamed", "before only"]},
        "after": {"kind": "vintage", "name": "now", "only_reports": ["p/three"], "only_numbers": ["renamed"]},
        "compared": {"reports": ["p/one"], "conclusions": 5, "numbers": 5},
        "flips": [
            flip("flipped", "l/a", conclusion("l/a", "reproduced", "A."),
                 conclusion("l/a", "contradicted", "A again.")),
            flip("new", "l/b", None, conclusion("l/b", "within repeatability", "B.")),
            flip("gone", "l/c", conclusion("l/c", "within repeatability", "C."), None),
            flip("gone", "why-1", conclusion("why-1", "Because.", "Because."), None),
        ],
        "changes": [
            {"name": "cost (all GPUs)", "relative": 0.25, "given": False, "places": ["answer", "table"],
             "before": number(4.0), "after": number(5.0)},
            {"name": "price", "relative": -0.5, "given": True, "places": ["given"],
             "before": number(2.0, "quoted"), "after": number(1.0, "quoted")},
        ],
        "beyond_the_digits_shown": 1,
        "inputs": [
            {"kind": "parameters", "name": "vintage", "before": "then", "after": "now", "parts": ["p/one"]},
            {"kind": "data", "name": "data/a.csv", "before": "0123456789", "after": "", "parts": ["p/one"]},
        ],
        "notes": ["p/old is left out"],
    }  # fmt: skip


def test_the_page_says_all_of_it_in_its_order(small):
    said = [one.html if isinstance(one, Shown) else one for one in contents(small)]
    plain = [re.sub(r"<[^>]*>", "|", one) for one in said]
    assert [re.sub(r"\|+", "|", one).strip("|") for one in plain] == PAGE
    classes = [re.match(r'<p class="(\w+)"', one) for one in said]
    assert [one and one[1] for one in classes if one] == ["answer", "answer", "note"]
    names = [
        one.report["name"] for one in contents(small) if isinstance(one, Shown) and one.report["kind"] == "table"
    ]
    assert names == ["verdicts", "findings", "computed", "only-before", "only-after", "inputs", "figures"]
    notes = {
        one.report["name"]: one.report["note"]
        for one in contents(small)
        if isinstance(one, Shown) and one.report.get("note")
    }
    assert notes == {"inputs": "Files by the beginning of their hash."}
    assert not any("csv" in one.report for one in contents(small) if isinstance(one, Shown))


def test_the_page_says_what_was_compared(small):
    made = page(small)
    assert "What changed: then and now" in made
    assert "Conclusions, numbers and inputs of two vintages" in made
    told = [("Before", "vintage then"), ("After", "vintage now"), ("Compared", "p/one"), ("Only before", "p/two"),
            ("Only after", "p/three"), ("Note", "p/old is left out")]  # fmt: skip
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", made)
    assert [one for one in found if one in told] == told


def test_how_far_a_number_moved_is_a_percentage_made_from_both(small):
    name, before, after, share, unit, counts, place = number_row(small.changes[0])
    assert (name, unit, counts, place) == ("cost", "USD/Mtok", "all GPUs", "answer, among others")
    assert (before.number, after.number, share.number) == (4.0, 5.0, 0.25)
    assert (share.quantity.name, share.quantity.style, share.show()) == ("relative change", "percent", "+25.0%")
    assert (before.subject, after.subject, share.subject) == ("before", "after", "cost (all GPUs)")
    assert share.inputs == {"before": before, "after": after}


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
    assert "within repeatability -> contradicted" in text
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
    assert [movement(one) for one in found.changes] == ["from zero", "+25.0%", "+28.6%"]


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
    assert ">What changed: before and after</h1>" in made
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
    (tmp_path / "a").touch()
    with pytest.raises(InputError, match="cannot be written"):
        write_page(found, tmp_path / "a" / "page.html")
