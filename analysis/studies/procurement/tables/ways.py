"""The ways to serve a load side by side, and how well each platform was measured within the limits."""

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.terms import Quoted
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import cost_of_capital
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
