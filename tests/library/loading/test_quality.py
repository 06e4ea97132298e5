"""The rows are measured against themselves: nothing is dropped, and what does not hold is said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.library.loading.quality import (
    CONSERVATION,
    IDENTITY_TOLERANCE,
    PROMPT_FILL,
    quality_table,
    with_quality,
)
from analysis.library.loading.schemas import BENCHMARK
from analysis.library.loading.tables import read_table
from analysis.library.sources import DATA, SNAPSHOT

# A deployment that keeps 64 requests in flight, each of 0.9 x 2,048 tokens, for 10 s on 8 GPUs.
AGGREGATED = {
    **{"hardware": "h200", "framework": "sglang", "disaggregated": False, "multinode": False},
    **{"prefill_gpus": 8, "decode_gpus": 8, "input_tokens": 1024, "output_tokens": 1024, "concurrency": 64},
    **{"latency_median": 10.0, "throughput_per_gpu": 64 * 0.9 * 2048 / (10 * 8), "date": pd.Timestamp("2026-03-23")},
}
AGGREGATED |= {
    "input_throughput_per_prefill_gpu": AGGREGATED["throughput_per_gpu"] / 2,
    "output_throughput_per_decode_gpu": AGGREGATED["throughput_per_gpu"] / 2,
}
# The same requests on 2 prefill and 6 decode GPUs.
APART = AGGREGATED | {
    **{"disaggregated": True, "prefill_gpus": 2, "decode_gpus": 6},
    "input_throughput_per_prefill_gpu": AGGREGATED["throughput_per_gpu"] / 2 * 8 / 2,
    "output_throughput_per_decode_gpu": AGGREGATED["throughput_per_gpu"] / 2 * 8 / 6,
}


@pytest.fixture(scope="module")
def rows():
    return with_quality(read_table(DATA / "benchmarks" / f"{SNAPSHOT}.csv", BENCHMARK))


def judged(*changed):
    return with_quality(pd.DataFrame(changed))


def test_no_row_and_no_column_is_dropped(rows):
    assert len(rows) == 1729
    assert list(rows.columns) == [*BENCHMARK.columns, "requests_accounted_for", "identity_deviation", "doubts"]


def test_prefill_and_decode_add_up_in_1067_of_1128_disaggregated_rows(rows):
    apart = rows[rows["disaggregated"]]
    assert len(apart) == 1128
    assert (apart["identity_deviation"] <= IDENTITY_TOLERANCE).sum() == 1067


def test_the_61_rows_that_do_not_add_up_are_gb200_of_december_2025(rows):
    wrong = rows[rows["identity_deviation"] > IDENTITY_TOLERANCE]
    assert len(wrong) == 61
    assert set(wrong["hardware"]) == {"gb200"}
    assert set(wrong["date"].dt.strftime("%Y-%m")) == {"2025-12"}
    assert wrong["doubts"].str.contains("prefill and decode do not add up").all()


def test_those_rows_hold_the_gpus_of_the_whole_deployment_in_both_columns(rows):
    wrong = rows[rows["identity_deviation"] > IDENTITY_TOLERANCE]
    assert (wrong["prefill_gpus"] == wrong["decode_gpus"]).all()
    assert (wrong["prefill_workers"] == 0).all()
    assert (wrong["requests_accounted_for"] / 2).median() == pytest.approx(0.9, abs=0.05)


def test_313_rows_do_not_account_for_their_requests(rows):
    outside = ~rows["requests_accounted_for"].between(0.83, 1.05)
    assert outside.sum() == 313
    assert (1 - outside.mean()).round(2) == 0.82
    assert (rows["doubts"].str.contains("requests in flight not accounted for") == outside).all()


def test_the_rows_that_carry_the_published_table_raise_no_doubt(rows):
    for hardware, interactivity, throughput in (("h200", 116.72, 93.153), ("gb300", 116.86, 5970.26)):
        near = (rows["interactivity_median"] - interactivity).abs() < 0.005
        (row,) = rows[(rows["hardware"] == hardware) & near].to_dict("records")
        assert row["throughput_per_gpu"] == pytest.approx(throughput, abs=0.005)
        assert row["doubts"] == ""


def test_a_gpu_count_above_a_node_is_doubted_only_on_a_single_node_that_is_not_disaggregated(rows):
    doubted = rows[rows["doubts"].str.contains("GPU count is not a node's")]
    assert len(doubted) == 199
    assert not doubted["disaggregated"].any()
    assert set(doubted["framework"]) == {"trt", "sglang"}
    assert set(doubted["decode_gpus"]) == {16, 64}
    assert (doubted["decode_gpus"] == doubted["decode_tp"] * doubted["decode_ep"]).all()


def test_a_row_that_agrees_with_itself_raises_no_doubt():
    found = judged(AGGREGATED, APART)
    assert found["requests_accounted_for"].to_numpy() == pytest.approx(1, rel=1e-12)
    assert found["identity_deviation"].to_numpy() == pytest.approx(0, abs=1e-12)
    assert found["doubts"].tolist() == ["", ""]


def test_each_disagreement_is_said_in_words():
    found = judged(
        APART | {"latency_median": 5.0},
        APART | {"output_throughput_per_decode_gpu": 1.0},
        AGGREGATED | {"decode_gpus": 64},
        AGGREGATED | {"decode_gpus": 64, "latency_median": 10 / 8},
        AGGREGATED | {"decode_gpus": 64, "latency_median": 10 / 8, "multinode": True},
    )
    assert found["doubts"].tolist() == [
        "requests in flight not accounted for",
        "prefill and decode do not add up",
        "requests in flight not accounted for; GPU count is not a node's",
        "GPU count is not a node's",
        "",
    ]


def test_what_was_not_measured_is_not_doubted():
    missing = {"latency_median": np.nan, "input_throughput_per_prefill_gpu": np.nan}
    found = judged(AGGREGATED | missing, APART | missing)
    assert found["doubts"].tolist() == ["", ""]
    assert found[["requests_accounted_for", "identity_deviation"]].isna().all(axis=None)


def test_the_ends_of_the_range_are_inside():
    low, high = CONSERVATION
    found = judged(*(AGGREGATED | {"latency_median": 10 * share} for share in (low - 0.01, low + 1e-9, high - 1e-9)))
    assert found["doubts"].tolist() == ["requests in flight not accounted for", "", ""]


@given(factor=st.floats(0.01, 100))
def test_the_share_scales_with_what_it_is_made_of(factor):
    found = judged(
        AGGREGATED | {"latency_median": 10 * factor},
        AGGREGATED | {"throughput_per_gpu": AGGREGATED["throughput_per_gpu"] * factor},
    )
    assert found["requests_accounted_for"].to_numpy() == pytest.approx(factor, rel=1e-12)


def test_prompts_fill_the_middle_of_their_range():
    assert pytest.approx((0.8 + 1.0) / 2) == PROMPT_FILL


def test_the_table_counts_every_row_once(rows):
    table = quality_table(rows)
    assert table["rows"].sum() == 1729
    assert table["conserved"].sum() == 1729 - 313
    assert table["adds_up"].sum() == 1729 - 61 - 10
    assert table["not_split"].sum() == 10
    assert table["no_doubt"].sum() == (rows["doubts"] == "").sum()
    assert not table.duplicated(["hardware", "framework"]).any()
    assert (table["first"] <= table["last"]).all()


def test_the_table_tells_platforms_and_frameworks_apart(rows):
    table = quality_table(rows).set_index(["hardware", "framework"])
    measured = table.loc[("gb300", "dynamo-trt")]
    assert measured[["rows", "conserved", "adds_up", "no_doubt"]].tolist() == [88, 88, 88, 88]
    assert table.loc[("mi355x", "sglang"), "not_split"] == 10
