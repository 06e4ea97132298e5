"""What one change gains is the ratio of two stacks that differ in nothing else."""

from dataclasses import fields

import numpy as np
import pytest

from analysis.scenario import Parameters
from analysis.studies.attribution.gains import gains
from analysis.studies.attribution.stacks import measured_stacks
from analysis.studies.attribution.steps import Stack

CHANGES = [
    ("precision", "fp8", "fp4"),
    ("speculative_decoding", "none", "mtp"),
    ("disaggregated", False, True),
    ("engine", "TensorRT-LLM", "SGLang"),
]


@pytest.fixture(scope="module")
def stacks(library):
    return measured_stacks(library, Parameters())


@pytest.mark.parametrize("change", CHANGES)
def test_two_stacks_differ_in_the_change_only(stacks, change):
    pairs = gains(stacks, *change)
    assert pairs
    for gain in pairs:
        different = [
            field.name
            for field in fields(Stack)
            if getattr(gain.before, field.name) != getattr(gain.after, field.name)
        ]
        assert different == [change[0]]
        assert (getattr(gain.before, change[0]), getattr(gain.after, change[0])) == change[1:]


@pytest.mark.parametrize("change", CHANGES)
def test_every_pair_that_was_measured_is_found(stacks, change):
    feature, before, after = change
    others = [name for name in ("hardware", "engine", "precision", "speculative_decoding", "disaggregated")
              if name != feature]  # fmt: skip
    sides = [
        {tuple(row) for row in stacks.series[stacks.series[feature] == value][others].to_numpy()}
        for value in (before, after)
    ]
    assert len(gains(stacks, *change)) == len(sides[0] & sides[1])


def test_a_gain_is_the_ratio_of_the_two_throughputs(stacks):
    for gain in gains(stacks, "precision", "fp8", "fp4"):
        before, after = gain.levels(116.0)
        value = gain.value(116.0)
        assert (value is None) == (before is None or after is None)
        if value:
            assert value.number == pytest.approx(after.number / before.number, rel=1e-12)
            assert value.number == pytest.approx(float(gain(116.0)), rel=1e-12)


def test_a_gain_turned_around_is_its_reciprocal(stacks):
    points = np.linspace(20, 200, 30)
    there, back = gains(stacks, "engine", "TensorRT-LLM", "SGLang"), gains(stacks, "engine", "SGLang", "TensorRT-LLM")
    turned = {(gain.before, gain.after): gain for gain in back}
    assert len(turned) == len(there)
    for gain in there:
        other = turned[gain.after, gain.before]
        np.testing.assert_allclose(gain(points) * other(points), np.where(np.isnan(gain(points)), np.nan, 1.0))


def test_mtp_reaches_further_than_no_mtp_on_every_stack(stacks):
    for gain in gains(stacks, "speculative_decoding", "none", "mtp"):
        before, after = gain.reach
        assert before.number < after.number
        assert np.isnan(gain(after.number * 1.01))


def test_the_reach_is_a_measured_row(stacks):
    (gain,) = [
        gain
        for gain in gains(stacks, "speculative_decoding", "none", "mtp")
        if gain.after == Stack("h200", "TensorRT-LLM", "fp8", "mtp", disaggregated=True)
    ]
    assert [value.number for value in gain.reach] == pytest.approx([97.457, 174.82], abs=0.005)
    assert all(value.place.startswith("data/benchmarks/") for value in gain.reach)
    assert gain.common == "TensorRT-LLM, FP8, disaggregated"
    assert gain.names == {("h200", "dynamo-trt fp8"), ("h200", "dynamo-trt fp8 mtp")}
