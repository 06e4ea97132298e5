"""Tests of the register of numbers."""

import json

import pytest
from nbformat.v4 import new_notebook
from pydantic import ValidationError

from analysis.errors import InputError
from analysis.machinery.press.numbers import sources, to_json
from tests.support.press import register
from tests.support.report_notebook import code, display, levels, notebook, record, span


def made(*outputs: object) -> dict:
    return new_notebook(cells=[code("", *outputs)])


def text(*entries: dict, numbers: list[dict] | None = None) -> object:
    html = "<p>" + " ".join(span(entry) for entry in entries) + "</p>"
    return display("text", "text/html", html, list(entries) if numbers is None else numbers)


def test_numbers_are_counted_in_the_order_of_reading() -> None:
    entries = register(notebook())
    assert [entry.position for entry in entries.values()] == list(range(1, len(entries) + 1))
    first = [entry.text for entry in entries.values()][:4]
    assert first == ["$4.205", "$0.123", "34.1", "$2.65"]


def test_inputs_that_are_never_shown_come_after_what_is_shown() -> None:
    price = record("price", 1.41, "$1.41")
    cost = record("cost", 4.2, "$4.20", inputs=[price["id"]], formula="cost", substitution="1.41 × 3")
    entries = register(made(text(cost, numbers=[cost, price]), text(record("last", 9.0, "9"))))
    assert [(entry.name, entry.shown) for entry in entries.values()] == [
        ("cost", True),
        ("last", True),
        ("price", False),
    ]


def test_every_input_leads_to_an_entry() -> None:
    entries = register(notebook())
    assert any(entry.inputs for entry in entries.values())
    assert all(identifier in entries for entry in entries.values() for identifier in entry.inputs)


def test_a_number_shown_without_a_record_is_refused() -> None:
    with pytest.raises(InputError, match=r"cell \[1\].*what stands behind"):
        register(made(text(record("x", 1.0, "1"), numbers=[])))


def test_an_input_without_a_record_is_refused() -> None:
    with pytest.raises(InputError, match="its input 'n0' has no record"):
        register(made(text(record("x", 1.0, "1", inputs=["n0"]))))


def test_two_numbers_with_one_identifier_are_refused() -> None:
    one = record("x", 1.0, "1")
    with pytest.raises(InputError, match="'y' here and 'x' elsewhere"):
        register(made(text(one), text(one | {"name": "y"})))


def test_the_most_exact_text_of_a_number_is_kept() -> None:
    one = record("x", 4.2046, "$4.20")
    entries = register(made(text(one), text(one | {"text": "$4.2046"}), text(one)))
    assert entries[one["id"]].text == "$4.2046"


@pytest.mark.parametrize("change", [{"id": "x1"}, {"id": 'n"><script>'}, {"value": "many"}, {"formula": "1 + 1"}])
def test_a_record_that_is_none_is_refused_with_its_place(change: dict) -> None:
    entry = record("x", 1.0, "1") | change
    with pytest.raises(InputError, match=r"cell \[1\], numbers, \[0\]"):
        register(made(text(numbers=[entry])))


def test_a_record_lacking_its_name_is_refused() -> None:
    entry = record("x", 1.0, "1")
    del entry["name"]
    with pytest.raises(InputError, match="name: missing"):
        register(made(text(numbers=[entry])))


def test_what_is_not_a_number_has_no_value_in_the_file() -> None:
    entries = register(made(text(record("x", float("nan"), "n/a"))))
    assert json.loads(to_json(entries))[0]["value"] is None


def test_the_file_holds_the_register_and_nothing_else() -> None:
    entries = register(notebook())
    held = json.loads(to_json(entries))
    assert [one["id"] for one in held] == list(entries)
    assert held[0]["formula"] == "cost_per_million_tokens"
    assert held[0]["sources"] == []


def test_each_source_is_listed_once() -> None:
    listed = sources(register(notebook()))
    assert sorted(source.id for source in listed) == ["benchmark-rows", "price-list"]
    assert list(listed.values()) == [1, 2]


def test_only_addresses_of_the_web_become_links() -> None:
    entry = levels()["Power", "HGX H200"] | {"sources": [{"id": "s", "title": "t", "url": "javascript:alert(1)"}]}
    (source,) = sources(register(made(text(entry))))
    assert source.link == ""


def test_what_a_record_does_not_say_is_empty() -> None:
    least = {"id": "n1", "text": "4", "value": 4, "name": "things"}
    (held,) = json.loads(to_json(register(made(text(least)))))
    assert held == {
        "id": "n1",
        "text": "4",
        "value": 4.0,
        "unit": "",
        "name": "things",
        "formula": "",
        "latex": "",
        "substitution": "",
        "inputs": [],
        "status": "",
        "cautions": [],
        "as_of": "",
        "sources": [],
        "place": "",
        "note": "",
        "position": 1,
        "shown": True,
    }


def test_what_a_record_says_is_in_the_file_as_it_was_said() -> None:
    said = record(
        "cost", 4.25, "$4.25", unit="USD/Mtok", formula="cost", latex="a", substitution="1 × 4", status="derived",
        cautions=["placeholder", "estimate"], as_of="2026-04-15", place="data/a.csv", note="coût",
    )  # fmt: skip
    file = to_json(register(made(text(said))))
    assert json.loads(file) == [{**said, "position": 1, "shown": True}]
    assert "coût" in file
    assert file.splitlines() == ["[", json.dumps(json.loads(file)[0], ensure_ascii=False), "]"]


def test_an_entry_cannot_be_changed_once_it_is_in_the_register() -> None:
    (entry,) = register(made(text(record("x", 1.0, "1")))).values()
    with pytest.raises(ValidationError, match="frozen"):
        entry.text = "2"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        entry.sources[0].url = "https://example.org"  # type: ignore[misc]


def test_numbers_of_caption_and_note_count_and_those_of_a_figures_own_html_do_not() -> None:
    entries = [record(name, 1.0, "1") for name in ("body", "caption", "note")]
    parts = {"caption": span(entries[1]), "note": span(entries[2])}
    figure = display("figure", "text/html", span(entries[0]), entries, name="f", **parts)
    table = display("table", "text/html", span(entries[0]), entries, name="t", **parts)
    assert [one.name for one in register(made(figure)).values() if one.shown] == ["caption", "note"]
    assert [one.name for one in register(made(table)).values() if one.shown] == ["body", "caption", "note"]
