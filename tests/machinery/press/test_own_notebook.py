"""The journey of a notebook of one's own: written, changed, built as it is seen, each figure in the report."""

import json
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.machinery.commands.new import written
from analysis.machinery.press.check import MENDED, UnbackedNumeralError
from analysis.machinery.press.execute import NotebookError
from analysis.machinery.press.jobs import jobs
from analysis.machinery.press.own_scenario import by_notebook, scenario_of
from analysis.machinery.press.publish import Job, render
from analysis.scenario import read_scenario

PICTURE = "from matplotlib import pyplot as plt\nplt.plot([1, 2], [3, 4])\nplt.show()"
BARE = "import pandas as pd\npd.DataFrame({'cost': [1.25]})"


def changed(path: Path, old: str, new: str, *sources: str) -> Path:
    """Change the parameter cell of a notebook, and add cells at its end."""
    notebook = json.loads(path.read_text())
    cells = notebook["cells"]
    cells[1]["source"] = [line.replace(old, new) for line in cells[1]["source"]]
    empty = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    cells += [{**empty, "id": f"own-{place}", "source": source} for place, source in enumerate(sources)]
    path.write_text(json.dumps(notebook))
    return path


def job_of(path: Path, *overrides: str) -> Job:
    ((scenario, paths),) = by_notebook([path], overrides)
    (job,) = jobs(scenario, overrides, paths, ("html",))
    return job


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = written("mine", "My question", tmp_path_factory.mktemp("own"))
    job = job_of(changed(path, '"gb300"', '"b200"', PICTURE))
    return render(job)["01-mine.html"].decode()


def test_the_report_is_of_the_scenario_that_the_parameter_cell_says(page: str) -> None:
    assert "HGX H200 and HGX B200" in page
    assert "01-mine: the parameter cell of 01-mine.ipynb" in page
    assert "report 01-mine.ipynb</" in page


def test_every_figure_and_table_is_in_the_report_and_what_nothing_stands_behind_says_so(page: str) -> None:
    assert page.count("<figure") == 2
    assert 'id="figure-cost-along-the-curves"' in page
    assert 'id="table-along-the-curves"' in page
    assert "<strong>Not backed:</strong> nothing in this report stands behind what the picture shows." in page
    assert "data:image/png;base64," in page


def test_values_quantities_and_formulas_of_ones_own_are_derived_in_the_report(page: str) -> None:
    assert "an example; put your own quote here" in page
    assert "cost per conversation" in page
    assert 'id="equation-cost_per_conversation"' in page


def test_a_frame_of_plain_numbers_is_refused_with_the_lines_that_mend_it(tmp_path: Path) -> None:
    path = written("mine", "", tmp_path)
    notebook = json.loads(path.read_text())
    notebook["cells"] = notebook["cells"][:2]
    path.write_text(json.dumps(notebook))
    with pytest.raises(UnbackedNumeralError) as refused:
        render(job_of(changed(path, "", "", BARE)))
    assert "'1.25'" in str(refused.value)
    assert str(refused.value).endswith(MENDED)


def test_a_cell_that_fails_is_named_as_lab_numbers_it(tmp_path: Path) -> None:
    path = written("mine", "", tmp_path)
    notebook = json.loads(path.read_text())
    notebook["cells"] = notebook["cells"][:2]
    path.write_text(json.dumps(notebook))
    with pytest.raises(NotebookError, match=r"published/01-mine, cell \[3\]: 1 / 0"):
        render(job_of(changed(path, "", "", "x = 1", "1 / 0")))


def test_a_cell_that_says_what_the_published_scenario_says_is_that_scenario(tmp_path: Path) -> None:
    path = written("mine", "", tmp_path)
    assert scenario_of(path) == read_scenario("published")
    assert scenario_of(path, ["as_of=2026-05-03"]) == read_scenario("published", ["as_of=2026-05-03"])


def test_what_is_asked_on_the_command_line_goes_before_the_cell(tmp_path: Path) -> None:
    path = changed(written("mine", "", tmp_path), '"gb300"', '"b200"')
    assert scenario_of(path, ["subject=mi355x"]).subject == "mi355x"
    assert scenario_of(path, ["as_of=2026-05-03"]).subject == "b200"


@pytest.mark.parametrize(
    ("new", "words"),
    [('"gb30"', "did you mean 'gb300'"), ("str(3)", r"subject: found 'str\(3\)', allowed is a plain value")],
)
def test_a_cell_that_says_what_no_scenario_can_is_refused_by_its_place(tmp_path: Path, new: str, words: str) -> None:
    path = changed(written("mine", "", tmp_path), '"gb300"', new)
    with pytest.raises(InputError, match=rf"01-mine.ipynb, parameter cell: .*{words}"):
        scenario_of(path)
