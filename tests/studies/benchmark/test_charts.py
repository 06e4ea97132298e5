"""Figures of the measured benchmark say in words and data what they draw, and draw the same thing each time."""

import io
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.spread import spread
from analysis.exhibits.palette import PUBLISHED_COLOR
from analysis.library.loading.quality import gpus
from analysis.machinery.press.amounts import agrees, amounts
from analysis.scenario import Parameters
from analysis.studies.benchmark import charts
from analysis.studies.benchmark.charts.frontier import configuration, frontier_rows
from analysis.studies.benchmark.charts.ratio import ratio_table
from analysis.studies.benchmark.point import COST, POWER, ROWS, THROUGHPUT
from analysis.studies.benchmark.workloads import contenders

CONDITIONS = Parameters()


@pytest.fixture(scope="module")
def pair(point):
    return point.pair


@pytest.fixture(scope="module")
def curves(point):
    return point.curves


@pytest.fixture(scope="module")
def figures(library, point):
    return {
        "ratio": charts.throughput_ratio(point, spread(library)),
        "panels": charts.cost_and_power_ratio(point),
        "pareto": charts.pareto(point),
        "cost": charts.cost_curves(contenders(library, CONDITIONS), point),
        "search": charts.departures(point.search),
    }


TITLES = {
    "ratio": "The throughput of GB300 NVL72 over that of HGX H200 depends on",
    "panels": "Cost per million tokens and throughput per megawatt follow the same curves",
    "pareto": "What each platform delivers at 1k/1k",
    "cost": "Cost per million tokens at 1k/1k on every platform",
    "search": "How far every candidate is from the printed levels.",
}


def data(shown):
    return pd.read_csv(io.StringIO(shown.report["csv"]))


@pytest.mark.parametrize("name", TITLES)
def test_every_numeral_of_the_alternative_text_has_a_value(figures, library, name):
    shown = figures[name]
    words = [platform.name for platform in library.platforms.values()] + ["1k/1k", "1k/8k", "8k/1k"]
    text = re.sub("|".join(map(re.escape, sorted(words, key=len, reverse=True))), "", shown.report["alt"])
    assert amounts(text)
    known = [(value.show(4), value.number) for value in shown.values]  # noqa: PD011
    for amount in amounts(text):
        assert any(agrees(amount, *value) for value in known), amount


@pytest.mark.parametrize("name", TITLES)
def test_figure_has_its_data_and_its_title(figures, name):
    assert not data(figures[name]).empty
    title = re.sub("<[^>]*>", "", figures[name].report["caption"])
    assert title.startswith(TITLES[name])


def test_same_figure_is_drawn_twice(figures, library, point):
    again = charts.throughput_ratio(point, spread(library))
    assert again.data["image/svg+xml"] == figures["ratio"].data["image/svg+xml"]
    twice = charts.departures(point.search)
    assert twice.data["image/svg+xml"] == figures["search"].data["image/svg+xml"]


def test_the_axis_of_departures_says_percent_of_what_is_drawn(point, monkeypatch):
    monkeypatch.setattr(charts.search, "drawn", lambda figure, *_, **__: figure)
    axes = charts.departures(point.search).axes[0]
    places, words = axes.get_xticks(), [label.get_text() for label in axes.get_xticklabels()]
    assert words[0] == "fits"
    assert [float(word.rstrip("%").replace(",", "")) for word in words[1:]] == pytest.approx(100 * places[1:])


def test_without_a_search_no_departure_is_drawn():
    assert charts.departures(None) is None


class TestRatioCurves:
    def test_data_are_the_curves(self, figures, curves):
        table = data(figures["ratio"])
        for lengths, one in curves.items():
            own = table[table["workload"] == lengths]
            np.testing.assert_allclose(own["ratio"], one(THROUGHPUT, own["interactivity"]), rtol=1e-9)
        assert set(table["metric"]) == {THROUGHPUT}

    def test_each_metric_has_its_panel(self, curves):
        table = ratio_table([COST, POWER], curves)
        assert table.groupby(["metric", "workload"]).ngroups == 2 * len(curves)
        assert (table["baseline series"] != "").all()

    def test_printed_ratio_is_drawn_only_where_there_is_one(self, figures, library, point):
        bare = charts.throughput_ratio(replace(point, search=None), spread(library))
        assert "diamond" in figures["ratio"].report["caption"]
        assert "diamond" not in bare.report["caption"]
        outlines = [
            shown.data["image/svg+xml"].count(f"stroke: {PUBLISHED_COLOR}; stroke-width: 1.6")
            for shown in (figures["ratio"], bare)
        ]
        assert outlines[0] > outlines[1] == 0

    def test_words_name_the_highest_ratio_of_each_workload(self, figures):
        for highest in ("64.8x", "46.7x", "35.9x"):
            assert highest in figures["ratio"].report["alt"]


class TestFrontier:
    def test_rows_on_the_frontier_are_on_the_curve_and_no_row_beats_them(self, curves):
        for one in curves.values():
            for side in (one.baseline, one.subject):
                rows = frontier_rows(side.curve)
                np.testing.assert_allclose(side.curve(rows["interactivity"]), rows["throughput"], rtol=1e-12)
                assert rows["interactivity"].is_monotonic_increasing
                assert set(rows.index) <= set(side.curve.knots.index)

    def test_configuration_tells_the_gpus(self, curves):
        knots = curves["1k/1k"].baseline.curve.knots
        words = configuration(knots)
        assert words[1183] == "8P+88D"
        for place, one in knots.iterrows():
            numbers = [int(number) for number in re.findall(r"\d+", words[place])]
            assert sum(numbers) == gpus(knots)[place]
            assert len(numbers) == 1 + one["disaggregated"]

    def test_a_series_is_named_on_the_curve_where_it_is_the_best(self, point, monkeypatch):
        asked = []
        monkeypatch.setattr(charts.frontier, "where_there_is_room", lambda _, labels, *__: asked.append(labels) or [])
        charts.pareto(point)
        sides = (point.curve.baseline, point.curve.subject)
        for side, labels in zip(sides, [labels for labels in asked if labels], strict=True):
            _, *named = [label for label in labels if label.bold]
            assert named
            for label in named:
                assert label.y == pytest.approx(float(side.curve(label.x)), rel=1e-12)
                assert label.text == side.curve.series_at(label.x)

    def test_data_hold_the_marked_rows(self, figures, pair):
        table = data(figures["pareto"])
        assert set(table["platform"]) == {"HGX H200", "GB300 NVL72"}
        for side in pair.sides:
            marked = table[np.isclose(table["throughput"], side.row["throughput"])]
            assert marked["concurrency"].tolist() == [side.row["concurrency"]]


class TestCost:
    def test_every_platform_has_its_line(self, figures, library):
        table = data(figures["cost"])
        assert set(table["platform"]) == {platform.name for platform in library.with_rows.values()}
        assert (table[COST].dropna() > 0).all()

    def test_platform_that_is_too_slow_is_said_to_be(self, figures):
        assert "Instinct MI300X not that fast" in figures["cost"].report["alt"]


def test_search_says_of_each_kind_how_many_fit(figures, point):
    text = figures["search"].report["alt"]
    candidates = point.search.candidates
    rows = candidates[ROWS]
    assert f"{ROWS}: 1 of {len(rows)} fit" in text
    assert len(data(figures["search"])) == sum(map(len, candidates.values()))
