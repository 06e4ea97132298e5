"""The charts are Vega-Lite that compiles, with the project's colors and nothing that is fetched."""

import json
from functools import cache

import pytest
import vl_convert

from analysis.exhibits.palette import color
from analysis.library.sources import load
from analysis.machinery.press.style import contrast
from analysis.machinery.whatif.charts import INK, TICKS, pareto_chart, ratio_chart

DRAWN = {"ratio": ratio_chart, "pareto": pareto_chart}


@cache
def chart(name):
    return DRAWN[name](load().platforms)


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_compiles_to_the_tables_that_the_page_fills(name):
    tables = {
        "ratio": {"at", "ratios", "ends", "here", "published"},
        "pareto": {"at", "curves", "knots", "ends", "here"},
    }
    compiled = vl_convert.vegalite_to_vega(chart(name))
    assert tables[name] <= {one["name"] for one in compiled["data"]}


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_is_fetched(name):
    assert "http" not in json.dumps(chart(name))


@pytest.mark.parametrize("name", DRAWN)
def test_what_moves_with_the_slider_has_no_part_in_the_scales(name):
    compiled = vl_convert.vegalite_to_vega(chart(name))
    domains = json.dumps([scale["domain"] for scale in compiled["scales"] if scale["name"] in "xy"])
    assert '"at"' not in domains
    assert '"here"' not in domains


def test_the_ratio_of_equals_is_always_in_sight():
    first = chart("ratio")["layer"][0]
    assert first["data"]["values"] == [{"ratio": 1}]


@pytest.mark.parametrize("name", DRAWN)
def test_platforms_keep_the_colors_of_the_reports(name):
    scales = [layer["encoding"]["color"]["scale"] for layer in chart(name)["layer"] if "color" in layer["encoding"]]
    assert scales
    colors = {key: color(platform) for key, platform in load().platforms.items()}
    assert all(dict(zip(one["domain"], one["range"], strict=True)) == colors for one in scales)


def test_each_decade_of_what_was_measured_has_its_ticks():
    throughput = load().benchmark["throughput_per_gpu"]
    assert sorted(TICKS) == TICKS
    for amount in [*throughput, 0.01, 1.0, 1000.0]:
        assert any(amount / 2.5 <= tick <= amount for tick in TICKS)


def test_names_can_be_read_on_the_light_panel():
    assert contrast(INK, "#fbfcfd") > 7
