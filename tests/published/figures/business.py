"""Figures of providers and buyers, also of a limited one and of one that hardly grows."""

from analysis.studies.business import asked_interactivity, utilizations
from analysis.studies.business.charts.business import margin_bands, price_room
from analysis.studies.business.token_prices import offers
from analysis.studies.procurement.charts import procurement
from tests.support.buyers import LONG, brief
from tests.support.economies import by_platform, conditions

TITLE = "A title with {number}."


def figures(library):
    """Yield what is drawn of providers and buyers."""
    sides, floor = list(by_platform(library).values()), asked_interactivity(conditions())
    said = {"title": TITLE, "note": "A note.", "number": floor}
    yield "margins", lambda: margin_bands(sides, floor, **said)
    prices = {one.provider: one.blended(1024, 1024, 0.0) for one in offers(library)}
    loaded = [[side.under(utilization=one) for one in list(utilizations(library, conditions()))] for side in sides]
    yield "room", lambda: price_room(loaded, prices, **said)
    limited = brief(library, **LONG, power_limit=0.2, budget_per_month=2e5)
    slow = brief(library, growth_per_year=0.001, power_limit=10.0)
    for name, bought in {"limited": limited, "slow": slow}.items():
        yield f"buyer-{name}", lambda bought=bought: procurement.cost_by_platform(bought, **said)
        yield f"runway-{name}", lambda bought=bought: procurement.runway(bought, **said)
