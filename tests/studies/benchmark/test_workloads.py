"""Workloads are compared where both platforms have rows, and the scenario's own must be among them."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.errors import InputError
from analysis.scenario import Parameters
from analysis.studies.benchmark.workloads import advantages, contenders


def without(library, **columns):
    """The library without the rows that have these values."""
    rows = library.benchmark
    gone = (rows[list(columns)] == list(columns.values())).all(axis=1)
    return replace(library, benchmark=rows[~gone])


def newest(found):
    return max(one.baseline.curve.knots["date"].max().date() for one in found.values())


def test_each_workload_compares_the_scenarios_platforms_at_its_lengths(library):
    found = advantages(library, Parameters(baseline="b200", subject="mi355x"))
    for name, one in found.items():
        assert (one.baseline.curve.hardware, one.subject.curve.hardware) == ("b200", "mi355x")
        assert one.baseline.kinds["workload"] == one.subject.kinds["workload"] == name
        assert len(one.ranges)


def test_workload_without_rows_of_one_side_is_left_out(library):
    partly = without(library, hardware="gb300", input_tokens=1024, output_tokens=8192)
    assert list(advantages(partly, Parameters())) == ["1k/1k", "8k/1k"]


def test_day_can_be_another_than_the_scenarios(library):
    early = Parameters(as_of="2026-03-01")
    assert newest(advantages(library, early)) <= date(2026, 3, 1)
    assert newest(advantages(library, early, date(2026, 4, 15))) == newest(advantages(library, Parameters()))


def test_scenario_of_which_one_side_was_not_measured_is_refused(library):
    with pytest.raises(
        InputError, match=r"h200 and gb300 have no interactivity in common at 2k/1k; they have at: 1k"
    ):
        advantages(library, Parameters(input_tokens=2048))


def test_platforms_that_share_no_speed_are_refused(library):
    rows = library.benchmark
    own = (rows["input_tokens"] == 1024) & (rows["output_tokens"] == 1024)
    fast = (rows["hardware"] == "h200") & (rows["interactivity_median"] < 170)
    slow = (rows["hardware"] == "gb300") & (rows["interactivity_median"] > 160)
    with pytest.raises(InputError, match="no interactivity in common at 1k/1k"):
        advantages(replace(library, benchmark=rows[~(own & (fast | slow))]), Parameters())


def test_only_platforms_that_were_measured_at_the_lengths_contend(library):
    everyone = [side.platform.key for side in contenders(library, Parameters())]
    assert everyone == list(library.with_rows)
    partly = without(library, hardware="h100", input_tokens=1024, output_tokens=1024)
    assert [side.platform.key for side in contenders(partly, Parameters())] == [
        key for key in everyone if key != "h100"
    ]
