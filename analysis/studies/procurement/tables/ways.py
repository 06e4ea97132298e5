"""The ways to serve a load, offers month by month until the horizon, and how well each platform was measured."""

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.quantities import Quoted
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path, cost_of_capital, paths
from analysis.studies.procurement.load import months
from analysis.studies.procurement.tables.platforms import short
from analysis.studies.procurement.way import Way
from analysis.studies.procurement.ways import ways


def ways_to_serve(brief: Brief) -> Shown | None:
    """Return what each way to serve the load costs, and what must be believed of it; None where nothing serves it."""
    if not brief.fleets:
        return None
    every = ways(brief)
    paid = next((way.assumed for way in every if way.assumed), "")
    unknown = "; ".join(f"{way.name}: {way.what}" for way in every if not way.total)
    return table(
        "ways",
        "Ways to serve this load, over {months} months.",
        [
            *("Way", "From whom", "Today (USD/month)", "Total (USD)", "In money of today (USD)", "MW today"),
            *("Notice", "What must be believed"),
        ],
        [_row(way) for way in every if way.total],
        note="Total: of all months, each with the load at its end, at the price of today. In money of today: at "
        "{rate} a year." + (" Owned: {paid}." if paid else "") + (" Without figures: {unknown}." if unknown else ""),
        months=months(brief.conditions),
        rate=cost_of_capital(brief.library, brief.conditions),
        paid=Quoted(paid),
        unknown=Quoted(unknown),
    )


def coverage(brief: Brief) -> Shown | None:
    """Return how well each platform was measured within the limits; None where nothing serves the load."""
    if not brief.fleets:
        return None
    return table(
        "coverage",
        "How well each platform was measured at {lengths} within these limits.",
        ["Platform", "Rows tried", "Rows within the limits", "Requests in flight of the best", "Enough to rank it"],
        [
            [
                fleet.platform.name, (told := brief.coverage[key]).tried, told.within, told.requests,
                f"not enough measured here: {told.doubts}" if told.doubts else "yes",
            ]
            for key, fleet in brief.fleets.items()
        ],
        note="A row is one measured configuration under one load. A platform is not ranked where an older one of its "
        "vendor in the same kind of system does more within the limits, or where its row is among its lightest "
        "loads: that tells how it was tried, not what it can do.",
        lengths=brief.lengths,
    )  # fmt: skip


def _row(way: Way) -> list[Cell]:
    figures = [short(value, 0) if value else "not known" for value in (way.cost, way.total, way.present)]
    return [
        *(way.name, Quoted(way.what), *figures, way.power or "not known"),
        *(Quoted(way.notice), Quoted(way.believed)),
    ]


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
        [_month_by_month(each) for each in ranked],
        note="Of each platform the price that asks least for the load of today, spot prices and the like aside, kept "
        "over the horizon; each month has the whole systems that carry the load at its end. Too small from: the "
        "month in which the limit of power or budget no longer holds the fleet.",
        months=months(brief.conditions),
        growth=brief.load.growth,
    )


def _month_by_month(each: Path) -> list[Cell]:
    option = each.option
    assert option.offer is not None
    ends = Quoted("; ".join(each.ends)) if each.ends else "not within the horizon"
    return [
        *(option.fleet.platform.name, Quoted(f"{option.offer.provider}, {option.offer.terms}")),
        *(short(option.fleet.gpus), short(each.gpus), option.cost_per_month, each.cost, each.total),
        ends if option.enough else "not ranked: not enough measured here",
    ]
