"""Whichever tool measured a run, its row is the same; and what each tool writes otherwise is read as it means it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from analysis.errors import InputError
from analysis.library.measurements import Deployment
from tests.support import tools
from tests.support.tools import DATED, H200, RIGHT, differs, read, row

PAGE = """# Licensed under Apache License 2.0
# Copyright 2026 SemiAnalysis LLC.
Model,ISL,OSL,Hardware,Hardware Key,Framework,Precision,TP,Concurrency,Date,Throughput/GPU (tok/s),\
Output Throughput/GPU (tok/s),Input Throughput/GPU (tok/s),Median TTFT (ms),P99 TTFT (ms),Median TPOT (ms),\
P99 TPOT (ms),Median Interactivity (tok/s/user),Median E2E Latency (ms),Disaggregated,Num Prefill GPUs,\
Num Decode GPUs,Spec Decoding,EP,DP Attention,Is Multinode,Run URL
DeepSeek-R1-0528,1024,1024,h200-cw,h200_sglang,sglang,fp8,8,64,2026-11-01,163.84,81.92,81.92,0.768,1.536,0.097,0.1,\
10.309278,99.999,false,8,8,none,8,false,false,https://github.com/SemiAnalysisAI/InferenceX/actions/runs/17/attempts/1"""
OLD_PAGE = "\n".join(line.partition("ISL,OSL,")[2] or line for line in PAGE.splitlines())
OLD_PAGE = OLD_PAGE.replace("DeepSeek-R1-0528,1024,1024,", "").replace(",Run URL", "").rpartition(",https")[0]
SERVER = {"model_path": tools.MODEL, "tp_size": 8}


def without(entry: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in names}


FILES = {
    "vllm": (tools.vllm(), H200),
    "vllm with metadata": (
        tools.vllm(hardware="H200", gpus="8", tp="8", precision="FP8", framework="vllm", speculative_decoding="none"),
        Deployment(),
    ),
    "vllm without what newer versions add": (
        without(tools.vllm(), "endpoint_type", "label", "failed", "max_concurrent_requests"),
        H200,
    ),
    "vllm without total throughput": (without(tools.vllm(), "total_token_throughput"), H200),
    "vllm without a mean latency": (without(tools.vllm(), "mean_e2el_ms"), H200),
    "sglang": (tools.sglang(), replace(DATED, precision="fp8", gpus=None)),
    "sglang without total throughput": (tools.sglang(total_throughput=None), DATED),
    "sglang without a cap": (tools.sglang(max_concurrency=None), DATED),
    "sglang of a data-parallel server": (
        tools.sglang(server_info={"model_path": tools.MODEL, "tp_size": 4, "dp_size": 2}),
        DATED,
    ),
    "sglang with data-parallel attention": (
        tools.sglang(server_info=SERVER | {"dp_size": 8, "enable_dp_attention": True}),
        DATED,
    ),
    "aiperf 0.8": (tools.aiperf(), H200),
    "aiperf 0.10": (tools.aiperf("0.10.0"), H200),
    "aiperf in seconds": (tools.aiperf(unit="sec"), H200),
    "aiperf in microseconds": (tools.aiperf(unit="us"), H200),
    "aiperf without total throughput": (
        without(tools.aiperf(), "total_token_throughput"),
        H200,
    ),
    "genai-perf": (
        without(tools.aiperf(), "aiperf_version", "start_time", "total_token_throughput")
        | {"input_config": {"model": [tools.MODEL], "perf_analyzer": {"stimulus": {"concurrency": 64}}}},
        DATED,
    ),
    "guidellm, first form": (tools.guidellm(), H200),
    "guidellm, second form": (tools.guidellm(2), H200),
    "guidellm, a sweep": (tools.guidellm(2, ("synchronous", "throughput", "constant")), H200),
    "trtllm": (tools.trtllm(), Deployment("h200", date="2026-11-01")),
    "genai-bench": (tools.genai_bench(), DATED),
    "genai-bench in ms": (tools.genai_bench("ms"), DATED),
    "aggregate": (tools.aggregate(), Deployment(date="2026-11-01")),
    "aggregate of a cluster": (tools.aggregate(hw="cluster:h200-nv"), Deployment(date="2026-11-01")),
    "aggregates in an array": ([tools.aggregate()], Deployment(date="2026-11-01")),
    "inference-perf": (tools.inference_perf(), DATED),
    "an export of the pages": (PAGE, Deployment()),
    "an older export of the pages": (
        OLD_PAGE,
        Deployment(model="DeepSeek-R1-0528", input_tokens=1024, output_tokens=1024),
    ),
    "an export of the pages, by chips": (PAGE.replace("GPU", "Chip").replace("(ms)", "(s)") + "\n", Deployment()),
}  # fmt: skip


