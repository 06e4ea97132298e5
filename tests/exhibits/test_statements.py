"""What a notebook shows is text and marked numbers, and behind each number stands its record."""

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from analysis import formulas
from analysis.errors import InputError
from analysis.exhibits.marks import mark
from analysis.exhibits.notation import equations
from analysis.exhibits.statements import cell, listed, number, phrase, points, say, show
from analysis.exhibits.symbolic import equation_latex
from analysis.exhibits.tables import assumptions, records, sources, table
from analysis.library.quantities import quantity, spoken
from analysis.library.terms import Quoted, workload
from analysis.library.values import Source, Status, Value, calculate, given

CONSTANTS = Source("constants", "Dashboard <constants>", "SemiAnalysis", "https://example.org/c", "2026-03-18")
ROWS = Source("rows", "Benchmark rows", "SemiAnalysis", "https://example.org/r", "2026-05-05")
PRICE = Value(
    2.652, quantity("price_per_gpu_hour"), "GB300 NVL72", Status.PLACEHOLDER, {"price": "hyperscaler ownership"},
    (CONSTANTS,), "2026-04-15", "data/assumptions.csv, line 23",
)  # fmt: skip
THROUGHPUT = Value(
    5970.2614, quantity("throughput_per_gpu"), "GB300 NVL72", Status.MEASURED, {}, (ROWS,), "2026-02-03", "data/r.csv"
)
COST = calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=PRICE, throughput_per_gpu=THROUGHPUT)
HOSTILE = "<script>alert(1)</script>&\"'"


class _Text(HTMLParser):
    """Tags and text of a fragment."""

    def __init__(self, fragment):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(fragment)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


def bundle(shown):
    data, metadata = shown._repr_mimebundle_(include=None, exclude=None)
    return data, metadata["report"]


def test_a_number_is_marked_with_its_id_and_its_cautions():
    assert number(COST) == f'<span class="number placeholder" data-number="{COST.id}">$0.123</span>'
    assert number(THROUGHPUT, 4) == f'<span class="number" data-number="{THROUGHPUT.id}">5,970</span>'


def test_a_printed_figure_is_shown_as_text():
    printed = replace(PRICE, printed=">$2.65 & more")
    assert _Text(number(printed)).text == ">$2.65 & more"


def test_a_text_is_shown_as_text():
    assert _Text(cell(HOSTILE)).text == HOSTILE
    assert _Text(cell(HOSTILE)).tags == []


@pytest.mark.parametrize("bare", [1.41, 17, None, ["a"]])
def test_a_bare_number_is_refused_because_it_has_no_origin(bare):
    with pytest.raises(TypeError, match="allowed is a value or a text"):
        cell(bare)
    with pytest.raises(TypeError, match="allowed is a value or a text"):
        say("It costs {price}.", price=bare)


def test_a_sentence_shows_its_values_with_the_digits_asked_for():
    said = say("{name} costs {price:4} an hour, {cost} per million tokens.", name="GB300", price=PRICE, cost=COST)
    assert _Text(said.html).text == "GB300 costs $2.652 an hour, $0.123 per million tokens."
    assert said.values == (PRICE, COST)
    assert said.report == {"kind": "text", "finding": False}


def test_the_role_of_a_sentence_is_its_class():
    assert say("So.", role="answer").html == '<p class="answer">So.</p>'
    assert say("So.").html == "<p>So.</p>"
    assert say("So.", finding=True).report["finding"] is True


@with_any(st.text(st.characters(exclude_characters="{}\r\0")), st.text(st.characters(exclude_characters="\r\0")))
def test_templates_and_texts_come_through_as_they_are(before, text):
    fragment = phrase(f"{before}{{text}}.", text=text).html
    assert _Text(fragment).tags == []
    assert _Text(fragment).text == f"{before}{text}."


def test_a_text_that_looks_like_a_place_stays_as_it_is():
    assert phrase("{first}", first="{second} {0}", second="x").html == "{second} {0}"


def test_a_phrase_in_a_sentence_brings_its_numbers_along():
    each = [phrase("{cost} of {what}", cost=value, what=what) for value, what in ((COST, "A & B"), (PRICE, "C"))]
    sentence = say("It is {parts}.", parts=listed(each))
    assert sentence.html == f"<p>It is {number(COST)} of A &amp; B and {number(PRICE)} of C.</p>"
    assert sentence.values == (COST, PRICE)
    assert listed(each, "; ").html == f"{each[0].html}; {each[1].html}"
    assert [listed(phrase(letter) for letter in letters).html for letters in ("", "a", "abc")] == [
        "",
        "a",
        "a, b and c",
    ]


def test_a_place_without_content_is_refused():
    with pytest.raises(KeyError):
        phrase("{price}", prise="x")


def test_behind_a_statement_stands_the_record_of_every_number_and_of_what_it_rests_on():
    data, report = bundle(say("{cost}", cost=COST))
    assert report["html"].startswith("<p>")
    assert "<p>$0.123<sup" in data["text/html"]
    assert [entry["id"] for entry in json.loads(report["numbers"])] == [COST.id, PRICE.id, THROUGHPUT.id]
    assert json.loads(json.dumps(report, allow_nan=False)) == report


def test_a_number_that_is_shown_twice_has_one_record():
    _, report = bundle(say("{first} {second} {price}", first=COST, second=COST, price=PRICE))
    ids = [entry["id"] for entry in json.loads(report["numbers"])]
    assert len(ids) == len(set(ids)) == 3


def test_what_is_not_to_be_said_of_a_scenario_is_not_shown(monkeypatch):
    displayed = []
    monkeypatch.setattr("IPython.display.display", displayed.append)
    first, second = say("First."), say("Second.")
    show(first, None, second)
    assert displayed == [first, second]


def test_points_are_a_list_of_sentences_with_all_their_values():
    listed = points([say("{a}", a=PRICE), say("{b}", b=THROUGHPUT)])
    assert [tag for tag, _ in _Text(listed.html).tags] == ["ul", "li", "p", "span", "li", "p", "span"]
    assert listed.values == (PRICE, THROUGHPUT)
    assert points([say("x")], ordered=True).html == "<ol><li><p>x</p></li></ol>"


def one_table(**more):
    rows = [["GB300 NVL72", PRICE, "quoted, all-in"], ["HGX H200", "not served", HOSTILE]]
    return table("prices", "Prices of {who}.", ["Platform", "Price (USD/GPU/h)", "Note"], rows, who="two", **more)


def test_a_table_has_heads_for_columns_and_rows():
    tags = _Text(one_table().html).tags
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
    assert _Text(shown.report["note"]).text == "At 5,970 tok/s/GPU."
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


def test_equations_say_in_words_what_they_show():
    shown = equations(formulas.cost_per_million_tokens, formulas.ratio)
    assert [one.report["label"] for one in shown] == ["cost_per_million_tokens", "ratio"]
    for one, formula in zip(shown, (formulas.cost_per_million_tokens, formulas.ratio), strict=True):
        data, report = bundle(one)
        assert data["text/latex"] == f"$${equation_latex(formula)}$$"
        assert report["alt"] == spoken(formula) == data["text/plain"]
        assert not re.search(r"\\begin\{align", data["text/latex"])


def test_what_is_given_is_everything_that_was_not_computed_each_once():
    assert given([COST, PRICE, COST]) == [PRICE, THROUGHPUT]
    assert given([]) == []


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


def test_words_composed_of_quoted_ones_are_plain_until_they_are_quoted_too():
    assert say("{what}", what=f"at {workload(1024, 1024)}").html == "<p>at 1k/1k</p>"


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
