"""Tests of what is built, what is left as it is, and what is told of each report."""

import dataclasses
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import Event

import pytest
from nbformat import writes
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.errors import InputError
from analysis.machinery.press.build import Outcome, build, completed
from analysis.machinery.press.execute import NotebookError, execute
from analysis.machinery.press.front import Link, Order
from analysis.machinery.press.parameter_cell import parameter_names
from analysis.machinery.press.publish import Job


def notebook(*code):
    parameters = new_code_cell("amount = 1\nplatform = 'h200'", metadata={"tags": ["parameters"]})
    cells = [new_markdown_cell("# A title"), parameters, *map(new_code_cell, code)]
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position}"
    return writes(new_notebook(cells=cells)).encode()


def job(name, *code, **parameters):
    order = Order({}, (("Rebuild", "./run report"),), ("html", "pdf"))
    return Job("scenario", name, notebook(*code), parameters, order)


GOOD = "print('platform is', platform)"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    output = tmp_path_factory.mktemp("output")
    jobs = [job("good", GOOD, platform="theirs"), job("bad", "x = 1\nx / 0")]
    with ThreadPoolExecutor(2) as executor:
        return output, jobs, build(jobs, output, executor)


def test_a_notebook_runs_with_its_parameters(built):
    output, _, outcomes = built
    assert outcomes[0].state == "built"
    page = (output / "scenario/good.html").read_text()
    assert "platform is theirs" in page
    assert "A title" in page
    assert (output / "scenario/good.pdf").read_bytes().startswith(b"%PDF")


def test_a_failure_names_cell_line_and_error_and_writes_nothing(built):
    output, _, outcomes = built
    assert outcomes[1].state == "failed"
    assert "scenario/bad, cell [2]: x / 0" in outcomes[1].message
    assert "ZeroDivisionError" in outcomes[1].message
    assert not (output / "scenario/bad.html").exists()


def test_an_unchanged_report_is_skipped_and_a_changed_one_is_not(built):
    output, (good, _), _ = built
    told = []

    class Refusing:
        def submit(self, *_):
            raise AssertionError("nothing should be built")

    assert [one.state for one in build([good], output, Refusing(), told=told.append)] == ["unchanged"]
    assert [one.state for one in told] == ["unchanged"]
    with pytest.raises(AssertionError):
        build([dataclasses.replace(good, parameters={"platform": "ours"})], output, Refusing())


def test_a_failing_rebuild_leaves_the_last_good_report(built):
    output, (good, _), _ = built
    before = (output / "scenario/good.html").read_bytes()
    broken = dataclasses.replace(good, content=notebook("raise ValueError('no')"))
    with ThreadPoolExecutor(1) as executor:
        (outcome,) = build([broken], output, executor)
    assert outcome.state == "failed"
    assert (output / "scenario/good.html").read_bytes() == before


def test_the_same_job_gives_the_same_bytes(built, tmp_path):
    output, (good, _), _ = built
    with ThreadPoolExecutor(1) as executor:
        build([good], tmp_path, executor)
    names = [path.relative_to(output) for path in (output / "scenario").glob("good*") if path.is_file()]
    assert len(names) == 2
    for name in names:
        assert (tmp_path / name).read_bytes() == (output / name).read_bytes()


def test_the_key_depends_on_every_part_of_the_job():
    plain = job("good", GOOD, platform="theirs")
    jobs = {"content": notebook("print(2)"), "parameters": {"platform": "ours"}, "notebook": "other", "scenario": "b"}
    orders = {
        "front": {"title": "Other"},
        "provenance": (),
        "forms": ("html",),
        "links": (Link("a", "b"),),
        "code": True,
    }
    changed = [dataclasses.replace(plain, **{name: value}) for name, value in jobs.items()]
    changed += [
        dataclasses.replace(plain, order=dataclasses.replace(plain.order, **{name: value}))
        for name, value in orders.items()
    ]
    assert len({one.key for one in (plain, *changed)}) == len(changed) + 1


def test_a_number_that_nothing_stands_behind_fails_the_report(tmp_path):
    with ThreadPoolExecutor(1) as executor:
        (outcome,) = build([job("typed", "print('35 times')")], tmp_path, executor)
    assert outcome.state == "failed"
    assert "'35'" in outcome.message


