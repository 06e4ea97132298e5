"""What a deployment occupied is told by its throughput where its GPU columns tell something else."""

import numpy as np
import pytest

from analysis.formulas import requests_accounted_for
from analysis.library.loading.quality import CONSERVATION, PROMPT_FILL, decode_share, gpus
from tests.support.benchmark_rows import shipped, table

APART = {
    "disaggregated": True,
    "multinode": True,
    "prefill_workers": 1,
    "decode_workers": 2,
    "prefill_gpus": 4,
    "decode_gpus": 16,
    "input_throughput_per_prefill_gpu": 500.0,
    "output_throughput_per_decode_gpu": 125.0,
    "throughput_per_gpu": 200.0,
}
WHOLE = APART | {"multinode": False, "prefill_workers": 0, "decode_workers": 0, "prefill_gpus": 20, "decode_gpus": 20}


def whole_deployments():
    rows = shipped()
    return rows[rows["disaggregated"] & (rows["prefill_workers"] == 0)]


class TestGpus:
    def test_roles_add_up_where_they_are_apart(self):
        assert gpus(table(APART)).tolist() == [20]

    def test_deployment_written_twice_counts_once(self):
        assert gpus(table(WHOLE)).tolist() == [20]

    @pytest.mark.parametrize(
        ("tensor", "expert", "column", "wanted"),
        [(8, 8, 64, 8), (4, 4, 16, 4), (2, 2, 4, 2), (8, 1, 8, 8), (4, 1, 4, 4), (1, 8, 4, 4)],
    )
    def test_expert_parallelism_shares_the_gpus_of_tensor_parallelism(self, tensor, expert, column, wanted):
        row = {"prefill_tp": tensor, "prefill_ep": expert, "prefill_gpus": column, "decode_gpus": column}
        assert gpus(table(row)).tolist() == [wanted]

    def test_single_node_has_at_most_eight(self):
        assert gpus(table({"prefill_tp": 1, "prefill_gpus": 16})).tolist() == [8]

    def test_aggregated_deployment_may_span_nodes(self):
        assert gpus(table({"multinode": True, "prefill_tp": 16, "prefill_gpus": 16})).tolist() == [16]

    def test_no_shipped_single_node_holds_more_than_its_gpus(self):
        rows = shipped()[~shipped()["disaggregated"]]
        assert set(gpus(rows)) == {4, 8}
        assert (rows["prefill_gpus"] > 8).sum() == 199

    def test_believed_counts_account_for_the_requests_where_the_columns_do_not(self):
        rows = shipped()

        def unaccounted(count):
            tokens = PROMPT_FILL * (rows["input_tokens"] + rows["output_tokens"])
            shares = requests_accounted_for(
                rows["throughput_per_gpu"], count, rows["latency_median"], rows["concurrency"], tokens
            )
            return (~shares.between(*CONSERVATION)).sum()

        columns = rows["decode_gpus"] + rows["prefill_gpus"].where(rows["disaggregated"], 0)
        assert unaccounted(columns) == 313
        assert unaccounted(gpus(rows)) == 58


class TestDecodeShare:
    def test_every_gpu_of_an_aggregated_deployment_decodes(self):
        assert decode_share(table({})).tolist() == [1]

    def test_columns_are_believed_where_they_rebuild_the_total(self):
        assert decode_share(table(APART)).tolist() == [0.8]

    def test_split_is_recovered_from_the_throughputs_where_both_columns_hold_the_deployment(self):
        assert decode_share(table(WHOLE)).tolist() == [0.8]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"throughput_per_gpu": 201.0},
            {"input_throughput_per_prefill_gpu": np.nan},
            {"output_throughput_per_decode_gpu": np.nan},
            {"input_throughput_per_prefill_gpu": 125.0},
            {"throughput_per_gpu": 100.0},
            {"throughput_per_gpu": 500.0},
        ],
    )
    @pytest.mark.parametrize("row", [APART, WHOLE])
    def test_row_that_contradicts_itself_has_no_share(self, row, wrong):
        assert decode_share(table(row | wrong)).isna().all()

    def test_aggregated_row_that_does_not_add_up_has_no_share(self):
        assert decode_share(table({"throughput_per_gpu": 101.0})).isna().all()

    def test_all_shipped_rows_but_ten_without_halves_have_a_share(self):
        rows = shipped()
        unknown = rows[decode_share(rows).isna()]
        assert len(unknown) == 10
        assert unknown["output_throughput_per_decode_gpu"].isna().all()

    def test_recovered_splits_serve_inputs_and_outputs_in_the_ratio_of_the_workload(self):
        rows = whole_deployments()
        share = decode_share(rows)
        served = (
            rows["input_throughput_per_prefill_gpu"]
            * (1 - share)
            / (rows["output_throughput_per_decode_gpu"] * share)
        )
        deviation = served / (rows["input_tokens"] / rows["output_tokens"]) - 1
        assert len(rows) == 62
        assert deviation.abs().max() < 0.035

    def test_recovered_splits_are_of_whole_trays(self):
        prefill = (1 - decode_share(whole_deployments())) * gpus(whole_deployments())
        np.testing.assert_allclose(prefill / 4, (prefill / 4).round(), rtol=1e-12)

    def test_a_split_is_recovered_where_the_halves_differ_by_one(self):
        halves = {"input_throughput_per_prefill_gpu": 51.0, "output_throughput_per_decode_gpu": 50.0}
        row = WHOLE | halves | {"prefill_gpus": 8, "decode_gpus": 8, "throughput_per_gpu": 50.25}
        assert decode_share(table(row)).tolist() == [0.75]

    def test_a_split_into_fewer_than_none_is_no_split(self):
        halves = {"input_throughput_per_prefill_gpu": 52.0, "output_throughput_per_decode_gpu": 50.0}
        row = WHOLE | halves | {"prefill_gpus": 8, "decode_gpus": 8, "throughput_per_gpu": 49.5}
        assert np.isnan(decode_share(table(row))).tolist() == [True]
