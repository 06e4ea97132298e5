"""The curve of every series on every day is the one that the analysis draws from the rows until then."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.frontier import platform_curve
from analysis.frontier.constraints import Constraints
from analysis.frontier.series import days
from analysis.frontier.tokens import KINDS
from analysis.library.loading.schemas import SERIES
from analysis.machinery.whatif.histories import histories
from tests.support.benchmark_rows import table


@pytest.fixture(scope="module")
def found(library):
    return histories(library.benchmark)


def standing(history, kind, day):
    """Return the curve that holds on a day; None where there is none with a knot."""
    known = [curve for since, curve in history.versions[kind].items() if since <= pd.Timestamp(day)]
    return known[-1] if known and len(known[-1].interactivity) else None


def test_there_is_one_history_for_each_series_in_the_order_of_its_columns(library, found):
    series = [tuple(one.series[column] for column in SERIES) for one in found]
    assert series == sorted(set(library.benchmark[list(SERIES)].itertuples(index=False, name=None)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("day", ["2025-10-06", "2026-02-06", "2026-04-15", "2026-05-03"])
@pytest.mark.parametrize(("hardware", "lengths"), [("h200", (1024, 1024)), ("gb200", (8192, 1024))])
def test_a_series_curve_is_the_platforms_own(library, found, kind, day, hardware, lengths):
    own = [one for one in found if one.series["hardware"] == hardware and one.lengths == lengths]
    expected = [curve for one in own if (curve := standing(one, kind, day))]
    try:
        platform = platform_curve(
            library.benchmark, hardware, input_tokens=lengths[0], output_tokens=lengths[1], as_of=day,
            tokens=kind[0], gpus=kind[1],
        )  # fmt: skip
    except InputError:
        assert expected == []
        return
    assert len(platform.members) == len(expected)
    for member, curve in zip(platform.members, expected, strict=True):
        for column in ("interactivity", "throughput", "slopes"):
            np.testing.assert_array_equal(getattr(curve, column), getattr(member, column))


def test_a_day_without_a_change_adds_no_version(library, found):
    measured = days(library.benchmark).nunique()
    versions = [len(one.versions[kind]) for one in found for kind in KINDS]
    assert 1 < max(versions) < measured / 2
    for one in found:
        curves = list(one.versions["total", "all"].values())
        for before, after in pairwise(curves):
            assert not (
                np.array_equal(before.interactivity, after.interactivity)
                and np.array_equal(before.throughput, after.throughput)
            )


def remeasured(**changes):
    """One configuration on two days, changed on the second."""
    return table({"date": "2026-01-01", "concurrency": 4}, {"date": "2026-02-01", "concurrency": 4, **changes})


def test_a_remeasured_configuration_replaces_what_it_measured_before():
    (history,) = histories(remeasured(throughput_per_gpu=50.0))
    versions = history.versions["total", "all"]
    assert [f"{day:%Y-%m-%d}" for day in versions] == ["2026-01-01", "2026-02-01"]
    assert [curve.throughput.tolist() for curve in versions.values()] == [[100.0], [50.0]]


def test_rows_of_another_publisher_are_a_history_of_their_own():
    histories_found = histories(remeasured(publisher="me", throughput_per_gpu=50.0))
    assert [one.series["publisher"] for one in histories_found] == ["SemiAnalysis", "me"]
    curves = [list(one.versions["total", "all"].values()) for one in histories_found]
    assert [[curve.throughput.tolist() for curve in versions] for versions in curves] == [[[100.0]], [[50.0]]]


def test_a_kind_that_newer_rows_cannot_tell_ends_in_a_curve_without_knots():
    missing = dict.fromkeys(("input_throughput_per_prefill_gpu", "output_throughput_per_decode_gpu"), np.nan)
    (history,) = histories(remeasured(**missing))
    assert [len(curve.interactivity) for curve in history.versions["output", "all"].values()] == [1, 0]
    assert len(history.versions["total", "all"]) == 1


def test_filters_of_a_series_do_not_change_its_curve(library, found):
    """The page leaves series out; the analysis filters rows: both must come to the same."""
    curve = platform_curve(
        library.benchmark, "gb300", input_tokens=1024, output_tokens=1024, as_of="2026-04-15",
        constraints=Constraints(precisions=("fp4",), speculative_decoding=("mtp",)),
    )  # fmt: skip
    wanted = {"hardware": "gb300", "precision": "fp4", "speculative_decoding": "mtp"}
    own = [
        standing(one, ("total", "all"), "2026-04-15")
        for one in found
        if one.lengths == (1024, 1024) and wanted.items() <= one.series.items()
    ]
    knots = [one.interactivity.tolist() for one in own if one]
    assert [member.interactivity.tolist() for member in curve.members] == knots