def test_parameter_names_are_read_from_the_tagged_cell_alone():
    assert parameter_names(notebook("other = 1"), "a.ipynb") == ["amount", "platform"]


def test_a_kernel_that_dies_is_told(monkeypatch):
    with pytest.raises(NotebookError, match="scenario/x"):
        execute("scenario/x", notebook("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"), {})


@pytest.mark.parametrize("error", [InputError("cell 2"), OSError(28, "no space"), KeyError("text/html")])
def test_every_failure_names_its_report(tmp_path, error):
    def fails(_):
        raise error

    with ThreadPoolExecutor(1) as executor:
        (outcome,) = build([job("x", "")], tmp_path, executor, work=fails)
    assert outcome.message.startswith("scenario/x: ")


def test_what_the_data_do_not_allow_is_told_without_the_cell_that_asked():
    code = "from analysis.errors import InputError\nraise InputError('h200: no row;\\n  measured: some')"
    with pytest.raises(NotebookError) as told:
        execute("scenario/x", notebook(code), {})
    assert str(told.value) == "scenario/x: h200: no row;\n  measured: some"


def test_an_output_in_lines_is_joined_as_from_a_file():
    code = "from IPython.display import display\ndisplay({'text/html': ['<p>a', '</p>']}, raw=True)"
    made = execute("scenario/x", notebook(code), {})
    assert made.cells[-1].outputs[0].data["text/html"] == "<p>a</p>"


def test_an_output_that_is_none_is_told():
    code = "from IPython.display import display\ndisplay({'text/html': 5}, raw=True)"
    with pytest.raises(NotebookError, match=r"^scenario/x: an output is none that a notebook can hold: 5 is not"):
        execute("scenario/x", notebook(code), {})


def test_what_the_first_failure_stops_is_told_as_stopped_in_the_order_of_the_jobs(tmp_path):
    def fails(one):
        if one.notebook == "bad":
            raise InputError("no row")
        return {f"{one.notebook}.html": b"page"}

    jobs, told = [job("good", ""), job("bad", ""), job("late", ""), job("later", "")], []
    with ThreadPoolExecutor(1) as executor:
        outcomes = build(jobs, tmp_path, executor, work=fails, ahead=1, fail_fast=True, told=told.append)
    assert outcomes == [
        Outcome(jobs[0], "built"),
        Outcome(jobs[1], "failed", "scenario/bad: no row"),
        Outcome(jobs[2], "stopped"),
        Outcome(jobs[3], "stopped"),
    ]
    assert told == outcomes[:2]


def test_the_key_does_not_depend_on_the_order_of_parameters():
    assert job("one", "", a=1, b=2).key == job("one", "", b=2, a=1).key


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (InputError("no row"), "no row"),
        (InputError("scenario/x: no row"), "no row"),
        (OSError(28, "No space left"), "No space left"),
        (OSError(13, "Permission denied", "a/b"), "Permission denied: a/b"),
        (OSError("odd"), "odd"),
        (ZeroDivisionError("by zero"), "ZeroDivisionError: by zero"),
    ],
)
def test_a_failure_says_what_ended_the_report(tmp_path, error, said):
    def fails(_):
        raise error

    with ThreadPoolExecutor(1) as executor:
        (outcome,) = build([job("x", "")], tmp_path, executor, work=fails)
    assert outcome == Outcome(outcome.job, "failed", f"scenario/x: {said}")


def test_a_job_is_named_by_its_scenario_and_its_notebook():
    assert job("one", "").name == "scenario/one"


class Here(Executor):
    """Does what it is given at once."""

    def submit(self, work, /, *arguments, **named):
        future = Future()
        future.set_result(work(*arguments, **named))
        return future


def test_what_has_finished_comes_in_the_order_of_the_tasks():
    found = [task for task, _ in completed(Here(), str, range(200), 50)]
    assert found == list(range(200))


def test_what_finishes_first_comes_first():
    gate = Event()
    with ThreadPoolExecutor(2) as executor:
        results = completed(executor, lambda task: gate.wait() if task == 0 else task, range(2), 2)
        assert next(results)[0] == 1
        gate.set()
        assert [task for task, _ in results] == [0]
