"""The tables of the curves hold ratios of the curves themselves, and say where there is none."""

from itertools import pairwise

import pytest

from analysis.library.sources import TIERS
from analysis.scenario import Parameters
from analysis.studies.benchmark import tables
from analysis.studies.benchmark.point import COST, POWER, measured_point
from analysis.studies.benchmark.workloads import advantages
from tests.support.shown import heads, rows, words


def test_each_service_level_has_its_ratios_and_the_point_stands_last(point):
    *levels, last = rows(tables.ratios(point))
    assert [float(row[0]) for row in levels] == [level.number for level in point.levels]
    assert last[1] == "published point"
    assert [float(cell) for cell in last[2:5]] == pytest.approx([64.09, 34.075, 52.80], rel=2e-4)


def test_cost_and_power_are_the_throughput_times_a_constant(point):
    constants = [point.curve.constant(key).number for key in (COST, POWER)]
    for row in rows(tables.ratios(point))[:-1]:
        if row[2] != "not served":
            throughput, *others = map(float, row[2:5])
            assert others == pytest.approx([throughput * constant for constant in constants], rel=1e-9)
    assert TIERS["hyperscaler"] in words(tables.ratios(point))


def test_a_level_that_one_side_does_not_reach_is_not_served(library):
    slow = measured_point(library, Parameters(baseline="mi325x", subject="mi355x", minimum_interactivity=30.0), ())
    fast = [row for row in rows(tables.ratios(slow)) if float(row[0]) > slow.curve.baseline.curve.high]
    assert fast
    assert all(cell == "not served" for row in fast for cell in row[2:5])


def test_no_ratio_lies_outside_of_the_extremes(point):
    by_lengths = {row[0]: [float(cell) for cell in row[1:-1]] for row in rows(tables.extremes(point))}
    assert list(by_lengths) == list(point.curves)
    for lengths, (low, high, lowest, _, highest, at) in by_lengths.items():
        assert low <= at <= high
        ratios = point.curves[lengths].throughput(point.curves[lengths].places)
        assert lowest <= ratios.min() * (1 + 1e-9)
        assert highest >= ratios.max() * (1 - 1e-9)


def test_an_extreme_at_an_end_of_the_range_is_marked_as_one(point):
    at_end = {row[0]: row[-1] for row in rows(tables.extremes(point))}
    assert at_end == {"1k/1k": "neither", "1k/8k": "neither", "8k/1k": "lowest"}


def test_the_best_series_of_a_platform_follow_one_another(point):
    shown = rows(tables.best_series(point))
    for name in point.pair.names.values():
        ends = [(float(low), float(high)) for platform, _, low, high in shown if platform == name]
        assert ends == sorted(ends)
        assert all(before[1] <= after[0] + 1e-9 for before, after in pairwise(ends))


def test_both_readings_of_the_cut_off_are_shown_beside_each_other(point, library):
    last_day = library.benchmark["date"].max().date()
    later = advantages(library, point.pair.conditions, last_day)
    shown = tables.cut_off(point, later, str(last_day))
    assert len(heads(shown)) == 5
    for lengths, at_floor, at_floor_later, highest, highest_later in rows(shown):
        assert float(highest) == pytest.approx(point.curves[lengths].highest_ratio.number)
        assert float(highest_later) == pytest.approx(later[lengths].highest_ratio.number)
        assert float(at_floor) <= float(highest)
        assert float(at_floor_later) <= float(highest_later)
