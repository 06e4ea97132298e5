"""What a notebook shows is text and marked numbers, and behind each number stands its record."""

import json
from dataclasses import replace

import pytest
from hypothesis import given as with_any
from hypothesis import strategies as st

from analysis.exhibits.statements import answer, cell, conclude, listed, note, number, phrase, points, say, show, warn
from analysis.library.quantities import workload
from analysis.library.values import given
from tests.exhibits.examples import COST, HOSTILE, PRICE, THROUGHPUT, Text, bundle


def test_a_number_is_marked_with_its_id_and_its_cautions():
    assert number(COST) == f'<span class="number placeholder" data-number="{COST.id}">$0.123</span>'
    assert number(THROUGHPUT, 4) == f'<span class="number" data-number="{THROUGHPUT.id}">5,970</span>'


def test_a_printed_figure_is_shown_as_text():
    printed = replace(PRICE, printed=">$2.65 & more")
    assert Text(number(printed)).text == ">$2.65 & more"


def test_a_text_is_shown_as_text():
    assert Text(cell(HOSTILE)).text == HOSTILE
    assert Text(cell(HOSTILE)).tags == []


@pytest.mark.parametrize("bare", [1.41, 17, None, ["a"]])
def test_a_bare_number_is_refused_because_it_has_no_origin(bare):
    with pytest.raises(TypeError, match="allowed is a value or a text"):
        cell(bare)
    with pytest.raises(TypeError, match="allowed is a value or a text"):
        say("It costs {price}.", price=bare)


def test_a_sentence_shows_its_values_with_the_digits_asked_for():
    said = say("{name} costs {price:4} an hour, {cost} per million tokens.", name="GB300", price=PRICE, cost=COST)
    assert Text(said.html).text == "GB300 costs $2.652 an hour, $0.123 per million tokens."
    assert said.values == (PRICE, COST)
    assert said.report == {"kind": "text", "finding": False}


def test_the_role_of_a_sentence_is_its_class():
    assert say("So.", role="answer").html == '<p class="answer">So.</p>'
    assert say("So.").html == "<p>So.</p>"
    assert say("So.", finding=True).report["finding"] is True
    assert (answer("So."), note("So.")) == (say("So.", role="answer"), say("So.", role="note"))
    assert conclude("So.") == say("So.", role="answer", finding=True)
    assert warn("So.") == say("So.", role="caution")


@with_any(st.text(st.characters(exclude_characters="{}\r\0")), st.text(st.characters(exclude_characters="\r\0")))
def test_templates_and_texts_come_through_as_they_are(before, text):
    fragment = phrase(f"{before}{{text}}.", text=text).html
    assert Text(fragment).tags == []
    assert Text(fragment).text == f"{before}{text}."


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
    assert [tag for tag, _ in Text(listed.html).tags] == ["ul", "li", "p", "span", "li", "p", "span"]
    assert listed.values == (PRICE, THROUGHPUT)
    assert points([say("x")], ordered=True).html == "<ol><li><p>x</p></li></ol>"


def test_what_is_given_is_everything_that_was_not_computed_each_once():
    assert given([COST, PRICE, COST]) == [PRICE, THROUGHPUT]
    assert given([]) == []


def test_words_composed_of_quoted_ones_are_plain_until_they_are_quoted_too():
    assert say("{what}", what=f"at {workload(1024, 1024)}").html == "<p>at 1k/1k</p>"
