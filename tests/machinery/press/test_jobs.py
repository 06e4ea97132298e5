import pytest
from nbformat import writes
from nbformat.v4 import new_code_cell, new_notebook

from analysis.errors import InputError
from analysis.machinery.press.jobs import jobs, notebooks
from analysis.scenario import read_scenario


def write(folder, name, source):
    cell = new_code_cell(source, metadata={"tags": ["parameters"]}, id="a")
    path = folder / f"{name}.ipynb"
    path.write_text(writes(new_notebook(cells=[cell])))
    return path


def test_all_notebooks_come_in_order_and_those_named_as_named():
    everything = notebooks()
    assert [path.name for path in everything] == sorted(path.name for path in everything)
    assert notebooks([everything[1].stem, everything[0].stem]) == [everything[1], everything[0]]


def test_a_number_names_a_notebook():
    assert [path.stem for path in notebooks(["03", "01"])] == [
        "03-what-makes-the-difference",
        "01-published-comparison",
    ]


def test_an_unknown_notebook_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="did you mean '01-published-comparison'"):
        notebooks(["01-published-comparson"])


def test_a_path_is_that_notebook_and_no_other_of_its_name(tmp_path, monkeypatch):
    own = write(tmp_path, "01-published-comparison", "vintage = ''")
    monkeypatch.chdir(tmp_path)
    assert notebooks([str(own)]) == [own]
    assert notebooks(["01-published-comparison.ipynb"]) == [own.relative_to(tmp_path)]
    assert notebooks(["01-published-comparison"]) == notebooks()[:1]
    own.unlink()
    with pytest.raises(InputError, match=r"^01-published-comparison\.ipynb: no such file"):
        notebooks([own.name])


def test_two_notebooks_whose_reports_would_have_one_name_are_refused(tmp_path):
    own = write(tmp_path, "01-published-comparison", "vintage = ''")
    with pytest.raises(InputError, match="rename one"):
        notebooks(["01-published-comparison", str(own)])
    assert notebooks([str(own), str(own)]) == [own]


def test_a_notebook_whose_name_cannot_be_that_of_a_report_is_refused(tmp_path):
    with pytest.raises(InputError, match="takes its name"):
        notebooks([str(write(tmp_path, "two words #1", "vintage = ''"))])


def test_a_notebook_gets_the_parameters_that_it_names_and_no_other(tmp_path):
    path = write(tmp_path, "own", "baseline = 'h100'\nvintage = ''")
    (job,) = jobs(read_scenario("published"), [], [path])
    assert job.parameters == {"baseline": "h200", "vintage": "2026-04"}


def test_a_notebook_with_a_parameter_that_no_scenario_has_is_refused(tmp_path):
    path = write(tmp_path, "own", "basline = 'h100'")
    with pytest.raises(InputError, match="did you mean 'baseline'"):
        jobs(read_scenario("published"), [], [path])


def test_the_command_that_rebuilds_names_the_overrides(tmp_path):
    overrides = ["title=Two words; rm -rf x", "vintage=2026-07"]
    (job,) = jobs(read_scenario("published", overrides), overrides, [write(tmp_path, "own", "vintage = ''")])
    assert dict(job.order.provenance)["Rebuild"] == (
        "./run report own.ipynb --scenario published -p 'title=Two words; rm -rf x' -p vintage=2026-07"
    )
    assert job.order.front["title"] == "Two words; rm -rf x"


def test_paper_and_the_way_of_missing_signs_reach_the_front(tmp_path):
    (tmp_path / "own.yaml").write_text("title: \u6f22\npaper: letter\nmissing_signs: box")
    (job,) = jobs(read_scenario(str(tmp_path / "own.yaml")), [], notebooks(["06-procurement-brief"]))
    assert [job.order.front[key] for key in ("title", "paper", "missing_signs")] == ["\u6f22", "letter", "box"]
