import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.machinery.drift.changes import FLIPPED, GONE, NEW, ReportState, State, flipped, telling
from analysis.machinery.drift.compare import drift
from analysis.machinery.press.conclusions import Conclusion
from analysis.machinery.press.numbers import Entry
from tests.support.receipts import entry

WORDS = st.sampled_from(["reproduced", "consistent", "contradicted", "It costs more.", "It costs less."])
NAMES = st.sampled_from(["published/a", "published/b", "the-answer-1", "the-answer-2", "why-1"])
CONCLUSIONS = st.dictionaries(NAMES, WORDS)


def conclusions(found):
    return {name: Conclusion(id=name, words=words, sentence=f"{words}!") for name, words in found.items()}


def part(name="published/one", *, numbers=None, concluded=None, **inputs):
    entries = {place: one if isinstance(one, Entry) else Entry(**one) for place, one in (numbers or {}).items()}
    return ReportState(name, inputs, conclusions(concluded or {}), entries)


def state(*parts, name="a"):
    return State("build", name, {one.name: one for one in parts})


def between(one, other):
    return drift(state(one), state(other, name="b"))


def states(flips):
    return {flip.id: flip.state for flip in flips}


@given(CONCLUSIONS, CONCLUSIONS)
def test_what_differs_one_way_differs_the_other_way(one, other):
    turned = {FLIPPED: FLIPPED, NEW: GONE, GONE: NEW}
    there = states(flipped("p", conclusions(one), conclusions(other)))
    back = states(flipped("p", conclusions(other), conclusions(one)))
    verdicts = {name: turned[found] for name, found in there.items() if "/" in name}
    assert verdicts == {name: found for name, found in back.items() if "/" in name}


@given(CONCLUSIONS)
def test_nothing_differs_from_itself(found):
    assert not list(flipped("p", conclusions(found), conclusions(found)))


@given(CONCLUSIONS, CONCLUSIONS)
def test_every_verdict_of_other_words_is_told(one, other):
    found = states(flipped("p", conclusions(one), conclusions(other)))
    for name in {*one, *other}:
        if "/" in name:
            assert (name in found) == (one.get(name) != other.get(name))


def test_a_finding_before_others_moves_them_and_flips_none():
    before = {"the-answer-1": "A.", "the-answer-2": "B."}
    after = {"the-answer-1": "X.", "the-answer-2": "A.", "the-answer-3": "B."}
    found = list(flipped("p", conclusions(before), conclusions(after)))
    assert states(found) == {"the-answer-1": NEW}
    assert found[0].after.words == "X."


def test_a_finding_that_moved_to_another_section_is_told_at_both():
    found = states(flipped("p", conclusions({"the-answer-1": "A."}), conclusions({"why-1": "A."})))
    assert found == {"the-answer-1": GONE, "why-1": NEW}


def test_statements_that_cease_to_hold_come_first_then_other_verdicts_then_findings():
    before = {"x-1": "A.", "l/a": "superseded", "l/b": "reproduced", "l/c": "reproduced", "l/d": "reproduced"}
    after = {"x-1": "B.", "l/a": "contradicted", "l/b": "within repeatability", "l/c": "differs"}
    found = between(part(concluded=before), part(concluded=after))
    assert [flip.id for flip in found.flips] == ["l/c", "l/a", "l/b", "x-1", "l/d"]
    assert found.conclusions == 5
    assert [flip.held for flip in found.flips] == [
        (True, False), (False, False), (True, True), (False, False), (True, False),
    ]  # fmt: skip


def test_a_number_is_followed_by_its_place_and_told_once_for_all_places():
    one = part(numbers={"answer": entry("n1", 4.0), "table": entry("n1", 4.0), "other": entry("n2", 1.0)})
    other = part(numbers={"answer": entry("n3", 5.0), "table": entry("n3", 5.0), "other": entry("n2", 1.0)})
    found = between(one, other)
    (change,) = found.changes
    assert change.places == ("answer", "table")
    assert change.relative == pytest.approx(0.25)
    assert (found.moved, found.numbers, found.unseen) == (2, 3, 0)


