import hashlib
import json

import pytest

from analysis.errors import WorkError
from analysis.library.loading.file import files
from analysis.library.places import DATA, ROOT
from analysis.machinery.press import fingerprints, made_from

CONTENT = b'{"cells": []}'


@pytest.fixture(scope="module")
def record():
    made = made_from.record("one", "published", {"b": None, "a": 2}, notebook=CONTENT)
    assert list(made) == ["one/made-from.json"]
    return json.loads(made["one/made-from.json"])


@pytest.mark.parametrize(
    "path", ["data/assumptions.csv", "data/claims/published.csv", "analysis/formulas/serving.py"]
)
def test_each_file_stands_with_its_hash_and_size(record, path):
    content = (ROOT / path).read_bytes()
    assert record["files"][path] == [hashlib.sha256(content).hexdigest(), len(content)]


def test_data_code_lock_and_notebook_are_all_there_and_nothing_else(record):
    data = {f"data/{path.relative_to(DATA).as_posix()}" for path in files(DATA)}
    assert data == {path for path in record["files"] if path.startswith("data/") and not path.endswith("/")}
    folders = {path for path in record["files"] if path.endswith("/")}
    assert folders == {"data/", "data/benchmarks/", "data/claims/", "data/grids/", "data/scenarios/"}
    others = set(record["files"]) - data - folders
    outside = {path for path in others if not path.startswith("analysis/")}
    assert outside == {"requirements.lock", "notebooks/one.ipynb"}
    assert not [path for path in others if "__pycache__" in path]
    assert record["files"]["notebooks/one.ipynb"] == [hashlib.sha256(CONTENT).hexdigest(), len(CONTENT)]


def test_scenario_parameters_and_versions_are_said(record):
    assert record["scenario"] == "published"
    assert record["parameters"] == {"a": 2, "b": None}
    assert {"Python", "numpy", "pandas", "typst"} <= set(record["versions"])
    assert all(record["versions"].values())


def test_a_package_that_is_not_installed_has_no_version(monkeypatch, tmp_path):
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\ndependencies = ["no-such-package-at-all>=1"]\n')
    monkeypatch.setattr(made_from, "PROJECT", project)
    made_from.versions.cache_clear()
    try:
        assert made_from.versions()["no-such-package-at-all"] == ""
    finally:
        made_from.versions.cache_clear()


def test_the_same_things_give_the_same_bytes_in_whatever_order_they_come():
    one = made_from.record("one", "published", {"a": 1, "b": 2})
    other = made_from.record("one", "published", {"b": 2, "a": 1})
    assert one == other


def test_no_path_of_the_machine_is_in_it():
    (content,) = made_from.record("one", "published", {}).values()
    assert str(ROOT).encode() not in content


def test_what_changed_while_a_report_was_made_is_named_and_what_it_does_not_use_may_change(data, monkeypatch):
    before, there = fingerprints.files_now(data), fingerprints.places(data)
    monkeypatch.setattr(fingerprints, "places", lambda folder: there)
    used = {path: before[path] for path in before if path != "data/market_prices.csv"}
    (data / "market_prices.csv").write_text("other")
    fingerprints.demand_unchanged(used)
    (data / "assumptions.csv").write_text("other")
    with pytest.raises(WorkError, match=r"^data/assumptions\.csv was changed during the build"):
        fingerprints.demand_unchanged(used)


def test_the_hashes_of_data_and_code_are_of_their_files_alone(monkeypatch):
    now = fingerprints.files_now()

    def hashes(**changed):
        monkeypatch.setattr(fingerprints, "files", lambda: now | changed)
        return fingerprints.data_hash.__wrapped__(), fingerprints.code_hash.__wrapped__()

    data, code = hashes()
    assert hashes(**{"requirements.lock": ("0", 1)}) == (data, code)
    other = hashes(**{"data/assumptions.csv": ("0", 1)})
    assert (other[0] == data, other[1] == code) == (False, True)
    other = hashes(**{"analysis/more.py": ("0", 1)})
    assert (other[0] == data, other[1] == code) == (True, False)
