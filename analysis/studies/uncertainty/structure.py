"""How far the ratio of costs moves when it is measured again, priced otherwise, or built otherwise: three layers.

What was measured scatters, what was assumed could be otherwise, and the model could be built otherwise. The three
have no common probability, so they are shown apart and no number sums them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis import formulas
from analysis.comparison.head_to_head import HeadToHead
from analysis.comparison.metrics import over
from analysis.comparison.spread import elasticity, straight_in_logs
from analysis.comparison.spread import spread as repeated_runs
from analysis.errors import InputError
from analysis.frontier import tokens
from analysis.library.sources import Library
from analysis.studies.benchmark.workloads import advantages
from analysis.studies.ownership.cost_model import RATIO
from analysis.studies.ownership.levelized import COST
from analysis.studies.ownership.owned_pair import OwnedPair
from analysis.studies.uncertainty.doubts import Doubts


class Layer(StrEnum):
    """What a doubt is about."""

    MEASUREMENT = "measurement"
    ASSUMPTION = "assumption"
    STRUCTURE = "structure"


@dataclass(frozen=True)
class Spread:
    """How far one cause of doubt moves a result."""

    layer: Layer
    cause: str
    low: float
    base: float
    high: float


def spread(layer: Layer, cause: str, base: float, results: ArrayLike) -> Spread:
    """Return how far results lie around the one that is reported.

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


def spreads(owned: OwnedPair, study: Doubts | None) -> list[Spread]:
    """Return how far each cause of doubt moves the ratio of costs by itself, of all three layers."""
    ratio, fleet = owned.pair.ratio(COST).number, owned.fleet_utilization
    unlike = fleet.high / fleet.low
    causes = [
        measurement(owned),
        price_tiers(owned),
        spread(Layer.ASSUMPTION, "utilization of each", ratio, [ratio / unlike, ratio * unlike]),
        *structures(owned),
    ]
    if study:
        modeled = study.standing(RATIO).number
        causes.append(spread(Layer.ASSUMPTION, "modeled in place of published price", ratio, [modeled]))
    return [cause for cause in causes if cause]


def measurement(owned: OwnedPair) -> Spread:
    """Return how far the ratio of costs may lie off because each platform was measured once."""
    ratio = owned.pair.ratio(COST).number
    curves = (owned.curves.baseline.curve, owned.curves.subject.curve)
    slopes = [
        float(elasticity(curve, side.row["interactivity"]))
        for curve, side in zip(curves, owned.pair.sides, strict=True)
    ]
    factor = float(repeated_runs(owned.library).factor(min(slopes)))
    return spread(Layer.MEASUREMENT, "repeated runs", ratio, [ratio / factor, ratio * factor])


def price_tiers(owned: OwnedPair) -> Spread | None:
    """Return how far the ratio of costs moves over the price tiers; None where the scenario states prices itself."""
    if _own_prices(owned.pair):
        return None
    asked = owned.pair.conditions.vintage
    by_tier = [listed.number for (vintage, _), listed in owned.standing_cost_ratios.items() if vintage == asked]
    return spread(Layer.ASSUMPTION, "price tier", owned.pair.ratio(COST).number, by_tier)


def structures(owned: OwnedPair) -> Iterator[Spread]:
    """Yield how far the ratio of costs moves with each choice of structure that could have been made otherwise."""
    pair, curves = owned.pair, owned.curves
    ratio = pair.ratio(COST).number
    if not _own_prices(pair):
        asked = pair.conditions.price_tier
        by_vintage = [listed.number for (_, tier), listed in owned.standing_cost_ratios.items() if tier == asked]
        yield spread(Layer.STRUCTURE, "vintage of prices", ratio, by_vintage)
    served = [value for value in (curves.lowest, curves.highest) if np.isfinite(value)]
    ends = [float(curves(COST, place)) for place in served]
    yield spread(Layer.STRUCTURE, "operating point", ratio, ends)
    yield spread(Layer.STRUCTURE, "sequence lengths", ratio, at_other_lengths(owned))
    yield spread(Layer.STRUCTURE, "tokens and GPUs counted", ratio, counted_otherwise(owned.library, pair))
    on_curves = np.array([curves(COST, pair.floor.number), straight_in_logs(curves, pair.floor.number)])
    if np.isfinite(on_curves).all():
        yield spread(Layer.STRUCTURE, "curve between rows", ratio, on_curves)


def at_other_lengths(owned: OwnedPair) -> list[float]:
    """Return the ratio of costs at the scenario's interactivity for all lengths at which both serve it."""
    by_lengths = advantages(owned.library, owned.pair.conditions).values()
    ratios = [float(curves(COST, owned.pair.floor.number)) for curves in by_lengths]
    return [ratio for ratio in ratios if np.isfinite(ratio)]


def counted_otherwise(library: Library, pair: HeadToHead) -> list[float]:
    """Return the ratio of costs for every kind of token and GPU that both rows can tell: those of `tokens.KINDS`."""
    prices = [float(value.number) for value in pair.levels("price_per_gpu_hour")]
    ratios = []
    for kind in tokens.KINDS:
        rows = library.benchmark.loc[[side.row.name for side in pair.sides]]
        throughput = tokens.throughput(rows, *kind).to_numpy(dtype=float)
        costs = [formulas.cost_per_million_tokens(*both) for both in zip(prices, throughput, strict=True)]
        ratios.append(float(formulas.ratio(**over(COST, *costs))))
    return [ratio for ratio in ratios if np.isfinite(ratio)]


def _own_prices(pair: HeadToHead) -> bool:
    return pair.conditions.baseline_price is not None or pair.conditions.subject_price is not None
