"""A curve is of one campaign: an older row joins it only above the curve or outside of its range, and is marked."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.frontier import series
from analysis.frontier.measured import Measured
from analysis.frontier.series import first_day
from tests.support.benchmark_rows import table

NEW, OLD = "2026-03-23", "2025-12-05"


def row(speed, throughput, day=NEW, **more):
    return {"interactivity_median": float(speed), "throughput_per_gpu": float(throughput), "date": day, **more}


def current(rows):
    places, older = series.current(Measured(rows), np.arange(len(rows)))
    return rows.iloc[places].assign(older=older[places])


NEWEST = [row(20, 1000), row(100, 200)]


def days(*offsets):
    return np.array([np.datetime64("2026-01-01") + np.timedelta64(offset, "D") for offset in offsets])


@pytest.mark.parametrize(
    ("offsets", "first"), [((0,), 0), ((0, 14), 0), ((0, 15), 15), ((0, 14, 28), 0), ((30, 0, 40, 3), 30)]
)
def test_a_campaign_goes_on_until_a_pause_of_more_than_fourteen_days(offsets, first):
    assert first_day(days(*offsets)) == days(first)[0]


@pytest.mark.parametrize(
    ("older", "stays"),
    [
        (row(60, 100, OLD), False),  # below the newest curve, which is 600 there
        (row(60, 600, OLD), False),  # on it
        (row(60, 601, OLD), True),
        (row(120, 90, OLD), True),  # faster than anything of the newest
        (row(10, 1100, OLD), True),
        (row(10, 900, OLD), False),  # slower, where the newest serves more at a higher speed
    ],
)
def test_an_older_row_joins_only_where_it_adds(older, stays):
    found = current(table(*NEWEST, older))
    assert found["older"].tolist() == [False, False, *([True] if stays else [])]


def test_rows_of_another_publisher_are_another_series():
    rows = table(*NEWEST, row(60, 100, OLD, publisher="Example Lab"))
    assert len(current(rows.assign(publisher=rows["publisher"].fillna("SemiAnalysis")))) == 3


def test_the_recipes_of_december_no_longer_pull_gb200_down(library):
    rows = library.benchmark
    mtp = rows[
        (rows["hardware"] == "gb200") & (rows["framework"] == "dynamo-trt") & (rows["precision"] == "fp4")
        & (rows["speculative_decoding"] == "mtp") & (rows["input_tokens"] == 1024) & (rows["output_tokens"] == 1024)
    ]  # fmt: skip
    assert (mtp["date"] < "2026-01-01").any()
    assert (current(mtp)["date"] == NEW).all()


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 999), st.integers(0, 90)), min_size=1, max_size=12))
def test_what_stays_is_the_newest_campaign_and_nothing_below_it(points):
    rows = table(
        *(
            row(speed, throughput, pd.Timestamp("2026-01-01") + pd.Timedelta(days=day))
            for speed, throughput, day in points
        )
    )
    found = current(rows)
    newest = rows["date"] >= first_day(rows["date"].to_numpy())
    assert found.index[~found["older"]].tolist() == rows.index[newest].tolist()
    for _, older in found[found["older"]].iterrows():
        faster = rows[newest & (rows["interactivity_median"] >= older["interactivity_median"])]
        assert faster.empty or older["throughput_per_gpu"] > faster["throughput_per_gpu"].max()
