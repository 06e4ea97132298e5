"""A sweep on a real cluster of two worker processes gives what it gives without, whatever dies on the way."""

import gc
import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.library.places import ROOT
from analysis.machinery.press.build import completed
from analysis.machinery.press.work import VersionError
from analysis.machinery.sweep import cluster
from analysis.machinery.sweep.charts import read as rows_of
from analysis.machinery.sweep.grid import read_grid
from analysis.machinery.sweep.places import LocalFolder, RemoteFolder
from analysis.machinery.sweep.sweep import Sweep, sweep
from analysis.machinery.sweep.tasks import ScenarioError, run_task
from tests.support.checkouts import checkout_without_data

distributed = pytest.importorskip("distributed")
GRID = """
product:
  baseline: "*"
  subject: "*"
  workload: [1k/1k, 8k/1k]
  interactivity: {from: 15, to: 250, count: 6, scale: log}
"""
FAILING = "product: {colocation: [0, 130], facility_capital: [0, 12000], facility_life: 9}"


@pytest.fixture(autouse=True)
def collected():
    """A client that did not connect closes itself when it is collected: not while the next one starts a thread."""
    yield
    gc.collect()


def whole(folder, text=GRID, rows=50):
    path = folder / "grid.yaml"
    path.write_text(text)
    return Sweep(read_grid(str(path)), rows)


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


@pytest.fixture(scope="module")
def workers():
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, protocol="tcp", dashboard_address=None) as found:
        yield found


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """The sweep without a cluster."""
    folder = tmp_path_factory.mktemp("alone")
    swept = whole(folder)
    place = LocalFolder(folder / "scenarios", swept.key)
    with ThreadPoolExecutor(2) as executor:
        sweep(swept, place, executor, ahead=2)
    return swept, contents(place.folder)


def test_a_task_needs_the_package_and_no_data(alone, tmp_path):
    swept, expected = alone
    checkout_without_data(tmp_path)
    (tmp_path / "task").write_bytes(pickle.dumps(next(swept.tasks(set()))))
    command = (
        "import pickle, sys; from pathlib import Path; from analysis.machinery.sweep.tasks import run_task; "
        "Path('part').write_bytes(run_task(pickle.loads(Path('task').read_bytes())).content)"
    )
    subprocess.run([sys.executable, "-c", command], cwd=tmp_path, check=True)
    assert (tmp_path / "part").read_bytes() == expected["part-00000.parquet"]


def test_two_processes_give_the_same_bytes_as_threads(workers, alone, tmp_path):
    swept, expected = alone
    place = LocalFolder(tmp_path / "scenarios", swept.key)
    with cluster.connected(workers.scheduler_address) as (executor, ahead):
        found = sweep(swept, place, executor, ahead=ahead)
    assert found.made == len(expected) == 20
    assert contents(place.folder) == expected


def test_workers_put_files_where_they_are_told_to_and_they_are_kept(workers, alone, tmp_path):
    swept, expected = alone
    place = RemoteFolder(f"file://{tmp_path}/far", swept.key)
    with cluster.connected(workers.scheduler_address) as (executor, ahead):
        assert sweep(swept, place, executor, ahead=ahead).made == 20
        assert contents(tmp_path / "far") == expected
        (tmp_path / "far/part-00003.parquet").unlink()
        (tmp_path / "far/part-00099.parquet").write_bytes(b"of an older sweep")
        found = sweep(swept, place, executor, ahead=ahead)
    assert (found.made, found.kept) == (1, 19)
    assert contents(tmp_path / "far") == expected


def slow(task):
    """Take a moment over a task, so that there is a middle to be killed in."""
    time.sleep(0.1)
    return run_task(task)


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(workers, alone, tmp_path, monkeypatch):
    swept, expected = alone
    monkeypatch.setattr("analysis.machinery.sweep.sweep.run_task", slow)
    place = LocalFolder(tmp_path / "scenarios", swept.key)
    parts = []
    with cluster.connected(workers.scheduler_address) as (executor, ahead):
        first = next(iter(workers.workers.values()))

        def told(part):
            parts.append(part.name)
            if len(parts) == 5:
                os.kill(first.pid, signal.SIGKILL)

        found = sweep(swept, place, executor, ahead=ahead, told=told)
    assert found.made == 20
    assert sorted(parts) == sorted(expected)
    assert contents(place.folder) == expected
    rows = rows_of(place.folder)
    assert list(rows["scenario"]) == list(range(len(swept.grid.design)))


