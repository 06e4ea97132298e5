"""Every kind of figure is drawn as it was approved, also where a platform, a price or a point is missing.

`python -m tests.test_charts_drawn` writes what is drawn now; look at the difference before you keep it.
"""

import difflib
import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.attribution import along, points
from analysis.attribution.accuracy import differences
from analysis.attribution.caching import along_hit_rate
from analysis.attribution.choices import choice
from analysis.attribution.gains import gains
from analysis.attribution.matching_price import matching_prices
from analysis.attribution.phases import phases
from analysis.attribution.sessions import by_turn, session_of
from analysis.attribution.software import software_gains
from analysis.benchmark.contenders import contender, price
from analysis.benchmark.spread import spread
from analysis.benchmark.workloads import advantages
from analysis.business import asked_interactivity, utilizations
from analysis.business.token_prices import offers
from analysis.charts import inputs_against_outputs, procurement, published_against_recomputed
from analysis.charts.attribution import stacked
from analysis.charts.break_even import break_even_line, break_even_surface
from analysis.charts.business import margin_bands, price_room
from analysis.charts.calibration import closing
from analysis.charts.cost import COST, cost_curves
from analysis.charts.frontier import pareto
from analysis.charts.gains import accuracy_differences, gain_curves
from analysis.charts.models import cost_against_utilization, request_against_hit_rate, session_by_turn
from analysis.charts.ownership import cost_parts
from analysis.charts.ratio import ratio_curves
from analysis.charts.software import matching_price_curves, software
from analysis.charts.uncertainty import layers, tornadoes
from analysis.charts.waterfall import waterfall
from analysis.head_to_head import compare
from analysis.ownership.owners import owners
from analysis.scenario import Parameters
from analysis.sources import load
from analysis.uncertainty import structure
from analysis.uncertainty.break_even import surface
from analysis.uncertainty.layers import by_layer
from tests.buyers import LONG, brief
from tests.economies import by_platform, conditions
from tests.published.drawing import drawing

FOLDER = Path(__file__).parent / "charts_drawn"
PRICE, THROUGHPUT, POWER = "price_per_gpu_hour", "throughput_per_gpu", "throughput_per_megawatt"
TITLE = "A title with {number}."


def attribution_figures(library):
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
    load = conditions_load(library)
    yield "utilization", lambda: cost_against_utilization(costs, names, load, **said)
    yield "software", lambda: software(software_gains(library), {key: names[key] for key in ("h200", "b200")}, **said)
    prices = {key: price(library, Parameters(), key) for key in ("h200", "gb300", "mi300x")}
    table = matching_prices(here.stacks, "gb300", prices, np.linspace(20, 300, 40))
    shown = {key: names[key] for key in prices}
    yield "matching", lambda: matching_price_curves(table, shown, "gb300", here.at, **said)
    nowhere = table.assign(break_even_price=np.nan)
    yield "matching-nowhere", lambda: matching_price_curves(nowhere, shown, "gb300", here.at, **said)


def conditions_load(library):
    """The utilizations that are looked at."""
    return list(utilizations(library, conditions()))


def pair_figures(library):
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


def business_figures(library):
    """Yield what is drawn of providers and buyers."""
    sides, floor = list(by_platform(library).values()), asked_interactivity(conditions())
    said = {"title": TITLE, "note": "A note.", "number": floor}
    yield "margins", lambda: margin_bands(sides, floor, **said)
    prices = {one.provider: one.blended(1024, 1024, 0.0) for one in offers(library)}
    loaded = [[side.under(utilization=one) for one in conditions_load(library)] for side in sides]
    yield "room", lambda: price_room(loaded, prices, **said)
    limited = brief(library, **LONG, power_limit=0.2, budget_per_month=2e5)
    slow = brief(library, growth_per_year=0.001, power_limit=10.0)
    for name, bought in {"limited": limited, "slow": slow}.items():
        yield f"buyer-{name}", lambda bought=bought: procurement.cost_by_platform(bought, **said)
        yield f"runway-{name}", lambda bought=bought: procurement.runway(bought, **said)


def columns(data):
    """The columns of a table with what is in them: the mean of numbers, and how many words there are."""
    table = pd.read_csv(io.StringIO(data))
    told = (f"{one.mean():.4g}" if one.dtype.kind == "f" else f"{one.nunique()} of them" for _, one in table.items())
    return "; ".join(f"{name} {said}" for name, said in zip(table, told, strict=True))


@cache
def figures():
    """What draws each figure, by its name."""
    library = load()
    return {
        name: draw for kind in (attribution_figures, pair_figures, business_figures) for name, draw in kind(library)
    }


def drawn(name):
    """What a figure shows in its picture, in its words and in its data; each is drawn anew."""
    draw = figures()[name]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Figure, "savefig", lambda self, file, **_: file.write(drawing(self).encode()))
        shown = draw()
    words = "\n".join(shown.report[key] for key in ("name", "caption", "alt"))
    return f"{words}\n{columns(shown.report['csv'])}\n{shown.data['image/svg+xml']}"


NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_drawn_as_it_was_approved(name):
    before, now = (FOLDER / f"{name}.txt").read_text(encoding="utf-8"), drawn(name)
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), "approved", "now", lineterm="", n=1)
    assert before == now, "\n".join([*lines][:30])


def test_every_figure_has_been_approved():
    assert sorted(figures()) == NAMES


@pytest.mark.parametrize("draw", [procurement.cost_by_platform, procurement.runway])
def test_a_platform_without_a_color_of_its_own_is_drawn_in_ink(library, monkeypatch, draw):
    monkeypatch.setattr(procurement, "COLORS", {})
    monkeypatch.setattr(Figure, "savefig", lambda self, file, **_: file.write(drawing(self).encode()))
    bought = brief(library, **LONG, power_limit=0.2, budget_per_month=2e5)
    said = draw(bought, title="Figure.").data["image/svg+xml"]
    assert "1f77b4" not in said
    assert "ff7f0e" not in said
    assert procurement.INK in said


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in figures():
        (FOLDER / f"{name}.txt").write_text(drawn(name), encoding="utf-8", newline="\n")
