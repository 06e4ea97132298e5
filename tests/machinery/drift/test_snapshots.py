import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.library.loading.schemas import CONFIGURATION, SERIES
from analysis.machinery.drift.snapshots import POINT, POINT_CHANGES, Changes, as_lines, compare_snapshots
from tests.support.answers import shipped

SERIES_OF_THE_BASELINE = "hardware == 'h200' and framework == 'trt' and precision == 'fp8'"


def counts(changes: Changes) -> tuple[dict[str, int], dict[str, int]]:
    return changes.rows["change"].value_counts().to_dict(), changes.points["change"].value_counts().to_dict()


def frontier_by_definition(rows: pd.DataFrame) -> set[tuple[object, ...]]:
    """The definition word for word: no row at equal or higher interactivity has equal or higher throughput."""
    kept = set()
    for _, series in rows.groupby(list(SERIES)):
        for _, row in series.iterrows():
            others = series.drop(row.name)
            beaten = (others[POINT[0]] >= row[POINT[0]]) & (others[POINT[1]] >= row[POINT[1]])
            if not beaten.any():
                kept.add(tuple(row[list(CONFIGURATION)]))
    return kept


def keys(points: pd.DataFrame) -> set[tuple[object, ...]]:
    return set(points[list(CONFIGURATION)].itertuples(index=False, name=None))


def test_a_snapshot_does_not_differ_from_itself_in_any_order() -> None:
    changes = compare_snapshots(shipped(), shipped().sample(frac=1, random_state=3))
    assert changes.rows.empty
    assert changes.points.empty


def test_each_kind_of_change_is_found_where_it_was_made() -> None:
    before, after = shipped().drop(index=0), shipped().drop(index=1)
    day = pd.Timedelta(days=1)
    after.loc[2, "date"] += day
    after.loc[3, "date"] -= day
    after.loc[4, "run_id"] += 1
    after.loc[5, "run_id"] -= 1
    after.loc[6, "ttft_p99"] *= 2
    after.loc[7, "image"] = "another"
    changes = compare_snapshots(before, after).rows.set_index(list(CONFIGURATION))["change"]
    made = {0: "new", 1: "gone", 2: "newer", 3: "older", 4: "newer", 5: "older", 6: "restated", 7: "restated"}
    assert len(changes) == len(made)
    for index, change in made.items():
        assert changes[tuple(shipped().loc[index, list(CONFIGURATION)])] == change


def test_only_the_newest_row_of_a_configuration_counts() -> None:
    older = shipped().head(20).assign(
        date=lambda rows: rows["date"] - pd.Timedelta(days=30), throughput_per_gpu=1e6, run_id=1
    )  # fmt: skip
    assert compare_snapshots(shipped(), pd.concat([older, shipped()])).rows.empty


def test_a_figure_that_appears_or_vanishes_is_a_change_and_one_that_is_missing_on_both_sides_is_none() -> None:
    missing = shipped().head(3).assign(ttft_p99=np.nan)
    assert compare_snapshots(missing, missing).rows.empty
    assert counts(compare_snapshots(shipped().head(3), missing))[0] == {"restated": 3}


def test_points_that_join_move_and_leave_are_those_of_the_frontiers_as_defined() -> None:
    rows = shipped().query(SERIES_OF_THE_BASELINE)
    half, other = (
        rows.iloc[::2],
        rows.iloc[::3].assign(throughput_per_gpu=lambda part: part["throughput_per_gpu"] * 1.1),
    )
    points = compare_snapshots(half, other).points
    old, new = frontier_by_definition(half), frontier_by_definition(other)
    assert keys(points[points["change"] == "joined"]) == new - old
    assert keys(points[points["change"] == "left"]) == old - new
    assert keys(points[points["change"] == "moved"]) == old & new
    assert set(points["change"]) == set(POINT_CHANGES)


def test_a_dominated_row_moves_no_frontier() -> None:
    worst = shipped().assign(throughput_per_gpu=0.01, interactivity_median=0.01, concurrency=999_999)
    changes = compare_snapshots(shipped(), pd.concat([shipped(), worst.drop_duplicates(list(CONFIGURATION))]))
    assert set(changes.rows["change"]) == {"new"}
    assert changes.points.empty


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_there_and_back_tell_the_same_the_other_way_round(seed: int) -> None:
    random = np.random.default_rng(seed)
    before, after = (shipped()[random.random(1729) < 0.2] for _ in range(2))
    after = after.assign(throughput_per_gpu=after["throughput_per_gpu"] * random.choice([1.0, 1.1], len(after)))
    there, back = counts(compare_snapshots(before, after)), counts(compare_snapshots(after, before))
    assert [there[0].get(kind, 0) for kind in ("new", "gone", "restated")] == [
        back[0].get(kind, 0) for kind in ("gone", "new", "restated")
    ]
    assert [there[1].get(kind, 0) for kind in POINT_CHANGES] == [
        back[1].get(kind, 0) for kind in reversed(POINT_CHANGES)
    ]


def test_the_changes_are_told_in_words_and_figures() -> None:
    rows = shipped().query(SERIES_OF_THE_BASELINE + " and input_tokens == 1024 and output_tokens == 1024")
    best = rows["throughput_per_gpu"].idxmax()
    faster = rows.assign(throughput_per_gpu=rows["throughput_per_gpu"].where(rows.index != best, 9999.94))
    lines = list(as_lines(compare_snapshots(rows, faster)))
    assert lines[:2] == [
        "Configurations: 0 new, 0 measured again, 1 with other figures of the same run, 0 older than before, 0 gone",
        "Points of Pareto frontiers: 0 joined, 1 moved, 0 left",
    ]
    speed, old = rows.loc[best, "interactivity_median"], rows.loc[best, "throughput_per_gpu"]
    assert lines[2] == f"  h200 trt fp8 {rows.loc[best, 'speculative_decoding']}, ISL/OSL 1024/1024"
    assert lines[3] == (
        f"    concurrency {rows.loc[best, 'concurrency']:,} (decode TP {rows.loc[best, 'decode_tp']},"
        f" EP {rows.loc[best, 'decode_ep']}) moved: {speed:,.1f} tok/s/user at {old:,.1f} tok/s/GPU"
        f" -> {speed:,.1f} tok/s/user at 9,999.9 tok/s/GPU"
    )


@pytest.mark.parametrize("column", ["requests_accounted_for", "doubts"])
def test_columns_that_were_computed_do_not_count(column: str) -> None:
    assert compare_snapshots(shipped(), shipped().assign(**{column: "different"})).rows.empty
