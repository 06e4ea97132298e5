import datetime
import hashlib
import shutil
import subprocess
import threading
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.library.loading import snapshots
from analysis.library.loading.new_snapshots import as_csv, merged, write_snapshot
from analysis.library.loading.origins import Origin
from analysis.library.loading.snapshots import Snapshot, read_snapshot
from analysis.library.sources import DATA, SNAPSHOT, load
from analysis.library.writing import LOCK
from tests.support.answers import SNAPSHOTS, shipped

DAY = datetime.date(2026, 11, 22)


def origin(name: str, rows: int) -> Origin:
    return Origin(id=name, title=f"Title of {name}", publisher="somebody", retrieved=DAY, rows=rows)


def some(start: int, stop: int, name: str = "some") -> Snapshot:
    rows = shipped().iloc[start:stop].reset_index(drop=True)
    return Snapshot(rows, "DeepSeek-R1-0528", (origin(name, len(rows)),))


def own(concurrency: int = 64, interactivity: float = 40.0) -> Snapshot:
    row = shipped().iloc[[0]].reset_index(drop=True)
    row = row.assign(
        framework="vllm", concurrency=concurrency, interactivity_median=interactivity, throughput_per_gpu=585.0,
        date=pd.Timestamp("2026-04-15"), run_id=0,
    )  # fmt: skip
    return Snapshot(row, "DeepSeek-R1-0528", (origin("own", 1),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in SNAPSHOTS.glob(f"{SNAPSHOT}.*"):
        shutil.copy(path, tmp_path)
    sums = (SNAPSHOTS / "SHA256SUMS").read_text().splitlines(keepends=True)
    (tmp_path / "SHA256SUMS").write_text("".join(line for line in sums if f"{SNAPSHOT}.csv" in line))
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name != LOCK}


# Reading


def test_every_snapshot_that_comes_with_the_project_reads_and_is_what_was_written() -> None:
    for name in snapshots.snapshot_names(SNAPSHOTS):
        assert len(read_snapshot(SNAPSHOTS, name).rows) > 0


def test_the_shipped_rows_are_written_byte_for_byte_as_they_are() -> None:
    assert as_csv(shipped()) == (SNAPSHOTS / f"{SNAPSHOT}.csv").read_bytes()


def test_a_figure_that_was_changed_in_place_is_noticed(folder: Path) -> None:
    path = folder / f"{SNAPSHOT}.csv"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("3813.8311", "9813.8311"))
    with pytest.raises(InputError, match=r"its SHA-256 is [0-9a-f]{64}, not the one in SHA256SUMS"):
        read_snapshot(folder, SNAPSHOT)


def test_a_cell_that_is_not_allowed_is_named_before_the_checksum(folder: Path) -> None:
    path = folder / f"{SNAPSHOT}.csv"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("3813.8311", "-1", 1))
    with pytest.raises(InputError, match=r"line 2, throughput_per_gpu: found .*-1"):
        read_snapshot(folder, SNAPSHOT)


def test_rows_of_unknown_origin_are_refused(folder: Path) -> None:
    write_snapshot(some(0, 5), folder, "five")
    (folder / "five.yaml").write_text((folder / "five.yaml").read_text().replace("rows: 5", "rows: 4"))
    with pytest.raises(InputError, match=r"five\.yaml: found origins of 4 rows; five\.csv has 5"):
        read_snapshot(folder, "five")
    (folder / "five.yaml").unlink()
    with pytest.raises(InputError, match=r"five\.yaml: no such file; it must say where the rows come from"):
        read_snapshot(folder, "five")


def test_a_table_that_was_only_put_into_the_folder_is_no_snapshot(folder: Path) -> None:
    (folder / "mine.csv").write_bytes(as_csv(shipped().head(3)))
    with pytest.raises(InputError, match="bring other rows in with `analysis import`"):
        read_snapshot(folder, "mine")


@pytest.mark.parametrize("name", ["inferencex-deepseek-r1-2026-05-06", f"../benchmarks/{SNAPSHOT}"])
def test_a_snapshot_that_is_not_there_is_answered_with_the_nearest(folder: Path, name: str) -> None:
    with pytest.raises(InputError, match=f"no such benchmark snapshot; did you mean '{SNAPSHOT}'"):
        read_snapshot(folder, name)


# Writing


def test_a_written_snapshot_reads_the_same(folder: Path) -> None:
    path = write_snapshot(some(100, 200), folder, "some-2026-11-22")
    found = read_snapshot(folder, "some-2026-11-22")
    assert path == folder / "some-2026-11-22.csv"
    pd.testing.assert_frame_equal(found.rows, some(100, 200).rows)
    assert found.origins == some(100, 200).origins
    assert found.model == "DeepSeek-R1-0528"


def test_the_standard_tool_agrees_with_the_checksums(folder: Path) -> None:
    write_snapshot(some(0, 5), folder, "five")
    listed = (folder / "SHA256SUMS").read_text().splitlines()
    assert [line[66:] for line in listed] == ["five.csv", f"{SNAPSHOT}.csv"]
    assert listed[0][:66] == hashlib.sha256((folder / "five.csv").read_bytes()).hexdigest() + "  "
    if tool := shutil.which("sha256sum"):
        subprocess.run([tool, "--check", "--strict", "SHA256SUMS"], cwd=folder, check=True, capture_output=True)


