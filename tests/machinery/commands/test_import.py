import datetime
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from analysis.errors import InputError
from analysis.frontier.series import curves, frontiers
from analysis.library.loading.new_snapshots import as_csv
from analysis.library.loading.snapshots import read_snapshot
from analysis.library.measurements.points import known_formats
from analysis.library.sources import DATA, SNAPSHOT, load
from analysis.machinery.commands.import_ import import_
from tests.support import tools
from tests.support.answers import results, shipped
from tests.support.tools import loaded

TODAY = datetime.datetime.now(datetime.UTC).date()
DEPLOYMENT = ("--hardware", "h200", "--gpus", 8, "--precision", "fp8")
STATED = (*DEPLOYMENT, "--framework", "vllm", "--speculative-decoding", "none")
Run = Callable[..., str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def run(data: Path) -> Run:
    app = typer.Typer()
    app.command("import")(import_)
    app.callback()(lambda: None)

    def called(*arguments: object) -> str:
        words = ["import", *map(str, arguments), "--data", str(data)]
        return CliRunner().invoke(app, words, catch_exceptions=False).stdout

    return called


def sweep(folder: Path) -> list[Path]:
    """A sweep over concurrency: the more requests in flight, the more throughput and the slower for each user."""
    paths = []
    for concurrency, tpot in ((4, 0.008), (16, 0.011), (64, 0.025)):
        paths.append(folder / f"concurrency-{concurrency}.json")
        paths[-1].write_text(json.dumps(loaded(concurrency, tpot)))
    return paths


def test_an_own_sweep_stands_beside_the_published_rows_and_replaces_none(
    run: Run, data: Path, tmp_path: Path
) -> None:
    said = run(*sweep(tmp_path), *STATED, "--publisher", "Example Lab")
    assert "3 rows of Example Lab, DeepSeek-R1-0528, measured 2026-11-01" in said
    assert "h200 vllm fp8 none, ISL/OSL 1024/1024, concurrency 64: 40 tok/s/user, 630.76" in said
    assert f"beside the 1,729 rows of {SNAPSHOT} and replace none" in said
    assert "note:" not in said

    library = load(data, f"own-{TODAY}")
    own = library.benchmark[library.benchmark["publisher"] == "Example Lab"]
    assert len(own) == 3
    assert len(library.benchmark) == 1732
    assert [(origin.publisher, origin.rows) for origin in library.origins] == [
        ("SemiAnalysis", 1729),
        ("Example Lab", 3),
    ]
    assert own["doubts"].tolist() == [""] * 3


def test_an_own_series_is_a_curve_like_any_other(run: Run, data: Path, tmp_path: Path) -> None:
    run(*sweep(tmp_path), *STATED, "--publisher", "Example Lab")
    rows = load(data, f"own-{TODAY}").benchmark.query("publisher == 'Example Lab'")
    (curve,) = curves(frontiers(rows))
    assert curve([1000 / 25, 1000 / 11, 1000 / 8]) == pytest.approx(
        rows["throughput_per_gpu"].tolist()[::-1], rel=1e-7
    )


def test_the_hint_names_what_a_report_of_these_rows_needs(run: Run, tmp_path: Path) -> None:
    said = run(*sweep(tmp_path), *STATED, "--publisher", "Example Lab").splitlines()[-1]
    for part in (f"snapshot=own-{TODAY}", "as_of=2026-11-01", "'organization=Example Lab'"):
        assert f" -p {part}" in said
    assert "01-published-comparison" in said
    assert "baseline" not in said  # it is H200 already
    assert "subject" not in said
    slow = tmp_path / "slow.json"
    slow.write_text(json.dumps(loaded(64, 0.1)))
    alone = run(slow, *STATED, "--alone", "--name", "slow").splitlines()[-1]
    for part in (f"snapshot=slow-{TODAY}", "minimum_interactivity=9.99", "subject=h200"):
        assert f" -p {part}" in alone
    b200 = run(slow, *STATED, "--hardware", "b200", "--name", "b200").splitlines()[-1]
    assert " -p subject=b200" in b200


def test_what_nobody_states_is_told_with_its_option_and_unstated_in_the_row(
    run: Run, data: Path, tmp_path: Path
) -> None:
    said = run(*sweep(tmp_path), *DEPLOYMENT)
    assert "and 2 more: framework: the file does not say; the row says 'unstated', --framework states it" in said
    assert "speculative decoding: the file does not say; the row says 'unstated', --speculative-decoding" in said
    own = read_snapshot(data / "benchmarks", f"own-{TODAY}").rows.tail(3)
    assert set(own["framework"]) == set(own["speculative_decoding"]) == {"unstated"}


def test_alone_takes_no_rows_from_the_base_and_lists_none_of_it(run: Run, data: Path, tmp_path: Path) -> None:
    said = run(*sweep(tmp_path), *STATED, "--alone", "--name", "lab")
    assert len(said.splitlines()) == 5
    found = read_snapshot(data / "benchmarks", f"lab-{TODAY}")
    assert len(found.rows) == 3
    assert found.model == "DeepSeek-R1-0528"
    assert (found.origins[0].publisher, found.origins[0].attribution) == ("own measurement", "")


def test_files_in_any_order_make_the_same_rows(run: Run, data: Path, tmp_path: Path) -> None:
    paths = sweep(tmp_path)
    run(*paths, *STATED, "--alone", "--name", "up")
    run(*paths[::-1], *STATED, "--alone", "--name", "down")
    up, down = ((data / "benchmarks" / f"{name}-{TODAY}.csv").read_bytes() for name in ("up", "down"))
    assert up == down


def test_a_saved_answer_names_the_public_benchmark_unless_somebody_else_is_named(
    run: Run, data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(results(shipped().head(40))))
    run(path, "--alone", "--name", "saved")
    run(path, "--alone", "--name", "lab", "--publisher", "Example Lab")
    (saved,) = read_snapshot(data / "benchmarks", f"saved-{TODAY}").origins
    (lab,) = read_snapshot(data / "benchmarks", f"lab-{TODAY}").origins
    assert (saved.publisher, saved.license, "{run_id}" in saved.run_url) == ("SemiAnalysis", "Apache-2.0", True)
    assert (lab.publisher, lab.license, lab.run_url) == ("Example Lab", "", "")


def test_a_table_of_ones_own_is_put_beside_the_base(run: Run, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(as_csv(shipped().head(2).assign(concurrency=[3, 5], run_id=0)))
    assert "2 rows of own measurement" in run(path)
    assert len(load(data, f"own-{TODAY}").benchmark) == 1731


def test_a_model_that_no_file_names_is_the_bases_and_that_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "benchmarks.json"
    path.write_text(json.dumps(tools.guidellm()))
    assert "which model was served; taken is the base's, DeepSeek-R1-0528 (--model)" in run(path, *STATED)
    with pytest.raises(InputError, match="the files do not say which model was served; give --model"):
        run(path, *STATED, "--alone", "--name", "alone")


def test_the_formats_are_listed_with_what_makes_them_and_why_others_are_not_read(run: Run) -> None:
    said = run("--formats")
    for known in known_formats():
        assert known.name in said
        assert known.command in said
        assert known.refused in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give --hardware, --gpus and --precision"),
        (["--hardware", "h201", "--gpus", 8, "--precision", "fp8"], "unknown hardware 'h201'; did you mean 'h200'"),
        (["--hardware", "h200", "--precision", "fp8"], "give --gpus"),
        ([*DEPLOYMENT, "--base", "inferencex-2026"], "no such benchmark snapshot"),
        ([*DEPLOYMENT, "--name", "../own"], "allowed are lower-case letters"),
        ([*DEPLOYMENT, "--publisher", "two\nlines"], "origin of the rows, publisher: found"),
        ([*DEPLOYMENT, "--model", "DeepSeek-R1-0528-Qwen3-8B"], "of another model, 'DeepSeek-R1-0528-Qwen3-8B'"),
    ],
)
def test_what_cannot_be_imported_leaves_the_folder_as_it_was(
    arguments: list[object], message: str, run: Run, data: Path, tmp_path: Path
) -> None:
    before = sorted(path.name for path in (data / "benchmarks").iterdir())
    with pytest.raises(InputError, match=message):
        run(*sweep(tmp_path), *arguments)
    assert sorted(path.name for path in (data / "benchmarks").iterdir()) == before
