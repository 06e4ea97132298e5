import runpy
import subprocess
import sys

import pytest

from analysis.library.loading import folder
from analysis.library.loading.folder import SUMS, changed, ship
from analysis.library.places import DATA, ROOT
from analysis.library.sources import load
from analysis.machinery.commands.verify import verify
from analysis.machinery.press import made_from

OWN = "id,statement,quantity,subject,printed,source\n"


def uncommitted():
    """Files of the data folder that a reader of this copy has changed and not committed."""
    if not (ROOT / ".git").exists():
        return set()
    command = ["git", "status", "--porcelain", "--untracked-files=all", "--", "data"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return {line[3:].removeprefix("data/") for line in listed}


def test_the_checksums_are_those_of_the_tables_that_are_shipped():
    again = "a table was changed: `.venv/bin/python -m analysis.library.loading.folder` writes data/SHA256SUMS anew"
    assert set(changed()) <= uncommitted(), again


def test_every_table_ledger_scenario_and_grid_has_a_checksum():
    named = {line.partition("  ")[2] for line in (DATA / SUMS).read_text(encoding="utf-8").splitlines()}
    there = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.suffix in (".csv", ".yaml")}
    assert {name for name in there if not name.startswith("benchmarks/")} - uncommitted() <= named


def test_each_kind_of_change_is_named(data):
    ship(data)
    assert changed(data) == ()
    (data / "market_prices.csv").write_text((data / "market_prices.csv").read_text() + "\n")
    (data / "scenarios/chat.yaml").write_text("title: Other\n")
    (data / "claims/own.csv").write_text(OWN)
    (data / "evaluations.csv").unlink()
    assert changed(data) == ("claims/own.csv", "evaluations.csv", "market_prices.csv", "scenarios/chat.yaml")


def test_run_as_a_program_it_writes_the_checksums_and_says_where(data, monkeypatch, capsys):
    monkeypatch.setattr("analysis.library.places.DATA", data)
    monkeypatch.delitem(sys.modules, "analysis.library.loading.folder")
    (data / SUMS).unlink()
    (data / "evaluations.csv").unlink()
    runpy.run_module("analysis.library.loading.folder", run_name="__main__")
    assert capsys.readouterr().out == f"{data / SUMS}\n"
    assert changed(data) == ()
    assert (data / SUMS).read_text(encoding="utf-8").count("evaluations.csv") == 0


def test_own_scenarios_grids_and_snapshots_change_nothing_of_others(data):
    ship(data)
    for name in ("scenarios/own.yaml", "grids/own.yaml", "benchmarks/own.csv", "notes.txt"):
        (data / name).write_text("title: Own\n")
    assert changed(data) == ()


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_folder_without_checksums_is_told_by_their_file(data, content):
    (data / SUMS).unlink()
    if content is not None:
        (data / SUMS).write_bytes(content)
    assert changed(data) == (SUMS,)


@pytest.mark.parametrize("content", ["", "nonsense\n", f"{'0' * 64}  ../secret\n"])
def test_broken_checksums_name_every_table_and_read_no_other_file(data, content):
    (data / SUMS).write_text(content)
    assert {"assumptions.csv", "claims/published.csv"} <= set(changed(data))


def test_a_changed_table_is_read_and_named_by_the_library(data):
    ship(data)
    assert load(data).changed == ()
    table = data / "market_prices.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    library = load(data)
    assert library.changed == ("market_prices.csv",)
    assert len(library.tables["market_prices"]) == len(lines) - 2


def test_reports_and_verdicts_name_the_tables_that_the_reader_changed(monkeypatch, capsys):
    monkeypatch.setattr(made_from, "_changed", lambda: ("market_prices.csv", "claims/published.csv"))
    monkeypatch.setattr(folder, "changed", lambda folder: ("market_prices.csv",))
    used = dict.fromkeys(("data/market_prices.csv", "data/choices.csv"), ("0" * 64, 1))
    assert ("Data changed by the reader", "market_prices.csv") in made_from.made_with(used)
    verify("published", "published", None, "csv", strict=False)
    assert "note: tables changed by the reader: market_prices.csv" in capsys.readouterr().err
