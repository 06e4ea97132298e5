"""What own operating points cost: by price and throughput, and by token where two workloads tell them apart."""

import pytest

from analysis.comparison.own_points import OwnPoint, costed, token_costs
from analysis.formulas import cost_per_million_tokens

INPUT, OUTPUT = 2e-5, 9e-4  # GPU seconds of a token
PRICE = 2.10


def point(lengths: tuple[int, int], speed: float, *, stack: str = "vllm none", load: float = 1.0) -> OwnPoint:
    seconds = load * (INPUT * lengths[0] + OUTPUT * lengths[1])
    return OwnPoint("h200", "DeepSeek-R1-0528", "fp8", stack, *lengths, 64, speed, sum(lengths) / seconds)


POINTS = [
    point(lengths, speed, load=load)
    for lengths in ((1024, 1024), (8192, 1024))
    for speed, load in ((40.0, 1.0), (120.0, 5.0))
]


@pytest.mark.parametrize("at", POINTS)
def test_two_workloads_of_a_stack_tell_what_an_input_and_an_output_token_cost(at: OwnPoint) -> None:
    load = 1.0 if at.interactivity == 40 else 5.0
    inputs, outputs = token_costs(at, POINTS, PRICE)
    assert inputs == pytest.approx(load * INPUT * 1e6 * PRICE / 3600)
    assert outputs == pytest.approx(load * OUTPUT * 1e6 * PRICE / 3600)


def test_the_parts_add_up_to_the_cost_of_all_tokens() -> None:
    for row in costed(POINTS, PRICE, None, None):
        inputs, outputs = row.point.lengths
        assert row.input_cost is not None
        assert row.output_cost is not None
        total = (row.input_cost * inputs + row.output_cost * outputs) / (inputs + outputs)
        assert total == pytest.approx(row.cost) == pytest.approx(cost_per_million_tokens(PRICE, row.point.throughput))


def test_one_workload_or_another_stack_or_a_speed_that_only_one_serves_tells_none_apart() -> None:
    fast = point((1024, 1024), 200.0, load=9.0)
    for at, points in ((POINTS[0], POINTS[:2]), (fast, [*POINTS, fast])):
        assert token_costs(at, points, PRICE) == (None, None)
    others = [point((8192, 1024), 40.0, stack="sglang none")]
    assert token_costs(POINTS[0], [*POINTS[:2], *others], PRICE) == (None, None)
