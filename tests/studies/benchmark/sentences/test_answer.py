"""The answer says of the point what its curves hold, and nothing where there is nothing to say."""

from dataclasses import replace

import pytest

from analysis.comparison.head_to_head import compare
from analysis.comparison.spread import leave_open
from analysis.scenario import Parameters
from analysis.studies.benchmark import sentences
from analysis.studies.benchmark.point import COST, measured_point
from analysis.studies.benchmark.workloads import contenders
from tests.support.shown import words


@pytest.fixture(scope="module")
def platforms(library, point):
    return contenders(library, point.pair.conditions)


def test_the_headline_is_that_of_the_two_rows(point):
    text = words(sentences.ratios(point))
    assert "give GB300 NVL72 64.1x the throughput per GPU of HGX H200 and 52.8x its throughput per megawatt" in text
    assert text.endswith("a million tokens on HGX H200 cost 34.1x as much.")


def test_the_point_is_placed_in_the_range_of_its_curve(point):
    text = words(sentences.along_the_curve(point))
    assert "runs from 7.12x to 64.8x; the published point lies higher than 86.9% of this range by one way" in text


def test_where_rows_are_much_faster_than_asked_the_curves_are_told_beside(library, point):
    assert sentences.on_the_curves(point.pair) is None
    asked = Parameters(baseline="h100", subject="mi355x", input_tokens=8192, minimum_interactivity=40.0)
    said = words(sentences.on_the_curves(compare(library, asked)))
    assert "cost 2.69x as much" in said  # 8.23x by the rows
    assert "the rows leave 2.10x to 10.7x" in said


def test_at_exactly_the_floor_the_curves_give_another_ratio(point):
    text = words(sentences.at_the_floor(point))
    assert "at 116.7 and 116.9 tok/s/user" in text
    assert f"ratio is {point.curve.at('throughput_per_gpu', 116).show()}." in text


def test_a_floor_that_a_curve_does_not_reach_gives_no_ratio(point):
    conditions = point.pair.conditions.model_copy(update={"minimum_interactivity": 1e5})
    unreached = replace(point, pair=replace(point.pair, conditions=conditions))
    assert sentences.at_the_floor(unreached) is None


def test_other_lengths_are_said_to_reach_less_only_where_they_do(point, library):
    text = words(sentences.at_other_lengths(point))
    assert "46.7x (1k/8k) and 35.9x (8k/1k) on the curves, below that of the published point" in text
    slow = measured_point(library, Parameters(minimum_interactivity=20.0), ())
    assert "nowhere" not in words(sentences.at_other_lengths(slow))
    own = {"1k/1k": point.curve}
    assert sentences.at_other_lengths(replace(point, curves=own)) is None


def test_a_row_of_a_series_that_answered_wrongly_is_a_caution(point):
    assert sentences.doubted_rows(point, {}) == []
    (caution,) = sentences.doubted_rows(point, {point.series[1]: point.curve.highest_ratio})
    assert 'class="caution"' in caution.html
    assert "The row of GB300 NVL72 is one of dynamo-trt fp4 mtp" in words(caution)


def test_no_platform_is_the_cheapest_where_the_rows_leave_the_order_open(platforms, point):
    costs = {side.platform.name: side.at(116.0)[COST] for side in platforms if side.at(116.0)}
    least = min(costs, key=lambda name: costs[name].number)
    text = words(sentences.cheapest(platforms, point))
    assert f"Of {len(platforms)} platforms" in text
    assert f"{len(costs)} serve 116 tok/s/user" in text
    assert "the lowest cost" not in text
    tied = [name for name, cost in costs.items() if name != least and leave_open(point.library, cost, costs[least])]
    assert tied
    assert all(name in text for name in tied)
    assert "HGX H200 stands at $4.14" in text


def test_the_cheapest_is_the_one_of_lowest_cost_where_the_rows_tell(platforms, point):
    apart = [side for side in platforms if side.platform.key in ("h200", "gb300")]
    assert "GB300 NVL72 has the lowest cost there, $0.121" in words(sentences.cheapest(apart, point))


def test_where_no_platform_serves_the_floor_none_is_the_cheapest(point):
    assert sentences.cheapest([], point) is None


def test_a_line_that_rests_on_wrong_answers_is_a_caution(platforms, point):
    side = next(side for side in platforms if side.platform.key == "b200")
    series = str(side.curve.series_at(116.0))
    (caution,) = sentences.doubted_lines(platforms, point, {("b200", series): point.curve.highest_ratio})
    assert f"The line of HGX B200 is that of {series}" in words(caution)
    assert sentences.doubted_lines(platforms, point, {}) == []
