"""Which stacks were measured, and that the best of them is what the platform's own curve says."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.frontier import platform_curve
from analysis.frontier.constraints import Constraints
from analysis.frontier.limits import InfeasibleError
from analysis.library.values import Status
from analysis.scenario import Parameters
from analysis.studies.attribution.stacks import measured_stacks
from analysis.studies.attribution.steps import FEATURES, Stack, in_words

PUBLISHED = Parameters()
LONG = (8192, 1024)
H200 = Stack("h200", "TensorRT-LLM", "fp8", "mtp", disaggregated=True)
GB300 = Stack("gb300", "TensorRT-LLM", "fp4", "mtp", disaggregated=True)


@pytest.fixture(scope="module")
def stacks(library):
    return measured_stacks(library, PUBLISHED)


def everywhere(curve):
    return np.unique(np.concatenate([np.linspace(curve.low, curve.high, 200), curve.knots["interactivity"]]))


@pytest.mark.parametrize("lengths", [(1024, 1024), LONG, (1024, 8192)])
def test_all_stacks_of_a_platform_together_are_its_curve(library, lengths):
    stacks = measured_stacks(library, PUBLISHED, lengths=lengths)
    for platform in stacks.platforms:
        own = stacks.curve(platform.key)
        whole = platform_curve(
            library.benchmark, platform.key, input_tokens=lengths[0], output_tokens=lengths[1], as_of=PUBLISHED.as_of
        )
        points = everywhere(whole)
        np.testing.assert_allclose(own(points), whole(points), rtol=1e-12)


def test_a_stack_is_what_the_filters_of_the_platform_curve_select(library, stacks):
    filtered = platform_curve(
        library.benchmark, "b200", input_tokens=1024, output_tokens=1024, as_of=PUBLISHED.as_of, precision="fp4",
        speculative_decoding="mtp", framework="trt", constraints=Constraints(disaggregated=False),
    )  # fmt: skip
    own = stacks.curve_of(Stack("b200", "TensorRT-LLM", "fp4", "mtp", disaggregated=False))
    np.testing.assert_allclose(own(everywhere(filtered)), filtered(everywhere(filtered)), rtol=1e-12)
    assert own.series == ("trt fp4 mtp",)


def test_the_best_stack_is_as_fast_as_the_platform(stacks):
    for platform in stacks.platforms:
        curve = stacks.curve(platform.key)
        points = everywhere(curve)
        best = stacks.best(platform.key, points)
        for point, stack, throughput in zip(points[::10], best[::10], curve(points)[::10], strict=True):
            assert (stack is None) == np.isnan(throughput)
            if stack is not None:
                assert stacks.throughput(stack, point) == pytest.approx(throughput, rel=1e-12)


def test_the_published_point_is_served_by_mtp_on_both_sides(stacks):
    assert stacks.best("h200", 116.0) == [H200]
    assert stacks.best("gb300", 116.0) == [GB300]


def test_what_was_not_measured_has_no_curve_no_value_and_no_best(stacks):
    no_fp4 = Stack("h200", "TensorRT-LLM", "fp4", "mtp", disaggregated=True)
    assert stacks.curve_of(no_fp4) is None
    assert stacks.value(no_fp4, 116.0) is None
    assert np.isnan(stacks.throughput(no_fp4, 116.0))
    assert stacks.throughput(no_fp4, [50.0, 116.0]).shape == (2,)
    assert stacks.best("h200", [1000.0, 2000.0]) == [None, None]
    assert stacks.best("no such platform", [50.0]) == [None]


def test_a_value_stands_on_the_two_rows_around_it(stacks):
    value = stacks.value(H200, 116.0)
    assert value.status == Status.INTERPOLATED
    assert value.number == pytest.approx(94.528, abs=0.001)
    assert {knot.status for knot in value.inputs.values()} == {Status.MEASURED}
    assert stacks.value(H200, 116.0) is value


def test_an_engine_is_the_same_whoever_coordinates_it(stacks):
    engines = stacks.series.groupby("engine")["framework"].unique()
    assert set(engines["TensorRT-LLM"]) == {"trt", "dynamo-trt"}
    assert set(engines["SGLang"]) == {"sglang", "dynamo-sglang"}


def test_every_measured_stack_is_named_once_and_has_a_curve(stacks):
    assert len(set(stacks.every)) == len(stacks.every)
    assert all(stacks.curve_of(stack) is not None for stack in stacks.every)


def test_a_stack_is_said_in_the_words_of_the_field(stacks):
    assert stacks.name(H200) == "HGX H200, TensorRT-LLM, FP8, MTP, disaggregated"
    assert Stack("b200", "SGLang", "fp4", "none", disaggregated=False).software == "SGLang, FP4, no MTP, aggregated"
    assert {in_words(name, getattr(GB300, name)) for name in FEATURES} <= set(GB300.software.split(", "))


def test_a_constraint_takes_rows_away_and_says_so_when_none_is_left(library):
    limited = measured_stacks(library, PUBLISHED, lengths=LONG, constraints=Constraints(maximum_ttft_p99=10.0))
    assert (limited.rows["ttft_p99"] <= 10).all()
    with pytest.raises(InfeasibleError, match="maximum_ttft_p99"):
        measured_stacks(library, PUBLISHED, constraints=Constraints(maximum_ttft_p99=1e-6))


def test_an_accuracy_that_is_asked_for_removes_what_was_not_evaluated(library):
    asked = measured_stacks(library, Parameters(minimum_accuracy=0.93))
    assert "gb200" not in {platform.key for platform in asked.platforms}
    assert asked.curve("gb300", precision="fp8", speculative_decoding="mtp") is None


def test_a_workload_that_was_not_measured_is_refused(library):
    with pytest.raises(InputError, match="no rows of workload 5/7 tokens"):
        measured_stacks(library, PUBLISHED, lengths=(5, 7))
