"""Prints how long a million draws of the whole cost model take: `python -m tests.bench.uncertainty`."""

import resource
import statistics
import time
from collections.abc import Callable

from analysis.library.sources import load
from analysis.studies.ownership.cost_model import CostModel
from analysis.studies.ownership.finance import sourced_finance
from analysis.studies.ownership.levelized import Ownership, Performance
from analysis.studies.uncertainty.declarations import uncertain_inputs
from analysis.studies.uncertainty.sampling import DRAWS, RANDOMIZATIONS, propagate
from analysis.studies.uncertainty.sensitivity import sobol_indices

THROUGHPUT = {"h200": 93.153164, "gb300": 5970.2614}
COMMON = {
    "electricity_price": {"distribution": "triangular", "low": 0.0737, "mode": 0.0929, "high": 0.1729},
    "cost_of_capital": {"distribution": "triangular", "low": 0.08, "mode": 0.133, "high": 0.16},
    "economic_life": {"distribution": "triangular", "low": 3, "mode": 4, "high": 6},
    "colocation": {"distribution": "uniform", "low": 100, "high": 180},
}
OWN = {
    "h200.capital_per_gpu": {"distribution": "lognormal", "quantiles": {0.1: 33_000, 0.9: 39_400}},
    "gb300.capital_per_gpu": {"distribution": "lognormal", "quantiles": {0.1: 48_600, 0.9: 60_000}},
    "h200.power_per_gpu": {"distribution": "uniform", "low": 1.37, "high": 1.73},
    "gb300.power_per_gpu": {"distribution": "uniform", "low": 2.10, "high": 2.12},
    "h200.utilization": {"distribution": "triangular", "low": 0.3, "mode": 0.6, "high": 1},
    "gb300.utilization": {"distribution": "triangular", "low": 0.3, "mode": 0.6, "high": 1},
}
CORRELATIONS = [{"inputs": ["h200.utilization", "gb300.utilization"], "correlation": 0.7}]


def seconds(run: Callable[[], object], times: int) -> float:
    """Return the median time of several runs after one that warms up, in s."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Print the timings, and the memory that this process needed at most."""
    library = load()
    platforms = {
        name: Ownership(sourced_finance(library, name, "2026-07"), Performance(throughput_per_gpu=throughput))
        for name, throughput in THROUGHPUT.items()
    }
    model = CostModel("h200", "gb300", platforms)
    declared = COMMON | OWN
    inputs = uncertain_inputs("bench", declared, CORRELATIONS, model.domains(declared))
    independent = uncertain_inputs("bench", declared, [], model.domains(declared))
    sample = propagate(model, inputs, seed=1)
    draws = DRAWS * RANDOMIZATIONS
    print(f"{draws:,} draws of {len(inputs.varied)} inputs through both platforms to {len(sample.results)} results")
    timed = {
        "draws and model": seconds(lambda: propagate(model, inputs, seed=1), 5),
        "bands of all results": seconds(lambda: [sample.quantiles(result) for result in sample.results], 3),
        "Sobol' indices": seconds(lambda: sobol_indices(model, independent, "cost_ratio", seed=1), 3),
    }
    for what, taken in timed.items():
        print(f"  {what:<22}{taken:6.2f} s")
    print(f"  {'memory at most':<22}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB")


if __name__ == "__main__":
    main()
