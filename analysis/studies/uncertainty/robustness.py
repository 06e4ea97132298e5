"""Whether a statement about a ratio holds for every combination of assumptions that has a source."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import call

import numpy as np
import pandas as pd

from analysis import formulas
from analysis.comparison.metrics import levels, over
from analysis.errors import InputError
from analysis.library.sources import TIERS, Library


@dataclass(frozen=True)
class Robustness:
    """The range of a result over combinations, beside what is claimed of it.

    Attributes:
        lowest: The lowest result.
        highest: The highest result.
        lowest_at: The combination that gives it.
        highest_at: The combination that gives it.
        combinations: How many there are.
        holds: Whether every result is known and lies within the claim.
    """

    lowest: float
    highest: float
    lowest_at: tuple[str, ...]
    highest_at: tuple[str, ...]
    combinations: int
    holds: bool


def robustness(results: pd.Series, low: float = -np.inf, high: float = np.inf) -> Robustness:
    """Return whether results stay between two bounds, and between which they do.

    Args:
        results: One result a combination, indexed by what is combined. One that is not known breaks the claim.
        low: The lowest that is claimed.
        high: The highest that is claimed.

    Raises:
        InputError: There is no result, or the bounds are out of order.
    """
    known = results.dropna()
    if known.empty:
        raise InputError("robustness: found no result, allowed is one or more")
    if not low <= high:
        raise InputError(f"robustness: found {low:g} to {high:g}, allowed are bounds that rise")
    lowest_at, highest_at = known.idxmin(), known.idxmax()
    return Robustness(
        float(known.min()), float(known.max()), _named(lowest_at), _named(highest_at), len(results),
        bool(results.between(low, high).all()),
    )  # fmt: skip


def sourced_ratios(
    library: Library,
    baseline: str,
    subject: str,
    baseline_throughput: float,
    subject_throughput: float,
    tiers: Iterable[str] = tuple(TIERS),
) -> pd.DataFrame:
    """Return the advantage of a platform in every metric for every sourced price and power.

    A row is a vintage and tier, a column a metric.

    Args:
        library: The figures.
        baseline: Key of the platform that the other is measured against.
        subject: Key of the platform that the statement is about.
        baseline_throughput: In tok/s/GPU, at the operating point.
        subject_throughput: Likewise.
        tiers: Price tiers.

    Raises:
        InputError: A platform or a tier is unknown.
    """
    index = pd.MultiIndex.from_product([library.vintages, list(tiers)], names=["vintage", "tier"])
    before, after = (
        levels(
            {
                "price_per_gpu_hour": np.array([library.price(key, tier, vintage).number for vintage, tier in index]),
                "throughput_per_gpu": np.full(len(index), throughput),
                "power_per_gpu": np.array([library.power(key, vintage).number for vintage, _ in index]),
            },
            call,
        )
        for key, throughput in ((baseline, baseline_throughput), (subject, subject_throughput))
    )
    ratios = {key: formulas.ratio(**over(key, before[key], after[key])) for key in before}
    return pd.DataFrame(ratios, index=index)


def _named(combination: object) -> tuple[str, ...]:
    return tuple(map(str, combination)) if isinstance(combination, tuple) else (str(combination),)
