"""Files of measurements become rows of one format and one model; a file is told by its content."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.library.loading.new_snapshots import as_csv
from analysis.library.loading.quality import with_quality
from analysis.library.loading.schemas import BENCHMARK
from analysis.library.measurements import Deployment, read_files
from analysis.library.measurements.points import known_formats
from analysis.library.measurements.rows import ORDER, cut
from tests.support import tools
from tests.support.answers import PLATFORMS, results, shipped, vllm_result
from tests.support.tools import H200, read, row


def test_several_files_are_one_measurement_in_the_order_of_the_rows(tmp_path: Path) -> None:
    agentic = {"benchmark_type": "agentic_traces"}
    rows = shipped().head(40)
    answers = [[*results(part), agentic] for part in (rows.iloc[20:], rows.iloc[:20])]
    for number, answer in enumerate(answers):
        (tmp_path / f"{number}.json").write_text(json.dumps(answer))
    (tmp_path / "all.json").write_text(json.dumps(results(rows)))
    found = read_files([tmp_path / "0.json", tmp_path / "1.json"], PLATFORMS)
    pd.testing.assert_frame_equal(found.rows, read_files([tmp_path / "all.json"], PLATFORMS).rows)
    assert (found.format, found.model) == ("an answer of the InferenceX API", "DeepSeek-R1-0528")
    assert (found.left_out, found.publisher) == ({"agentic_traces": 2}, "SemiAnalysis")


def test_files_of_two_formats_or_models_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes(as_csv(shipped().head(2)))
    for name, model in (("one", "dsr1"), ("two", "glm5")):
        answer = [result | {"model": model} for result in results(shipped().head(2))]
        (tmp_path / f"{name}.json").write_text(json.dumps(answer))
    with pytest.raises(InputError, match=r"^format of the files: found a table of rows, an answer of the"):
        read_files([tmp_path / "rows.csv", tmp_path / "one.json"], PLATFORMS)
    with pytest.raises(InputError, match=r"^model of the files: found DeepSeek-R1-0528, glm5; allowed is one"):
        read_files([tmp_path / "one.json", tmp_path / "two.json"], PLATFORMS)


def test_files_of_one_call_may_differ_in_gpus_where_they_say_so(tmp_path: Path) -> None:
    paths = []
    for gpus in (4, 8):
        paths.append(tmp_path / f"{gpus}.json")
        paths[-1].write_text(json.dumps(tools.vllm(gpus=str(gpus), tp=str(gpus))))
    rows = read_files(paths, PLATFORMS, replace(H200, gpus=None)).rows
    assert dict(zip(rows["decode_gpus"], rows["throughput_per_gpu"], strict=True)) == {4: 327.68, 8: 163.84}


def test_the_gpus_in_the_name_that_inferencex_gives_a_file_contradict_another_number(tmp_path: Path) -> None:
    name = "dsr1_1k1k_fp8_sglang_tp4-ep1-dpafalse_disagg-false_spec-none_conc64_h200-cw.json"
    assert row(tmp_path, tools.vllm(), replace(H200, gpus=None), name)["decode_tp"] == 4
    with pytest.raises(InputError, match="states gpus 4; --gpus says 8"):
        read(tmp_path, tools.vllm(), H200, name)


def test_tensor_parallelism_that_the_gpus_do_not_fit_is_asked_about(tmp_path: Path) -> None:
    for content, name in ((tools.vllm(tp="4"), "result.json"), (tools.vllm(), "sglang-fp4-mtp-tp4-c8.json")):
        with pytest.raises(InputError, match=r"states tensor parallel 4.*; --gpus says 8; where both hold, give --t"):
            read(tmp_path, content, H200, name)
        found = row(tmp_path, content, replace(H200, tensor_parallel=4), name)
        assert (found["decode_tp"], found["decode_gpus"]) == (4, 8)
    apart = replace(H200, gpus=None, prefill_gpus=8, decode_gpus=8)
    assert row(tmp_path, tools.vllm(), apart, "prefill-tp4-decode-tp8.json")["prefill_tp"] == 8


def test_repeats_become_their_median_run_with_their_spread_and_are_named(tmp_path: Path) -> None:
    paths = []
    for number, duration in enumerate((1000.0, 1010.0, 1040.0)):
        changes = {"duration": duration, "request_throughput": 640 / duration}
        changes |= {"output_throughput": 655_360 / duration, "total_token_throughput": 1_310_720 / duration}
        paths.append(tmp_path / f"run={number}.json")
        paths[-1].write_text(json.dumps(tools.vllm(date=f"20261101-1{number}0000", **changes)))
    found = read_files(paths, PLATFORMS, H200)
    (repeats,) = found.rows.to_dict("records")
    assert repeats["throughput_per_gpu"] == pytest.approx(163.84 / 1.01)
    assert repeats["repeats"] == 3
    assert repeats["throughput_spread"] == pytest.approx((1 - 1 / 1.04) * 1.01)
    assert repeats["interactivity_spread"] == 0
    assert with_quality(found.rows)["doubts"].item() == ""
    assert all(path.name in found.notes[0] for path in paths)
    pair = read_files(paths[:2], PLATFORMS, H200).rows
    assert pair["throughput_per_gpu"].item() == pytest.approx(163.84 * (1 + 1 / 1.01) / 2)
    assert with_quality(pair)["doubts"].item() == ""


def test_the_same_figures_twice_are_one_run(tmp_path: Path) -> None:
    found = read(tmp_path, [tools.vllm(), tools.vllm()])
    assert found.rows["repeats"].isna().all()
    assert "the same figures, kept once" in found.notes[0]


@pytest.mark.parametrize("fill", [0.85, 0.9, 1.0])
def test_a_row_is_held_against_the_lengths_that_its_requests_had(tmp_path: Path, fill: float) -> None:
    tokens, latency = round(655_360 * fill), 768 + 97 * (1024 * fill - 1)
    rate = 64_000 / latency
    result = tools.vllm(
        total_input_tokens=tokens, total_output_tokens=tokens, duration=640 / rate, request_throughput=rate,
        output_throughput=rate * tokens / 640, total_token_throughput=2 * rate * tokens / 640,
        mean_e2el_ms=latency, median_e2el_ms=latency,
    )  # fmt: skip
    checked = with_quality(read(tmp_path, result).rows)
    assert checked["doubts"].item() == ""
    assert checked["requests_accounted_for"].item() == pytest.approx(1.0)


def test_a_cap_that_was_not_held_is_not_what_was_in_flight(tmp_path: Path) -> None:
    load = {"num_prompts": 2000, "completed": 2000, "total_input_tokens": 1_844_000, "request_throughput": 2.0}
    load |= {"total_output_tokens": 1_844_000, "output_throughput": 1844.0, "total_token_throughput": 3688.0}
    load |= {f"{kind}_{name}_ms": value for kind in ("mean", "median")
             for name, value in (("ttft", 170.0), ("tpot", 10.6732), ("e2el", 10_000.0))}  # fmt: skip
    for cap in (256, None):
        found = read(tmp_path, tools.vllm(max_concurrency=cap, max_concurrent_requests=34, **load))
        assert found.rows["concurrency"].item() == 20
        assert any("concurrency 20: the mean in flight" in note for note in found.notes)


def test_more_in_flight_than_the_client_let_be_is_refused_with_both_numbers(tmp_path: Path) -> None:
    eightfold = {"request_throughput": 5.12, "output_throughput": 5242.88, "total_token_throughput": 10_485.76}
    with pytest.raises(InputError, match=r"is 512\.0 requests in flight; the client let be or sent 64"):
        read(tmp_path, tools.vllm(duration=125.0, **eightfold))


def test_throughput_that_is_not_tokens_over_duration_is_refused_with_both_numbers(tmp_path: Path) -> None:
    said = "total throughput is 10,485.76 tok/s, tokens / duration is 1,310.72 tok/s"
    with pytest.raises(InputError, match=re.escape(said)):
        read(tmp_path, tools.vllm(total_token_throughput=10_485.76))
    with pytest.raises(InputError, match=r"output throughput is 1,310\.72 tok/s, tokens / duration is 655\.36 tok/s"):
        read(tmp_path, tools.vllm(output_throughput=1310.72))


def test_a_duration_with_which_the_rates_do_not_agree_is_told(tmp_path: Path) -> None:
    notes = read(tmp_path, tools.vllm(duration=2000.0)).notes
    assert any("requests / duration is 0.32 req/s and the request rate 0.64 req/s" in note for note in notes)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("deepseek-ai/DeepSeek-R1-0528", "DeepSeek-R1-0528"),
        ("/models/DeepSeek-R1-0528/", "DeepSeek-R1-0528"),
        (f"/c/models--deepseek-ai--DeepSeek-R1-0528/snapshots/{'0a' * 20}", "DeepSeek-R1-0528"),
        (f"/c/models--deepseek-ai--DeepSeek-R1-0528/snapshots/{'0a' * 20}/", "DeepSeek-R1-0528"),
        (f"/models/{'0a' * 20}", ""),
    ],
)
def test_a_path_is_the_name_of_its_model(tmp_path: Path, path: str, name: str) -> None:
    assert read(tmp_path, tools.vllm(model_id=path)).model == name


def test_what_the_reader_says_of_the_model_stands_in_place_of_the_file(tmp_path: Path) -> None:
    assert read(tmp_path, tools.vllm(model_id="alias"), replace(H200, model="Other-7B")).model == "Other-7B"


@pytest.mark.parametrize("mean", [0.8, 0.9, 1.0, 1.02])
@pytest.mark.parametrize("nominal", [1024, 8192])
def test_the_nominal_length_is_the_one_that_the_mean_belongs_to(tmp_path: Path, mean: float, nominal: int) -> None:
    tokens = round(640 * nominal * mean)
    result = tools.vllm(total_input_tokens=tokens, total_token_throughput=655.36 + tokens / 1000)
    assert row(tmp_path, result)["input_tokens"] == nominal


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        (Deployment(), "give --hardware, --gpus and --precision"),
        (Deployment("h200", 8), "give --precision"),
        (replace(H200, hardware="h20"), "unknown hardware 'h20'; did you mean 'h200'?"),
        (replace(H200, gpus=0), "number of GPUs: found 0; must be at least 1 and at most 100,000 (--gpus)"),
        (replace(H200, precision="fp6"), "precision: found 'fp6'; did you mean 'fp8'?"),
        (replace(H200, framework="v llm"), "framework: found 'v llm'; allowed is a word of"),
        (replace(H200, input_tokens=8192), "found 1,024 input tokens a request, 8,192 are stated (--input-tokens)"),
        (replace(H200, prefill_gpus=8), "give --decode-gpus, too"),
        (replace(H200, gpus=8, prefill_gpus=8, decode_gpus=8), "8 prefill and 8 decode GPUs are not 8 GPUs"),
        (replace(H200, date="2026-11-02"), "states date 2026-11-01; --date says 2026-11-02"),
    ],
)
def test_a_deployment_that_is_not_known_or_contradicts_its_file_is_refused(
    tmp_path: Path, reader: Deployment, said: str
) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        read(tmp_path, tools.vllm(), reader)


def test_speculative_decoding_that_the_file_reports_is_not_none_and_asks_for_its_kind(tmp_path: Path) -> None:
    drafted = tools.vllm(spec_decode_num_drafts=9)
    with pytest.raises(InputError, match="not of which kind; give --speculative-decoding"):
        read(tmp_path, drafted)
    with pytest.raises(InputError, match="--speculative-decoding says 'none'"):
        read(tmp_path, drafted, replace(H200, speculative_decoding="none"))


def test_pools_of_prefill_and_decode_divide_their_own_tokens(tmp_path: Path) -> None:
    found = row(tmp_path, tools.vllm(), replace(H200, gpus=16, prefill_gpus=8, decode_gpus=8))
    expected = {"disaggregated": True, "prefill_gpus": 8, "decode_gpus": 8, "throughput_per_gpu": 81.92,
                "input_throughput_per_prefill_gpu": 81.92, "output_throughput_per_decode_gpu": 81.92}  # fmt: skip
    assert tools.differs(found, expected) == {}


def test_all_that_a_reader_states_stands_in_the_row(tmp_path: Path) -> None:
    reader = Deployment(
        "b200", 16, "fp4", "mtp", "sglang", tensor_parallel=2, expert_parallel=16, dp_attention=True, multinode=True,
        input_tokens=1100, output_tokens=900, image="vllm/vllm-openai:v0.11.0",
    )  # fmt: skip
    expected = {
        "hardware": "b200", "framework": "sglang", "precision": "fp4", "speculative_decoding": "mtp",
        "multinode": True, "decode_tp": 2, "prefill_ep": 16, "decode_dp_attention": True, "decode_gpus": 16,
        "input_tokens": 1100, "output_tokens": 900, "image": "vllm/vllm-openai:v0.11.0", "throughput_per_gpu": 292.5,
    }  # fmt: skip
    assert tools.differs(row(tmp_path, vllm_result(spec_decode_num_drafts=9), reader), expected) == {}


# Files


REFUSED = {
    "LLMPerf": ({"results_inter_token_latency_s_quantiles_p50": 0.1}, "holds the first token's wait"),
    "vllm bench throughput": ({"elapsed_time": 72.4, "tokens_per_second": 9.0}, "so nobody waits"),
    "vllm bench latency": ({"avg_latency": 1.0, "latencies": []}, "use vllm bench serve"),
    "MLPerf": ([{"Organization": "x", "Availability": "cloud"}], "results of MLPerf Inference: they count output"),
    "MLPerf's summary": ("MLPerf Results Summary\n====", "results of MLPerf Inference"),
    "llm-d": ("version: '0.1'\nscenario:\n  x: 1\nmetrics:\n  y: 2\n", "a report of llm-d: its units"),
    "GuideLLM as YAML": ("benchmarks:\n- type_: generative_benchmark\n", "write it as JSON"),
    "AIPerf's CSV": ("Metric,avg,min\n", "give profile_export_aiperf.json beside it"),
    "AIPerf's requests": ({"metadata": {}, "metrics": {}}, "give profile_export_aiperf.json beside it"),
    "a log of vLLM": ("============ Serving Benchmark Result ============\n", "vLLM: --save-result"),
    "a log of TensorRT-LLM": ("= PERFORMANCE OVERVIEW\n", "--report_json"),
    "another object": ({"a": 1, "b": 2}, "found a JSON object with the keys 'a', 'b'; `import --formats` lists"),
    "other objects": ([{"a": 1}, {"a": 2}], "found 2 entries, the first of them a JSON object with the keys 'a'"),
    "other text": ("hello", "found text that begins with 'hello'"),
    "nothing": ("", "found nothing"),
    "an empty array": ([], "found nothing"),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_rows_is_refused_by_name_with_the_reason_and_the_way_on(
    tmp_path: Path, content: Any, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, content, name="result.txt")
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path / 'result.txt'}: ")


def test_every_format_says_what_makes_it_and_is_either_read_or_refused() -> None:
    for known in known_formats():
        assert known.command
        assert sum([known.runs is not None, known.rows is not None, bool(known.refused)]) == 1
    assert len({known.name for known in known_formats()}) == len(known_formats())


def test_the_content_of_a_file_tells_its_format(tmp_path: Path) -> None:
    rows = shipped().head(5)
    contents = [json.dumps(results(rows)), json.dumps(vllm_result()), as_csv(rows).decode()]
    found = [read(tmp_path, content, name="anything") for content in contents]
    pd.testing.assert_frame_equal(found[2].rows, rows.sort_values(ORDER, kind="stable", ignore_index=True))
    assert [len(measured.rows) for measured in found] == [5, 1, 5]
    assert len({measured.format for measured in found}) == 3


def test_a_table_may_name_a_platform_with_its_system(tmp_path: Path) -> None:
    text = as_csv(shipped().query("hardware == 'gb300'").head(1)).decode()
    assert row(tmp_path, text.replace("gb300", "gb300-nvl72"), name="table.csv")["hardware"] == "gb300"


def test_a_table_says_of_which_repeats_its_rows_are_the_median(tmp_path: Path) -> None:
    measured = read(tmp_path, tools.vllm()).rows.assign(repeats=3.0, throughput_spread=0.02, interactivity_spread=0.0)
    written = as_csv(measured).decode()
    again = read(tmp_path, written, name="table.csv").rows
    pd.testing.assert_frame_equal(again, measured)
    assert "fill" in written
    assert not {"fill", "repeats"} & set(as_csv(shipped()).decode().splitlines()[0].split(","))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("result.json", b'{"date": "2026', "result.json: not readable as JSON: EOF while parsing"),
        ("result.json", b"[" * 100_000, "result.json: not readable as JSON: recursion limit"),
        ("result.json", b"", "result.json: not readable as JSON"),
        ("result.json", b"\xff\xfe", "result.json: not readable as JSON"),
        ("result.json", b'"text"', "result.json: found 'text', allowed is a JSON object or an array of them"),
        ("result.txt", b"\xff\xfe", "result.txt: unknown format: not UTF-8 text"),
        ("table.csv", b"hardware,gpu\n", "table.csv, line 1: unknown column 'gpu'"),
    ],
)
def test_a_file_that_is_none_of_these_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=re.escape(message)):
        read_files([tmp_path / name], PLATFORMS)


def test_a_table_with_an_unknown_platform_names_the_line(tmp_path: Path) -> None:
    text = as_csv(shipped().head(3)).decode().replace("b200,", "tpu-v7,")
    with pytest.raises(InputError, match=r"table\.csv, line 2, hardware: found 'tpu-v7'; .*data/platforms\.csv"):
        read(tmp_path, text, name="table.csv")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for name in ("none.json", "none.csv"):
        with pytest.raises(InputError, match=name):
            read_files([tmp_path / name], PLATFORMS)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
KEYS = st.sampled_from(sorted({key for known in known_formats() for keys in known.keys for key in keys}))


@settings(max_examples=60)
@given(st.dictionaries(KEYS, st.recursive(LEAVES, lambda part: st.lists(part) | st.dictionaries(KEYS, part))))
def test_json_that_is_no_result_is_always_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, entry: Any
) -> None:
    with pytest.raises(InputError):
        read(tmp_path_factory.getbasetemp(), json.dumps(entry), name="any.json")


@settings(deadline=None)
@given(st.lists(st.floats(1e-5, 1e6), min_size=1, max_size=20))
def test_cutting_again_changes_nothing_and_moves_no_figure_far(values: list[float]) -> None:
    rows = shipped().head(len(values)).assign(throughput_per_gpu=values)
    once = cut(rows)
    pd.testing.assert_frame_equal(cut(once), once, check_exact=True)
    assert ((once["throughput_per_gpu"] / values - 1).abs() <= 5e-8).all()


def test_every_row_has_the_columns_of_the_published_ones(tmp_path: Path) -> None:
    assert list(read(tmp_path, tools.vllm()).rows) == list(BENCHMARK.columns)
