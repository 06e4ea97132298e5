"""How cost grows: reports, scenarios and rows, against plain pipelines in the same run.

`python -m tests.bench [--reports 1 10 100] [--scenarios 1000 ... ] [--rows 1000 ...]`
"""

import argparse
import os
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.comparison.contenders import contender
from analysis.frontier.series import curves, frontiers
from analysis.library.sources import load
from analysis.scenario import Parameters
from tests.bench.tree import ROOT, Cost, cost

SCRIPTS = Path(sysconfig.get_path("scripts"))
NOTEBOOK = "01-published-comparison"
PLAIN_SCENARIOS = 40
ROWS_OF_A_SERIES = 50
SAMPLE = """
sample:
  method: latin hypercube
  count: {count}
  vary:
    baseline: "*"
    subject: "*"
    workload: "*"
    vintage: "*"
    price_tier: "*"
    interactivity: {{from: 10, to: 300, scale: log}}
    utilization: {{from: 0.3, to: 1}}
    cost_of_capital: {{from: 0.08, to: 0.16}}
    economic_life: {{from: 3, to: 6}}
    subject_price_factor: {{from: 0.7, to: 1.3}}
"""


class Measured(NamedTuple):
    """What a run took: seconds, seconds of processors, megabytes at most, and times the plain pipeline's rate."""

    kind: str
    how: str
    count: int
    seconds: float
    processor_seconds: float
    megabytes: float
    rate: float


def main() -> None:
    """Print the table; a plain pipeline's time is that of a few, times their number."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, nargs="*", default=[1, 10, 100])
    parser.add_argument("--cold", type=int, default=10, help="Most reports that are built with cold kernels, too.")
    parser.add_argument("--scenarios", type=int, nargs="*", default=[10**power for power in range(3, 8)])
    parser.add_argument("--rows", type=int, nargs="*", default=[10**power for power in range(3, 7)])
    parser.add_argument("--csv", type=Path, help="Where the measurements go, too.")
    asked = parser.parse_args()
    print(f"{len(os.sched_getaffinity(0))} cores; rates are against a plain pipeline's, by time and by processor")
    print(f"{'':<46}{'time':>10}{'processor':>10}{'memory':>11}{'each':>13}{'rate':>13}{'by processor':>13}")
    measured: list[Measured] = []
    with TemporaryDirectory() as folder:
        if asked.reports:
            measured += reports(asked.reports, asked.cold, Path(folder))
        if asked.scenarios:
            measured += scenarios(asked.scenarios, Path(folder))
    for count in asked.rows:
        measured.append(rows(count))
    if asked.csv:
        pd.DataFrame(measured).to_csv(asked.csv, index=False, lineterminator="\n", float_format="%.4g")


def reports(counts: list[int], most_cold: int, folder: Path) -> Iterator[Measured]:
    """Print and yield what reports of one notebook take, HTML only."""
    executed = folder / "executed.ipynb"
    plain = [
        cost([SCRIPTS / "papermill", "--cwd", ROOT, "--no-progress-bar", f"notebooks/{NOTEBOOK}.ipynb", executed]),
        cost([SCRIPTS / "jupyter", "nbconvert", "--log-level=ERROR", "--to", "html", executed]),
    ]
    both = Cost(
        sum(one.seconds for one in plain), sum(one.processor for one in plain), max(one.megabytes for one in plain)
    )
    yield line("reports", "plain papermill, then nbconvert", both, 1, both)
    for count in counts:
        speeds = [float(speed) for speed in np.round(np.linspace(40, 120, count), 3)]
        grid = folder / f"reports{count}.yaml"
        grid.write_text(f"product:\n  minimum_interactivity: {speeds}\n")
        build = [sys.executable, "-m", "analysis", "report", NOTEBOOK, "--grid", grid, "--html-only"]
        for what, options in (("cold kernels", ["--cold"]), ("forked kernels", [])):
            if count > most_cold and options:
                continue
            taken = cost([*build, *options, "--output", folder / f"{count}{what[0]}"])
            yield line("reports", what, taken, count, both)


def scenarios(counts: list[int], folder: Path) -> Iterator[Measured]:
    """Print and yield what sweeps of sampled scenarios take, whole processes."""
    library, random = load(), np.random.default_rng(1)
    started, busy = time.perf_counter(), time.process_time()
    for speed in random.uniform(40, 110, PLAIN_SCENARIOS):
        for key in ("h200", "gb300"):
            contender(library, Parameters.gathered({}), key).at(speed)
    loop = Cost(time.perf_counter() - started, time.process_time() - busy, 0)
    yield line("scenarios", "plain loop", loop, PLAIN_SCENARIOS, loop, PLAIN_SCENARIOS)
    for count in counts:
        grid = folder / f"sweep{count}.yaml"
        grid.write_text(SAMPLE.format(count=count))
        command = [sys.executable, "-m", "analysis", "sweep", grid, "--no-summary", "--output", folder]
        yield line("scenarios", "sweep", cost(command), count, loop, PLAIN_SCENARIOS)


def rows(count: int) -> Measured:
    """Print and return what frontiers and curves of benchmark rows take."""
    random = np.random.default_rng(1)
    speed = random.uniform(5, 300, count)
    table = pd.DataFrame(
        {
            "series": random.integers(max(count // ROWS_OF_A_SERIES, 1), size=count),
            "interactivity_median": speed,
            "throughput_per_gpu": 1e4 * np.exp(-speed / 60) * random.lognormal(0, 0.3, count),
        }
    )
    started, busy = time.perf_counter(), time.process_time()
    curves(frontiers(table, by=["series"]))
    taken = Cost(time.perf_counter() - started, time.process_time() - busy, 0)
    few = table[table["series"] < ROWS_OF_A_SERIES]
    started, busy = time.perf_counter(), time.process_time()
    for _, group in few.groupby("series"):
        ordered = group.sort_values("interactivity_median", ascending=False)
        best = ordered["throughput_per_gpu"].cummax()
        ordered[best > best.shift(fill_value=0)]
    plain = Cost(time.perf_counter() - started, time.process_time() - busy, 0)
    return line("rows", "frontiers and curves", taken, count, plain, len(few))


def line(kind: str, how: str, taken: Cost, count: int, plain: Cost, plain_count: int = 1) -> Measured:
    """Print a measurement: times, memory of the tree of processes, time each, rates against the plain pipeline's."""
    memory = f"{taken.megabytes:,.0f} MB" if taken.megabytes else ""
    each = taken.seconds / count
    shown = f"{each:.2f} s" if each > 0.1 else f"{1e6 * each:,.2f} us"
    faster = plain.seconds / plain_count / each
    leaner = plain.processor / plain_count * count / max(taken.processor, 1e-9)
    print(
        f"{f'{count:,} {kind}, {how}':<46}{taken.seconds:>8.2f} s{taken.processor:>8.2f} s{memory:>11}{shown:>13}"
        f"{faster:>12,.1f}x{leaner:>12,.1f}x",
        flush=True,
    )
    return Measured(kind, how, count, taken.seconds, taken.processor, taken.megabytes, faster)


if __name__ == "__main__":
    main()
