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
from analysis.library.loading.snapshots import read_snapshot
from analysis.library.measurements import download
from analysis.library.measurements.download import Limits
from analysis.library.sources import DATA, SNAPSHOT, load
from analysis.machinery.commands.fetch import fetch
from tests.support.answers import results, shipped
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
    app.callback()(lambda: None)

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
    assert said[-1] == f"To use it: ./run report -p snapshot={FETCHED} -p as_of=2026-11-01"


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
    assert "Left out: 2 of 'agentic_traces'" in run("fetch", "--base-url", server.url)


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
