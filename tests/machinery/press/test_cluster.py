"""Reports built by worker processes are those built here, whatever dies on the way and whatever data lie there."""

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbformat import writes
from nbformat.v4 import new_code_cell, new_notebook

from analysis.library.loading.file import files
from analysis.library.places import DATA
from analysis.machinery.press.build import build
from analysis.machinery.press.front import Order
from analysis.machinery.press.publish import Job
from analysis.machinery.press.work import Work, packed, unpacked, version
from analysis.machinery.sweep import cluster
from tests.support.checkouts import checkout_without_data

distributed = pytest.importorskip("distributed")
PRICE = """import time
from analysis.library.sources import load
from analysis.exhibits.statements import say
time.sleep(wait)
say("On the day asked for, the price is {price}.", price=load().price(platform, "hyperscaler", "2026-04"))
"""


def job(name, platform="h200", wait=0.0, code=PRICE):
    cells = [new_code_cell("platform = 'h200'\nwait = 0.0", metadata={"tags": ["parameters"]}), new_code_cell(code)]
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position}"
    content = writes(new_notebook(cells=cells)).encode()
    return Job(name, "price", content, {"platform": platform, "wait": wait}, Order({"title": "A price"}))


def pages(folder):
    return {path.parent.name: path.read_bytes() for path in sorted(Path(folder).glob("*/price.html"))}


def test_a_folder_travels_whole_and_as_the_same_bytes(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(DATA, copy)
    os.utime(copy / "sources.csv", (0, 10**9))
    assert packed(copy) == packed(DATA)
    with unpacked(packed(DATA)) as folder:
        found = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert found == {path.relative_to(DATA): path.read_bytes() for path in files(DATA)}
    assert not folder.exists()


def test_a_report_is_made_from_the_data_that_travel_with_it(tmp_path):
    changed = tmp_path / "data"
    shutil.copytree(DATA, changed)
    table = changed / "assumptions.csv"
    line = next(line for line in table.read_text().splitlines() if "2026-04,h200,price_hyperscaler," in line)
    assert ",1.41," in line
    table.write_text(table.read_text().replace(line, line.replace(",1.41,", ",1.55,")))
    work = Work(version=version(), data=packed(changed))
    assert b"1.55" in work(job("own"))["price.html"]
    assert b"1.41" in Work()(job("own"))["price.html"]


def test_workers_without_data_give_the_same_bytes_and_one_that_dies_costs_nothing(tmp_path):
    """Two workers over TCP in a checkout without `data/`; one is killed in the middle."""
    there = tmp_path / "there"
    checkout_without_data(there)
    jobs = [job(f"customer-{number}", platform, 0.3) for number, platform in enumerate(("h200", "gb300", "h200"))]
    with ThreadPoolExecutor(2) as executor:
        build(jobs, tmp_path / "here", executor, work=Work())
    command = [sys.executable, "-m", "distributed.cli.dask_worker"]
    with distributed.LocalCluster(n_workers=0, protocol="tcp", dashboard_address=None) as none:
        options = [none.scheduler_address, "--nthreads", "1", "--no-dashboard", "--local-directory", tmp_path]
        environment = {**os.environ, "PYTHONPATH": str(there)}
        workers = [
            subprocess.Popen([*command, *options], cwd=there, env=environment, stderr=subprocess.DEVNULL)
            for _ in range(2)
        ]
        try:
            with cluster.connected(none.scheduler_address) as (executor, _):
                finished = []

                def told(outcome):
                    finished.append(outcome)
                    if len(finished) == 1:
                        workers[0].send_signal(signal.SIGKILL)

                work = Work(version=version(), data=packed(DATA))
                outcomes = build(jobs, tmp_path / "far", executor, work=work, told=told)
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
    assert [one.state for one in outcomes] == ["built"] * 3, [one.message for one in outcomes]
    assert len(finished) == 3
    assert pages(tmp_path / "far") == pages(tmp_path / "here")
