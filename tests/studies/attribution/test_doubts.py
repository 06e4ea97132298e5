"""A doubt names its stack: an end, on which the ratio stands, or one between, which another order can avoid."""

import pytest

from analysis.scenario import Parameters
from analysis.studies.attribution.accuracy import suspects
from analysis.studies.attribution.doubts import doubts, undoubted
from analysis.studies.attribution.points import points


@pytest.fixture(scope="module")
def best(library):
    return points(library, Parameters(suspect_series=["gb300 dynamo-trt fp8 mtp"]))[0].best


def test_the_published_division_stands_on_a_suspect_stack_and_another_order_does_not(library, best):
    (doubt,) = doubts(best, suspects(library))
    assert (doubt.stack.hardware, doubt.stack.precision, doubt.is_end) == ("gb300", "fp8", False)
    assert (doubt.series, round(doubt.accuracy.number, 3)) == ("dynamo-trt fp8 mtp", 0.882)
    other = undoubted(best, suspects(library))
    assert [factor.value.number for factor in other.factors] == pytest.approx([4.33, 3.73, 3.98], abs=0.005)
    assert doubts(other, suspects(library)) == []


def test_where_every_order_stands_on_a_suspect_stack_there_is_no_other(library, best):
    accuracy = next(iter(suspects(library).values()))
    stacks = (best.start, *(factor.after for factor in best.factors))
    everything = {(stack.hardware, best.series(stack)): accuracy for stack in stacks}
    ends = [doubt.is_end for doubt in doubts(best, everything)]
    assert ends == [True, *[False] * (len(stacks) - 2), True]
    assert undoubted(best, everything) is None


def test_without_suspects_the_default_order_is_the_undoubted_one(best):
    assert doubts(best, {}) == []
    assert undoubted(best, {}).factors == best.factors