@pytest.mark.parametrize(("content", "reader"), FILES.values(), ids=FILES)
def test_whichever_tool_measured_a_run_its_row_is_the_same(tmp_path, content, reader):
    found = row(tmp_path, content, reader, "whatever.txt" if isinstance(content, str) else "result.json")
    without_p99 = {"ttft_p99"} if "p99_ttft" not in str(content) and "p99" not in str(content) else set()
    assert differs(found, {name: value for name, value in RIGHT.items() if name not in without_p99}) == {}
    assert f"{found['date']:%Y-%m-%d}" == "2026-11-01"


@pytest.mark.parametrize("name", ["vllm", "aiperf 0.8", "guidellm, second form", "sglang", "aggregate"])
def test_p99_interactivity_is_of_the_slowest_hundredth(tmp_path, name):
    assert row(tmp_path, *FILES[name])["interactivity_p99"] == pytest.approx(10.0)


def test_lines_of_results_are_a_row_each_whatever_the_name_of_the_file(tmp_path):
    lines = "\n".join(
        json.dumps(tools.vllm(max_concurrency=cap, max_concurrent_requests=cap, **half))
        for cap, half in (
            (64, {}),
            (32, {"num_prompts": 320, "completed": 320, "duration": 500.0, "mean_e2el_ms": 50_000.0,
                  "mean_tpot_ms": 48.1, "total_input_tokens": 327_680, "total_output_tokens": 327_680}),
        )
    )  # fmt: skip
    assert read(tmp_path, lines).rows["concurrency"].tolist() == [32, 64]
    assert read(tmp_path, lines, name="results.jsonl").rows["concurrency"].tolist() == [32, 64]


def test_a_line_that_is_cut_off_is_named(tmp_path):
    lines = json.dumps(tools.vllm()) + "\n" + json.dumps(tools.vllm())[:300]
    with pytest.raises(InputError, match=r"result\.json, line 2: not readable as JSON"):
        read(tmp_path, lines)


@pytest.mark.parametrize(
    ("content", "reader", "word"),
    [
        (
            tools.sglang(server_info=SERVER | {"speculative_algorithm": "EAGLE"}),
            DATED,
            "eagle",
        ),
        (tools.sglang(server_info=SERVER | {"speculative_algorithm": "NEXTN"}), DATED, "mtp"),
        (tools.trtllm(decoding_stats={"mode": "MTP"}), DATED, "mtp"),
        (tools.vllm(spec_decode_num_drafts=9), replace(H200, speculative_decoding="eagle"), "eagle"),
        (tools.vllm(), replace(H200, speculative_decoding="mtp"), "mtp"),
        (tools.vllm(), H200, "unstated"),
        (tools.sglang(server_info=SERVER), DATED, "unstated"),
    ],
)
def test_speculative_decoding_is_what_file_or_reader_states_and_never_guessed(tmp_path, content, reader, word):
    assert row(tmp_path, content, reader)["speculative_decoding"] == word


def test_pools_of_prefill_and_decode_are_what_the_server_says(tmp_path):
    server = {"model_path": tools.MODEL, "prefill": [{"tp_size": 8}], "decode": [{"tp_size": 8}]}
    found = row(tmp_path, tools.sglang(server_info=server), replace(DATED, gpus=None))
    assert differs(found, {"disaggregated": True, "prefill_gpus": 8, "decode_gpus": 8, "throughput_per_gpu": 81.92,
                           "output_throughput_per_decode_gpu": 81.92}) == {}  # fmt: skip


def test_gpus_of_an_aggregate_are_not_multiplied_by_experts_and_its_roles_are_kept(tmp_path):
    apart = tools.aggregate(
        disagg=True, is_multinode=True, num_prefill_gpu=4, num_decode_gpu=8, prefill_tp=4, prefill_ep=4,
        prefill_num_workers=1, decode_tp=8, decode_ep=8, decode_num_workers=1, decode_dp_attention="true",
        framework="sglang-disagg",
    )  # fmt: skip
    found = row(tmp_path, apart, Deployment(date="2026-11-01"))
    expected = {"prefill_gpus": 4, "decode_gpus": 8, "prefill_tp": 4, "decode_ep": 8, "decode_dp_attention": True,
                "prefill_dp_attention": False, "decode_workers": 1, "multinode": True, "framework": "mori-sglang",
                "throughput_per_gpu": 163.84, "output_throughput_per_decode_gpu": 81.92}  # fmt: skip
    assert differs(found, expected) == {}


def test_agentic_aggregates_and_stages_without_a_steady_load_are_left_out_and_counted(tmp_path):
    agentic = {"hw": "h200-cw", "conc": 8, "tput_per_gpu": 1.0, "scenario_type": "agentic-coding"}
    assert read(tmp_path, [tools.aggregate(), agentic], Deployment(date="2026-11-01")).left_out == {
        "another benchmark, agentic-coding": 1
    }
    found = read(tmp_path, tools.guidellm(2, ("synchronous", "throughput", "constant")))
    assert found.left_out == {"stage synchronous of a sweep": 1, "stage throughput of a sweep": 1}


