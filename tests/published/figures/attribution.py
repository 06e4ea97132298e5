"""Figures of factors, gains and models, also where something cannot be."""

import numpy as np
import pandas as pd

from analysis.comparison.contenders import price
from analysis.library.choices import choice
from analysis.scenario import Parameters
from analysis.studies.attribution import along, points
from analysis.studies.attribution.accuracy import differences
from analysis.studies.attribution.caching import along_hit_rate
from analysis.studies.attribution.charts.attribution import stacked
from analysis.studies.attribution.charts.gains import accuracy_differences, gain_curves
from analysis.studies.attribution.charts.models import (
    cost_against_utilization,
    request_against_hit_rate,
    session_by_turn,
)
from analysis.studies.attribution.charts.software import matching_price_curves, software
from analysis.studies.attribution.charts.waterfall import waterfall
from analysis.studies.attribution.gains import gains
from analysis.studies.attribution.matching_price import matching_prices
from analysis.studies.attribution.phases import phases
from analysis.studies.attribution.sessions import by_turn, session_of
from analysis.studies.attribution.software import software_gains
from analysis.studies.business import utilizations
from tests.support.economies import conditions

TITLE = "A title with {number}."


def figures(library):
    """Yield what is drawn of factors, gains and models."""
    names = {key: platform.name for key, platform in library.platforms.items()}
    here = points(library, Parameters())[0]
    said = {"title": TITLE, "note": "A note.", "number": here.at}
    money = ("Price", *here.metric("cost_per_million_tokens")[:1], "Cost", here.metric("cost_per_million_tokens")[1])
    yield "waterfall", lambda: waterfall("name", here.best, [money], **said)
    yield "waterfall-that-opens", lambda: waterfall("name", here.from_plain, [], **said)
    fast = np.linspace(20, 170, 40)
    areas = {
        "1k/1k": along(here.stacks, "h200", "gb300", here.route, fast),
        "itself": along(here.stacks, "h200", "h200", ("h200",), fast),
    }
    yield "stacked", lambda: stacked("name", areas, {"1k/1k": (here.at, here.best.total)}, **said)
    found = gains(here.stacks, "precision", "fp8", "fp4")
    yield "gains", lambda: gain_curves("name", found, "speculative_decoding", here.at, ["gb300", "b200"], **said)
    apart = differences(library, "speculative_decoding", "none", "mtp")
    margin = choice("equivalence_margin", "accuracy")
    yield "accuracy", lambda: accuracy_differences("name", apart, names, margin, **said)
    both = [phases(here.stacks, key, 116.0, price(library, Parameters(), key)) for key in ("h200", "gb300")]
    own = {one.platform.key: one.platform.name for one in both}
    yield "hit-rate", lambda: request_against_hit_rate(pd.concat([along_hit_rate(one) for one in both]), own, **said)
    turns = pd.concat([by_turn(session_of(one), one) for one in both])
    yield "turns", lambda: session_by_turn(turns, own, **said)
    costs = dict(zip(("h200", "gb300"), here.levels("cost_per_million_tokens"), strict=True))
    load = list(utilizations(library, conditions()))
    yield "utilization", lambda: cost_against_utilization(costs, names, load, **said)
    yield "software", lambda: software(software_gains(library), {key: names[key] for key in ("h200", "b200")}, **said)
    prices = {key: price(library, Parameters(), key) for key in ("h200", "gb300", "mi300x")}
    table = matching_prices(here.stacks, "gb300", prices, np.linspace(20, 300, 40))
    shown = {key: names[key] for key in prices}
    yield "matching", lambda: matching_price_curves(table, shown, "gb300", here.at, **said)
    nowhere = table.assign(break_even_price=np.nan)
    yield "matching-nowhere", lambda: matching_price_curves(nowhere, shown, "gb300", here.at, **said)
