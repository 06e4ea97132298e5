"""A report is made from the files that its run used, and no other one makes it anew."""

import dataclasses
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbformat import writes
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.library.places import DATA, NOTEBOOKS, ROOT
from analysis.machinery.press import fingerprints, made_from, publish, used
from analysis.machinery.press.build import build
from analysis.machinery.press.fingerprints import sums
from analysis.machinery.press.front import Order
from analysis.machinery.press.publish import Job
from analysis.machinery.press.work import Work

CODE = """from analysis.library.places import DATA
first = sorted(DATA.glob("grids/*.yaml"))[0].read_text()
print(platform, (DATA / "claims/nvidia-2025-10.yaml").is_file(), "analysis.formulas.serving" in first)
"""
OTHER = ("0" * 64, 1)


def notebook(words="Some words.", code=CODE):
    parameters = new_code_cell("platform = 'h200'", metadata={"tags": ["parameters"]})
    cells = [new_markdown_cell("# A title"), parameters, new_markdown_cell(words), new_code_cell(code)]
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position}"
    return writes(new_notebook(cells=cells)).encode()


JOB = Job("scenario", "one", notebook(), {"platform": "theirs"}, Order({}, (), ("html",)))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """What builds the report again, and says what it did: runs, renders, or nothing."""
    output, runs = tmp_path_factory.mktemp("output"), []
    run = publish.execute

    def build_again(job=JOB):
        runs.clear()
        with ThreadPoolExecutor(1) as executor:
            (outcome,) = build([job], output, executor, work=Work(executed=output / ".executed"))
        assert outcome.state in ("built", "unchanged"), outcome.message
        return "nothing" if outcome.state == "unchanged" else "runs" if runs else "renders"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publish, "execute", lambda *given, **how: runs.append(given) or run(*given, **how))
        assert build_again() == "runs"
        yield output, build_again


@pytest.fixture
def changed(monkeypatch):
    """Lets files of the project be others than they are, or not be there."""
    before = fingerprints.files()

    def change(**files):
        after = {path: one for path, one in (before | files).items() if one is not None}
        monkeypatch.setattr(fingerprints, "files", lambda: after)
        monkeypatch.setattr(fingerprints, "files_now", lambda *_, only=None: after)
        publish._press.cache_clear()

    yield change
    publish._press.cache_clear()


@pytest.mark.parametrize(
    ("path", "done"),
    [
        ("data/grids/map.yaml", "runs"),  # opened
        ("data/grids/", "runs"),  # listed: a file was added, or taken away
        ("data/market_prices.csv", "nothing"),
        ("data/claims/nvidia-2025-10.yaml", "nothing"),  # asked for, not opened
        ("data/scenarios/", "nothing"),
        ("analysis/library/places.py", "runs"),  # imported by the notebook
        ("analysis/machinery/press/kernel.py", "runs"),  # what it runs in
        ("analysis/machinery/press/exporters.py", "renders"),
        ("analysis/machinery/press/templates/report.css", "renders"),
        ("analysis/machinery/press/templates/report.lua", "renders"),
        ("analysis/machinery/commands/verify.py", "nothing"),
        ("analysis/machinery/whatif/templates/what-if.css", "nothing"),
        ("analysis/studies/procurement/brief.py", "nothing"),
        ("requirements.lock", "renders"),  # what is installed is what counts for a run
    ],
)
def test_a_file_makes_anew_what_used_it_and_nothing_else(built, changed, path, done):
    _, build_again = built
    assert path in fingerprints.files()
    build_again()
    changed(**{path: OTHER})
    assert build_again() == done
    assert build_again() == "nothing"


@pytest.mark.parametrize(
    ("job", "done"),
    [
        ({"content": notebook("Other words.")}, "renders"),
        ({"content": notebook(code=f"{CODE}# again")}, "runs"),
        ({"parameters": {"platform": "ours"}}, "runs"),
        ({"order": Order({"title": "Other"}, (), ("html",))}, "renders"),
        ({"order": Order({}, (), ("html",), code=True)}, "renders"),
    ],
)
def test_other_words_and_another_form_run_nothing_again(built, job, done):
    output, build_again = built
    build_again()
    other = dataclasses.replace(JOB, **job)
    assert build_again(other) == done
    page = (output / "scenario/one.html").read_bytes()
    assert page == publish.render(other)["one.html"]


