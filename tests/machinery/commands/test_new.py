import json

import pytest

from analysis.errors import InputError
from analysis.machinery.commands.new import STARTER, scenario_written, written
from analysis.machinery.press.jobs import jobs, notebooks
from analysis.scenario import Parameters, read_scenario


def test_a_new_notebook_takes_the_next_place_and_is_a_report(tmp_path):
    first = written("my-question", "", tmp_path)
    second = written("another", "What it costs", tmp_path)
    assert [path.name for path in (first, second)] == ["01-my-question.ipynb", "02-another.ipynb"]
    assert '"# My question"' in first.read_text()
    assert '"# What it costs"' in second.read_text()
    assert notebooks(folder=tmp_path) == [first, second]


def test_the_template_asks_for_known_parameters_with_the_published_defaults(tmp_path):
    (job,) = jobs(read_scenario("published"), [], [written("one", "", tmp_path)])
    assert set(job.parameters) <= set(Parameters.model_fields)


@pytest.mark.parametrize("name", ["", "Two Words", "../escape", "a/b", "-a", "a--b", "x" * 61, "ä", "a.b"])
def test_a_name_that_is_not_plain_is_refused(tmp_path, name):
    with pytest.raises(InputError, match="allowed"):
        written(name, "", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "title",
    [
        "two\nlines",
        " edges ",
        "two  spaces",
        "\x1b[31mred",
        "bell\a",
        "turned \u202earound",
        "zero\u200bwidth",
        "x" * 301,
    ],
)
def test_a_title_that_is_no_plain_line_is_refused(tmp_path, title):
    with pytest.raises(InputError, match=r"^title") as refused:
        written("one", title, tmp_path)
    assert str(refused.value).isprintable()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("title", ['a "quote"', "back\\slash", "TITLE", "coût", "x" * 300])
def test_any_other_line_is_the_heading_as_it_was_given(tmp_path, title):
    notebook = json.loads(written("one", title, tmp_path).read_text(encoding="utf-8"))
    assert notebook["cells"][0]["source"] == [f"# {title}"]


def test_but_for_its_title_the_notebook_is_the_template(tmp_path):
    assert written("one", "TITLE", tmp_path).read_bytes() == STARTER.read_bytes()


def test_a_notebook_is_never_overwritten(tmp_path):
    written("one", "", tmp_path)
    with pytest.raises(InputError, match="exists already: 01-one"):
        written("one", "", tmp_path)


def test_a_new_scenario_holds_every_key_with_its_meaning_and_can_be_read(tmp_path):
    path = scenario_written("coding-agent", tmp_path)
    text = path.read_text(encoding="utf-8")
    assert read_scenario(str(path)).parameters() == Parameters().model_dump(mode="json")
    for name, field in Parameters.model_fields.items():
        assert (f"# {field.description}\n# {name}: " in text) == (name != "stated")
    with pytest.raises(InputError, match="exists already"):
        scenario_written("coding-agent", tmp_path)
