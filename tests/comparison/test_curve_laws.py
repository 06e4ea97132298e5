"""Along the curve of a platform cost never falls with speed, and what is interpolated lies in its bracket."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparison.advantage import Advantage
from analysis.comparison.contenders import contender
from analysis.scenario import Parameters

LENGTHS = [(1024, 1024), (1024, 8192), (8192, 1024)]
MEASURED = ["h100", "h200", "b200", "gb200", "gb300", "mi355x"]
COST, POWER = "cost_per_million_tokens", "throughput_per_megawatt"
ROUNDING = 1e-12


@pytest.fixture(scope="module")
def sides(library):
    """Each platform at each workload that it was measured at."""
    rows, asked = library.benchmark, Parameters(as_of="2026-05-03", vintage="2026-08")
    there = set(zip(rows["hardware"], rows["input_tokens"], rows["output_tokens"], strict=True))
    pairs = [(key, lengths) for key in MEASURED for lengths in LENGTHS if (key, *lengths) in there]
    return {(key, lengths): contender(library, asked, key, lengths=lengths) for key, lengths in pairs}


@given(data=st.data(), shares=st.lists(st.floats(0, 1), min_size=2, max_size=2))
@settings(max_examples=60)
def test_a_faster_service_never_costs_less_nor_delivers_more_per_megawatt(sides, data, shares):
    side = sides[data.draw(st.sampled_from(sorted(sides)))]
    slow, fast = sorted(share * side.curve.high for share in shares)
    assert side.metric(COST, slow) <= side.metric(COST, fast) * (1 + ROUNDING)
    assert side.metric(POWER, slow) >= side.metric(POWER, fast) * (1 - ROUNDING)


@given(data=st.data(), share=st.floats(0, 1))
@settings(max_examples=60)
def test_a_bracket_holds_the_curve_and_its_lower_throughput_is_a_row_that_may_be_run(sides, data, share):
    side = sides[data.draw(st.sampled_from(sorted(sides)))]
    speed = share * side.curve.high
    for key in (COST, POWER):
        low, high = side.bracket(key, speed)
        assert low * (1 - ROUNDING) <= side.metric(key, speed) <= high * (1 + ROUNDING)
    row = side.curve.knots[side.curve.knots["interactivity"] >= speed]["throughput"].max()
    assert side.curve.rows_around(speed)[0] == row


@given(data=st.data(), share=st.floats(0, 1))
@settings(max_examples=50)
def test_a_ratio_lies_in_the_bracket_that_both_sides_leave_open(sides, data, share):
    lengths = data.draw(st.sampled_from(LENGTHS))
    pair = data.draw(st.lists(st.sampled_from([key for key in sides if key[1] == lengths]), min_size=2, max_size=2))
    curves = Advantage(*(sides[key] for key in pair))
    speed = share * min(side.curve.high for side in (curves.baseline, curves.subject))
    low, high = curves.bracket(COST, speed)
    assert low * (1 - ROUNDING) <= curves(COST, speed) <= high * (1 + ROUNDING)
    if pair[0] != pair[1]:
        value = curves.at(COST, speed)
        assert (value.bracket or (value.number,) * 2) == pytest.approx((float(low), float(high)), rel=1e-9)


def test_the_ratio_between_25_and_31_tokens_a_second_rises_without_a_saw(sides):
    """Where one series of H200 ended and another began, tokens once got cheaper as users were served faster."""
    curves = Advantage(sides["h200", LENGTHS[0]], sides["gb300", LENGTHS[0]])
    costs = sides["h200", LENGTHS[0]].metric(COST, np.linspace(20, 60, 400))
    assert (np.diff(costs) >= 0).all()
    ratios = curves(COST, np.linspace(24, 31, 200))
    assert ratios.max() / ratios.min() < 1.1
