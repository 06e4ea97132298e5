import copy
import datetime
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.library.loading.quality import with_quality
from analysis.library.loading.schemas import BENCHMARK, POWER, SERIES
from analysis.library.loading.snapshots import as_csv
from analysis.library.measurements import Deployment, inferencex, read_file, read_files, vllm
from analysis.library.measurements.rows import FIGURES, cut, platform_key
from tests.support.answers import PLATFORMS, results, shipped, vllm_result

H200 = Deployment("h200", 8, "fp8")


def read(answer: Any) -> pd.DataFrame:
    return inferencex.read(answer, "answer", PLATFORMS).rows


def by_key(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values(list(BENCHMARK.unique), ignore_index=True)


def with_change(*path: str | int, value: Any) -> list[dict[str, Any]]:
    answer = copy.deepcopy(results(shipped().head(3)))
    place: Any = answer
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return answer


# The InferenceX API


def test_all_shipped_rows_come_back_from_the_form_in_which_the_api_answers_them() -> None:
    pd.testing.assert_frame_equal(by_key(read(results(shipped()))), by_key(shipped()))


def test_rows_stand_in_the_same_order_whatever_the_order_of_the_answer() -> None:
    answer = results(shipped().sample(200, random_state=1))
    rows = read(answer)
    pd.testing.assert_frame_equal(rows, read(answer[::-1]))
    assert rows[list(SERIES)].apply(tuple, axis=1).is_monotonic_increasing


def test_figures_are_cut_to_eight_significant_digits() -> None:
    answer = with_change(1, "metrics", "tput_per_gpu", value=1234.567891234)
    assert 1234.5679 in read(answer)["throughput_per_gpu"].tolist()


def test_metrics_that_old_rows_lack_are_empty_and_the_others_are_not() -> None:
    answer = results(shipped().head(1))
    for name in ("input_tput_per_gpu", "output_tput_per_gpu", "p99_intvty"):
        del answer[0]["metrics"][name]
    row = read(answer).iloc[0]
    empty = ["interactivity_p99", "input_throughput_per_prefill_gpu", "output_throughput_per_decode_gpu", *POWER]
    assert row[FIGURES].isna().sum() == len(empty)
    assert row[empty].isna().all()


def test_the_run_is_the_one_of_the_address_and_0_where_there_is_none() -> None:
    for address, run in (
        ("https://github.com/SemiAnalysisAI/InferenceX/actions/runs/21925849644/attempts/2", 21925849644),
        ("https://github.com/InferenceMAX/InferenceMAX/actions/runs/17/attempts/1", 17),
        (None, 0),
    ):
        assert run in read(with_change(0, "run_url", value=address))["run_id"].tolist()


def test_the_model_is_named_as_its_publisher_names_it() -> None:
    assert inferencex.read(results(shipped().head(2)), "answer", PLATFORMS).model == "DeepSeek-R1-0528"


def test_results_of_another_benchmark_are_left_out_and_counted() -> None:
    answer = results(shipped().head(4))
    for index, kind in ((0, "single_turn"), (1, "agentic_traces"), (3, "agentic_traces")):
        answer[index] |= {"benchmark_type": kind} | ({"isl": None, "osl": None} if kind != "single_turn" else {})
    found = inferencex.read(answer, "answer", PLATFORMS)
    assert len(found.rows) == 2
    assert found.left_out == {"agentic_traces": 2}


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (["hardware"], "gb301", "[1].hardware: found 'gb301'; did you mean 'gb300'?"),
        (["hardware"], "tpu-v7", "[1].hardware: found 'tpu-v7'; allowed: b200, b300, gb200, gb300, h100"),
        (["hardware"], "tpu-v7", "a new platform needs its row in data/platforms.csv first"),
        (["framework"], "TRT llm", "[1].framework: found 'TRT llm'"),
        (["precision"], "fp6", "[1].precision: found 'fp6'; did you mean"),
        (["spec_method"], "=eagle", "[1].spec_method: found '=eagle'"),
        (["disagg"], "true", "[1].disagg: found 'true'; must be a valid boolean"),
        (["decode_tp"], 8.5, "[1].decode_tp: found 8.5; must be a valid integer"),
        (["conc"], "64", "[1].conc: found '64'; must be a valid integer"),
        (["conc"], 10**30, "[1].conc: found 1000000000000000000000000000000; must be less than"),
        (["conc"], 0, "answer, [1], concurrency: found"),
        (["isl"], None, "[1].isl: found None; must be a valid integer"),
        (["image"], 5, "[1].image: found 5; must be a valid string"),
        (["date"], "2026-02-30", "[1].date: found '2026-02-30'; must be a day, YYYY-MM-DD"),
        (["date"], "1999-01-01", "answer, [1], date: found Timestamp('1999-01-01"),
        (["run_url"], "https://example.org/runs/5", "[1].run_url: found 'https://example.org/runs/5'; must be the"),
        (["metrics"], [1], "[1].metrics: found [1]; must be a valid dictionary"),
        (["metrics", "median_intvty"], "fast", "[1].metrics.median_intvty: found 'fast'; must be a valid number"),
        (["metrics", "median_intvty"], None, "[1].metrics.median_intvty: found None; must be a valid number"),
        (["metrics", "median_intvty"], 0, "[1].metrics.median_intvty: found 0; must be greater than 0"),
        (["metrics", "p99_ttft"], -1, "[1].metrics.p99_ttft: found -1; must be greater than 0"),
        (["metrics", "tput_per_gpu"], float("inf"), "[1].metrics.tput_per_gpu: found inf; must be a finite number"),
        (["metrics", "tput_per_gpu"], 1e9, "answer, [1], throughput_per_gpu: found"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_place_and_what_is_allowed(
    path: list[str], value: Any, message: str
) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        read(with_change(1, *path, value=value))


@pytest.mark.parametrize("key", ["hardware", "spec_method", "num_decode_gpu", "conc", "date", "run_url", "metrics"])
def test_a_missing_key_is_named(key: str) -> None:
    answer = results(shipped().head(3))
    del answer[2][key]
    with pytest.raises(InputError, match=rf"^answer, \[2\]\.{key}: missing$"):
        read(answer)


def test_a_fault_in_every_result_is_told_once() -> None:
    answer = [result | {"precision": "int5"} for result in results(shipped().head(20))]
    with pytest.raises(InputError, match=r"\[0\]\.precision: .* \(and 19 more\)$"):
        read(answer)


def test_the_place_of_a_result_counts_those_that_were_left_out() -> None:
    answer = results(shipped().head(3))
    answer[0]["benchmark_type"] = "agentic_traces"
    answer[2]["conc"] = 0
    with pytest.raises(InputError, match=r"^answer, \[2\], concurrency"):
        read(answer)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"error": "Unknown model"}, "found {'error': 'Unknown model'}, allowed is a JSON array"),
        (None, "found None, allowed is a JSON array"),
        ([], "found 0 results"),
        ([{"benchmark_type": "agentic_traces"}], "found 1 results, none of benchmark type 'single_turn'"),
        (["text"], "[0]: found 'text'; must be a valid dictionary"),
    ],
)
def test_an_answer_of_another_shape_is_refused(answer: Any, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        read(answer)


def test_a_result_that_stands_twice_is_refused() -> None:
    answer = results(shipped().head(3))
    with pytest.raises(InputError, match=r"the key \(hardware.*run_id\) stands here again"):
        read([*answer, answer[1]])


def test_two_models_are_not_mixed() -> None:
    with pytest.raises(InputError, match="models dsr1, glm5; allowed is one"):
        read(with_change(2, "model", value="glm5"))


def test_long_and_strange_text_is_shown_short_and_on_one_line() -> None:
    with pytest.raises(InputError) as caught:
        read(with_change(0, "framework", value="\x1b[31m\n" + "x" * 10_000))
    assert len(str(caught.value)) < 300
    assert not set(str(caught.value)) & set("\x1b\n")


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()


@settings(deadline=None)
@given(st.recursive(LEAVES, lambda part: st.lists(part) | st.dictionaries(st.text(), part), max_leaves=20))
def test_json_that_is_no_answer_is_always_an_input_error(answer: Any) -> None:
    with pytest.raises(InputError):
        read(answer)


@pytest.mark.parametrize(
    ("name", "key"), [("gb300", "gb300"), ("GB300-NVL72", "gb300"), ("h200-nv", "h200"), ("mi355x-amds", "mi355x")]
)
def test_a_system_suffix_does_not_make_another_platform(name: str, key: str) -> None:
    assert platform_key(name, PLATFORMS) == key


@pytest.mark.parametrize("name", ["b200-mini", "gb300-", "gb300-nvl72-x", "", "-nv"])
def test_a_suffix_that_nobody_declared_is_not_guessed(name: str) -> None:
    with pytest.raises(ValueError, match=r"data/platforms\.csv"):
        platform_key(name, PLATFORMS)


# vllm bench serve


def test_a_vllm_result_is_one_row_in_the_units_of_the_table() -> None:
    found = vllm.read(vllm_result(median_e2el_ms=26_000.0), "result.json", H200, PLATFORMS)
    row = found.rows.iloc[0]
    expected = {
        "hardware": "h200", "framework": "vllm", "precision": "fp8", "speculative_decoding": "none",
        "disaggregated": False, "multinode": False, "prefill_tp": 8, "decode_tp": 8, "prefill_gpus": 8,
        "decode_gpus": 8, "input_tokens": 1024, "output_tokens": 1024, "concurrency": 64, "image": "",
        "interactivity_median": 40.0, "interactivity_p99": 31.25, "ttft_median": 0.4, "ttft_p99": 0.9,
        "tpot_median": 0.025, "latency_median": 26.0, "throughput_per_gpu": 585.0,
        "input_throughput_per_prefill_gpu": 295.0, "output_throughput_per_decode_gpu": 290.0,
        "date": pd.Timestamp("2026-04-15"), "run_id": 0,
    }  # fmt: skip
    assert row[list(expected)].to_dict() == expected
    assert found.model == "DeepSeek-R1-0528"


def test_what_nobody_says_of_a_deployment_is_vllm_on_one_node_without_speculation() -> None:
    said = Deployment(
        "h200", 8, "fp8", speculative_decoding="none", framework="vllm", tensor_parallel=None, expert_parallel=1,
        dp_attention=False, multinode=False, input_tokens=None, output_tokens=None, image="",
    )  # fmt: skip
    assert said == H200
    assert [type(one) for one in (H200.dp_attention, H200.multinode)] == [bool, bool]
    columns = H200.columns()
    assert columns == {
        "framework": "vllm", "precision": "fp8", "speculative_decoding": "none", "disaggregated": False,
        "multinode": False, "image": "", "prefill_tp": 8, "prefill_ep": 1, "prefill_dp_attention": False,
        "prefill_workers": 0, "prefill_gpus": 8, "decode_tp": 8, "decode_ep": 1, "decode_dp_attention": False,
        "decode_workers": 0, "decode_gpus": 8,
    }  # fmt: skip


@pytest.mark.parametrize("key", ["num_prompts", "max_concurrency", "total_input_tokens", "total_output_tokens"])
def test_one_request_of_one_token_can_be_measured(key: str) -> None:
    deployment = Deployment("h200", 1, "fp8", input_tokens=1024, output_tokens=1024)
    result = vllm_result(completed=None, **{key: 1})
    rows = vllm.read(result, "result.json", deployment, PLATFORMS).rows
    assert len(rows) == 1
    if key == "max_concurrency":
        assert rows["concurrency"].item() == 1
    with pytest.raises(InputError, match=rf"{key}: found 0; must be greater than or equal to 1"):
        vllm.read(vllm_result(completed=None, **{key: 0}), "result.json", deployment, PLATFORMS)
    with pytest.raises(InputError, match=rf"{key}: found {2**62}; must be less than {2**62}"):
        vllm.read(vllm_result(completed=None, **{key: 2**62}), "result.json", deployment, PLATFORMS)


@pytest.mark.parametrize(("gpus", "said"), [(100_000, ""), (100_001, "at most 100,000"), (0, "at least 1")])
def test_a_deployment_has_from_one_to_a_hundred_thousand_gpus(gpus: int, said: str) -> None:
    deployment = Deployment("h200", gpus, "fp8", tensor_parallel=8)
    if not said:
        assert vllm.read(vllm_result(), "result.json", deployment, PLATFORMS).rows["decode_gpus"].item() == gpus
        return
    with pytest.raises(InputError, match=f"number of GPUs: found {gpus}; .*{said}"):
        vllm.read(vllm_result(), "result.json", deployment, PLATFORMS)


@pytest.mark.parametrize(
    "optional", ["completed", "p99_ttft_ms", "p99_tpot_ms", "median_e2el_ms", "spec_decode_num_drafts"]
)
def test_what_a_vllm_result_need_not_say_is_empty(optional: str) -> None:
    result = vllm_result(completed=640, median_e2el_ms=26_000.0, spec_decode_num_drafts=0)
    full = vllm.read(result, "result.json", H200, PLATFORMS).rows
    del result[optional]
    rows = vllm.read(result, "result.json", H200, PLATFORMS).rows
    emptied = {
        "p99_ttft_ms": {"ttft_p99"},
        "p99_tpot_ms": {"interactivity_p99"},
        "median_e2el_ms": {"latency_median"},
    }
    differing = {name for name in rows if not rows[name].equals(full[name])}
    assert differing == emptied.get(optional, set())
    assert rows[sorted(differing)].isna().all(axis=None)


def test_the_origin_of_what_the_api_answers_names_measurer_license_and_run() -> None:
    day = datetime.date(2026, 5, 5)
    found = inferencex.origin("own-name", "DeepSeek-R1-0528", "https://example.org/api", day, 12)
    assert found.model_dump(exclude_defaults=True) == {
        "id": "own-name",
        "title": "InferenceX benchmark rows, DeepSeek-R1-0528, latest per configuration",
        "publisher": "SemiAnalysis",
        "url": "https://example.org/api",
        "license": "Apache-2.0",
        "attribution": "Data from InferenceX (https://github.com/SemiAnalysisAI/InferenceX)",
        "run_url": "https://github.com/SemiAnalysisAI/InferenceX/actions/runs/{run_id}",
        "retrieved": day,
        "rows": 12,
    }


def test_several_files_are_one_measurement_in_the_order_of_the_rows(tmp_path: Path) -> None:
    agentic = {"benchmark_type": "agentic_traces"}
    rows = shipped().head(40)
    answers = [[*results(part), agentic] for part in (rows.iloc[20:], rows.iloc[:20])]
    for number, answer in enumerate(answers):
        (tmp_path / f"{number}.json").write_text(json.dumps(answer))
    found = read_files([tmp_path / "0.json", tmp_path / "1.json"], PLATFORMS)
    pd.testing.assert_frame_equal(found.rows, read(results(rows)))
    assert (found.format, found.model) == ("an answer of the InferenceX API", "DeepSeek-R1-0528")
    assert found.left_out == {"agentic_traces": 2}


def test_files_of_two_formats_or_models_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes(as_csv(shipped().head(2)))
    for name, model in (("one", "dsr1"), ("two", "glm5")):
        answer = [result | {"model": model} for result in results(shipped().head(2))]
        (tmp_path / f"{name}.json").write_text(json.dumps(answer))
    with pytest.raises(
        InputError, match=r"^format of the files: found a table of rows, an answer of the InferenceX API"
    ):
        read_files([tmp_path / "rows.csv", tmp_path / "one.json"], PLATFORMS)
    with pytest.raises(InputError, match=r"^model of the files: found DeepSeek-R1-0528, glm5; allowed is one$"):
        read_files([tmp_path / "one.json", tmp_path / "two.json"], PLATFORMS)


def test_formats_are_named_as_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "rows.CSV").write_bytes(as_csv(shipped().head(2)))
    (tmp_path / "result.JSON").write_text(json.dumps(vllm_result()))
    table, result = (read_file(tmp_path / name, PLATFORMS, H200) for name in ("rows.CSV", "result.JSON"))
    assert (table.format, table.model, table.left_out) == ("a table of rows", "", {})
    assert (result.format, result.model) == ("a result of vllm bench serve", "DeepSeek-R1-0528")


