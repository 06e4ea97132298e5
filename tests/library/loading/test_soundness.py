"""A row is as sound as the evaluation of its stack nearest in time: a later repair does not heal it."""

import numpy as np
import pandas as pd
import pytest

from analysis.library.loading.soundness import corrected, labels_in_doubt, nearest_accuracy, pooled, with_soundness
from analysis.library.sources import load

MISLABELED = (811, 813, 816, 824, 826, 860, 866, 871, 873, 874, 875)  # lines of the snapshot of 2026-05-05
WARNED = {23052579053: 35, 21785935852: 19}  # runs that the dashboard warns of: rows of them with MTP


def table(**columns):
    words = ["none", "mtp", "none"]
    return pd.DataFrame({"run_id": [7, 7, 8], "hardware": "b200", "speculative_decoding": words, **columns})


STATED = (
    "framework",
    "precision",
    "speculative_decoding",
    "input_tokens",
    "output_tokens",
    "decode_gpus",
    "concurrency",
)


def override(**cells):
    stated = {"run_id": 7, "hardware": "b200", "from": "none", "to": "mtp", "column": "speculative_decoding"}
    return pd.DataFrame([dict.fromkeys(STATED, "") | stated | {"reason": "because"} | cells])


def test_the_eleven_mislabeled_rows_of_gb200_are_rows_with_mtp(library):
    rows = library.benchmark.loc[[line - 2 for line in MISLABELED]]
    assert set(rows["speculative_decoding"]) == {"mtp"}
    assert set(library.measured_rows.rows.loc[rows.index, "speculative_decoding"]) == {"none"}
    relabeled = library.corrections[library.corrections["column"] == "speculative_decoding"]
    assert sorted(relabeled["row"]) == sorted(rows.index)
    assert relabeled["evidence"].ne("").all()


def test_runs_that_the_source_warns_of_are_suspect(library):
    for run, count in WARNED.items():
        rows = library.benchmark[library.benchmark["run_id"] == run]
        warned = rows["suspect"].str.contains("dashboard warns")
        assert warned.sum() == count
        assert set(rows.loc[warned, "speculative_decoding"]) == {"mtp"}


def test_a_word_is_replaced_where_the_row_holds_it_and_the_override_is_listed():
    rows, applied = corrected(table(), override(speculative_decoding="none"))
    assert rows["speculative_decoding"].tolist() == ["mtp", "mtp", "none"]
    assert applied["row"].tolist() == [0]
    assert (rows["suspect"] == "").all()


def test_what_an_override_leaves_empty_is_any():
    rows, applied = corrected(table(), override(column="suspect", to="accuracy", **{"from": ""}))
    assert rows["suspect"].tolist() == ["because", "because", ""]
    assert applied["row"].tolist() == [0, 1]


def test_what_it_states_must_be_so():
    rows, applied = corrected(table(concurrency=[1, 2, 3]), override(column="suspect", concurrency=2))
    assert rows["suspect"].tolist() == ["", "because", ""]
    assert len(applied) == 1


def test_a_row_that_its_source_has_corrected_is_left_as_it_is():
    rows, applied = corrected(table(speculative_decoding="mtp"), override(speculative_decoding="none"))
    assert set(rows["speculative_decoding"]) == {"mtp"}
    assert applied.empty


def test_rows_of_other_runs_are_no_business_of_it():
    rows, applied = corrected(table(), override(run_id=9, speculative_decoding="none"))
    pd.testing.assert_frame_equal(rows.drop(columns="suspect"), table())
    assert applied.empty


def test_every_override_that_is_shipped_changes_a_row_of_a_shipped_snapshot(library):
    known = [
        library,
        load(snapshot="inferencex-deepseek-r1-2026-06-11"),
        load(snapshot="inferencex-deepseek-r1-history"),
    ]
    changed = pd.concat([each.corrections for each in known])[["run_id", "decode_gpus", "concurrency", "column"]]
    assert len(changed.drop_duplicates()) == len(library.tables["overrides"])


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
