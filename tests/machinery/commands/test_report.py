import os
from functools import partial

import pytest
import rich.console

from analysis.errors import InputError
from analysis.machinery.commands import pages, report
from analysis.machinery.press.build import Outcome
from analysis.machinery.press.front import Order
from analysis.machinery.press.publish import Job
from analysis.machinery.press.what_if_link import PAGE
from analysis.machinery.receipts.check import check_folder
from analysis.scenario import read_scenario
from tests.support import whatif

UNANSWERED = ("01-published-comparison", "-p", "minimum_interactivity=5000")
REFUSED = {
    "unknown parameter": (["-p", "baselin=h100"], "did you mean 'baseline'"),
    "misspelt hardware": (["-p", "baseline=h20"], "did you mean 'h200'"),
    "negative price": (["-p", "baseline_price=-1"], "greater than 0"),
    "not a number": (["-p", "baseline_price=.nan"], "finite"),
    "code as a name": (["-p", "__import__('os').system('x')=1"], "unknown parameter"),
    "code as a value": (["-p", "subject=!!python/object/apply:os.system [x]"], "tag"),
    "no value": (["-p", "baseline"], "name=value"),
    "unknown scenario": (["-s", "publishd"], "did you mean 'published'"),
    "unknown notebook": (["02-published"], "allowed"),
}


@pytest.mark.parametrize("what", list(REFUSED))
def test_bad_input_is_refused_before_any_work_and_nothing_is_written(run, tmp_path, what):
    arguments, said = REFUSED[what]
    if what == "unknown notebook":
        said = "no notebook"
    code, _, err = run("report", *arguments, "--output", tmp_path / "output")
    assert code == 2
    assert err.startswith("error: ")
    assert said in err
    assert "Traceback" not in err
    assert not (tmp_path / "output").exists()


def test_a_failing_notebook_is_exit_code_1_and_what_is_left_is_what_the_manifest_lists(run, tmp_path):
    (tmp_path / PAGE).write_text(whatif.html(), encoding="utf-8")  # current, so that it is not made again
    code, out, err = run("report", *UNANSWERED, "--output", tmp_path)
    assert code == 1
    assert "0 of 1 reports" in out
    said = "01-published-comparison: h200: no row reaches 5000 tok/s/user; the highest measured is 174.8246 tok/s"
    assert said in err
    assert err.count("\n") == 2
    assert "Traceback" not in err
    assert not (tmp_path / "published/01-published-comparison.html").exists()
    found = check_folder(tmp_path)
    assert found.good
    assert {"index.html", PAGE} <= set(found.files.same)


def job(scenario, notebook="one", **parameters):
    return Job(scenario, notebook, b"", parameters, Order())


def test_a_failed_report_is_told_with_the_parameters_that_set_it_apart():
    jobs = [job("a", speed=1, rows="x", price=None), job("b", speed=2, rows="x", price=3), job("c", "two", speed=9)]
    assert report._varied(Outcome(jobs[0], "failed"), jobs) == " (speed=1, price=None)"
    assert report._varied(Outcome(jobs[2], "failed"), jobs) == ""
    assert report._varied(Outcome(jobs[0], "failed"), jobs[:1]) == ""


@pytest.mark.parametrize(
    ("dying", "reason"),
    [
        (partial({}.__getitem__, "b400"), "KeyError: 'b400'"),
        (partial(open, "/none/such"), "No such file or directory: /none/such"),
        (partial(os._exit, 1), "its process ended before it was done"),
    ],
    ids=["of what nobody foresaw", "of a file", "with its process"],
)
def test_whatever_a_page_dies_of_it_is_named_and_index_and_manifest_are_written(
    run, tmp_path, monkeypatch, dying, reason
):
    monkeypatch.setattr(pages, "outdated", lambda asked, output, *rest, **more: {"what-if.html": dying})
    code, _, err = run("report", *UNANSWERED, "--output", tmp_path)
    assert code == 1
    assert f"failed: what-if.html: {reason}" in err
    assert "Traceback" not in err
    assert check_folder(tmp_path).good
    assert (tmp_path / "index.html").is_file()


def test_scenarios_are_those_named_once_each_or_those_of_a_grid_but_not_both(tmp_path):
    grid = tmp_path / "grid.yaml"
    grid.write_text("list: [{name: a}, {name: b}]")
    assert report._asked(["amd", "chat", "amd"], None, []) == [read_scenario("amd"), read_scenario("chat")]
    found = report._asked([], grid, ["horizon=12"])
    assert [(one.name, one.horizon) for one in found] == [("a", 12), ("b", 12)]
    own = tmp_path / "chat.yaml"
    own.write_text("horizon: 24")
    with pytest.raises(InputError, match="rename one"):
        report._asked(["chat", str(own)], None, [])
    with pytest.raises(InputError, match=r"^found --scenario and --grid, allowed is one of them$"):
        report._asked(["amd"], grid, [])


@pytest.mark.parametrize("is_terminal", [False, True])
def test_each_outcome_is_told_as_it_is_known_and_not_where_answers_stand(capsys, monkeypatch, is_terminal):
    console = rich.console.Console

    def made(**options):
        assert options == {"stderr": True}
        return console(**options, force_terminal=is_terminal, width=60, no_color=True)

    monkeypatch.setattr(rich.console, "Console", made)
    with report._progress(2) as told:
        told(Outcome(job("a"), "built"))
        told(Outcome(job("b"), "failed", "message"))
    said = capsys.readouterr()
    assert said.out == ""
    assert "built: a/one\n" in said.err.replace("\r", "")
    assert "failed: b/one" in said.err
    assert ("2/2" in said.err) is is_terminal
    assert ("reports" in said.err) is is_terminal