def test_a_vllm_row_passes_the_checks_of_the_published_rows() -> None:
    result = vllm_result(median_e2el_ms=25_000.0)
    row = with_quality(vllm.read(result, "result.json", H200, PLATFORMS).rows).iloc[0]
    assert row["identity_deviation"] < 1e-9
    assert row["doubts"] == ""


def test_what_the_deployment_says_stands_in_the_row() -> None:
    deployment = Deployment(
        "b200", 16, "fp4", "mtp", tensor_parallel=2, expert_parallel=16, dp_attention=True, multinode=True,
        input_tokens=4096, output_tokens=512, image="vllm/vllm-openai:v0.11.0", framework="sglang",
    )  # fmt: skip
    row = vllm.read(vllm_result(spec_decode_num_drafts=9), "result.json", deployment, PLATFORMS).rows.iloc[0]
    expected = {
        "hardware": "b200", "framework": "sglang", "precision": "fp4", "speculative_decoding": "mtp",
        "multinode": True, "decode_tp": 2, "prefill_ep": 16, "decode_dp_attention": True, "decode_gpus": 16,
        "input_tokens": 4096, "output_tokens": 512, "image": "vllm/vllm-openai:v0.11.0", "throughput_per_gpu": 292.5,
    }  # fmt: skip
    assert row[list(expected)].to_dict() == expected


