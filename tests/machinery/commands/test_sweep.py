"""The command writes files and a page, says what it did, and refuses before any work."""

import pyarrow.parquet as pq
import pytest

SMALL = """
description: Two baselines against all
product:
  baseline: [h200, h100]
  subject: "*"
  workload: [1k/1k, 8k/1k]
  interactivity: {from: 20, to: 150, count: 12, scale: log}
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    return path


def test_files_and_page_lie_in_the_folder_of_the_grid(run, tmp_path, small):
    code, out, _ = run("sweep", small, "--output", tmp_path / "output")
    assert code == 0
    assert "432 scenarios" in out
    assert pq.read_table(tmp_path / "output/small/scenarios").num_rows == 432
    page = (tmp_path / "output/small/map.html").read_text()
    for said in ("Two baselines against all", "432", "GB300 NVL72", "placeholder", "35 to 50"):
        assert said in page
    assert page.count("<figure") == 3
    index = (tmp_path / "output/index.html").read_text()
    assert "small/map.html" in index
    before = {path: path.read_bytes() for path in (tmp_path / "output").rglob("*") if path.is_file()}
    code, out, _ = run("sweep", small, "--output", tmp_path / "output")
    assert "0 partitions made, 1 kept" in out
    assert before == {path: path.read_bytes() for path in (tmp_path / "output").rglob("*") if path.is_file()}


@pytest.fixture
def failing(tmp_path):
    path = tmp_path / "failing.yaml"
    path.write_text("product: {colocation: [130], facility_capital: [0, 9], facility_life: 9}")
    return path


def test_a_failing_scenario_is_exit_code_1_and_is_named(run, tmp_path, failing):
    code, out, err = run("sweep", failing, "--output", tmp_path, "--no-summary")
    assert code == 1
    assert "failed: scenario 1 (" in err
    assert "2 scenarios" in out


def test_a_scenario_that_stops_the_others_is_exit_code_1_too(run, tmp_path, failing):
    code, out, err = run("sweep", failing, "--output", tmp_path, "--fail-fast")
    assert (code, out) == (1, "")
    assert err.startswith("failed: scenario 1 (")
    assert err.count("\n") == 1


def test_what_goes_elsewhere_leaves_nothing_in_the_folder_of_the_results(run, tmp_path, small):
    elsewhere, output = tmp_path / "elsewhere", tmp_path / "output"
    assert run("sweep", small, "--location", elsewhere, "--output", output).code == 0
    assert [path.name for path in elsewhere.iterdir()] == ["part-00000.parquet"]
    assert not output.exists()


@pytest.mark.parametrize("name", ["mapp", "no-such-file.yaml"])
def test_an_unknown_grid_is_exit_code_2_and_nothing_is_written(run, tmp_path, name):
    code, _, err = run("sweep", name, "--output", tmp_path / "output")
    assert code == 2
    assert "no grid" in err
    assert not (tmp_path / "output").exists()
