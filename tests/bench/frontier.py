"""Prints how long frontiers and curves take: `python -m tests.bench.frontier`."""

import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.frontier import PlatformCurve, platform_curve
from analysis.frontier.crossings import leads
from analysis.frontier.series import curves, frontiers
from analysis.library.loading.schemas import SERIES

SNAPSHOT = Path(__file__).parents[2] / "data" / "benchmarks" / "inferencex-deepseek-r1-2026-05-05.csv"
ROWS, NUMBER_OF_SERIES = 1_000_000, 1_000


def seconds(run: Callable[[], object], times: int) -> float:
    """Return the median time of several runs after one that warms up, in s."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def synthetic() -> pd.DataFrame:
    """Return a million rows in a thousand series, with throughput that falls with interactivity but for noise."""
    random = np.random.default_rng(1)
    number = random.integers(NUMBER_OF_SERIES, size=ROWS)
    interactivity = random.uniform(5, 300, ROWS)
    throughput = 1e4 * np.exp(-interactivity / 60) * random.lognormal(0, 0.3, ROWS)
    names = {name: pd.Series(number // 10**place % 10).map("{}".format) for place, name in enumerate(SERIES[:4])}
    lengths = dict.fromkeys(SERIES[4:], 1024)
    return pd.DataFrame({**names, **lengths, "interactivity_median": interactivity, "throughput_per_gpu": throughput})


def every_curve(rows: pd.DataFrame) -> int:
    """Return the number of series, having drawn and evaluated the curve of each."""
    return sum(float(curve(curve.low)) > 0 for curve in curves(frontiers(rows)))


def main() -> None:
    """Print the timings, and the memory that this process needed at most."""
    shipped = pd.read_csv(SNAPSHOT, parse_dates=["date"])
    taken = 1e3 * seconds(lambda: every_curve(shipped), 20)
    print(f"{len(shipped):,} rows, frontiers and curves of {every_curve(shipped)} series: {taken:.1f} ms")

    def platform(key: str) -> PlatformCurve:
        return platform_curve(shipped, key, input_tokens=1024, output_tokens=1024)

    print(f"curve of a platform: {1e3 * seconds(lambda: platform('gb300'), 20):.1f} ms")
    h200, mi355x = platform("h200"), platform("mi355x")
    print(f"leads of two platforms: {1e3 * seconds(lambda: leads(h200, mi355x), 20):.1f} ms")
    points = np.random.default_rng(2).uniform(h200.low, h200.high, 1_000_000)
    print(f"{len(points):,} points on an envelope of {len(h200.members)}: {seconds(lambda: h200(points), 3):.2f} s")

    rows = synthetic()
    taken = seconds(lambda: frontiers(rows), 3)
    print(f"{ROWS:,} rows, frontiers and slopes of {NUMBER_OF_SERIES:,} series: {taken:.2f} s")
    taken = seconds(lambda: every_curve(rows), 3)
    print(f"{ROWS:,} rows, frontiers and curves of {NUMBER_OF_SERIES:,} series: {taken:.2f} s")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")


if __name__ == "__main__":
    main()
