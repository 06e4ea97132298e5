import copy
import datetime
import json
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from analysis.errors import InputError
from analysis.frontier.series import curves, frontiers
from analysis.library.loading.snapshots import as_csv, read_snapshot
from analysis.library.measurements import download
from analysis.library.measurements.download import Limits
from analysis.library.sources import DATA, SNAPSHOT, load
from analysis.machinery.commands.fetch import fetch
from analysis.machinery.commands.import_ import import_
from tests.support.answers import results, shipped, vllm_result
from tests.support.loopback import Server, serving

TODAY = datetime.datetime.now(datetime.UTC).date()
FETCHED = f"inferencex-deepseek-r1-0528-{TODAY}"
Run = Callable[..., str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def run(data: Path) -> Run:
    app = typer.Typer()
    app.command("fetch")(fetch)
    app.command("import")(import_)

    def called(*arguments: object) -> str:
        words = [*map(str, arguments), "--data", str(data)]
        return CliRunner().invoke(app, words, catch_exceptions=False).stdout

    return called


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    quick = Limits(step_seconds=1, total_seconds=5, content_bytes=5_000_000, attempts=2, first_wait_seconds=0.01)
    monkeypatch.setattr(download, "Limits", lambda: quick)
    with serving() as running:
        yield running


def newer_answer() -> list[dict[str, Any]]:
    """What the API may answer later: one configuration gone, one new, and the best measured again and better."""
    answer = copy.deepcopy(results(shipped()))
    best = max(answer, key=lambda result: result["metrics"]["tput_per_gpu"])
    best["date"], best["run_url"] = "2026-11-01", best["run_url"].replace("/runs/", "/runs/9")
    best["metrics"]["tput_per_gpu"] *= 1.5
    first = answer[0] if answer[0] is not best else answer[1]
    answer.append(first | {"conc": 7})
    answer.remove(first)
    return answer


# fetch


def test_a_fetched_answer_becomes_a_dated_snapshot_beside_the_shipped_one(
    server: Server, run: Run, data: Path
) -> None:
    before = {path.name: path.read_bytes() for path in (data / "benchmarks").glob(f"{SNAPSHOT}.*")}
    server.bodies["/api/v1/benchmarks"] = json.dumps(newer_answer()).encode()
    said = run("fetch", "--base-url", f"{server.url}/api/v1/").splitlines()

    assert server.queries == ["model=DeepSeek-R1-0528"]
    found = read_snapshot(data / "benchmarks", FETCHED)
    assert len(found.rows) == 1729
    (origin,) = found.origins
    assert (origin.url, origin.retrieved) == (f"{server.url}/api/v1/benchmarks?model=DeepSeek-R1-0528", TODAY)
    assert {name: (data / "benchmarks" / name).read_bytes() for name in before} == before

    assert said[0] == f"{data}/benchmarks/{FETCHED}.csv: 1,729 rows measured 2025-10-06 to 2026-11-01"
    assert said[1] == f"Compared with {SNAPSHOT}:"
    assert said[2].startswith("Configurations: 1 new, 1 measured again, 0 with other figures of the same run")
    assert said[3].startswith("Points of Pareto frontiers: ")
    assert any(" moved: " in line for line in said)
    assert said[-1] == f"To use it, set in a scenario: snapshot: {FETCHED}"


def test_a_fetched_snapshot_can_be_used_at_once(server: Server, run: Run, data: Path) -> None:
    server.bodies["/benchmarks"] = json.dumps(newer_answer()).encode()
    run("fetch", "--base-url", server.url, "--name", "later")
    assert load(data, f"later-{TODAY}").benchmark["date"].max() == load().benchmark["date"].max().replace(
        year=2026, month=11, day=1
    )


def test_a_second_fetch_of_a_day_is_refused_before_anything_is_asked(server: Server, run: Run) -> None:
    server.bodies["/benchmarks"] = json.dumps(results(shipped())).encode()
    run("fetch", "--base-url", server.url)
    with pytest.raises(InputError, match="never overwritten; choose another name"):
        run("fetch", "--base-url", server.url)
    assert server.requests["/benchmarks"] == 1


def test_results_of_another_benchmark_are_reported(server: Server, run: Run) -> None:
    agentic = {"benchmark_type": "agentic_traces", "isl": None}
    server.bodies["/benchmarks"] = json.dumps([*results(shipped().head(30)), agentic, agentic]).encode()
    assert "Left out: 2 results of another benchmark, 'agentic_traces'" in run("fetch", "--base-url", server.url)


@cache
def faults() -> dict[str, tuple[bytes, str]]:
    good = results(shipped().head(50))
    missing, wrong = copy.deepcopy(good), copy.deepcopy(good)
    del missing[17]["metrics"]["median_intvty"]
    wrong[17]["conc"] = "many"
    return {
        "truncated": (json.dumps(good).encode()[:-100], "not readable as JSON: EOF while parsing"),
        "missing key": (json.dumps(missing).encode(), r"\[17\]\.metrics\.median_intvty: missing"),
        "wrong type": (json.dumps(wrong).encode(), r"\[17\]\.conc: found 'many'; must be a valid integer"),
        "wrong shape": (b'{"error": "Unknown model"}', "allowed is a JSON array of results"),
        "a page": (b"<!doctype html><title>Down for maintenance</title>", "not readable as JSON"),
        "spaces": (b" " * 6_000_000, "more than the 5,000,000 bytes that are allowed"),
        "nothing": (b"", "not readable as JSON"),
    }


@pytest.mark.parametrize("fault", faults())
def test_an_answer_that_cannot_be_used_leaves_the_folder_as_it_was(
    fault: str, server: Server, run: Run, data: Path
) -> None:
    body, message = faults()[fault]
    server.bodies["/benchmarks"] = body
    before = {path.name: path.read_bytes() for path in (data / "benchmarks").iterdir()}
    with pytest.raises(InputError, match=message):
        run("fetch", "--base-url", server.url)
    assert {path.name: path.read_bytes() for path in (data / "benchmarks").iterdir()} == before


@pytest.mark.parametrize("path", ["broken", "missing", "hangs-up", "cut-short", "loop", "spaces"])
def test_a_server_that_misbehaves_is_named_and_leaves_the_folder_as_it_was(
    path: str, server: Server, run: Run, data: Path
) -> None:
    before = {path.name: path.read_bytes() for path in (data / "benchmarks").iterdir()}
    with pytest.raises(InputError, match=server.url):
        run("fetch", "--base-url", f"{server.url}/{path}")
    assert {path.name: path.read_bytes() for path in (data / "benchmarks").iterdir()} == before


# import


def vllm_files(folder: Path) -> list[Path]:
    """A sweep over concurrency: the more requests in flight, the more throughput and the slower for each user."""
    paths = []
    for concurrency, tpot, total in ((4, 8.0, 900.0), (16, 11.0, 2600.0), (64, 25.0, 4680.0)):
        path = folder / f"concurrency-{concurrency}.json"
        measured = {"median_tpot_ms": tpot, "total_token_throughput": total, "output_throughput": total / 2}
        result = vllm_result(max_concurrency=concurrency, **measured)
        path.write_text(json.dumps(result))
        paths.append(path)
    return paths


DEPLOYMENT = ("--hardware", "h200", "--gpus", 8, "--precision", "fp8")


def test_an_own_sweep_becomes_a_series_beside_the_published_ones(run: Run, data: Path, tmp_path: Path) -> None:
    said = run("import", *vllm_files(tmp_path), *DEPLOYMENT, "--publisher", "Example Lab")
    assert "Configurations: 3 new, 0 measured again" in said
    assert "Points of Pareto frontiers: 3 joined, 0 moved, 0 left" in said
    assert "  h200 vllm fp8 none, ISL/OSL 1024/1024" in said

    library = load(data, f"own-{TODAY}")
    own = library.benchmark.query("framework == 'vllm'")
    assert own["throughput_per_gpu"].tolist() == [112.5, 325.0, 585.0]
    assert [(one.publisher, one.rows) for one in library.origins] == [("SemiAnalysis", 1729), ("Example Lab", 3)]


def test_an_own_series_is_a_curve_like_any_other(run: Run, data: Path, tmp_path: Path) -> None:
    run("import", *vllm_files(tmp_path), *DEPLOYMENT)
    rows = load(data, f"own-{TODAY}").benchmark.query("framework == 'vllm'")
    (curve,) = curves(frontiers(rows))
    assert curve([1000 / 25, 1000 / 11, 1000 / 8]) == pytest.approx([585.0, 325.0, 112.5], rel=1e-8)


def test_alone_takes_no_rows_from_the_base(run: Run, data: Path, tmp_path: Path) -> None:
    run("import", *vllm_files(tmp_path), *DEPLOYMENT, "--alone", "--name", "lab")
    found = read_snapshot(data / "benchmarks", f"lab-{TODAY}")
    assert len(found.rows) == 3
    assert found.model == "DeepSeek-R1-0528"
    assert found.origins[0].publisher == "own measurement"
    assert found.origins[0].attribution == ""


def test_files_in_any_order_make_the_same_rows(run: Run, data: Path, tmp_path: Path) -> None:
    paths = vllm_files(tmp_path)
    run("import", *paths, *DEPLOYMENT, "--alone", "--name", "up")
    run("import", *paths[::-1], *DEPLOYMENT, "--alone", "--name", "down")
    up, down = ((data / "benchmarks" / f"{name}-{TODAY}.csv").read_bytes() for name in ("up", "down"))
    assert up == down


def test_a_saved_answer_names_the_public_benchmark_unless_somebody_else_is_named(
    run: Run, data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(results(shipped().head(40))))
    run("import", path, "--alone", "--name", "saved")
    run("import", path, "--alone", "--name", "lab", "--publisher", "Example Lab")
    (saved,) = read_snapshot(data / "benchmarks", f"saved-{TODAY}").origins
    (lab,) = read_snapshot(data / "benchmarks", f"lab-{TODAY}").origins
    assert (saved.publisher, saved.license, "{run_id}" in saved.run_url) == ("SemiAnalysis", "Apache-2.0", True)
    assert (lab.publisher, lab.license, lab.run_url) == ("Example Lab", "", "")


def test_a_table_of_ones_own_is_put_beside_the_base(run: Run, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(as_csv(shipped().head(2).assign(concurrency=[3, 5], run_id=0)))
    assert "Configurations: 2 new" in run("import", path)
    assert len(load(data, f"own-{TODAY}").benchmark) == 1731


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give them"),
        (["--hardware", "h201", "--gpus", 8, "--precision", "fp8"], "unknown hardware 'h201'; did you mean 'h200'"),
        (["--hardware", "h200", "--precision", "fp8"], "number of GPUs: found 0"),
        ([*DEPLOYMENT, "--base", "inferencex-2026"], "no such benchmark snapshot"),
        ([*DEPLOYMENT, "--name", "../own"], "allowed are lower-case letters"),
        ([*DEPLOYMENT, "--publisher", "two\nlines"], "origin of the rows, publisher: found"),
        ([*DEPLOYMENT, "--model", "Llama-3.3-70B"], "found measurements of 'Llama-3.3-70B'; the base has"),
    ],
)
def test_what_cannot_be_imported_leaves_the_folder_as_it_was(
    arguments: list[object], message: str, run: Run, data: Path, tmp_path: Path
) -> None:
    before = sorted(path.name for path in (data / "benchmarks").iterdir())
    with pytest.raises(InputError, match=message):
        run("import", *vllm_files(tmp_path), *arguments)
    assert sorted(path.name for path in (data / "benchmarks").iterdir()) == before


def test_files_of_two_formats_or_models_are_not_one_import(run: Run, tmp_path: Path) -> None:
    paths = vllm_files(tmp_path)
    table = tmp_path / "table.csv"
    table.write_bytes(as_csv(shipped().head(2)))
    with pytest.raises(InputError, match="format of the files: found a result of vllm bench serve, a table of rows"):
        run("import", *paths, table, *DEPLOYMENT, "--model", "DeepSeek-R1-0528")
    paths[0].write_text(json.dumps(vllm_result(model_id="meta/Llama-3.3-70B")))
    with pytest.raises(InputError, match=r"model of the files: found DeepSeek-R1-0528, Llama-3\.3-70B"):
        run("import", *paths, *DEPLOYMENT)