def test_a_snapshot_is_never_overwritten(folder: Path) -> None:
    write_snapshot(some(0, 5), folder, "five")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name in ("five", SNAPSHOT):
        with pytest.raises(InputError, match="exists, and a snapshot is never overwritten; choose another name"):
            write_snapshot(some(5, 9), folder, name)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("name", ["../five", "a/b", "Five", "", ".five", "fünf", "five\n"])
def test_a_name_that_is_none_for_a_file_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(InputError, match="allowed are lower-case letters, digits"):
        write_snapshot(some(0, 5), folder, name)


def test_a_write_that_breaks_off_leaves_no_snapshot_and_can_be_repeated(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace
    for kept in range(3):
        left = kept

        def breaking(path: Path, target: Path) -> Path:
            nonlocal left
            if left == 0:
                raise KeyboardInterrupt
            left -= 1
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", breaking)
        with pytest.raises(KeyboardInterrupt):
            write_snapshot(some(0, 5), folder, "five")
        assert snapshots.snapshot_names(folder) == [SNAPSHOT]
        assert len(read_snapshot(folder, SNAPSHOT).rows) == 1729
    monkeypatch.setattr(Path, "replace", replace)
    write_snapshot(some(5, 9), folder, "five")
    assert len(read_snapshot(folder, "five").rows) == 4


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    before = names(folder)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match="cannot be written: No space left on device"):
        write_snapshot(some(0, 5), folder, "five")
    assert names(folder) == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="file: cannot be written: File exists"):
        write_snapshot(some(0, 5), tmp_path / "file", "five")


def test_snapshots_written_at_the_same_time_are_all_listed(folder: Path) -> None:
    writers = [
        threading.Thread(target=write_snapshot, args=(some(start, start + 3), folder, f"rows-{start}"))
        for start in range(8)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(snapshots.snapshot_names(folder)) == 9
    for name in snapshots.snapshot_names(folder):
        read_snapshot(folder, name)


def test_what_is_not_allowed_is_never_written(folder: Path) -> None:
    wrong = some(0, 5)
    wrong.rows.loc[3, "throughput_per_gpu"] = -1.0
    before = names(folder)
    with pytest.raises(InputError, match=r"five\.csv, line 5, throughput_per_gpu"):
        write_snapshot(wrong, folder, "five")
    assert names(folder) == before


# Merging


def test_own_rows_stand_after_those_of_the_base_and_each_keeps_its_origin(folder: Path) -> None:
    base = read_snapshot(folder, SNAPSHOT)
    both = merged(base, own())
    pd.testing.assert_frame_equal(both.rows.iloc[:1729], base.rows)
    assert both.rows.iloc[1729]["framework"] == "vllm"
    assert [(one.id, one.rows) for one in both.origins] == [("inferencex-rows", 1729), ("own", 1)]


def test_a_row_that_both_have_is_kept_once_with_the_origin_of_the_base() -> None:
    both = merged(some(0, 10, "first"), some(5, 15, "second"))
    pd.testing.assert_frame_equal(both.rows, some(0, 15).rows)
    assert [(one.id, one.rows) for one in both.origins] == [("first", 10), ("second", 5)]


def test_a_base_of_several_origins_keeps_them_all() -> None:
    three = merged(merged(some(0, 4, "a"), some(2, 6, "b")), some(0, 9, "c"))
    assert [(one.id, one.rows) for one in three.origins] == [("a", 4), ("b", 2), ("c", 3)]


def test_nothing_new_is_said_to_be_nothing_new() -> None:
    with pytest.raises(InputError, match="Title of again: the base has all of its 3 rows already"):
        merged(some(0, 10), some(2, 5, "again"))


def test_another_model_is_not_put_on_the_same_curve() -> None:
    other = Snapshot(own().rows, "Llama-3.3-70B-Instruct", own().origins)
    with pytest.raises(InputError, match=r"of another model, 'Llama-3\.3-70B-Instruct'; the base has"):
        merged(some(0, 10), other)


def test_a_quantized_version_is_the_same_model() -> None:
    quantized = Snapshot(own().rows, "deepseek-r1-0528-FP4-v2", own().origins)
    assert merged(some(0, 10), quantized).model == "DeepSeek-R1-0528"


def test_other_figures_for_the_same_run_are_refused(folder: Path) -> None:
    both = merged(merged(some(0, 3), own()), own(interactivity=50.0))
    with pytest.raises(InputError, match=r"both\.csv, line \d+: the key \(hardware.*\) stands here again"):
        write_snapshot(both, folder, "both")


# In the library


def test_an_own_measurement_is_a_value_whose_source_is_not_the_public_benchmark(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    folder = data / "benchmarks"
    write_snapshot(merged(read_snapshot(folder, SNAPSHOT), own()), folder, "with-own")
    library = load(data, "with-own")
    assert len(library.benchmark) == 1730

    def source(index: int) -> tuple[str, str, str]:
        (found,) = library.measured(
            library.benchmark.loc[index], "throughput_per_gpu", "throughput_per_gpu", {}
        ).sources
        return found.id, found.publisher, found.part_url

    assert source(1729) == ("own", "somebody", "")
    run = library.benchmark.loc[1728, "run_id"]
    assert source(1728) == (
        "inferencex-rows", "SemiAnalysis", f"https://github.com/SemiAnalysisAI/InferenceX/actions/runs/{run}",
    )  # fmt: skip
    value = library.measured(library.benchmark.loc[1729], "throughput_per_gpu", "throughput_per_gpu", {})
    assert (value.number, value.place) == (585.0, "data/benchmarks/with-own.csv, line 1731")
