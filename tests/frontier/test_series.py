"""The newest row of a configuration counts, and the frontiers of a table are those of its series one by one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.frontier import throughput_curve
from analysis.frontier.measured import days, require
from analysis.frontier.series import curves, frontiers, newest, positive
from analysis.library.loading.schemas import CONFIGURATION, SERIES
from tests.support.benchmark_rows import shipped, table
from tests.support.strategies import POINTS


class TestNewest:
    def test_newer_row_replaces_an_older_one_of_the_same_configuration(self):
        rows = table(
            {"concurrency": 4, "date": "2026-03-01", "image": "old"},
            {"concurrency": 4, "date": "2026-03-09", "image": "new"},
            {"concurrency": 4, "date": "2026-03-05", "image": "between"},
            {"concurrency": 8, "date": "2026-01-01"},
        )
        assert newest(rows).index.tolist() == [1, 3]

    @pytest.mark.parametrize("column", CONFIGURATION)
    def test_rows_that_differ_in_any_part_of_the_configuration_both_stay(self, column):
        rows = table({"concurrency": 4}, {"concurrency": 4, "date": "2026-04-01"}).astype({column: object})
        assert len(newest(rows)) == 1
        rows.loc[1, column] = "something else"
        assert len(newest(rows)) == 2

    def test_later_run_of_the_same_day_counts_whatever_the_order(self):
        rows = table({"concurrency": 4, "run_id": 9}, {"concurrency": 4, "run_id": 7})
        assert newest(rows)["run_id"].tolist() == [9]
        assert newest(rows[::-1])["run_id"].tolist() == [9]

    def test_every_shipped_row_is_the_newest_of_its_configuration(self):
        pd.testing.assert_frame_equal(newest(shipped()), shipped())

    def test_days_may_be_text(self):
        rows = table({"concurrency": 4, "date": "2026-10-01"}, {"concurrency": 4, "date": "2026-09-30"})
        text = rows.assign(date=["2026-10-01", "2026-09-30"])
        assert newest(text).index.tolist() == newest(rows).index.tolist() == [0]
        assert days(text).tolist() == days(rows).tolist()

    def test_what_is_no_day_is_refused(self):
        with pytest.raises(InputError, match="YYYY-MM-DD"):
            newest(table({}).assign(date="last Friday"))

    @pytest.mark.parametrize("day", ["03/04/2026", "3 April 2026"])
    def test_what_could_be_read_as_two_days_is_refused(self, day):
        with pytest.raises(InputError, match="YYYY-MM-DD"):
            days(table({}).assign(date=day))

    def test_missing_column_is_named(self):
        with pytest.raises(InputError, match="no column decode_ep"):
            newest(table({}).drop(columns="decode_ep"))


class TestFrontiers:
    def test_shipped_series_have_the_curves_that_each_has_alone(self):
        drawn = curves(frontiers(shipped()))
        groups = shipped().groupby(list(SERIES))
        assert len(drawn) == groups.ngroups
        for curve, (_, rows) in zip(drawn, groups, strict=True):
            alone = throughput_curve(rows["interactivity_median"], rows["throughput_per_gpu"])
            assert set(curve.interactivity) <= set(alone.interactivity)
            if len(curve.interactivity) == len(alone.interactivity):
                np.testing.assert_array_equal(curve.slopes, alone.slopes)

    def test_a_recipe_that_was_measured_on_two_days_is_one_knot_the_newer(self):
        near = table(
            {"interactivity_median": 62.60, "throughput_per_gpu": 900.0, "date": "2026-02-14"},
            {"interactivity_median": 62.68, "throughput_per_gpu": 890.0, "date": "2026-03-23"},
            {"interactivity_median": 80.00, "throughput_per_gpu": 500.0, "date": "2026-02-14"},
        )
        assert frontiers(near).index.tolist() == [1, 2]
        assert frontiers(near.iloc[[1, 0, 2]].assign(date=near["date"].to_numpy())).index.tolist() == [0, 2]
        assert frontiers(near.assign(date=near["date"].max())).index.tolist() == [0, 1, 2]

    def test_knots_are_rows_of_the_table_with_their_index_and_columns(self):
        knots = frontiers(shipped())
        pd.testing.assert_frame_equal(knots[shipped().columns], shipped().loc[knots.index])
        np.testing.assert_array_equal(knots["interactivity"], knots["interactivity_median"])
        np.testing.assert_array_equal(knots["throughput"], knots["throughput_per_gpu"])
        assert (knots["slope"][knots["curve"].duplicated(keep=False)] <= 0).all()

    @given(st.lists(POINTS, min_size=1, max_size=4), st.randoms(use_true_random=False))
    def test_any_table_will_do_in_any_order(self, lists, random):
        rows = [(f"stack {name}", *point) for name, points in enumerate(lists) for point in points]
        random.shuffle(rows)
        measured = pd.DataFrame(rows, columns=["stack", "speed", "output"])
        drawn = curves(frontiers(measured, ["stack"], interactivity="speed", throughput="output"), "my tokens")
        for curve, points in zip(drawn, lists, strict=True):
            alone = throughput_curve(*zip(*points, strict=True))
            np.testing.assert_array_equal(curve.slopes, alone.slopes)
            assert curve.counts == "my tokens"

    @pytest.mark.parametrize("wrong", [np.nan, np.inf, 0.0, -3.0])
    @pytest.mark.parametrize("column", ["interactivity_median", "throughput_per_gpu"])
    def test_value_that_cannot_be_is_refused_by_column_and_row(self, column, wrong):
        rows = table({}, {}, {}).set_index(pd.Index([10, 20, 30]))
        rows.loc[20, column] = wrong
        with pytest.raises(InputError, match=f"{column}, row 20: found {wrong}"):
            frontiers(rows)

    def test_missing_column_and_empty_table_are_refused(self):
        with pytest.raises(InputError, match="no column speed; it has: hardware"):
            frontiers(table({}), interactivity="speed")
        with pytest.raises(InputError, match="at least one number"):
            frontiers(table({}).iloc[:0])


def test_positive_numbers_pass_as_an_array():
    assert positive([1, 2.5], "x").tolist() == [1, 2.5]
    with pytest.raises(InputError, match=r"shape \(1, 2\)"):
        positive([[1, 2]], "x")


def test_all_missing_columns_are_named_at_once():
    require(table({}), ["date", "image"])
    with pytest.raises(InputError, match="no column price, power"):
        require(table({}), ["price", "date", "power"])
