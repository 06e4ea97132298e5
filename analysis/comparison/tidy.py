"""One platform at a speed, its cost and its tariff, and platforms along their curves as one tidy table."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.comparison.contenders import Contender
from analysis.comparison.sides import side
from analysis.comparison.tariff import Tariff, serving
from analysis.comparison.tariff import tariff as of_scenario
from analysis.errors import InputError
from analysis.library.amounts import plain
from analysis.library.quantities import quantity
from analysis.library.sources import Library, load
from analysis.library.values import Status, Value
from analysis.scenario import Parameters

COST, THROUGHPUT = "cost_per_million_tokens", "throughput_per_gpu"
PLACES = 40
COLUMNS = {
    "platform": "",
    "series": "",
    "interactivity": "tok/s/user",
    "throughput": "tok/s/GPU",
    "cost": "USD/Mtok",
    "cost_low": "USD/Mtok",
    "cost_high": "USD/Mtok",
    "accuracy": "1",
    "status": "",
}
"""The columns of the table, each with its unit."""


def curves(
    library: Library | None,
    platforms: Iterable[str],
    *,
    interactivity: ArrayLike | None = None,
    price: Mapping[str, float | Value] | None = None,
    values: bool = False,
    **conditions: Any,
) -> pd.DataFrame:
    """Return a row for each platform and interactivity that it serves, as `compare` on the curves answers there.

    `cost_low` and `cost_high` are what the measured rows leave open. `attrs["units"]` holds the units by column.

    Args:
        library: The library of rows, prices and powers; None: the project's own.
        platforms: Keys of the platforms, such as "h100".
        interactivity: Speeds, in tok/s/user; those that a platform does not serve have no row. None: the whole curve
            of each platform, with every measured row on it.
        price: Own prices of a GPU-hour by platform, in USD/GPU/h; others are those of vintage and tier.
        values: Whether numbers are values that know their origin, as a report needs them, in place of plain ones.
        **conditions: Any of `Parameters`, such as `input_tokens`, `output_tokens`, `as_of` or `vintage`.

    Raises:
        InputError: A platform or condition is unknown, or a platform has no row, price or power under them.
    """
    chosen_library, own = library or load(), price or {}
    rows: list[list[Any]] = []
    for key in platforms:
        asked, served = _served(chosen_library, key, own.get(key), conditions)
        wanted = served.curve.places(PLACES) if interactivity is None else np.atleast_1d(interactivity)
        rows += [
            _row(served, float(speed), asked.baseline_rate) for speed in wanted if 0 < speed <= served.curve.high
        ]
    if not values:
        rows = [[plain(cell) for cell in row] for row in rows]
    table = pd.DataFrame(rows, columns=[*COLUMNS])
    table.attrs = {"units": COLUMNS}
    return table


def cost(
    library: Library | None,
    platform: str,
    interactivity: float,
    *,
    price: float | Value | None = None,
    **conditions: Any,
) -> Value:
    """Return what a million tokens cost on a platform, in USD/Mtok, as its row of `curves` says.

    Args:
        library: The library of rows, prices and powers; None: the project's own.
        platform: Key of the platform, such as "h100".
        interactivity: That each user gets at least, in tok/s/user.
        price: Own price of a GPU-hour, in USD/GPU/h; that of vintage and tier if not given.
        **conditions: Any of `Parameters`, such as `input_tokens`, `output_tokens`, `as_of` or `vintage`.

    Raises:
        InputError: The platform or a condition is unknown, or the platform does not serve the speed or has no price.
    """
    asked, served = _served(library or load(), platform, price, conditions)
    return side(served, interactivity, asked.baseline_rate, "curve").levels[COST]


def tariff(
    library: Library | None,
    platform: str,
    interactivity: float,
    *,
    price: float | Value | None = None,
    **conditions: Any,
) -> Tariff:
    """Return what an input and an output token cost on a platform, by the two-part tariff: modeled, with its error.

    Arguments as for `cost`; among the conditions is `cache_hit_rate`.

    Raises:
        InputError: As for `cost`, or the lengths lie outside of what the model answers for.
    """
    chosen_library = library or load()
    asked, own = _asked(platform, price, conditions), price if isinstance(price, Value) else None
    made = of_scenario(chosen_library, asked, platform, interactivity=interactivity, price_per_gpu_hour=own)
    if made is None:
        raise InputError(f"{platform}: nothing serves {interactivity:g} tok/s/user")
    return made


def _asked(key: str, own: float | Value | None, conditions: Mapping[str, Any]) -> Parameters:
    """Return a scenario in which a platform is the baseline, at a price of one's own if there is one."""
    paid = {} if own is None else {"baseline_price": float(own)}
    return Parameters(**{**conditions, "baseline": key, **paid})


def _served(
    library: Library, key: str, own: float | Value | None, conditions: Mapping[str, Any]
) -> tuple[Parameters, Contender]:
    """Return a platform as the baseline of a scenario of its own, with the scenario."""
    asked = _asked(key, own, conditions)
    served = serving(library, asked, key, role="baseline")
    return asked, replace(served, price=own) if isinstance(own, Value) else served


def _row(served: Contender, speed: float, rate: str) -> list[Any]:
    point = side(served, speed, rate, "curve")
    cost, throughput = point.levels[COST], point.levels[THROUGHPUT]
    low, high = cost.both_ends or (cost, cost)
    asked = Value(speed, quantity("interactivity"), point.platform.name, Status.CHOSEN)
    status = Status.MODELED if point.is_modeled else throughput.status
    return [
        point.platform.name, point.series, asked, throughput, cost, low, high, point.service.get("accuracy", np.nan),
        str(status),
    ]  # fmt: skip