def test_a_number_of_another_vintage_is_the_same_number():
    one = entry("n1", 4.0, "price, H200 (ownership, 2026-04, all GPUs)")
    other = entry("n2", 3.0, "price, H200 (ownership, 2026-07, all GPUs)")
    (change,) = between(part(numbers={"p": one}), part(numbers={"p": other})).changes
    assert change.name == "price, H200 (ownership, all GPUs)"


@pytest.mark.parametrize("other", [{"unit": "kW"}, {"name": "cost per million tokens, GB300 NVL72"}])
def test_something_else_at_a_place_is_no_change_of_the_number(other):
    found = between(part(numbers={"p": entry("n1", 4.0)}), part(numbers={"p": entry("n2", 5.0) | other}))
    assert found.changes == ()
    assert found.only_numbers == {"before": ("p",), "after": ("p",)}
    assert found.numbers == 0


def test_what_differs_beyond_the_digits_shown_is_counted_and_not_listed():
    one, other = entry("n1", 4.0), entry("n2", 4.0 + 1e-12) | {"text": "4"}
    found = between(part(numbers={"p": one}), part(numbers={"p": other}))
    assert (found.changes, found.unseen, found.numbers) == ((), 1, 1)


def test_what_a_formula_makes_comes_first_and_then_what_moved_most():
    def numbers(values):
        made = {"formula": "ratio"}
        return {
            "small": entry("n1", values[0], "small") | made,
            "large": entry("n2", values[1], "large") | made,
            "counted": entry("n3", values[2], "counted"),
            "zero": entry("n4", values[3], "zero") | made,
        }

    found = between(part(numbers=numbers((1.0, 1.0, 1.0, 0.0))), part(numbers=numbers((1.1, 0.5, 9.0, 1.0))))
    assert [one.name for one in found.changes] == ["zero", "large", "small", "counted"]
    assert math.isinf(found.changes[0].relative)


def test_figures_of_the_data_are_told_from_results():
    given_ = entry("n1", 1.7) | {"place": "data/assumptions.csv, line 3"}
    (change,) = between(
        part(numbers={"p": given_}), part(numbers={"p": given_ | {"value": 1.4, "text": "1.4"}})
    ).changes
    assert change.given
    assert not change.computed


def test_the_same_input_is_told_once_with_its_reports():
    one, other = ({"vintage": name} for name in ("2026-04", "2026-07"))
    files = ({"data/a.csv": "0", "data/b.csv": "1"}, {"data/a.csv": "2", "data/c.csv": "1"})
    names = ("p/one", "p/two")
    before = state(*(part(name, parameters=one, data=files[0]) for name in names))
    after = state(*(part(name, parameters=other, data=files[1]) for name in names))
    found = {one.name: one for one in drift(before, after).inputs}
    assert found["vintage"].parts == names
    assert (found["data/b.csv"].before, found["data/b.csv"].after) == ("1", "")
    assert (found["data/c.csv"].before, found["data/c.csv"].after) == ("", "1")
    assert set(found) == {"vintage", "data/a.csv", "data/b.csv", "data/c.csv"}


def test_reports_of_one_side_only_are_named():
    found = drift(state(part("p/one"), part("p/two")), state(part("p/one"), part("p/three")))
    assert (found.parts, found.only_before, found.only_after) == (("p/one",), ("p/two",), ("p/three",))


def test_one_scenario_each_is_compared_notebook_by_notebook():
    found = drift(state(part("chat/one"), part("chat/two")), state(part("agentic/one")))
    assert found.parts == ("one",)
    assert found.only_before == ("chat/two",)


def test_builds_without_a_common_report_are_refused():
    with pytest.raises(InputError, match=r"no report in common: p/one \| p/two"):
        drift(state(part("p/one")), state(part("p/two")))


def test_a_ratio_says_of_what_it_is():
    ratio = Entry(**entry("n1", 2.0, "ratio, B / A (all GPUs)") | {"formula": "ratio"})
    assert telling(ratio, "price, B (rental)").name == "ratio of price, B / A (all GPUs)"
    assert telling(ratio, "").name == ratio.name
    assert telling(Entry(**entry("n1", 2.0, "cost, A")), "price, B").name == "cost, A"
