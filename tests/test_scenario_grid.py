"""A grid of scenarios names each of them, checks all before any work, and builds a report each."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from analysis import scenario
from analysis.errors import InputError
from analysis.jobs import jobs, notebooks
from analysis.report.build import Job, build
from analysis.report.execute import NotebookError
from analysis.report.work import Work
from analysis.scenario_grid import scenarios
from analysis.versions import VersionError


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
    start = scenario.read("amd")
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
    assert dict(job.provenance)["Rebuild"] == (
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
    made = [Job(name, "report", b"", {}, {}, ()) for name in ("good", "bad", "late")]
    with ThreadPoolExecutor(1) as executor:
        outcomes = build(made, tmp_path, executor, work=failing, fail_fast=fail_fast)
    assert [one.state for one in outcomes][: len(states)] == states
    assert not (tmp_path / "bad").exists()


def test_a_worker_of_another_version_makes_no_report():
    job = Job("scenario", "report", b"", {}, {}, ())
    with pytest.raises(VersionError, match=r"the worker has code \w+, .*; allowed is what asks it: code 0"):
        replace(Work(), version="code 0")(job)
