"""Limits narrow step by step, each judging what the one before it left."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.frontier.limits import InfeasibleError, Step, narrowed
from tests.benchmark_rows import table

ROWS = table(
    {"framework": "trt", "ttft_p99": 1.0},
    {"framework": "trt", "ttft_p99": 3.0},
    {"framework": "trt", "ttft_p99": np.nan},
    {"framework": "sglang", "ttft_p99": 0.5},
)


def test_each_step_tells_what_it_took_and_what_it_could_not_judge():
    left, steps = narrowed(ROWS, {"frameworks": ("trt",), "maximum_ttft_p99": 2}, None)
    assert left.index.tolist() == [0]
    assert steps == [Step("frameworks", "trt", 1, 0, 3), Step("maximum_ttft_p99", "2 s", 2, 1, 1)]


def test_order_of_limits_changes_the_blame_but_not_the_rows():
    limits = {"frameworks": ("trt",), "maximum_ttft_p99": 2}
    back = dict(reversed(limits.items()))
    assert narrowed(ROWS, limits, None)[0].equals(narrowed(ROWS, back, None)[0])
    impossible = {"frameworks": ("trt",), "maximum_ttft_p99": 0.7}
    with pytest.raises(InfeasibleError) as first:
        narrowed(ROWS, impossible, None)
    with pytest.raises(InfeasibleError) as second:
        narrowed(ROWS, dict(reversed(impossible.items())), None)
    assert (first.value.constraint, first.value.nearest) == ("maximum_ttft_p99", 1.0)
    assert (second.value.constraint, second.value.nearest) == ("frameworks", ("sglang",))


def test_no_limit_changes_nothing():
    left, steps = narrowed(ROWS, {}, None)
    assert left is ROWS
    assert steps == []


def test_refusal_is_an_input_error_that_says_all_it_knows():
    with pytest.raises(InputError) as error:
        narrowed(ROWS, {"frameworks": ("sglang",), "maximum_ttft_p99": 0.25}, None)
    assert str(error.value) == (
        "constraint maximum_ttft_p99: none of 1 rows has ttft_p99 at most 0.25 s, the nearest is 0.5 s"
        " (rows left by frameworks)"
    )
