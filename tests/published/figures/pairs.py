"""Figures of two platforms, their costs and their owners, also where a point lies out of range."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.comparison.contenders import contender
from analysis.comparison.head_to_head import compare
from analysis.scenario import Parameters
from analysis.studies.benchmark.charts.cost import COST, cost_curves
from analysis.studies.benchmark.charts.frontier import pareto
from analysis.studies.benchmark.charts.ratio import ratio_curves
from analysis.studies.benchmark.spread import spread
from analysis.studies.benchmark.workloads import advantages
from analysis.studies.claims.charts import inputs_against_outputs, published_against_recomputed
from analysis.studies.ownership.charts.calibration import closing
from analysis.studies.ownership.charts.ownership import cost_parts
from analysis.studies.ownership.owners import owners
from analysis.studies.uncertainty import structure
from analysis.studies.uncertainty.break_even import surface
from analysis.studies.uncertainty.charts.break_even import break_even_line, break_even_surface
from analysis.studies.uncertainty.charts.uncertainty import layers, tornadoes
from analysis.studies.uncertainty.layers import by_layer

TITLE = "A title with {number}."
PRICE, THROUGHPUT, POWER = "price_per_gpu_hour", "throughput_per_gpu", "throughput_per_megawatt"


def figures(library):
    """Yield what is drawn of two platforms, their costs and their owners."""
    pair, curves = compare(library, Parameters()), advantages(library, Parameters())
    said = {"title": TITLE, "note": "A note.", "number": pair.floor}
    sides = (curves["1k/1k"].baseline, curves["1k/1k"].subject)
    measured = {key: pair.ratio(key) for key in (THROUGHPUT, COST, POWER)}
    ratios = {"chosen": "8k/1k", "at": pair.floor, "measured": measured}
    yield (
        "ratio-of-last",
        lambda: ratio_curves(
            "name",
            [THROUGHPUT, COST],
            curves,
            **ratios,
            published={COST: measured[COST]},
            spread=spread(library),
            **said,
        ),
    )
    yield "pareto", lambda: pareto(sides, [side.row for side in pair.sides], **said)
    everyone = [contender(library, Parameters(), key) for key in library.platforms]
    yield "cost", lambda: cost_curves(everyone, ("h200", "gb300"), pair.floor, **said)
    listed = list(measured.values())
    three = ["throughput", "cost", "power"]
    yield (
        "published",
        lambda: published_against_recomputed(three, listed, listed[::-1], title=TITLE, number=listed[0]),
    )
    yield "inputs", lambda: inputs_against_outputs(three, listed, [True, False, False], title=TITLE, number=listed[0])
    owned = owners(library, pair)
    yield "parts", lambda: cost_parts(list(owned.values()), **said)
    yield "closing", lambda: closing([(owner, owner.side.given[PRICE]) for owner in owned.values()], **said)
    throughput, other = (side.given[THROUGHPUT].number for side in (pair.subject, pair.baseline))
    area = surface(
        np.geomspace(0.5, 400, 30), np.geomspace(0.005, 1, 20), throughput,
        other_price_per_gpu_hour=1.41, other_throughput_per_gpu=other, other_utilization=0.6,
    )  # fmt: skip
    today = {
        name: (side.given[PRICE], owned["gb300"].levels["utilization"])
        for name, side in zip(("first", "second", "third"), (pair.subject, pair.baseline, pair.subject), strict=True)
    }
    yield "surface", lambda: break_even_surface(area, today, **said)
    here = structure.advantage(library, pair)
    beyond = replace(pair.floor, number=1e4)
    yield "line", lambda: break_even_line(here, pair.floor, **said)
    yield "line-beyond", lambda: break_even_line(here, beyond, **said)
    table = by_layer(structure.structures(library, pair, here))
    yield "layers", lambda: layers(table, pair.ratio(COST), **said)
    swings = pd.DataFrame({"input": ["one", "two"], "result_at_low": [50.0, 60.0], "result_at_high": [80.0, 65.0]})
    yield "tornado", lambda: tornadoes(
        {"Cost": (pair.ratio(COST), swings), "Again": (pair.ratio(COST), swings[:1])},
        {"one": "the first", "two": "the second"}, **said,
    )  # fmt: skip
