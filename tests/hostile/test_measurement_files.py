"""Measurements from elsewhere that cannot be rows are refused with position, key, what was found and what may be."""

import copy
import json
import os
from pathlib import Path

import pytest

from analysis.library.measurements import Deployment, read_files
from tests.hostile.refusals import refusal
from tests.support.answers import PLATFORMS, results, shipped, vllm_result

H200, NOBODY = Deployment("h200", 8, "fp8"), Deployment()
METRIC = '"tput_per_gpu": '
# A key of the second result of an answer, what it is set to, and what the message says.
RESULTS = {
    "a model of two lines": ("model", "a\nb", "[1].model: found 'a\\nb'; the control character '\\n' is not allowed"),
    "a model turned around": ("model", "\u202ex", "[1].model: found '\\u202ex'; the control character"),
    "a model that is a formula": ("model", "=A1", "[1].model: found '=A1'; a spreadsheet would compute it"),
    "a model without end": ("model", "x" * 100_000, "[1].model: found 'xxxx"),
    "an image of two lines": ("image", "a\nb", "[1].image: found 'a\\nb'; the control character"),
    "an image that is a function": ("image", "@SUM(A1)", "[1].image: found '@SUM(A1)'; a spreadsheet would"),
    "an image with an unseen sign": ("image", "a\u200bb", "[1].image: found 'a\\u200bb'; the control character"),
    "an integer of 400 digits": ("conc", 10**400, "[1].conc: found 1000000"),
    "an integer with a point": ("conc", 64.0, "[1].conc: found 64.0; must be a valid integer"),
    "true for an integer": ("conc", True, "[1].conc: found True; must be a valid integer"),
    "a day of the year 9999": ("date", "9999-12-31", "[1].date: found '9999-12-31'; must be a day, YYYY-MM-DD, from"),
    "a day in Arabic digits": ("date", "\u0662\u0660\u0662\u0666-01-01", "[1].date: found "),
    "a day in one digit": ("date", "2026-1-1", "[1].date: found '2026-1-1'; must be a day, YYYY-MM-DD"),
    "a run in Arabic digits": ("run_url", "https://github.com/a/b/actions/runs/\u0663", "must be the address of a G"),
    "a run of another line": ("run_url", "https://github.com/a/b/actions/runs/3\n", "must be the address of a GitHu"),
    "a run elsewhere": ("run_url", "https://github.com.evil.org/a/b/actions/runs/3", "must be the address of a GitH"),
    "metrics of none": ("metrics", {}, "[1].metrics.median_intvty: missing (and 1 more)"),
    "a speed next to nothing": ("metrics", {"median_intvty": 5e-324, "tput_per_gpu": 1}, "must be at least 1e-09"),
    "negative zero": ("metrics", {"median_intvty": 1, "tput_per_gpu": -0.0}, "found -0.0; must be greater than 0"),
    "a speed in text": ("metrics", {"median_intvty": 1, "tput_per_gpu": "1e3"}, "found '1e3'; must be a valid numbe"),
}
DOCUMENTS = {
    "a key twice": (lambda text: text[:-2] + ', "conc": 5}]', "not readable as JSON: the key 'conc' stands twice"),
    "more than a number can be": (lambda text: text.replace(METRIC, f'{METRIC}1e400, "x": ', 1), "found the numbe"),
    "a number that is none": (
        lambda text: text.replace(METRIC, f'{METRIC}NaN, "x": ', 1),
        "found nan; must be a f",
    ),
    "an endless number": (
        lambda text: text.replace(METRIC, f'{METRIC}Infinity, "x": ', 1),
        "found inf; must be a f",
    ),
    "an integer of 5,000 digits": (lambda text: f"[{'9' * 5_000}]", "not readable as JSON: "),
    "half a character": (lambda text: '["\\ud800"]', "not readable as JSON: "),
    "a thousand brackets": (lambda text: "[" * 1_000 + "]" * 1_000, "not readable as JSON: recursion limit exceeded"),
    "a thousand maps": (lambda text: '{"a": ' * 1_000 + "1" + "}" * 1_000, "not readable as JSON: recursion limit"),
    "two documents": (lambda text: text + text, "not readable as JSON: trailing characters"),
    "a remark": (lambda text: f"// x\n{text}", "not readable as JSON: expected value"),
    "single quotes": (lambda text: "[{'a': 1}]", "not readable as JSON: key must be a string"),
    "a comma too many": (lambda text: text[:-1] + ",]", "not readable as JSON: trailing comma"),
    "the first half": (lambda text: text[: len(text) // 2], "not readable as JSON: EOF while parsing"),
    "a mark of the byte order": (lambda text: "\ufeff" + text, "not readable as JSON: expected value"),
    "a page of the web": (lambda text: "<html>busy</html>", "not readable as JSON: expected value"),
    "a word": (lambda text: '"busy"', ": found 'busy', allowed is a JSON object or an array of them"),
}
DEPLOYMENTS = {
    "10^400 GPUs": ({"gpus": 10**400}, "number of GPUs: found 1000"),
    "minus one GPU": ({"gpus": -1}, "number of GPUs: found -1; must be at least 1"),
    "10^30 parts": ({"tensor_parallel": 10**30}, "prefill_tp: found 1000000000000000000000000000000, allowed is les"),
    "10^30 tokens": ({"input_tokens": 10**30}, "found 922 input tokens a request, 1,000,000,000,"),
    "minus one token": ({"output_tokens": -1}, "found 906 output tokens a request, -1 are stated"),
    "no expert": ({"expert_parallel": 0}, "prefill_ep: found 0; allowed is a whole number from 1"),
    "hardware that colors": ({"hardware": "\x1b[31m"}, "unknown hardware '\\x1b[31m'; allowed: "),
    "an image of two lines": ({"image": "a\nb"}, "image: found 'a\\nb'; allowed is text without control characters"),
    "an image that is a formula": ({"image": "=A1"}, "image: found '=A1'; allowed is text without control character"),
}
SERVED = {
    "no model": ({"model_id": ""}, "model_id: found ''; String should have at least 1 character"),
    "a model that colors": ({"model_id": "a/\x1b[31m"}, "model_id: found 'a/\\x1b[31m'; the control character"),
    "a time next to nothing": ({"median_tpot_ms": 5e-324}, "median_tpot_ms: found 5e-324; must be at least 1e-09"),
    "a time beyond all": ({"median_tpot_ms": 1e308}, "interactivity_median: found "),
    "a speed beyond all": ({"total_token_throughput": 1e308}, "total throughput is 1e+308 tok/s, tokens / duration"),
    "prompts without end": ({"num_prompts": 10**18}, "999,999,999,999,999,360 of 1,000,000,000,000,000,000 request"),
    "tokens without end": ({"total_input_tokens": 10**18}, "total throughput is 4,680 tok/s, tokens / duration is"),
    "a 13th month": ({"date": "20261399-999999"}, "date: found '20261399-999999'; must be a day and time"),
}


def refused(path, deployment=NOBODY):
    message = refusal(read_files, [Path(path)], PLATFORMS, deployment)
    assert "Traceback" not in message
    return message


@pytest.mark.parametrize(("key", "value", "said"), RESULTS.values(), ids=RESULTS)
def test_a_result_that_cannot_be_a_row_is_refused_with_its_key(file, key, value, said):
    answer = copy.deepcopy(results(shipped().head(3)))
    answer[1][key] = value
    path = file("answer.json", json.dumps(answer))
    message = refused(path)
    assert message.startswith(f"{path}, [1].")
    assert said in message


@pytest.mark.parametrize(("damage", "said"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_what_is_no_answer_is_refused(file, damage, said):
    path = file("answer.json", damage(json.dumps(results(shipped().head(3)))))
    message = refused(path)
    assert message.startswith(path)
    assert said in message


@pytest.mark.parametrize(("changes", "said"), DEPLOYMENTS.values(), ids=DEPLOYMENTS)
def test_a_deployment_that_cannot_be_is_refused(file, changes, said):
    deployment = Deployment(**{"hardware": "h200", "gpus": 8, "precision": "fp8", **changes})
    assert said in refused(file("result.json", json.dumps(vllm_result())), deployment)


@pytest.mark.parametrize(("changes", "said"), SERVED.values(), ids=SERVED)
def test_a_served_result_that_cannot_be_a_row_is_refused(file, changes, said):
    path = file("result.json", json.dumps(vllm_result(**changes)))
    message = refused(path, H200)
    assert message.startswith(path)
    assert said in message


@pytest.mark.parametrize("suffix", ["json", "csv"])
def test_what_is_no_file_holds_no_measurements(tmp_path, suffix):
    path = tmp_path / f"rows.{suffix}"
    assert refused(path).startswith(f"{path}: no such file")
    os.mkfifo(path)
    assert refused(path) == f"{path}: not readable: found a folder or a device, allowed is a file"
    path.unlink()
    path.touch()
    os.truncate(path, 10**10)
    assert refused(path) == f"{path}: 10,000,000,000 bytes, allowed are 100,000,000"
