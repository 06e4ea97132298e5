"""A throughput says which tokens it counts and whose GPUs divide them, and is never a mix."""

import itertools
from typing import get_args

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.frontier.constraints import Constraints
from analysis.frontier.measured import Measured
from analysis.frontier.tokens import (
    KINDS,
    Gpus,
    Tokens,
    kind_of_throughput,
    reasons_without_throughput,
    select,
    throughput,
)
from tests.library.loading.test_deployment import APART, WHOLE
from tests.support.benchmark_rows import apply, shipped, table

MIXES = [pair for pair in itertools.product(get_args(Tokens), get_args(Gpus)) if pair not in KINDS]


@pytest.mark.parametrize("mix", MIXES)
@pytest.mark.parametrize("question", [throughput, reasons_without_throughput])
def test_mix_of_kinds_is_refused(question, mix):
    with pytest.raises(InputError, match="mix two kinds; allowed: total tokens over all GPUs"):
        question(table({}), *mix)


def test_all_other_combinations_are_the_four_that_are_published():
    assert len(MIXES) == 5
    assert [kind_of_throughput(*pair) for pair in KINDS] == list(KINDS.values())
    assert all(kind_of_throughput(tokens, gpus) == f"{tokens} tokens over {gpus} GPUs" for tokens, gpus in KINDS)


def test_unknown_kind_is_named_with_the_nearest():
    with pytest.raises(InputError, match=r"'outputs'.*did you mean 'output'"):
        kind_of_throughput("outputs", "all")
    with pytest.raises(InputError, match=r"'decoder'.*did you mean 'decode'"):
        kind_of_throughput("output", "decoder")


@pytest.mark.parametrize("row", [APART, WHOLE])
@pytest.mark.parametrize(
    ("asked", "wanted"),
    [(("total", "all"), 200), (("output", "all"), 100), (("output", "decode"), 125), (("input", "prefill"), 500)],
)
def test_each_kind_of_a_disaggregated_row_is_what_arithmetic_says(row, asked, wanted):
    assert throughput(table(row), *asked).tolist() == [wanted]


def test_in_aggregated_serving_all_gpus_are_prefill_and_decode_gpus():
    rows = table(
        {
            "throughput_per_gpu": 100.0,
            "input_throughput_per_prefill_gpu": 88.0,
            "output_throughput_per_decode_gpu": 12.0,
        }
    )
    assert [throughput(rows, *pair).item() for pair in KINDS] == [100, 12, 12, 88]


def test_throughput_without_words_is_the_published_convention():
    np.testing.assert_array_equal(throughput(shipped()), shipped()["throughput_per_gpu"])
    assert reasons_without_throughput(shipped()).empty


def test_shipped_outputs_over_all_gpus_and_their_inputs_make_the_total():
    outputs = throughput(shipped(), "output", "all")
    inputs = throughput(shipped(), "total", "all") - outputs
    ratio = inputs / outputs / (shipped()["input_tokens"] / shipped()["output_tokens"])
    assert ratio.notna().sum() == 1719
    assert ratio.dropna().between(0.97, 1.16).all()


@pytest.mark.parametrize("asked", [("output", "all"), ("output", "decode"), ("input", "prefill")])
def test_row_that_cannot_tell_says_why(asked):
    rows = table(APART, APART | {"throughput_per_gpu": 201.0}, APART | {"input_throughput_per_prefill_gpu": np.nan})
    assert throughput(rows, *asked).isna().tolist() == [False, True, True]
    assert reasons_without_throughput(rows, *asked).to_dict() == {
        1: "prefill and decode do not add up to the total",
        2: "prefill and decode were not measured apart",
    }


@pytest.mark.parametrize("asked", list(KINDS))
def test_rows_without_throughput_and_reasons_are_the_same_rows(asked):
    values = throughput(shipped(), *asked)
    assert values.name == "throughput"
    assert values.index.equals(shipped().index)
    assert reasons_without_throughput(shipped(), *asked).index.equals(values.index[values.isna()])


def test_missing_column_is_named():
    with pytest.raises(InputError, match="no column output_throughput_per_decode_gpu"):
        throughput(table({}).drop(columns="output_throughput_per_decode_gpu"), "output", "all")


def test_why_a_row_tells_nothing_is_a_column_of_reasons():
    apart = table(APART | {"output_throughput_per_decode_gpu": np.nan}, APART | {"throughput_per_gpu": 201.0})
    found = reasons_without_throughput(apart, "output", "all")
    assert found.name == "reason"
    assert found.tolist() == [
        "prefill and decode were not measured apart",
        "prefill and decode do not add up to the total",
    ]


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