def test_a_client_killed_in_the_middle_goes_on_where_it_was(workers, alone, tmp_path):
    _, expected = alone
    swept = whole(tmp_path)
    command = f"""
import os, signal
from analysis.machinery.sweep import cluster
from analysis.machinery.sweep.grid import read_grid
from analysis.machinery.sweep.places import LocalFolder
from analysis.machinery.sweep.sweep import Sweep, sweep
from pathlib import Path
swept = Sweep(read_grid({str(tmp_path / "grid.yaml")!r}), 50)
parts = []
def told(part):
    parts.append(part)
    if len(parts) == 7:
        os.kill(os.getpid(), signal.SIGKILL)
with cluster.connected({workers.scheduler_address!r}) as (executor, ahead):
    sweep(swept, LocalFolder(Path({str(tmp_path / "scenarios")!r}), swept.key), executor, ahead=ahead, told=told)
"""
    killed = subprocess.run([sys.executable, "-c", command], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    place = LocalFolder(tmp_path / "scenarios", swept.key)
    assert not place.folder.exists()
    with cluster.connected(workers.scheduler_address) as (executor, ahead):
        found = sweep(swept, place, executor, ahead=ahead)
    assert (found.made, found.kept) == (13, 7)
    assert {name: len(content) for name, content in contents(place.folder).items()} == {
        name: len(content) for name, content in expected.items()
    }
    assert contents(place.folder) == expected


def test_a_failing_scenario_is_reported_and_fail_fast_stops(workers, tmp_path):
    swept = whole(tmp_path, FAILING, rows=2)
    place = LocalFolder(tmp_path / "scenarios", swept.key)
    with cluster.connected(workers.scheduler_address) as (executor, ahead):
        found = sweep(swept, place, executor, ahead=ahead)
        assert ["facility_capital=12000.0" in str(one) for one in found.failures] == [True]
        with pytest.raises(ScenarioError, match="scenario 3"):
            sweep(swept, place, executor, ahead=ahead, fail_fast=True, force=True)


def test_a_worker_of_another_version_is_refused_with_both_named(workers, alone):
    task = replace(next(alone[0].tasks(set())), version="code 0, numpy 1")
    with (
        cluster.connected(workers.scheduler_address) as (executor, ahead),
        pytest.raises(
            VersionError, match=r"the worker has code \w+, numpy .*; allowed is what asks it: code 0, numpy 1"
        ),
    ):
        [future.result() for _, future in completed(executor, run_task, [task], ahead)]


def test_nobody_at_the_address_is_said(monkeypatch):
    monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 0.2)
    with (
        pytest.raises(InputError, match=r"--dask tcp://127.0.0.1:9: no scheduler answers"),
        cluster.connected("tcp://127.0.0.1:9"),
    ):
        pass


def test_a_missing_package_is_named_with_the_way_to_get_it(monkeypatch):
    def gone(module):
        raise ModuleNotFoundError("No module", name=module)

    monkeypatch.setattr(cluster, "import_module", gone)
    with (
        pytest.raises(InputError, match=r"--dask needs the package distributed, .*'dask\[distributed\]'"),
        cluster.connected("local:2"),
    ):
        pass


def test_nobody_without_its_keys_is_served_by_a_cluster_of_this_machine():
    with cluster.connected("local:1") as (executor, _):
        address = executor._client.scheduler.address
        assert address.startswith("tls://127.0.0.1:")
        assert executor.submit(len, "four").result() == 4
        for intruder in (address, address.replace("tls", "tcp")):
            with pytest.raises((OSError, TypeError, InputError)):
                distributed.Client(intruder, timeout=2)
            gc.collect()
