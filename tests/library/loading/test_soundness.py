"""A row is as sound as the evaluation of its stack nearest in time: a later repair does not heal it."""

import numpy as np
import pandas as pd
import pytest

from analysis.library.loading.soundness import labels_in_doubt, nearest_accuracy, pooled, with_soundness
from tests.library.loading.test_overrides import MISLABELED

STACK = {"hardware": "mi355x", "framework": "mori-sglang", "precision": "fp4", "speculative_decoding": "mtp"}


def evaluations(*found):
    rows = [{**STACK, "date": pd.Timestamp(day), "questions": 1319, "correct": correct} for day, correct in found]
    return pd.DataFrame(rows)


def rows(*days):
    return pd.DataFrame({**STACK, "date": pd.to_datetime(list(days)), "suspect": ""}, index=range(5, 5 + len(days)))


REPAIRED = evaluations(("2026-04-19", 0), ("2026-04-19", 5), ("2026-05-27", 1265), ("2026-05-31", 1235))


@pytest.mark.parametrize(
    ("day", "share"),
    [("2026-03-03", 0.0), ("2026-05-07", 0.0), ("2026-05-09", 1265 / 1319), ("2026-06-11", 1235 / 1319)],
)
def test_the_evaluation_nearest_in_time_counts_and_of_a_day_the_lowest(day, share):
    found = nearest_accuracy(rows(day), REPAIRED)
    assert found["accuracy"].tolist() == pytest.approx([share])


def test_of_two_days_equally_near_the_worse_counts():
    found = nearest_accuracy(rows("2026-05-08"), REPAIRED)
    assert found["accuracy"].tolist() == [0.0]


def test_a_stack_that_nobody_evaluated_is_neither_sound_nor_suspect():
    other = rows("2026-03-03").assign(framework="sglang")
    assert np.isnan(nearest_accuracy(other, REPAIRED)["accuracy"].iloc[0])


@pytest.mark.parametrize(("day", "count", "share"), [("2026-04-25", 2, 5 / 2638), ("2026-05-20", 2, 2500 / 2638)])
def test_evaluations_are_not_pooled_across_a_repair(day, count, share):
    near = pd.Series([pd.Timestamp(day)], index=pd.MultiIndex.from_tuples([tuple(STACK.values())]))
    (state,) = pooled(REPAIRED.assign(task="gsm8k", source="x"), 0.93, near).to_dict("records")
    assert (state["evaluations"], state["accuracy"], state["mixed"]) == (count, pytest.approx(share), False)


def test_of_evaluations_of_one_state_that_disagree_the_lowest_is_told():
    unsure = evaluations(("2026-05-27", 1265), ("2026-05-27", 1163)).assign(task="gsm8k", source="x")
    (state,) = pooled(unsure, 0.93, pd.Series(dtype="datetime64[ns]")).to_dict("records")
    assert (state["accuracy"], state["mixed"]) == (pytest.approx(1163 / 1319), True)


def test_the_stack_of_mi355x_is_suspect_before_its_repair_and_not_after_it(library):
    mori = library.benchmark[
        (library.benchmark["hardware"] == "mi355x") & (library.benchmark["framework"] == "mori-sglang")
    ]
    assert (mori.loc[mori["date"] < "2026-04-30", "suspect"] != "").all()
    assert not mori.empty


def test_two_evaluations_of_gb300_in_fp8_with_mtp_are_not_pooled(library):
    fp8 = library.benchmark[
        (library.benchmark["hardware"] == "gb300")
        & (library.benchmark["precision"] == "fp8")
        & (library.benchmark["speculative_decoding"] == "mtp")
    ]
    assert fp8["accuracy"].to_numpy() == pytest.approx(1163 / 1319)
    assert (fp8["suspect"] != "").all()


def test_the_stacks_of_the_headline_are_sound(library):
    pair = library.benchmark.loc[[1185 - 2, 961 - 2]]
    assert (pair["suspect"] == "").all()
    assert not pair["label_doubt"].any()
    assert (pair["accuracy"] > 0.94).all()


def test_the_twins_with_mtp_betray_each_of_the_eleven_mislabeled_rows(library):
    doubted = labels_in_doubt(library.measured_rows.rows)
    assert doubted[[line - 2 for line in MISLABELED]].all()
    left = with_soundness(library.benchmark.assign(suspect=""), library.evaluations, 0.93)["label_doubt"]
    assert left.sum() == doubted.sum() - len(MISLABELED)
