"""Which uncertain input a result owes its variance to: Sobol' indices."""

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.studies.uncertainty.propagation import Model
from analysis.studies.uncertainty.sampling import UncertainInputs, check

DRAWS = 2**12
_EDGE = 1e-12  # quantiles of 0 and 1 can be infinite
_SAME = 1e-12  # relative: results this near each other are the same


def sobol_indices(
    model: Model, inputs: UncertainInputs, result: str, *, seed: int, draws: int = DRAWS
) -> pd.DataFrame:
    """Return for each input the share of a result's variance that it makes alone, and with the others.

    Args:
        model: Takes arrays by name and returns results by name.
        inputs: What varies, independently.
        result: Name of the result.
        seed: The same seed gives the same indices, bit for bit.
        draws: Base draws, a power of two; the model runs on (inputs + 2) times as many.

    Returns:
        A row an input, the strongest first: input, first_order, first_order_error, total, total_error. The errors are
        half widths of 95% intervals from bootstrap.

    Raises:
        InputError: Inputs are correlated, for which these indices are not defined, or the result does not vary.

    Source of the method: A. Saltelli et al., "Variance based sensitivity analysis of model output", Computer Physics
    Communications 181 (2010), 259, in SALib (J. Herman and W. Usher, Journal of Open Source Software 2 (2017), 97).
    """
    # SALib takes a second to import, and few readers ask for these indices.
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    check(inputs, draws)
    if inputs.correlations:
        raise InputError("Sobol' indices: found correlated inputs, allowed are independent ones")
    names = list(inputs.varied)
    cube = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    points = sample.sample(cube, draws, calc_second_order=False, seed=np.random.default_rng(seed))
    amounts = inputs.at(np.clip(points, _EDGE, 1 - _EDGE))
    results = np.broadcast_to(np.asarray(model(amounts)[result], dtype=float), len(points))
    if np.ptp(results) <= _SAME * np.abs(results).max():
        raise InputError(f"Sobol' indices: {result} does not vary with {', '.join(names)}")
    # SALib leaves its bootstrap unseeded where the seed is 0.
    indices = analyze.analyze(cube, results, calc_second_order=False, seed=seed + 1)
    table = pd.DataFrame(
        {
            "input": names,
            "first_order": indices["S1"],
            "first_order_error": indices["S1_conf"],
            "total": indices["ST"],
            "total_error": indices["ST_conf"],
        }
    )
    return table.sort_values("total", ascending=False, kind="stable", ignore_index=True)
