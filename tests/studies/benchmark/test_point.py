"""The measured point is one of its workload's curve, and is called published only where it gives what is printed."""

from dataclasses import replace

import pytest

from analysis.comparison.spread import spread
from analysis.library.values import given
from analysis.scenario import Parameters
from analysis.studies.benchmark.point import COST, POWER, THROUGHPUT, measured_point
from analysis.studies.claims.ledgers import ledger


def test_the_published_point_is_known_by_its_rows(point, elsewhere):
    assert point.is_published
    assert point.name == "the published point"
    assert not elsewhere.is_published
    assert elsewhere.name == "the scenario's point"


def test_a_ratio_is_printed_of_the_published_point_alone(point, elsewhere):
    assert {key: value.show() for key, value in point.printed.items()} == {
        THROUGHPUT: "65x",
        POWER: "50x",
        COST: "35x",
    }
    assert elsewhere.printed == {}


def test_its_interactivity_is_that_of_the_slower_row(point):
    assert point.interactivity.number == pytest.approx(116.72, abs=0.005)
    assert point.interactivity.subject == "HGX H200"


def test_its_ratios_are_those_of_the_two_rows(point):
    assert {key: value.number for key, value in point.ratios.items()} == pytest.approx(
        {THROUGHPUT: 64.09, POWER: 52.80, COST: 34.075}, rel=2e-4
    )


def test_the_other_workloads_are_all_but_its_own(point):
    assert list(point.others) == ["1k/8k", "8k/1k"]
    assert point.curve is point.curves["1k/1k"]


def test_where_no_print_bounds_the_throughput_nothing_is_searched(library):
    alone = measured_point(library, Parameters(), [])
    assert alone.search is None
    assert list(alone.searched) == []
    assert not alone.is_published


def test_it_rests_on_what_is_given_of_both_rows_and_on_what_was_chosen(point, library):
    values = point.values(spread(library), {})
    names = [value.name for value in values]
    for part in ("throughput per GPU, HGX H200", "power per GPU, GB300 NVL72", "interactivity, floor"):
        assert any(name.startswith(part) for name in names), part
    assert len(replace(point).levels) == sum("service level" in name for name in names)


def test_a_price_of_ones_own_is_listed_once_and_is_that_of_the_comparison(library):
    owned = measured_point(library, Parameters(baseline_price=2.0), ledger(library))
    used = [*owned.ratios.values(), *(owned.curve.at(COST, level.number) for level in owned.levels)]
    used.append(owned.curve.constant(COST))
    listed = {value.id for value in given(filter(None, used)) if value.place == "parameter baseline_price"}
    assert listed == {owned.pair.baseline.given["price_per_gpu_hour"].id}
