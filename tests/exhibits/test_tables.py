"""A table shows marked numbers below heads, and is handed on as the same cells with unrounded numbers."""

import csv
import io
import json
from dataclasses import replace

import pytest

from analysis.errors import InputError
from analysis.exhibits.marks import mark
from analysis.exhibits.statements import number, say
from analysis.exhibits.tables import assumptions, records, sources, table
from analysis.library.quantities import Quoted, workload
from tests.exhibits.examples import COST, HOSTILE, PRICE, THROUGHPUT, Text


def one_table(**more):
    rows = [["GB300 NVL72", PRICE, "quoted, all-in"], ["HGX H200", "not served", HOSTILE]]
    return table("prices", "Prices of {who}.", ["Platform", "Price (USD/GPU/h)", "Note"], rows, who="two", **more)


def test_a_table_has_heads_for_columns_and_rows():
    tags = Text(one_table().html).tags
    assert [a["scope"] for tag, a in tags if tag == "th"] == ["col", "col", "col", "row", "row"]
    assert [a["class"] for tag, a in tags if tag == "td"] == ["number", "text", "number", "text"]
    assert "script" not in {tag for tag, _ in tags}


def test_a_row_may_say_under_which_head_each_cell_stands():
    rows = [{"Platform": "GB300 NVL72", "Price": PRICE}, {"Platform": "HGX H200", "Price": "not served"}]
    told = records("prices", "Prices.", rows, note="As given.")
    assert told == table(
        "prices", "Prices.", ["Platform", "Price"], [[*row.values()] for row in rows], note="As given."
    )


@pytest.mark.parametrize("rows", [[], [{"Platform": "one"}, {"Price": "two"}]])
def test_rows_of_other_heads_and_none_at_all_are_refused(rows):
    with pytest.raises(InputError, match="prices"):
        records("prices", "Prices.", rows)


def test_a_table_has_caption_and_note_with_their_values():
    shown = one_table(note="At {throughput} tok/s/GPU.", throughput=THROUGHPUT)
    assert "<caption>Prices of two.</caption>" in shown.html
    assert Text(shown.report["note"]).text == "At 5,970 tok/s/GPU."
    assert shown.values == (PRICE, THROUGHPUT)


def test_the_data_of_a_table_are_its_cells_with_unrounded_numbers():
    rows = list(csv.reader(io.StringIO(one_table(digits=1).report["csv"])))
    assert rows == [
        ["Platform", "Price (USD/GPU/h)", "Note"],
        ["GB300 NVL72", "2.652", "quoted, all-in"],
        ["HGX H200", "not served", HOSTILE],
    ]


def test_a_table_without_rows_is_its_head():
    shown = table("empty", "None.", ["Platform"], [])
    assert shown.report["csv"] == "Platform\n"
    assert "<tbody></tbody>" in shown.html


@pytest.mark.parametrize("rows", [[["a"]], [["a", "b", "c"]], [["a", "b"], ["a"]]])
def test_a_row_of_another_length_than_the_head_is_refused(rows):
    with pytest.raises(InputError, match=r"table 'two': found a row of \d cells, allowed are 2"):
        table("two", "Two.", ["A", "B"], rows)


def test_the_assumptions_name_status_day_source_and_place_of_everything_given():
    shown = assumptions([COST])
    rows = list(csv.DictReader(io.StringIO(shown.report["csv"])))
    assert [row["Figure"] for row in rows] == ["Price per GPU-hour, GB300 NVL72", "Throughput per GPU, GB300 NVL72"]
    assert rows[0] == {
        "Figure": "Price per GPU-hour, GB300 NVL72",
        "Value": "2.652",
        "Unit": "USD/GPU/h",
        "What it counts": "hyperscaler ownership",
        "Status": "placeholder",
        "As of": "2026-04-15",
        "Source and place": "constants; data/assumptions.csv, line 23",
    }
    assert list(shown.values) == [PRICE, THROUGHPUT]


def test_the_order_of_the_assumptions_does_not_depend_on_the_order_asked():
    assert assumptions([THROUGHPUT, PRICE]).html == assumptions([PRICE, THROUGHPUT]).html


def test_each_source_is_listed_once_in_the_order_of_its_id():
    rows = list(csv.DictReader(io.StringIO(sources([COST, PRICE]).report["csv"])))
    assert [(row["Source"], row["Title"]) for row in rows] == [
        ("constants", "Dashboard <constants>"),
        ("rows", "Benchmark rows"),
    ]


def test_quoted_words_are_marked_wherever_they_are_shown():
    rows = [[Quoted("35x <cheaper>"), Quoted("own")]]
    heads = ["Claim", Quoted("3-year rental")]
    shown = table("terms", "At {workload}.", heads, rows, note="At {workload}.", workload=workload(1024, 8192))
    marked = '<span class="quoted">{}</span>'.format
    assert shown.report["note"] == f"At {marked('1k/8k')}."
    assert f"<caption>At {marked('1k/8k')}.</caption>" in shown.html
    assert f'<th scope="col">{marked("3-year rental")}</th>' in shown.html
    assert f'<th scope="row">{marked("35x &lt;cheaper&gt;")}</th><td class="text">{marked("own")}</td>' in shown.html


def test_in_a_table_the_ends_of_a_wide_bracket_stand_beside_the_number_each_with_a_record():
    wide = replace(THROUGHPUT, bracket=(THROUGHPUT.number / 2, THROUGHPUT.number * 2))
    near = replace(THROUGHPUT, bracket=(THROUGHPUT.number / 1.1, THROUGHPUT.number * 1.1))
    shown = table("t", "A caption.", ["Platform", "Wide", "Near"], [["one", wide, near]])
    (low, high) = wide.ends
    ends = "–".join(mark(end.id, end.show(), ["end"]) for end in (low, high))
    assert f'{number(wide)} <span class="ends">({ends})</span></td>' in shown.html
    assert f"{number(near)}</td>" in shown.html
    _, about = shown._repr_mimebundle_()
    assert {low.id, high.id} <= {record["id"] for record in json.loads(about["report"]["numbers"])}
    assert say("It is {wide}.", wide=wide).html == f"<p>It is {number(wide)}.</p>"