def test_another_version_of_a_library_runs_all_again(built, monkeypatch):
    _, build_again = built
    build_again()
    versions = {**made_from.versions(), "pandas": "0"}
    monkeypatch.setattr(made_from, "versions", lambda: versions)
    monkeypatch.setattr("analysis.machinery.press.kept.versions", lambda: versions)
    assert build_again() == "runs"


def test_what_ran_may_be_deleted_or_damaged_at_any_time(built):
    output, build_again = built
    build_again()
    (kept,) = (output / ".executed").rglob("*.gz")
    whole = kept.read_bytes()
    for damaged in (b"", whole[:100], whole[:-1] + b"?"):
        kept.write_bytes(damaged)
        (output / "scenario/one.html").unlink()
        assert build_again() == "runs"
    kept.unlink()
    assert build_again() == "nothing"


def test_the_modules_of_a_source_are_all_that_it_can_load():
    sources = ("import analysis.machinery.press.exporters", "import analysis.machinery.press.publish")
    told = "import sys\nprint(*[m.__file__ for n, m in sys.modules.items() if n.startswith('analysis')])"
    code = "\n".join(
        f"{source}\n{told}" for source in sources
    )  # what the second loads is more than what the first does
    run = [sys.executable, "-c", code]
    printed = subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    for source, loaded in zip(sources, printed, strict=True):
        named = {Path(path).relative_to(ROOT).as_posix() for path in loaded.split()}
        assert named <= used.modules(source)
        assert "analysis/machinery/press/templates/report.css" in used.modules(source)


def test_imports_are_read_in_every_form():
    source = """
import os, analysis.errors as errors
from analysis.library import (
    quantities,
    values as known,  # more
)
if True:
    from analysis import scenario
"""
    assert {"analysis.errors", "analysis.library.quantities", "analysis.library.values", "analysis.scenario"} <= {
        *used.imported(source)
    }
    assert used.modules("import os") == set()


def test_what_was_opened_counts_wherever_links_lead(tmp_path, data):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/more.csv").write_text("a\n1\n")
    (data / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    for path in (data / "linked/more.csv", tmp_path / "elsewhere/more.csv"):
        assert used.opened([str(path)], data) == {"data/linked/more.csv", "data/linked/"}
    assert used.opened([str(data / "linked")], data) == {"data/linked/"}
    before = fingerprints.files_now(data)
    (tmp_path / "elsewhere/new.csv").touch()
    changed = {path for path, one in fingerprints.files_now(data).items() if before.get(path) != one}
    assert changed == {"data/linked/", "data/linked/new.csv"}


def test_a_folder_counts_where_what_was_looked_for_is_not_there():
    assert used.opened([str(DATA / "claims/none.yaml")]) == {"data/claims/"}
    assert used.opened([str(DATA / "none/none.yaml")]) == {"data/"}
    assert used.opened(["/elsewhere/none.yaml", str(ROOT / "pyproject.toml")]) == set()


def test_a_module_counts_as_its_source_or_as_its_bytecode():
    folder = ROOT / "analysis/formulas"
    for path in (folder / "serving.py", folder / "__pycache__/serving.cpython-311.pyc"):
        assert used.opened([str(path)]) == {"analysis/formulas/serving.py"}


def test_the_hash_of_unused_files_is_in_no_report(built):
    output, _ = built
    made = (output / "scenario/one/made-from.json").read_text()
    assert "market_prices" not in made
    assert fingerprints.data_hash()[:12] not in (output / "scenario/one.html").read_text()
    assert sums(["data/none.csv"]) == {}


def test_reports_use_few_of_the_modules():
    code = len([path for path in fingerprints.files() if path.startswith("analysis/")])
    for path in NOTEBOOKS.glob("0*.ipynb"):
        assert len(used.modules(path.read_text(encoding="utf-8").replace("\\n", "\n"))) < 0.6 * code
