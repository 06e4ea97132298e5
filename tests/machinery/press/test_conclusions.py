import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.errors import InputError
from analysis.exhibits.statements import concluding, say
from analysis.exhibits.tables import table
from analysis.library.values import counted
from analysis.machinery.press.conclusions import conclusions, places, plain, skeleton
from analysis.machinery.press.numbers import Entry
from analysis.machinery.press.outputs import notebook_of
from tests.support.press import outputs, register
from tests.support.report_notebook import notebook

VERDICT = {"id": "published/cost", "words": "reproduced", "sentence": "35 times cheaper"}


def page(*things, headings=()):
    """An executed notebook: each heading stands above the thing of its position."""
    cells = []
    for position, thing in enumerate(things):
        cells += [new_markdown_cell(headings[position])] if position < len(headings) else []
        cells += notebook_of("", [thing])["cells"][1:]
    return {"cells": cells, "metadata": {}}


def concluded(made):
    return conclusions(outputs(made), register(made))


def finding(number, word="falls", day="2026-04"):
    return say(
        "From {day} the cost {word} to {cost} on H200.",
        finding=True,
        cost=counted(number, "costs"),
        day=day,
        word=word,
    )


def test_a_number_that_moves_or_another_day_changes_the_sentence_and_not_its_words():
    (one,), (other,) = (concluded(page(thing)) for thing in (finding(3), finding(4, day="2026-07-01")))
    assert one.words == other.words == "From {day} the cost falls to {count, costs} on H200."
    assert one.sentence == "From 2026-04 the cost falls to 3 on H200."
    assert other.sentence == "From 2026-07-01 the cost falls to 4 on H200."


def test_another_word_or_another_number_in_its_place_changes_the_words():
    (one,), (other,) = (concluded(page(thing)) for thing in (finding(3), finding(3, word="rises")))
    assert one.words != other.words
    of_others = say(
        "From {d} the cost falls to {cost} on H200.", finding=True, cost=counted(3, "prices"), d="2026-04"
    )
    assert concluded(page(of_others))[0].words != one.words


def test_a_finding_is_counted_in_its_section_and_what_is_no_finding_is_not():
    made = page(
        finding(1),
        say("Nothing."),
        finding(2),
        finding(3),
        headings=("# Title\n\n## The answer, at last", "", "## Why?"),
    )
    assert [one.id for one in concluded(made)] == ["the-answer-at-last-1", "why-1", "why-2"]


def test_a_table_declares_its_verdicts():
    shown = concluding(table("verdicts", "All.", ["A", "B"], [["a", "b"]]), [VERDICT])
    assert [one.model_dump() for one in concluded(page(shown))] == [VERDICT]
    assert shown.report["name"] == "verdicts"


@pytest.mark.parametrize(
    ("declared", "said"),
    [([{"id": "a"}], "words"), ([{"id": "", "words": "x"}], "id"), ([VERDICT, VERDICT], "already")],
)
def test_what_is_no_conclusion_or_stands_twice_is_refused(declared, said):
    with pytest.raises(InputError, match=said):
        concluded(page(concluding(say("Text."), declared)))


def test_the_examples_finding_is_read_whatever_elements_it_has():
    (one,) = concluded(notebook())
    assert one.id == "the-answer-1"
    assert "a ratio of {Cost ratio}, reproduced" in one.words
    assert "<" not in one.sentence
    assert "chips: the rows differ" in one.sentence


def test_text_is_text_again():
    assert plain("<p>a &lt;b&gt; <strong>c</strong>d</p><p>e</p>") == "a <b> cd e"
    entry = Entry(id="n1", text="3", value=3.0, name="price, H200 (rental, 1k/1k)")
    assert skeleton('<p><span class="number" data-number="n1">3</span>!</p>', {"n1": entry}) == "{price, H200}!"


def test_cells_without_outputs_conclude_nothing():
    assert conclusions(outputs(new_notebook(cells=[new_code_cell("x = 1")])), {}) == ()


def value(number, what="things"):
    return counted(number, what)


def placed(*things):
    return places(outputs(notebook_of("", things)))


def test_a_number_of_a_table_stands_at_its_row_and_column():
    one = table(
        "t", "Of {n}.", ["Row", "Before", "After"], [["a", value(1), "–"], ["b", value(2), value(3)]], n=value(9)
    )
    assert placed(one) == {
        "table t: caption": value(9).id,
        "table t: a, Before": value(1).id,
        "table t: b, Before": value(2).id,
        "table t: b, After": value(3).id,
    }


def test_rows_of_one_name_and_numbers_of_one_paragraph_are_counted():
    rows = table("t", "Rows.", ["Row", "N"], [["a", value(1)], ["a", value(2)]])
    assert list(placed(rows)) == ["table t: a, N", "table t: a, N (2)"]
    texts = [say("{a} and {b}", a=value(1), b=value(2)), say("Nothing."), say("{c}", c=value(3))]
    assert list(placed(*texts)) == [", paragraph 1", ", paragraph 1 (2)", ", paragraph 2"]


def test_places_are_the_same_when_the_numbers_move():
    def of(numbers):
        return placed(
            say("{n} are left.", n=value(numbers[0])), table("t", "Rows.", ["Row", "N"], [["a", value(numbers[1])]])
        )

    assert list(of((1, 2))) == list(of((3, 4)))
    assert list(of((1, 2)).values()) != list(of((3, 4)).values())


def test_every_number_that_the_register_calls_shown_has_a_place():
    shown = places(outputs(notebook()))
    assert set(shown.values()) == {entry.id for entry in register(notebook()).values() if entry.shown}
    assert any(place.startswith("figure frontier, caption") for place in shown)
    assert "The answer, paragraph 1" in shown
