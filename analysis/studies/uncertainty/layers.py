"""What a result's doubt is about: three layers that are shown apart and never added up.

What was measured scatters, what was assumed could be otherwise, and the model could be built otherwise. The three
have no common probability, so no number sums them.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.errors import InputError


class Layer(StrEnum):
    """What a doubt is about."""

    MEASUREMENT = "measurement"
    ASSUMPTION = "assumption"
    STRUCTURE = "structure"


@dataclass(frozen=True)
class Spread:
    """How far one cause of doubt moves a result.

    Attributes:
        layer: What the doubt is about.
        cause: What varies, in words.
        low: The lowest result.
        base: The result as it is reported.
        high: The highest result.
    """

    layer: Layer
    cause: str
    low: float
    base: float
    high: float


def spread(layer: Layer, cause: str, base: float, results: ArrayLike) -> Spread:
    """Return how far results lie around the one that is reported.

    Args:
        layer: What the doubt is about.
        cause: What varies, in words.
        base: The result as it is reported.
        results: What it would be otherwise, or the ends of a band.

    Raises:
        InputError: A result is not a finite number.
    """
    numbers = np.append(np.asarray(results, dtype=float), base)
    if not np.isfinite(numbers).all():
        raise InputError(f"{cause}: found a result that is not known, allowed are finite numbers")
    return Spread(layer, cause, float(numbers.min()), base, float(numbers.max()))


def by_layer(spreads: Iterable[Spread]) -> pd.DataFrame:
    """Return a row a cause, layer by layer, the widest swing first: layer, cause, low, base, high, swing."""
    table = pd.DataFrame([asdict(spread) for spread in spreads], columns=["layer", "cause", "low", "base", "high"])
    layers = pd.Categorical(table["layer"], list(Layer), ordered=True)
    table = table.assign(layer=layers, swing=table["high"] - table["low"])
    return table.sort_values(["layer", "swing"], ascending=[True, False], kind="stable", ignore_index=True)
