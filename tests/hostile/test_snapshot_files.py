"""Measured rows that were touched, or that come from nowhere, are not taken for measured rows."""

import hashlib
import os
from dataclasses import replace

import pytest

from analysis.errors import InputError
from analysis.library.loading import origins
from analysis.library.loading.new_snapshots import write_snapshot
from analysis.library.loading.snapshots import SUMS, read_snapshot, snapshot_files
from analysis.library.sources import DATA, SNAPSHOT, load
from tests.hostile.refusals import refusal, tree
from tests.library.loading.test_snapshots import some

NAME, ROWS, ORIGINS = "measured", "measured.csv", "measured.yaml"
(SHIPPED,) = origins.read_origins(DATA / "benchmarks" / f"{SNAPSHOT}.yaml").origins
# What is replaced in the file of origins, by what, and what the message says.
TOUCHED = {
    "a publisher turned around": ("publisher: ", 'publisher: "\\u202e" #', "publisher: found '\\u202e'; the control"),
    "a publisher that is a formula": (
        "publisher: ",
        "publisher: =A1  #",
        "publisher: found '=A1'; a spreadsheet wou",
    ),
    "an address that is a script": ("\n  url: https:", "\n  url: javascript:", "url: found 'javascript://"),
    "an address of a run that is a script": ("run_url: https:", "run_url: javascript:", "must be an address of the"),
    "an address of no run": ("{run_id}", "7", "run_url: found 'https://github.com/"),
    "a row less": ("rows: 3", "rows: 2", f": found origins of 2 rows; {ROWS} has 3"),
    "rows without end": ("rows: 3", f"rows: {'9' * 300}", "rows: found 9999"),
    "minus one row": ("rows: 3", "rows: -1", "rows: found -1; must be greater than or equal to 1"),
    "rows in words": ("rows: 3", "rows: many", "rows: found 'many'; must be a valid integer"),
    "a year to come": ("retrieved: 2", "retrieved: 9", "retrieved: found datetime.date(9026, 5, 5); must be a day f"),
    "a day by its week": ("retrieved: 2026-05-05", "retrieved: 2026-W19-2", "must be a day, YYYY-MM-DD"),
    "a model of no name": ("model: ", "model: '' #", "model: found ''; String should have at least 1 character"),
    "a key that is unknown": ("model: ", "__class__: x\nmodel: ", "__class__: unknown key"),
    "an alias": ("model: ", "x: &a y\nz: *a\nmodel: ", "line 1: an anchor or an alias is not allowed"),
}


@pytest.fixture
def folder(tmp_path):
    write_snapshot(replace(some(0, 3), origins=(SHIPPED.model_copy(update={"rows": 3}),)), tmp_path, NAME)
    return tmp_path


def refused(folder):
    return refusal(read_snapshot, folder, NAME)


@pytest.mark.parametrize(("old", "new", "said"), TOUCHED.values(), ids=TOUCHED)
def test_origins_that_were_touched_are_refused_with_their_place(folder, old, new, said):
    path = folder / ORIGINS
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    message = refused(folder)
    assert message.startswith(str(path))
    assert said in message


@pytest.mark.parametrize(
    "damage",
    [
        lambda rows: rows.replace(b"48.19106", b"48.19107", 1),
        lambda rows: rows[: rows.rstrip().rfind(b"\n") + 1],
        lambda rows: b"\xef\xbb\xbf" + rows,
        lambda rows: rows.replace(b"\n", b"\r\n"),
    ],
    ids=["a digit", "a row less", "a mark of the byte order", "other line ends"],
)
def test_rows_that_were_touched_do_not_have_their_checksum(folder, damage):
    path = folder / ROWS
    path.write_bytes(damage(path.read_bytes()))
    assert f"{path}: its SHA-256 is {hashlib.sha256(path.read_bytes()).hexdigest()}, not the one" in refused(folder)


def test_checksums_that_are_no_text_are_refused_and_kept(folder):
    (folder / SUMS).write_bytes(b"\xff\xfe")
    assert refused(folder) == f"{folder / SUMS}: not UTF-8 text (invalid start byte at byte 0)"
    with pytest.raises(InputError, match="not UTF-8 text"):
        write_snapshot(some(0, 3), folder, "again")
    assert (folder / SUMS).read_bytes() == b"\xff\xfe"
    assert not (folder / "again.csv").exists()


NO_FILE = "not readable: found a folder or a device"


@pytest.mark.parametrize(
    ("name", "said"), [(ROWS, "no such benchmark snapshot"), (ORIGINS, NO_FILE), (SUMS, NO_FILE)]
)
def test_a_folder_or_a_pipe_is_no_part_of_a_snapshot(folder, name, said):
    (folder / name).unlink()
    (folder / name).mkdir()
    assert f"{folder / name}: {said}" in refused(folder)
    (folder / name).rmdir()
    os.mkfifo(folder / name)
    assert f"{folder / name}: {said}" in refused(folder)


@pytest.mark.parametrize(
    "name", ["../published", "/etc/passwd", "", ".", "a\0b", "x" * 300, "\ud800", "\x1b[31m", "*", "A"]
)
def test_a_name_that_is_none_for_a_file_is_no_snapshot(name):
    folder = DATA / "benchmarks"
    for call in (read_snapshot, snapshot_files):
        assert "no such benchmark snapshot; allowed: inferencex-" in refusal(call, folder, name)
    assert "no such benchmark snapshot" in refusal(load, snapshot=name)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"image": "a\nb"}, "image: found 'a\\nb'; allowed is text without control characters"),
        ({"image": "=A1"}, "image: found '=A1'; allowed is text without control characters that does not begin with"),
        ({"image": "\u202e"}, "image: found '\\u202e'"),
        ({"throughput_per_gpu": 5e-324}, "throughput_per_gpu: found 5e-324"),
        ({"interactivity_median": float("inf")}, "interactivity_median: found inf"),
    ],
)
def test_rows_that_could_not_be_read_again_are_never_written(folder, change, said):
    before = tree(folder)
    rows = some(0, 3)
    rows.rows.loc[1, list(change)] = list(change.values())
    assert said in refusal(write_snapshot, rows, folder, "again")
    assert tree(folder) == before


@pytest.mark.parametrize("model", ["", "a\nb", "\u202e", "=A1", "x" * 301])
def test_a_model_that_is_no_name_is_never_written(folder, model):
    before = tree(folder)
    rows = some(0, 3)
    message = refusal(write_snapshot, type(rows)(rows.rows, model, rows.origins), folder, "again")
    assert message.startswith("again.yaml, model: found ")
    assert tree(folder) == before