@pytest.mark.parametrize("mean", [0.8, 0.9, 1.0, 1.02])
@pytest.mark.parametrize("nominal", [1024, 8192])
def test_the_nominal_length_is_the_one_that_the_mean_belongs_to(mean: float, nominal: int) -> None:
    result = vllm_result(total_input_tokens=round(640 * nominal * mean))
    assert vllm.read(result, "result.json", H200, PLATFORMS).rows["input_tokens"].item() == nominal


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"max_concurrency": None}, "result.json, max_concurrency: found None; must be a valid integer"),
        ({"median_tpot_ms": 0.0}, "median_tpot_ms: found 0.0; must be greater than 0"),
        ({"median_tpot_ms": "25"}, "median_tpot_ms: found '25'; must be a valid number"),
        ({"date": "2026-04-15"}, "date: found '2026-04-15'; must be a day and time, YYYYMMDD-HHMMSS"),
        ({"completed": 600, "failed": 40}, "completed: found 600; must be num_prompts, 640"),
        ({"spec_decode_num_drafts": 5000}, "reports speculative decoding; the deployment says 'none'"),
        ({"total_input_tokens": 640 * 3000}, "found 3,000 input tokens a request, not within 0.8 to 1.05"),
        ({"total_output_tokens": 640 * 128}, "found 128 output tokens a request"),
        ({"output_throughput": 5000.0}, "input_throughput_per_prefill_gpu: found"),
    ],
)
def test_a_vllm_result_that_makes_no_row_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        vllm.read(vllm_result(**changes), "result.json", H200, PLATFORMS)


