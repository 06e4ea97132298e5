"""A selection holds the rows of one platform and workload, with the throughput asked for and what was left out."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.frontier.constraints import Constraints
from analysis.frontier.measured import Measured
from analysis.frontier.selection import select
from tests.library.loading.test_deployment import APART
from tests.support.benchmark_rows import apply, shipped, table

CHAT = {"lengths": (1024, 1024), "constraints": Constraints()}


def test_rows_are_those_of_the_platform_and_workload():
    left, throughput, counts = select(Measured(shipped()), "h200", **CHAT)
    rows = shipped()
    wanted = (rows["hardware"] == "h200") & (rows["input_tokens"] == 1024) & (rows["output_tokens"] == 1024)
    assert left.rows.index.tolist() == apply(rows[wanted], Constraints())[0].index.tolist()
    assert counts == "total tokens over all GPUs, 1024/1024 input/output tokens"
    assert throughput.tolist() == left.rows["throughput_per_gpu"].tolist()


def test_row_without_the_throughput_asked_for_is_left_out():
    rows = table(APART, APART | {"throughput_per_gpu": 999.0}, {"input_tokens": 8192})
    left, throughput, _ = select(Measured(rows), "h200", **CHAT, tokens="output")
    assert (left.rows.index.tolist(), throughput.tolist()) == ([0], [100.0])
    assert left.steps[-1].left == 2


def test_no_row_with_the_throughput_asked_for_is_refused_with_the_reasons():
    rows = table(APART | {"input_throughput_per_prefill_gpu": np.nan})
    with pytest.raises(InputError, match=r"h200: no row has output tokens over decode GPUs: .* not measured apart"):
        select(Measured(rows), "h200", **CHAT, tokens="output", gpus="decode")


@pytest.mark.parametrize(
    ("hardware", "asked", "message"),
    [
        ("h300", {}, "no rows of hardware 'h300'"),
        ("h200", {"lengths": (1024, 512)}, "no rows of workload 1024/512 .*; measured: 1024/1024, 8192/1024"),
        ("h200", {"gpus": "prefill"}, "mix two kinds"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(hardware, asked, message):
    with pytest.raises(InputError, match=message):
        select(Measured(table({}, {"input_tokens": 8192})), hardware, **CHAT | asked)


def test_the_table_itself_is_left_alone():
    before = shipped().copy()
    select(Measured(shipped()), "gb200", **CHAT, tokens="output")
    assert shipped().equals(before)
