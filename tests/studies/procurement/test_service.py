"""A platform serves with rows that keep all limits, or says which it cannot keep and how near it comes."""

import pandas as pd
import pytest

from analysis.frontier.constraints import Constraints
from analysis.studies.procurement.service import (
    NOT_MEASURED,
    NOT_MET,
    NOT_SO,
    NOT_YET,
    Unserved,
    asked,
    serving,
)
from tests.support.buyers import LONG, conditions


def rows_of(library, hardware="gb300", constraints=None, **changes):
    return serving(library, conditions(**changes), hardware, *([constraints] if constraints else []))


def near(unserved):
    return {one.asked.place.removeprefix("parameter "): one for one in unserved.nearest}


def test_the_rows_that_serve_keep_every_limit(library):
    limits = {"minimum_interactivity": 50.0, "minimum_interactivity_p99": 40.0, "maximum_ttft_p99": 10.0}
    rows = rows_of(library, "b200", **{**LONG, **limits, "maximum_ttft_median": 3.0})
    assert len(rows)
    assert (rows["interactivity_median"] >= 50).all()
    assert (rows["interactivity_p99"] >= 40).all()
    assert (rows["ttft_p99"] <= 10).all()
    assert (rows["ttft_median"] <= 3).all()
    assert set(rows["input_tokens"]) == {8192}
    assert set(rows["hardware"]) == {"b200"}


def test_the_published_rows_are_among_those_that_serve_the_published_point(library):
    assert (rows_of(library, "h200")["throughput_per_gpu"] - 93.153164).abs().min() < 1e-6
    assert (rows_of(library, "gb300")["throughput_per_gpu"] - 5970.2614).abs().min() < 1e-4


def test_a_platform_that_is_too_slow_tells_its_highest_interactivity(library):
    found = rows_of(library, "mi300x")
    assert isinstance(found, Unserved)
    assert found.reason == NOT_MET
    (only,) = found.nearest
    rows = library.benchmark
    fastest = rows[(rows["hardware"] == "mi300x") & (rows["output_tokens"] == 1024) & (rows["input_tokens"] == 1024)]
    assert only.reached.number == only.alone.number == fastest["interactivity_median"].max()
    assert only.asked.number == 116
    assert only.reached.sources


def test_of_two_limits_each_is_told_with_the_other_kept_and_with_it_free(library):
    found = rows_of(library, "h200", maximum_ttft_p99=0.5, minimum_interactivity=150.0)
    told = near(found)
    slow, late = told["minimum_interactivity"], told["maximum_ttft_p99"]
    # With the other limit kept it is never nearer than without.
    assert slow.reached is None or slow.reached.number <= slow.alone.number
    assert late.reached.number >= late.alone.number
    assert slow.alone.number == rows_of(library, "h200")["interactivity_median"].max()


def test_a_limit_that_nobody_can_keep_beside_another_has_no_nearest(library):
    told = near(rows_of(library, "gb300", maximum_ttft_p99=0.001, minimum_interactivity=9000.0))
    assert told["minimum_interactivity"].reached is None
    assert told["maximum_ttft_p99"].reached is None
    assert told["minimum_interactivity"].alone.number > 100


def test_an_accuracy_that_no_stack_has_shown_is_told_with_the_highest(library):
    told = near(rows_of(library, "gb300", minimum_accuracy=0.99))
    evaluated = library.accuracy
    highest = evaluated.loc[evaluated["hardware"] == "gb300", "accuracy"].max()
    assert 0.9 < told["minimum_accuracy"].reached.number <= highest


def test_why_a_platform_does_not_serve_is_told_apart(library):
    assert rows_of(library, "b300", output_tokens=8192).reason == NOT_MEASURED
    assert rows_of(library, "gb300", as_of="2025-10-01").reason == NOT_YET
    assert rows_of(library, "h200", Constraints(precisions=("fp4",))).reason == NOT_SO


def test_only_limits_that_are_stated_are_asked(library):
    assert set(asked(conditions())) == {"minimum_interactivity"}
    assert asked(conditions(maximum_ttft_p99=2.5))["maximum_ttft_p99"].show() == "2.5"
    assert asked(conditions(minimum_interactivity=116.5))["minimum_interactivity"].show() == "116.5"


@pytest.mark.parametrize("hardware", ["h100", "b200", "gb200", "mi355x"])
def test_what_else_is_asked_narrows_the_rows(library, hardware):
    every = rows_of(library, hardware, minimum_interactivity=20.0)
    without = rows_of(library, hardware, Constraints(speculative_decoding=("none",)), minimum_interactivity=20.0)
    assert isinstance(every, pd.DataFrame)
    if isinstance(without, Unserved):
        assert without.reason in (NOT_SO, NOT_MET)
    else:
        assert set(without.index) < set(every.index)


def test_the_reasons_why_a_platform_does_not_serve_read_as_they_do():
    assert [NOT_MEASURED, NOT_YET, NOT_SO, NOT_MET] == [
        "not measured at these lengths",
        "not measured until the cut-off day",
        "no row of this precision, decoding or kind of serving",
        "cannot meet the limits",
    ]