@pytest.mark.parametrize("key", ["total_token_throughput", "median_tpot_ms", "model_id", "num_prompts"])
def test_a_key_that_a_vllm_result_must_have_is_named(key: str) -> None:
    result = vllm_result()
    del result[key]
    with pytest.raises(InputError, match=rf"^result\.json, {key}: missing$"):
        vllm.read(result, "result.json", H200, PLATFORMS)


@pytest.mark.parametrize(
    ("deployment", "message"),
    [
        (Deployment("h20", 8, "fp8"), "unknown hardware 'h20'; did you mean 'h200'?"),
        (Deployment("h200", 0, "fp8"), "number of GPUs: found 0; must be at least 1"),
        (Deployment("h200", 8, "fp6"), "precision: found 'fp6'; did you mean 'fp8'?"),
        (Deployment("h200", 8, "fp8", framework="v llm"), "framework: found 'v llm'; allowed is a word of"),
    ],
)
def test_a_deployment_that_is_not_known_is_refused(deployment: Deployment, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        vllm.read(vllm_result(), "result.json", deployment, PLATFORMS)


# Files


def test_the_content_of_a_file_tells_its_format(tmp_path: Path) -> None:
    rows = shipped().head(5)
    contents = {
        "answer.json": json.dumps(results(rows)).encode(),
        "result.json": json.dumps(vllm_result()).encode(),
        "table.csv": as_csv(rows),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    found = {name: read_file(tmp_path / name, PLATFORMS, H200) for name in contents}
    pd.testing.assert_frame_equal(found["table.csv"].rows, rows)
    assert [len(one.rows) for one in found.values()] == [5, 1, 5]
    assert len({one.format for one in found.values()}) == 3


def test_a_table_may_name_a_platform_with_its_system_and_more_digits(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    text = as_csv(shipped().query("hardware == 'gb300'").head(1)).decode()
    path.write_text(text.replace("gb300", "gb300-nvl72"))
    assert read_file(path, PLATFORMS).rows["hardware"].item() == "gb300"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("result.json", b'{"date": "2026', "result.json: not readable as JSON: EOF while parsing"),
        ("result.json", b"[" * 100_000, "result.json: not readable as JSON: recursion limit"),
        ("result.json", b"[NaN]", "result.json: not readable as JSON"),
        ("result.json", b"", "result.json: not readable as JSON"),
        ("result.json", b"\xff\xfe", "result.json: not readable as JSON"),
        ("result.json", b'"text"', "result.json: found 'text', allowed is a JSON array"),
        ("result.json", b"{}", "does not say hardware, number of GPUs and precision: give them"),
        ("result.txt", b"{}", "result.txt: unknown format; allowed is a .csv table"),
        ("table.csv", b"hardware,gpu\n", "table.csv, line 1: unknown column 'gpu'"),
    ],
)
def test_a_file_that_is_none_of_these_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=re.escape(message)):
        read_file(tmp_path / name, PLATFORMS)


def test_a_table_with_an_unknown_platform_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(as_csv(shipped().head(3)).decode().replace("b200,", "tpu-v7,"))
    with pytest.raises(InputError, match=r"table\.csv, line 2, hardware: found 'tpu-v7'; .*data/platforms\.csv"):
        read_file(path, PLATFORMS)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for name in ("none.json", "none.csv"):
        with pytest.raises(InputError, match=name):
            read_file(tmp_path / name, PLATFORMS)


@settings(deadline=None)
@given(st.lists(st.floats(1e-5, 1e6), min_size=1, max_size=20))
def test_cutting_again_changes_nothing_and_moves_no_figure_far(values: list[float]) -> None:
    rows = shipped().head(len(values)).assign(throughput_per_gpu=values)
    once = cut(rows)
    pd.testing.assert_frame_equal(cut(once), once, check_exact=True)
    assert ((once["throughput_per_gpu"] / values - 1).abs() <= 5e-8).all()
