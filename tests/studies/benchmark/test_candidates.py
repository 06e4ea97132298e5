"""A candidate is shown with what it is: where it stands, how it was made, and how far it is from the print."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.library.values import Status
from analysis.studies.benchmark.candidates import candidate, elsewhere, foremost, tally

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
