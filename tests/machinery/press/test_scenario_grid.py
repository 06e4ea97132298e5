"""A grid of scenarios names each of them, checks all before any work, and builds a report each."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from analysis import scenario
from analysis.errors import InputError
from analysis.machinery.press.build import Job, build
from analysis.machinery.press.execute import NotebookError
from analysis.machinery.press.front import Order
from analysis.machinery.press.jobs import jobs, notebooks
from analysis.machinery.press.scenario_grid import File, scenarios
from analysis.machinery.press.work import VersionError, Work


@pytest.fixture
def asked(tmp_path):
    def grid(text, **options):
        path = tmp_path / "customers.yaml"
        path.write_text(text)
        return scenarios(path, **options)

    return grid


def test_a_product_is_every_combination_of_what_changes(asked):
    found = asked(
        "product: {subject: [gb300, gb200], minimum_interactivity: [50, 80, 110]}\nfixed: {vintage: 2026-08}"
    )
    assert [one.name for one in found] == [f"customers-{number}" for number in range(1, 7)]
    assert [(one.subject, one.minimum_interactivity) for one in found] == [
        (subject, speed) for subject in ("gb300", "gb200") for speed in (50, 80, 110)
    ]
    assert {one.vintage for one in found} == {"2026-08"}


def test_a_list_changes_the_scenario_that_it_starts_from(asked):
    found = asked(
        "scenario: amd\nlist:\n  - {name: first-bank, organization: First Bank, as_of: 2026-05-05}\n"
        "  - {baseline: h200}"
    )
    start = scenario.read_scenario("amd")
    assert [one.name for one in found] == ["first-bank", "customers-2"]
    assert found[0].organization == "First Bank"
    assert found[0].as_of == datetime.date(2026, 5, 5)
    assert (found[0].baseline, found[0].subject) == (start.baseline, start.subject)
    assert found[1].baseline == "h200"


def test_overrides_hold_for_all(asked):
    found = asked("list: [{}, {subject: gb200}]", overrides=scenario.changes(["vintage=2026-07"]))
    assert {one.vintage for one in found} == {"2026-07"}


THIRTY = list(range(1, 31))
REFUSED = {
    "neither": ("description: x", "found none of them, allowed is either product or list"),
    "both": ("list: [{}]\nproduct: {subject: [gb300]}", "found both"),
    "unknown parameter": ("list: [{}, {baselin: h100}]", "scenario 2: unknown parameter 'baselin'; did you mean"),
    "unknown platform": ("product: {subject: [gb300, gb30]}", "scenario 2: subject"),
    "the same name": ("list: [{name: a}, {name: a}]", "two scenarios have the same name"),
    "no name of a folder": ("list: [{name: ../a}]", "scenario 1: name"),
    "no list of levels": ("product: {subject: gb300}", "product.subject"),
    "unknown scenario": ("scenario: publishd\nlist: [{}]", "did you mean 'published'"),
    "too many": (
        f"product: {{input_tokens: {THIRTY}, output_tokens: {THIRTY}, horizon: {THIRTY}}}",
        "27,000 scenarios, allowed are 10,000",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_grid_that_cannot_be_used_is_refused(asked, what):
    text, said = REFUSED[what]
    with pytest.raises(InputError) as refused:
        asked(text)
    assert said in str(refused.value)


def test_each_report_says_how_the_grid_is_built_again(asked):
    one = asked("list: [{name: first-bank}]")[0]
    job = jobs(one, ["vintage=2026-07"], notebooks(["01-published-comparison"]), grid="customers.yaml")[0]
    assert job.scenario == "first-bank"
    assert dict(job.order.provenance)["Rebuild"] == (
        "./run report 01-published-comparison --grid customers.yaml -p vintage=2026-07"
    )


def failing(job):
    if job.scenario == "bad":
        raise NotebookError("bad: cell 1")
    return {f"{job.notebook}.html": b"page"}


@pytest.mark.parametrize(
    ("fail_fast", "states"), [(False, ["built", "failed", "built"]), (True, ["built", "failed"])]
)
def test_a_failing_report_stops_the_others_only_if_asked_to(tmp_path, fail_fast, states):
    made = [Job(name, "report", b"", {}, Order()) for name in ("good", "bad", "late")]
    with ThreadPoolExecutor(1) as executor:
        outcomes = build(made, tmp_path, executor, work=failing, fail_fast=fail_fast)
    assert [one.state for one in outcomes][: len(states)] == states
    assert not (tmp_path / "bad").exists()


def test_a_worker_of_another_version_makes_no_report():
    job = Job("scenario", "report", b"", {}, Order())
    with pytest.raises(VersionError, match=r"the worker has code \w+, .*; allowed is what asks it: code 0"):
        replace(Work(), version="code 0")(job)


def test_numbers_in_names_have_one_width_so_that_they_sort(asked):
    names = [one.name for one in asked(f"product: {{horizon: {THIRTY}}}")]
    assert names == [f"customers-{number:02}" for number in THIRTY] == sorted(names)


def test_what_a_grid_does_not_say_is_the_published_scenario_without_changes(asked):
    assert File().model_dump() == {
        "description": "",
        "scenario": "published",
        "fixed": {},
        "product": None,
        "list": None,
    }
    (one,) = asked("list: [{}]")
    published = scenario.read_scenario("published")
    fields = scenario.Parameters.model_fields
    assert {name: getattr(one, name) for name in fields} == {name: getattr(published, name) for name in fields}


def test_what_a_scenario_states_goes_before_overrides_and_these_before_what_all_have_in_common(asked):
    text = "fixed: {vintage: 2026-08, horizon: 12}\nlist: [{}, {vintage: 2026-04}]"
    first, second = asked(text, overrides={"vintage": "2026-07"})
    assert (first.vintage, second.vintage) == ("2026-07", "2026-04")
    assert first.horizon == second.horizon == 12


@pytest.mark.parametrize("what", ["fixed: {name: a}\nlist: [{}]", "list: [{}]\nother: 1", "list: []", "product: {}"])
def test_a_grid_of_another_form_is_refused_with_its_file(asked, what):
    with pytest.raises(InputError, match=r"customers\.yaml"):
        asked(what)


def test_a_grid_of_more_scenarios_than_a_number_can_tell_is_refused_in_words(asked):
    levels = ", ".join(f"{name}: {THIRTY}" for name in scenario.Parameters.model_fields)
    with pytest.raises(InputError, match=r"found more than 10\^18 scenarios, allowed are 10,000$"):
        asked(f"product: {{{levels}}}")
