"""At which price per GPU-hour each platform would match another's cost per token."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis import formulas
from analysis.comparison.advantage import break_even_price
from analysis.frontier.crossings import ratio_bracket
from analysis.library.values import Value
from analysis.studies.attribution.stacks import Stacks


def matching_price(
    stacks: Stacks, hardware: str, other: str, other_price: Value, interactivity: float
) -> Value | None:
    """Return the price at which a platform's token costs as much as another's, in USD/GPU/h.

    None where one of the two was not measured at this interactivity.
    """
    return break_even_price(other_price, *(stacks.value_at(interactivity, key) for key in (hardware, other)))


def matching_prices(
    stacks: Stacks, other: str, prices: Mapping[str, Value], interactivity: ArrayLike
) -> pd.DataFrame:
    """Return the matching price of every platform along the interactivity range.

    Returns:
        A row a platform and point: hardware, interactivity, break_even_price, lower end and upper end of its
        bracket, and price_per_gpu_hour (USD/GPU/h), and share, the first over the last; NaN where not both serve.
    """
    points = np.asarray(interactivity, dtype=float)
    theirs = stacks.curve(other)
    tables = []
    for hardware, price in prices.items():
        own = stacks.curve(hardware)
        if own is not None and theirs is not None:
            matching = formulas.break_even_price(prices[other].number, own(points), theirs(points))
            low, high = (prices[other].number * end for end in ratio_bracket(own, theirs, points))
            amounts = {
                "break_even_price": matching,
                "lower end": low,
                "upper end": high,
                "price_per_gpu_hour": price.number,
                "share": matching / price.number,
            }
            tables.append(pd.DataFrame({"hardware": hardware, "interactivity": points, **amounts}))
    return pd.concat(tables, ignore_index=True)
