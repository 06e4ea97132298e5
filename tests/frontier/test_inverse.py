"""Asked backwards, a curve gives interactivities that it confirms forwards, and misses none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.frontier.curves import Envelope
from analysis.frontier.inverse import distinct, highest_interactivity, interactivity_at
from tests.support.strategies import CURVES, ENVELOPES, MEASURED, curve, everywhere

# It falls from 100 to 80, jumps to 35 and falls to 10, has a gap, rises to 50 and falls to 1.
JUMPING = Envelope(
    (curve([(10, 100), (30, 80)]), curve([(20, 60), (40, 10)]), curve([(60, 50), (67, 1)]), curve([(90, 30)]))
)


@given(CURVES, st.floats(0, 1))
def test_throughput_within_the_curve_is_had_at_one_operating_point(drawn, share):
    wanted = drawn.throughput[-1] + share * (drawn.throughput[0] - drawn.throughput[-1])
    point = interactivity_at(drawn, wanted)
    assert drawn(point) == pytest.approx(wanted, rel=1e-9, abs=1e-12 * drawn.throughput[0])
    highest = highest_interactivity(drawn, wanted)
    assert highest == (drawn.high if wanted == drawn.throughput[-1] else point)


@given(ENVELOPES, MEASURED)
def test_no_faster_service_reaches_the_throughput(envelope, wanted):
    highest = highest_interactivity(envelope, wanted)
    x = everywhere(envelope)
    enough = x[np.nan_to_num(envelope(x)) >= wanted * (1 + 1e-12)]
    if np.isnan(highest):
        assert enough.size == 0
    else:
        assert envelope(highest) >= wanted * (1 - 1e-9)
        assert (enough <= highest * (1 + 1e-9)).all()


@pytest.mark.parametrize(
    ("throughput", "highest"),
    [
        (100, 10),
        (101, np.nan),
        (90, 20),
        (70, 30),
        (80, 30),
        (50, 60),
        (35, 60 + 15 / 7),
        (30, 90),
        (20, 90),
        (10, 90),
        (0.5, 90),
    ],
)
def test_jumps_and_level_stretches_are_seen(throughput, highest):
    assert highest_interactivity(JUMPING, throughput) == pytest.approx(highest, nan_ok=True)


@given(CURVES)
def test_neighbors_of_a_knot_in_floating_point_are_found(drawn):
    for knot in drawn.throughput:
        for wanted in (np.nextafter(knot, 0), knot, np.nextafter(knot, np.inf)):
            if drawn.throughput[-1] <= wanted <= drawn.throughput[0]:
                assert drawn.low <= interactivity_at(drawn, wanted) <= drawn.high


@pytest.mark.parametrize("throughput", [0, -1, np.nan])
def test_only_a_positive_throughput_can_be_wanted(throughput):
    with pytest.raises(InputError, match="allowed is a number above 0"):
        highest_interactivity(JUMPING, throughput)


def test_values_that_only_rounding_keeps_apart_are_one():
    assert distinct(np.array([2, 1, 2 + 1e-12, 3])).tolist() == [1, 2, 3]
    assert distinct(np.array([])).tolist() == []
