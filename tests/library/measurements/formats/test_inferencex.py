"""The answer of the InferenceX API becomes rows, or is refused with position, key, what was found and what may be."""

import copy
import datetime
import re
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.library.loading.schemas import BENCHMARK, OWN, POWER, SERIES
from analysis.library.measurements.formats import inferencex
from analysis.library.measurements.rows import FIGURES, platform_key
from tests.support.answers import PLATFORMS, results, shipped


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
    empty = ["interactivity_p99", "input_throughput_per_prefill_gpu", "output_throughput_per_decode_gpu"]
    empty += [*POWER, *OWN]
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
        (["framework"], "TRT llm", "[1].framework: found 'TRT llm'"),
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


@pytest.mark.parametrize(
    ("key", "word", "reason"),
    [
        ("precision", "fp6", "precision fp6"),
        (
            "hardware",
            "gb301",
            "hardware gb301: did you mean 'gb300'? (a new platform needs its row in data/platforms",
        ),
        ("hardware", "tpu-v7", "hardware tpu-v7: allowed: b200, b300"),
    ],
)
def test_a_word_that_no_table_knows_leaves_out_its_result_and_no_other(key: str, word: str, reason: str) -> None:
    found = inferencex.read(with_change(1, key, value=word), "answer", PLATFORMS)
    assert len(found.rows) == 2
    ((told, count),) = found.left_out.items()
    assert told.startswith(reason)
    assert count == 1


def test_an_answer_of_unknown_words_only_is_refused_and_tells_them() -> None:
    answer = [result | {"precision": "int5"} for result in results(shipped().head(20))]
    with pytest.raises(InputError, match=r"found 20 results, none of .*; 20 of 'precision int5'"):
        read(answer)


def test_a_fault_in_every_result_is_told_once() -> None:
    answer = [result | {"conc": "many"} for result in results(shipped().head(20))]
    with pytest.raises(InputError, match=r"\[0\]\.conc: .* \(and 19 more\)$"):
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
