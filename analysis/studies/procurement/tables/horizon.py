"""The ranking of a procurement brief over its horizon, beside what the first month takes."""

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.terms import Quoted
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path, paths
from analysis.studies.procurement.load import months
from analysis.studies.procurement.tables.platforms import short


def horizon(brief: Brief) -> Shown | None:
    """Return what the least costly offer of each platform takes until the horizon; None where none has a price.

    The least total comes first, whatever the first month costs.
    """
    ranked = paths(brief)
    if not ranked:
        return None
    return table(
        "horizon",
        "The ranking by the total over {months} months, with growth of {growth} a year.",
        [
            *("Platform", "Provider and terms", "GPUs today", "GPUs, last month"),
            *("USD/month today", "USD, last month", "Total (USD)", "Too small from"),
        ],
        [_row(each) for each in ranked],
        note="Of each platform the price that asks least for the load of today, spot prices and the like aside, kept "
        "over the horizon; each month has the whole systems that carry the load at its end. Too small from: the "
        "month in which the limit of power or budget no longer holds the fleet.",
        months=months(brief.conditions),
        growth=brief.load.growth,
    )


def _row(each: Path) -> list[Cell]:
    option = each.option
    assert option.offer is not None
    ends = Quoted("; ".join(each.ends)) if each.ends else "not within the horizon"
    return [
        *(option.fleet.platform.name, Quoted(f"{option.offer.provider}, {option.offer.terms}")),
        *(short(option.fleet.gpus), short(each.gpus), option.cost_per_month, each.cost, each.total),
        ends if option.enough else "not ranked: not enough measured here",
    ]
