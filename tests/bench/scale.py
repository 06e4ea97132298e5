"""How cost grows: reports, scenarios and rows, against plain pipelines in the same run.

`python -m tests.bench [--reports 1 10 100] [--scenarios 1000 ... ] [--rows 1000 ...]`
"""

import argparse
import os
import sys
import sysconfig
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from analysis.benchmark.contenders import contender
from analysis.frontier.series import curves, frontiers
from analysis.scenario import Parameters
from analysis.sources import load
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


def main() -> None:
    """Print the table; a plain pipeline's time is that of a few, times their number."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, nargs="*", default=[1, 10, 100])
    parser.add_argument("--scenarios", type=int, nargs="*", default=[10**power for power in range(3, 8)])
    parser.add_argument("--rows", type=int, nargs="*", default=[10**power for power in range(3, 7)])
    asked = parser.parse_args()
    print(f"{len(os.sched_getaffinity(0))} cores; rates are against a plain pipeline's, by time and by processor")
    print(f"{'':<46}{'time':>10}{'processor':>10}{'memory':>11}{'each':>13}{'rate':>13}{'by processor':>13}")
    with TemporaryDirectory() as folder:
        if asked.reports:
            reports(asked.reports, Path(folder))
        if asked.scenarios:
            scenarios(asked.scenarios, Path(folder))
    for count in asked.rows:
        rows(count)


def reports(counts: list[int], folder: Path) -> None:
    """Print what reports of one notebook take, HTML only."""
    executed = folder / "executed.ipynb"
    plain = [
        cost([SCRIPTS / "papermill", "--cwd", ROOT, "--no-progress-bar", f"notebooks/{NOTEBOOK}.ipynb", executed]),
        cost([SCRIPTS / "jupyter", "nbconvert", "--log-level=ERROR", "--to", "html", executed]),
    ]
    both = Cost(
        sum(one.seconds for one in plain), sum(one.processor for one in plain), max(one.megabytes for one in plain)
    )
    line("1 report, plain papermill, then nbconvert", both, 1, both)
    for count in counts:
        speeds = [float(speed) for speed in np.round(np.linspace(40, 120, count), 3)]
        grid = folder / f"reports{count}.yaml"
        grid.write_text(f"product:\n  minimum_interactivity: {speeds}\n")
        build = [sys.executable, "-m", "analysis", "report", NOTEBOOK, "--grid", grid, "--html-only"]
        for what, options in (("cold kernels", []), ("preloaded kernels", ["--preload"])):
            taken = cost([*build, *options, "--output", folder / f"{count}{what[0]}"])
            line(f"{count:,} reports, {what}", taken, count, both)


def scenarios(counts: list[int], folder: Path) -> None:
    """Print what sweeps of sampled scenarios take, whole processes."""
    library, random = load(), np.random.default_rng(1)
    started, busy = time.perf_counter(), time.process_time()
    for speed in random.uniform(40, 110, PLAIN_SCENARIOS):
        for key in ("h200", "gb300"):
            contender(library, Parameters.gathered({}), key).at(speed)
    loop = Cost(time.perf_counter() - started, time.process_time() - busy, 0)
    line(f"{PLAIN_SCENARIOS} scenarios, plain loop", loop, PLAIN_SCENARIOS, loop, PLAIN_SCENARIOS)
    for count in counts:
        grid = folder / f"sweep{count}.yaml"
        grid.write_text(SAMPLE.format(count=count))
        command = [sys.executable, "-m", "analysis", "sweep", grid, "--no-summary", "--output", folder]
        line(f"{count:,} scenarios", cost(command), count, loop, PLAIN_SCENARIOS)


def rows(count: int) -> None:
    """Print what frontiers and curves of benchmark rows take."""
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
    made = len(curves(frontiers(table, by=["series"])))
    taken = Cost(time.perf_counter() - started, time.process_time() - busy, 0)
    few = table[table["series"] < ROWS_OF_A_SERIES]
    started, busy = time.perf_counter(), time.process_time()
    for _, group in few.groupby("series"):
        ordered = group.sort_values("interactivity_median", ascending=False)
        best = ordered["throughput_per_gpu"].cummax()
        ordered[best > best.shift(fill_value=0)]
    plain = Cost(time.perf_counter() - started, time.process_time() - busy, 0)
    line(f"{count:,} rows, curves of {made:,} series", taken, count, plain, len(few))


def line(what: str, taken: Cost, count: int, plain: Cost, plain_count: int = 1) -> None:
    """Print a line: times, memory of the tree of processes, time each, and rates against the plain pipeline's."""
    memory = f"{taken.megabytes:,.0f} MB" if taken.megabytes else ""
    each = taken.seconds / count
    shown = f"{each:.2f} s" if each > 0.1 else f"{1e6 * each:,.2f} us"
    faster = plain.seconds / plain_count / each
    leaner = plain.processor / plain_count * count / max(taken.processor, 1e-9)
    print(
        f"{what:<46}{taken.seconds:>8.2f} s{taken.processor:>8.2f} s{memory:>11}{shown:>13}"
        f"{faster:>12,.1f}x{leaner:>12,.1f}x",
        flush=True,
    )


if __name__ == "__main__":
    main()
