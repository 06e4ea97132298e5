"""Workloads are compared where both platforms have rows, and the scenario's own must be among them."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.library.values import Status
from analysis.scenario import Parameters
from analysis.studies.benchmark.workloads import advantages, candidate, contenders, elsewhere, foremost, tally


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


FOUND = pd.Series(
    {
        "input_tokens": 8192,
        "output_tokens": 1024,
        "counts": "total tokens over all GPUs",
        "baseline_series": "trt fp8 mtp",
        "subject_series": "dynamo-trt fp4",
        "interactivity": 50.5,
        "baseline_throughput": 93.0,
        "subject_throughput": 6000.0,
        "departure": 0.021,
    }
)


def table(*departures, **columns):
    base = {"input_tokens": 1024, "output_tokens": 1024, "counts": "total"}
    return pd.DataFrame({"departure": departures, **base, **columns})


def test_candidate_says_what_it_counts_and_of_which_platform_it_is(library):
    shown = candidate(library, FOUND, "h200", "gb300")
    assert shown.lengths == "8k/1k"
    assert (shown.baseline.subject, shown.subject.subject) == ("HGX H200", "GB300 NVL72")
    assert (shown.baseline.number, shown.subject.number, shown.interactivity.number) == (93, 6000, 50.5)
    assert shown.baseline.kinds == {"counts": "total tokens over all GPUs", "workload": "8k/1k"}
    assert shown.departure.show() == "2.1%"
    assert {source.id for source in shown.baseline.sources} == {"inferencex-rows"}


def test_point_on_curves_is_interpolated_and_one_of_rows_is_not(library):
    of_rows = pd.concat([FOUND, pd.Series({"baseline_row": 1, "subject_row": 2})])
    assert candidate(library, FOUND, "h200", "gb300").baseline.status == Status.INTERPOLATED
    assert not candidate(library, of_rows, "h200", "gb300").baseline.cautions


@pytest.mark.parametrize(
    ("baseline", "subject", "words"),
    [
        ("trt fp8 mtp", "dynamo-trt fp4 mtp", "with MTP on both sides"),
        ("trt fp8", "dynamo-trt fp4 mtp", "with MTP on one side only"),
        ("trt fp8 mtp", "dynamo-trt fp4", "with MTP on one side only"),
        ("trt fp8", "dynamo-trt fp4", "without MTP on either side"),
    ],
)
def test_decoding_is_said_of_both_sides(library, baseline, subject, words):
    shown = candidate(library, FOUND, "h200", "gb300")
    assert replace(shown, baseline_series=baseline, subject_series=subject).decoding == words


def test_tally_counts_those_that_fit_and_tells_the_nearest_that_does_not():
    fit, tried, least = tally(table(0.0, 0.0, 0.05, 0.3), "pairs")
    assert (fit.number, tried.number, least.number) == (2, 4, 0.05)
    assert tally(table(0.0), "pairs")[2].show() == "n/a"


def test_foremost_are_all_that_fit_and_the_nearest_misses():
    assert foremost(table(0.0, 0.0, 0.05, 0.3, 0.4))["departure"].tolist() == [0, 0, 0.05, 0.3]
    assert foremost(table(0.1, 0.2, 0.3), misses=1)["departure"].tolist() == [0.1]


def test_elsewhere_is_another_workload_or_another_kind():
    found = table(0.0, 0.1, 0.2, 0.3)
    found["counts"] = ["total", "total", "output", "total"]
    found["input_tokens"] = [1024, 1024, 1024, 8192]
    assert elsewhere(found)["departure"].tolist() == [0.2, 0.3]
