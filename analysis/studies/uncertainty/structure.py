"""How far the ratio of costs moves when it is measured again, priced otherwise, or built otherwise."""

from collections.abc import Iterator

import numpy as np

from analysis import formulas
from analysis.comparison.advantage import Advantage
from analysis.comparison.contenders import contender
from analysis.comparison.head_to_head import HeadToHead
from analysis.comparison.metrics import over
from analysis.frontier import tokens
from analysis.frontier.curves import Envelope, Floats
from analysis.library.sources import Library
from analysis.studies.benchmark.spread import elasticity
from analysis.studies.benchmark.spread import spread as repeated_runs
from analysis.studies.uncertainty.layers import Layer, Spread, spread
from analysis.studies.uncertainty.robustness import sourced_ratios

COST, THROUGHPUT = "cost_per_million_tokens", "throughput_per_gpu"


def measurement(library: Library, pair: HeadToHead, here: Advantage) -> Spread:
    """Return how far the ratio of costs may lie off because each platform was measured once.

    Args:
        library: The figures.
        pair: The comparison.
        here: The curves of its two platforms.
    """
    ratio = pair.ratio(COST).number
    slopes = [
        float(elasticity(curve, side.row["interactivity"]))
        for curve, side in zip((here.baseline.curve, here.subject.curve), pair.sides, strict=True)
    ]
    factor = float(repeated_runs(library).factor(min(slopes)))
    return spread(Layer.MEASUREMENT, "repeated runs", ratio, [ratio / factor, ratio * factor])


def price_tiers(library: Library, pair: HeadToHead) -> Spread | None:
    """Return how far the ratio of costs moves over the price tiers; None where the scenario states prices itself."""
    if _own_prices(pair):
        return None
    by_tier = sourced_ratios(library, *_keys(pair), *_throughputs(pair)).loc[pair.conditions.vintage, COST]
    return spread(Layer.ASSUMPTION, "price tier", pair.ratio(COST).number, by_tier)


def structures(library: Library, pair: HeadToHead, here: Advantage) -> Iterator[Spread]:
    """Yield how far the ratio of costs moves with each choice of structure that could have been made otherwise.

    Args:
        library: The figures.
        pair: The comparison.
        here: The curves of its two platforms.
    """
    ratio = pair.ratio(COST).number
    if not _own_prices(pair):
        tier = [pair.conditions.price_tier]
        vintages = sourced_ratios(library, *_keys(pair), *_throughputs(pair), tier)[COST]
        yield spread(Layer.STRUCTURE, "vintage of prices", ratio, vintages)
    yield spread(Layer.STRUCTURE, "tokens and GPUs counted", ratio, counted_otherwise(library, pair))
    on_curves = np.array([here(COST, pair.floor.number), straight_in_logs(here, pair.floor.number)])
    if np.isfinite(on_curves).all():
        yield spread(Layer.STRUCTURE, "curve between rows", ratio, on_curves)


def counted_otherwise(library: Library, pair: HeadToHead) -> list[float]:
    """Return the ratio of costs for every kind of token and GPU that both rows can tell: those of `tokens.KINDS`."""
    prices = [float(value.number) for value in pair.levels("price_per_gpu_hour")]
    found = []
    for kind in tokens.KINDS:
        rows = library.benchmark.loc[[side.row.name for side in pair.sides]]
        throughput = tokens.throughput(rows, *kind).to_numpy(dtype=float)
        costs = [formulas.cost_per_million_tokens(*both) for both in zip(prices, throughput, strict=True)]
        found.append(float(formulas.ratio(**over(COST, *costs))))
    return [ratio for ratio in found if np.isfinite(ratio)]


def straight_in_logs(here: Advantage, interactivity: float) -> float:
    """Return the ratio of costs when throughput follows a power law between two neighboring rows of a frontier.

    Args:
        here: The curves of the two platforms.
        interactivity: At which both serve, in tok/s/user. NaN where one was not measured.
    """
    costs = [
        formulas.cost_per_million_tokens(side.price.number, power_law(side.curve, interactivity))
        for side in (here.baseline, here.subject)
    ]
    return float(formulas.ratio(**over(COST, *costs)))


def advantage(library: Library, pair: HeadToHead) -> Advantage:
    """Return the curves of a comparison's two platforms."""
    return Advantage(*(contender(library, pair.conditions, key) for key in _keys(pair)))


def power_law(curve: Envelope, interactivity: float) -> float:
    """Return the throughput of the best series when it follows a power law between neighboring rows, in tok/s/GPU.

    That is straight lines where both axes are logarithmic. NaN where nothing was measured.

    Args:
        curve: Of a platform.
        interactivity: In tok/s/user.
    """
    reached: list[Floats] = [
        np.exp(
            np.interp(
                np.log(interactivity), np.log(one.interactivity), np.log(one.throughput), left=np.nan, right=np.nan
            )
        )
        for one in curve.members
    ]
    return float(np.fmax.reduce(reached))


def _own_prices(pair: HeadToHead) -> bool:
    return pair.conditions.baseline_price is not None or pair.conditions.subject_price is not None


def _keys(pair: HeadToHead) -> tuple[str, str]:
    return pair.conditions.baseline, pair.conditions.subject


def _throughputs(pair: HeadToHead) -> tuple[float, float]:
    baseline, subject = pair.levels(THROUGHPUT)
    return baseline.number, subject.number
