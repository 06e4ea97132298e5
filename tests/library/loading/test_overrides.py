"""A correction of a row is data: it names its rows, is listed once applied, and never guesses."""

import pandas as pd

from analysis.library.loading.overrides import corrected
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
