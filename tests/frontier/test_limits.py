"""Limits narrow step by step, each judging what the one before it left."""

import pickle

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.frontier.limits import InfeasibleError, Narrowing, narrowed
from analysis.frontier.measured import Measured
from tests.support.benchmark_rows import table


def left_by(rows, limits):
    places, steps = narrowed(Measured(rows), np.arange(len(rows)), limits)
    return rows.iloc[places], steps


ROWS = table(
    {"framework": "trt", "ttft_p99": 1.0},
    {"framework": "trt", "ttft_p99": 3.0},
    {"framework": "trt", "ttft_p99": np.nan},
    {"framework": "sglang", "ttft_p99": 0.5},
)


def test_each_step_tells_what_it_took_and_what_it_could_not_judge():
    left, steps = left_by(ROWS, {"frameworks": ("trt",), "maximum_ttft_p99": 2})
    assert left.index.tolist() == [0]
    assert steps == [Narrowing("frameworks", "trt", 1, 0, 3), Narrowing("maximum_ttft_p99", "2 s", 2, 1, 1)]


def test_order_of_limits_changes_the_blame_but_not_the_rows():
    limits = {"frameworks": ("trt",), "maximum_ttft_p99": 2}
    back = dict(reversed(limits.items()))
    assert left_by(ROWS, limits)[0].equals(left_by(ROWS, back)[0])
    impossible = {"frameworks": ("trt",), "maximum_ttft_p99": 0.7}
    with pytest.raises(InfeasibleError) as first:
        left_by(ROWS, impossible)
    with pytest.raises(InfeasibleError) as second:
        left_by(ROWS, dict(reversed(impossible.items())))
    assert (first.value.constraint, first.value.nearest) == ("maximum_ttft_p99", 1.0)
    assert (second.value.constraint, second.value.nearest) == ("frameworks", ("sglang",))


def test_no_limit_changes_nothing():
    left, steps = left_by(ROWS, {})
    assert left.equals(ROWS)
    assert steps == []


def test_refusal_is_an_input_error_that_says_all_it_knows():
    with pytest.raises(InputError) as error:
        left_by(ROWS, {"frameworks": ("sglang",), "maximum_ttft_p99": 0.25})
    assert str(error.value) == (
        "constraint maximum_ttft_p99: none of 1 rows has ttft_p99 at most 0.25 s, the nearest is 0.5 s"
        " (rows left by frameworks)"
    )


def test_refusal_travels_between_processes_and_can_be_told_of_whose_rows_it_is():
    with pytest.raises(InfeasibleError) as error:
        left_by(ROWS, {"maximum_ttft_p99": 0.25})
    told = error.value.of("h200")
    for one in (pickle.loads(pickle.dumps(error.value)), told):
        assert (one.constraint, one.limit, one.nearest) == ("maximum_ttft_p99", 0.25, 0.5)
    assert str(pickle.loads(pickle.dumps(told))) == f"h200: {error.value}"


LIMITS = table(
    {"interactivity_median": 40.0, "interactivity_p99": 30.0, "ttft_median": 0.5, "ttft_p99": 2.0},
    {"interactivity_median": 50.0, "interactivity_p99": 45.0, "ttft_median": 0.25, "ttft_p99": 3.0},
)


@pytest.mark.parametrize(
    ("name", "limit", "nearest", "said"),
    [
        (
            "minimum_interactivity",
            60,
            50.0,
            "interactivity_median at least 60 tok/s/user, the nearest is 50 tok/s/user",
        ),
        (
            "minimum_interactivity_p99",
            60,
            45.0,
            "interactivity_p99 at least 60 tok/s/user, the nearest is 45 tok/s/user",
        ),
        ("maximum_ttft_median", 0.1, 0.25, "ttft_median at most 0.1 s, the nearest is 0.25 s"),
        ("maximum_ttft_p99", 1, 2.0, "ttft_p99 at most 1 s, the nearest is 2 s"),
        ("maximum_gpus", 4, 8.0, "gpus at most 4 GPUs, the nearest is 8 GPUs"),
        ("precisions", ("fp4",), ("fp8",), "precision fp4, the nearest is fp8"),
        ("multinode", (True,), (False,), "multinode True, the nearest is False"),
    ],
)
def test_a_limit_that_leaves_nothing_offers_the_nearest_that_leaves_a_row(name, limit, nearest, said):
    with pytest.raises(InfeasibleError, match=f"{said}$") as refused:
        left_by(LIMITS, {name: limit})
    assert (refused.value.constraint, refused.value.limit, refused.value.nearest) == (name, limit, nearest)
    offered = {name: nearest}
    assert len(left_by(LIMITS, offered)[0]) > 0


def test_a_limit_on_what_no_row_tells_has_no_nearest():
    with pytest.raises(InfeasibleError, match="which is known of none") as refused:
        left_by(LIMITS.assign(ttft_p99=np.nan), {"maximum_ttft_p99": 1})
    assert refused.value.nearest is None