def test_what_genai_bench_says_of_its_server_stands_beside_it(tmp_path):
    beside = {"model": f"/models/{tools.MODEL}", "server_engine": "vLLM", "server_gpu_count": "8"}
    (tmp_path / "experiment_metadata.json").write_text(json.dumps(beside))
    found = read(tmp_path, tools.genai_bench(), replace(DATED, gpus=None, model=""))
    assert (found.model, found.rows["framework"].item()) == ("DeepSeek-R1-0528", "vllm")


def test_the_rebuilt_time_of_inference_perf_is_told(tmp_path):
    notes = " ".join(read(tmp_path, tools.inference_perf(), DATED).notes)
    assert "(request_latency - time_to_first_token) / (output_len - 1)" in notes


WRONG = {
    "all failed": (tools.vllm(completed=0, failed=8, num_prompts=8, median_tpot_ms=0.0), H200, "all 8 requests fail"),
    "one failed": (tools.vllm(completed=639, failed=1), H200, "1 of 640 requests failed"),
    "not all answered": (tools.vllm(completed=198, num_prompts=300), H200, "102 of 300 requests failed"),
    "cut off": ('{"date": "2026', H200, "not readable as JSON: EOF"),
    "seconds under ms": (tools.vllm(median_tpot_ms=0.097, mean_tpot_ms=0.097), H200, "the latency is 100 s"),
    "all in seconds": (
        tools.vllm(**{key: value / 1000 for key, value in tools.vllm().items() if key.endswith("_ms")}),
        H200,
        "0.064 requests in flight",
    ),
    "of 2024": (without(tools.sglang(), "median_tpot_ms"), DATED, "has no median_tpot_ms"),
    "sglang answered none": (tools.sglang(completed=0), DATED, "no request was answered"),
    "sglang, throughput": (tools.sglang(total_throughput=2621.44), DATED, "total throughput is 2,621.44 tok/s"),
    "no stream": (without(tools.aiperf(), "inter_token_latency"), H200, "run with --streaming"),
    "canceled": (tools.aiperf(was_cancelled=True), H200, "the run was canceled"),
    "aiperf failed": (tools.aiperf(error_request_count={"avg": 3}), H200, "3 of 643 requests failed"),
    "aiperf, errors listed": (tools.aiperf(error_summary=[{"count": 2}]), H200, "2 of 642 requests failed"),
    "turns": (tools.aiperf(theoretical_prefix_cache_hit={"avg": 40.0}), H200, "counts tokens from the cache"),
    "aiperf, unit": (tools.aiperf(inter_token_latency={"unit": "min", "p50": 1}), H200, "unit: found 'min'"),
    "aiperf, in text": (tools.aiperf(request_latency={"unit": "ms", "p50": "9"}), H200, "p50: found '9'"),
    "guidellm failed": (tools.guidellm(errored=5), H200, "5 of 645 requests failed"),
    "guidellm, no load": (tools.guidellm(2, ("synchronous",)), H200, "no benchmark under a steady load"),
    "guidellm without benchmarks": ({"benchmarks": 5}, H200, "benchmarks: missing"),
    "trtllm, no stream": (without(tools.trtllm(), "streaming_metrics"), DATED, "run with --streaming"),
    "trtllm, GPUs": (tools.trtllm(), Deployment("h200", 16, date="2026-11-01"), "states gpus 8; --gpus says 16"),
    "trtllm without a day": (tools.trtllm(), Deployment("h200"), "give --date"),
    "trtllm of unknown drafts": (tools.trtllm(decoding_stats={"mode": "X"}), DATED, "give --speculative-decoding"),
    "genai-bench failed": (tools.genai_bench(num_error_requests=2), DATED, "2 of 642 requests failed"),
    "genai-bench in minutes": (tools.genai_bench(metrics_time_unit="min"), DATED, "times in 'min'"),
    "mock": (tools.aggregate(median_ttft=0.0), DATED, "median_ttft: found 0.0; must be greater than 0"),
    "aggregate in ms": (tools.aggregate(median_tpot=97.0), DATED, "each other's inverse"),
    "aggregate without a day": (tools.aggregate(), Deployment(), "give --date"),
    "agentic only": ([{"hw": "x", "infmax_model_prefix": "y", "scenario_type": "z"}], DATED, "none of fixed lengths"),
    "stage without model and day": (tools.inference_perf(), Deployment("h200", 8, "fp8"), "give --date"),
    "an older page, its lengths": (OLD_PAGE, Deployment(), "does not say the input length; give --input-tokens"),
    "page, a row too short": (PAGE.rpartition(",")[0], Deployment(), "found 26 cells, allowed are 27"),
    "page in ms": (PAGE.replace(",0.097,", ",97,"), Deployment(), "each other's inverse"),
    "page without rows": (PAGE.rpartition("\n")[0], Deployment(), "no rows below the head"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "reader", "said"), WRONG.values(), ids=WRONG)
def test_what_makes_no_row_is_refused_with_the_reason(tmp_path, content, reader, said):
    name = "result.csv" if str(content).startswith("#") else "result.json"
    with pytest.raises(InputError) as caught:
        read(tmp_path, content, reader, name)
    assert said in str(caught.value)
    assert name in str(caught.value)
