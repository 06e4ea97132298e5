"""What each level of service costs: the cheapest platform for every limit of the first token and every speed."""

from dataclasses import dataclass
from math import inf

import pandas as pd

from analysis import formulas
from analysis.frontier.constraints import apply
from analysis.frontier.limits import InfeasibleError
from analysis.library.choices import choices
from analysis.library.values import Value
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.offers import Offer
from analysis.studies.procurement.packing import counted_up
from analysis.studies.procurement.points import rows_at
from analysis.studies.procurement.service import wanted
from analysis.studies.procurement.sizing import sized


@dataclass(frozen=True, eq=False)
class Cell:
    """The cheapest way to keep two limits.

    Attributes:
        limit: Of the time to first token, in s; infinite where there is none.
        speed: In tok/s/user.
        offer: Of the platform that asks least; None where nothing keeps both.
        gpus: GPUs that it takes here.
        cost: In USD/month; None likewise.
    """

    limit: float
    speed: float
    offer: Offer | None
    gpus: float
    cost: Value | None


@dataclass(frozen=True, eq=False)
class ServiceMap:
    """The cells of all limits and speeds.

    Attributes:
        column: Of the rows, that is limited: the slowest hundredth's wait, or the median's where that alone is asked.
        limits: Of the time to first token, in s, rising; the last one infinite.
        speeds: In tok/s/user, rising.
        cells: By limit and speed.
        here: Limit and speed that the buyer asks.
    """

    column: str
    limits: list[float]
    speeds: list[float]
    cells: dict[tuple[float, float], Cell]
    here: tuple[float, float]

    @property
    def asked(self) -> Cell:
        """The cell of the buyer."""
        return self.cells[self.here]


def service_map(brief: Brief) -> ServiceMap:
    """Return what the load of today costs under other limits of service, at the least firm price of each platform.

    All other limits stay. Each cell stands on rows as they were measured; how well each platform was tried there is
    not judged.
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
    """Each row that keeps all other limits: its wait, speed, GPUs and cost, and the platform's key."""
    free = wanted(brief.conditions).without(name, "minimum_interactivity")
    parts = [pd.DataFrame(columns=["wait", "speed", "gpus", "cost", "platform"])]
    for key, offer in _offered(brief).items():
        rows = rows_at(brief.library, brief.conditions, key)
        if rows.empty or offer.price is None:
            continue
        try:
            rows = apply(rows, free)[0]
        except InfeasibleError:
            continue
        gpus = sized(rows, offer.platform, brief.conditions, brief.load).gpus
        cost = formulas.cost_per_month(gpus, offer.price.number)
        speeds, waits = rows["interactivity_median"], rows[column].fillna(inf)
        parts.append(pd.DataFrame({"wait": waits, "speed": speeds, "gpus": gpus, "cost": cost, "platform": key}))
    return pd.concat(parts[1:] or parts, ignore_index=True)


def _offered(brief: Brief) -> dict[str, Offer]:
    """The least firm price asked for each platform."""
    firm = [offer for offer in brief.offers if offer.firm and offer.price]
    dearest_first = sorted(firm, key=lambda offer: -offer.price.number if offer.price else 0)
    return {offer.platform.key: offer for offer in dearest_first}


def _cell(brief: Brief, rows: pd.DataFrame, limit: float, speed: float) -> Cell:
    kept = rows[(rows["wait"] <= limit) & (rows["speed"] >= speed)]
    if kept.empty:
        return Cell(limit, speed, None, 0.0, None)
    row = kept.loc[kept["cost"].astype(float).idxmin()]
    offer = _offered(brief)[str(row["platform"])]
    given = {"price": offer.price, "peak load": brief.load.peak} if offer.price else {}
    note = "GPUs that the best row within these limits takes x price x hours of a month"
    cost = counted_up(float(row["cost"]), "cost_per_month", offer.name, note, given)
    return Cell(limit, speed, offer, float(row["gpus"]), cost)
