"""Figures of the cost of owning say in words and data what they draw, and draw the same thing each time."""

import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.head_to_head import compare
from analysis.library.choices import choices
from analysis.machinery.press.amounts import agrees, amounts
from analysis.scenario import Parameters
from analysis.studies.ownership.charts.calibration import closing, moves
from analysis.studies.ownership.charts.ownership import cost_parts
from analysis.studies.ownership.cost_model import RATIO
from analysis.studies.ownership.owners import owners
from analysis.studies.uncertainty import structure
from analysis.studies.uncertainty.break_even import surface
from analysis.studies.uncertainty.charts.break_even import break_even_line, break_even_surface
from analysis.studies.uncertainty.charts.uncertainty import exceedance, layers, tornadoes
from analysis.studies.uncertainty.doubts import doubts
from analysis.studies.uncertainty.layers import by_layer

PRICE, COST = "price_per_gpu_hour", "cost_per_million_tokens"
NAMES = ("parts", "calibration", "surface", "line", "layers", "tornado", "exceedance")


@pytest.fixture(scope="module")
def pair(library):
    return compare(library, Parameters())


@pytest.fixture(scope="module")
def owned(library, pair):
    return owners(library, pair)


@pytest.fixture(scope="module")
def study(library, pair, owned):
    return doubts(library, pair, owned)


@pytest.fixture(scope="module")
def here(library, pair):
    return structure.advantage(library, pair)


@pytest.fixture(scope="module")
def area(pair):
    throughput, other = (side.given["throughput_per_gpu"].number for side in (pair.subject, pair.baseline))
    return surface(
        np.geomspace(0.5, 400, 30), np.geomspace(0.005, 1, 20), throughput,
        other_price_per_gpu_hour=1.41, other_throughput_per_gpu=other, other_utilization=0.6,
    )  # fmt: skip


@pytest.fixture(scope="module")
def figures(library, pair, owned, study, here, area):
    results = {"Cost ratio": RATIO, "Cost per million tokens": f"h200.{COST}"}
    trees = {head: (study.standing(result), study.tornado(result)) for head, result in results.items()}
    today = {"published": (pair.subject.given[PRICE], owned["gb300"].levels["utilization"])}
    return {
        "parts": cost_parts(list(owned.values()), title="Parts."),
        "calibration": closing([(owner, owner.side.given[PRICE]) for owner in owned.values()], title="Gaps."),
        "surface": break_even_surface(area, today, title="Surface."),
        "line": break_even_line(here, pair.floor, title="Line."),
        "layers": layers(by_layer(structure.structures(library, pair, here)), pair.ratio(COST), title="Layers."),
        "tornado": tornadoes(trees, study.uncertain.names, title="Tornado."),
        "exceedance": exceedance(
            {"all draws": study.sample}, RATIO, choices("ratio", "asked of the cost ratio"), title="Exceedance."
        ),
    }


def data(shown):
    return pd.read_csv(io.StringIO(shown.report["csv"]))


@pytest.mark.parametrize("name", NAMES)
def test_every_number_in_the_words_of_a_figure_has_a_value_behind_it(figures, name):
    shown = figures[name]
    text = shown.report["alt"].replace("HGX H200", "").replace("GB300 NVL72", "")
    known = [(value.show(4), value.number) for value in shown.values]  # noqa: PD011
    assert text.endswith(".")
    for amount in amounts(text):
        assert any(agrees(amount, *value) for value in known), amount


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_brings_what_it_draws_as_data(figures, name):
    table = data(figures[name])
    assert len(table) >= 3
    assert not table.isna().all().any()


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_set_as_mathematics(figures, name):
    # Two dollar signs in a text would make what stands between them a formula, in italics.
    assert "DejaVuSans-Oblique" not in figures[name].data["image/svg+xml"]


def test_parts_add_up_to_the_whole_of_both_units(figures, owned):
    table = data(figures["parts"]).groupby("platform")[["usd_per_gpu_hour", "usd_per_million_tokens"]].sum()
    for owner in owned.values():
        assert table.loc[owner.name, "usd_per_gpu_hour"] == pytest.approx(owner.levels[PRICE].number)
        assert table.loc[owner.name, "usd_per_million_tokens"] == pytest.approx(owner.levels[COST].number)


def test_each_closing_amount_meets_the_published_price(library, pair, owned):
    for key, owner in owned.items():
        for move in moves(owner, owner.side.given[PRICE]):
            finance = {f"{key}.{move.before.quantity.key}": move.after.number}
            changed = replace(pair, conditions=pair.conditions.model_copy(update={"finance": finance}))
            assert owners(library, changed)[key].levels[PRICE].number == pytest.approx(
                owner.side.given[PRICE].number, rel=1e-9
            )


def test_moves_begin_with_the_smallest_and_end_with_those_from_nothing(owned):
    found = moves(owned["gb300"], owned["gb300"].side.given[PRICE])
    changes = [abs(move.change) for move in found]
    known = [change for change in changes if not np.isnan(change)]
    assert known == sorted(known)
    assert changes[: len(known)] == known
    assert {move.before.quantity.key for move in found[len(known) :]} == {
        "support_rate", "staff_cost", "software_licenses",
    }  # fmt: skip
    assert found[1].said == "$52,100 → $54,300 USD/GPU"


def test_the_surface_is_one_where_the_break_even_lies(figures, area):
    table = data(figures["surface"])
    assert len(table) == area.cost_ratio.size
    near = table.iloc[(np.log(table["cost_ratio"]).abs()).argsort()[:5]]
    line = np.interp(near["utilization"], area.utilizations, area.break_even_prices)
    assert near["price_per_gpu_hour"].to_numpy() == pytest.approx(line, rel=0.3)


def test_the_line_is_the_price_times_the_ratio_of_throughputs(figures, here):
    table = data(figures["line"])
    ratio = here("throughput_per_gpu", table["interactivity"])
    assert table["break_even_price"].to_numpy() == pytest.approx(here.baseline.price.number * ratio, rel=1e-9)


def test_the_tornado_keeps_the_order_of_its_table(figures, study):
    table = data(figures["tornado"])
    first = table[table["of"] == "Cost ratio"]
    assert first["input"].tolist() == study.tornado(RATIO)["input"].tolist()


def test_exceedance_falls_from_all_to_none(figures):
    table = data(figures["exceedance"])
    assert table["all draws"].is_monotonic_increasing
    assert table["probability_of_a_higher_ratio"].is_monotonic_decreasing
    assert table["probability_of_a_higher_ratio"].between(0, 1).all()


def test_one_platform_alone_can_be_shown(owned):
    alone = owned["h200"]
    assert data(cost_parts([alone], title="Parts."))["platform"].unique().tolist() == ["HGX H200"]
    assert "HGX H200" in closing([(alone, alone.side.given[PRICE])], title="Gaps.").report["alt"]


def test_figures_are_drawn_the_same_each_time(figures, owned):
    assert cost_parts(list(owned.values()), title="Parts.").data == figures["parts"].data
