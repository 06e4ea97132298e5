"""What each level of service costs: the cheapest platform for every limit of the first token and every speed."""

from dataclasses import dataclass
from math import inf

import numpy as np
import pandas as pd

from analysis.frontier.constraints import passing
from analysis.frontier.limits import InfeasibleError
from analysis.library.choices import choices
from analysis.library.values import Value, counted_up
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.offers import Offer, billed
from analysis.studies.procurement.service import rows_at, wanted
from analysis.studies.procurement.sizing import sized


@dataclass(frozen=True, eq=False)
class Cell:
    """The cheapest way to keep two limits."""

    limit: float  # of the time to first token, in s; infinite where there is none
    speed: float  # in tok/s/user
    offer: Offer | None  # that bills least; None where nothing keeps both
    gpus: float  # GPUs that it takes here
    cost: Value | None  # in USD/month; None likewise


@dataclass(frozen=True, eq=False)
class ServiceMap:
    """The cells of all limits and speeds."""

    # Of the rows, that is limited: the slowest hundredth's wait, or the median's where that alone is asked.
    column: str
    limits: list[float]  # of the time to first token, in s, rising; the last one infinite
    speeds: list[float]  # in tok/s/user, rising
    cells: dict[tuple[float, float], Cell]  # by limit and speed
    here: tuple[float, float]  # limit and speed that the buyer asks

    @property
    def asked(self) -> Cell:
        """The cell of the buyer."""
        return self.cells[self.here]


def service_map(brief: Brief) -> ServiceMap:
    """Return what the load of today costs under other limits of service, by the firm offer that bills least.

    All other limits stay. Each cell stands on rows as they were measured; how well each platform was tried there is
    not judged. A quote bills as it says, as in the ways to serve the load.
    """
    conditions = brief.conditions
    by_median = conditions.maximum_ttft_p99 is None and conditions.maximum_ttft_median is not None
    column, name = ("ttft_median", "maximum_ttft_median") if by_median else ("ttft_p99", "maximum_ttft_p99")
    here = (getattr(conditions, name) or inf, conditions.minimum_interactivity)
    limits = sorted({here[0], inf, *_chosen("ttft_tail")})
    speeds = sorted({here[1], *_chosen("interactivity")})
    rows = _priced(brief, column, name)
    cells = {(limit, speed): _cell(brief, rows, limit, speed) for limit in limits for speed in speeds}
    return ServiceMap(column, limits, speeds, cells, here)


def _chosen(key: str) -> list[float]:
    return [value.number for value in choices(key, "service map")]


def _priced(brief: Brief, column: str, name: str) -> pd.DataFrame:
    """Each row that keeps all other limits: its wait, speed, GPUs, and the least cost with the offer's place."""
    free = wanted(brief.conditions).without(name, "minimum_interactivity")
    parts = [pd.DataFrame(columns=["wait", "speed", "gpus", "cost", "offer"])]
    for key, places in _offered(brief).items():
        own = rows_at(brief.library, brief.conditions, key)
        if own.rows.empty:
            continue
        try:
            rows = passing(own, free).rows
        except InfeasibleError:
            continue
        gpus = sized(rows, brief.library.platform(key), brief.conditions, brief.load).gpus
        costs = np.array([billed(brief.conditions, brief.offers[place], gpus) for place in places])
        least = np.array(places)[costs.argmin(axis=0)]
        speeds, waits = rows["interactivity_median"], rows[column].fillna(inf)
        told = {"wait": waits, "speed": speeds, "gpus": gpus, "cost": costs.min(axis=0), "offer": least}
        parts.append(pd.DataFrame(told))
    return pd.concat(parts[1:] or parts, ignore_index=True)


def _offered(brief: Brief) -> dict[str, list[int]]:
    """The places of the firm offers of each platform."""
    places: dict[str, list[int]] = {}
    for place, offer in enumerate(brief.offers):
        if offer.firm and offer.price:
            places.setdefault(offer.platform.key, []).append(place)
    return places


def _cell(brief: Brief, rows: pd.DataFrame, limit: float, speed: float) -> Cell:
    kept = rows[(rows["wait"] <= limit) & (rows["speed"] >= speed)]
    if kept.empty:
        return Cell(limit, speed, None, 0.0, None)
    row = kept.loc[kept["cost"].astype(float).idxmin()]
    offer = brief.offers[int(row["offer"])]
    given = {"price": offer.price, "peak load": brief.load.peak} if offer.price else {}
    note = "what the offer bills in a month for the GPUs that the best row within these limits takes"
    cost = counted_up(float(row["cost"]), "cost_per_month", offer.name, note, given)
    return Cell(limit, speed, offer, float(row["gpus"]), cost)
