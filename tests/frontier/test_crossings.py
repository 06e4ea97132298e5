"""Two curves are compared where both were measured; who leads is known at every point, and where it changes.

Everything that an envelope answers lies in a stretch, and is answered by the member that has the stretch.
"""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.frontier import platform_curve, throughput_curve
from analysis.frontier.crossings import (
    Lead,
    best_stretches,
    distinct,
    highest_interactivity,
    interactivity_at,
    leads,
    own_stretches,
    ratio,
)
from analysis.frontier.curves import Envelope
from tests.support.benchmark_rows import shipped
from tests.support.strategies import CURVES, ENVELOPES, MEASURED, curve, everywhere

FLAT = curve([(10, 60), (50, 20)])
STEEP = curve([(20, 90), (40, 10)])


def crossings(first, second):
    """Return where one curve overtakes the other by passing it: a lead ends there, and the curves are equal."""
    turns = np.array([lead.high for lead, after in pairwise(leads(first, second)) if lead.high == after.low])
    return turns[np.isclose(first(turns), second(turns), rtol=1e-9, atol=0)]


def sign_changes(first, second, x):
    gap = np.asarray(first(x)) - np.asarray(second(x))
    clear = x[np.abs(gap) > 1e-6 * np.asarray(second(x))]
    signs = np.sign(np.asarray(first(clear)) - np.asarray(second(clear)))
    return [(low, high) for (low, high), turn in zip(pairwise(clear), np.diff(signs), strict=True) if turn]


class TestRatio:
    @given(ENVELOPES, ENVELOPES)
    def test_ratio_is_one_value_over_the_other_where_both_answer(self, first, second):
        x = everywhere(first, second)
        np.testing.assert_array_equal(ratio(first, second)(x), first(x) / second(x))
        inside = [(low <= x) & (x <= high) for low, high in ratio(first, second).ranges]
        both = ~np.isnan(first(x)) & ~np.isnan(second(x))
        assert not (np.sum(inside, axis=0, dtype=int) > both).any()

    @given(ENVELOPES, ENVELOPES)
    def test_ratio_turned_round_is_its_reciprocal(self, first, second):
        x = everywhere(first, second)
        np.testing.assert_allclose(
            ratio(first, second)(x) * ratio(second, first)(x),
            np.where(np.isnan(first(x) * second(x)), np.nan, 1),
            rtol=1e-12,
        )
        np.testing.assert_array_equal(ratio(first, second).ranges, ratio(second, first).ranges)

    def test_a_ratio_is_told_where_both_were_measured(self):
        gapped = Envelope((curve([(12, 5), (20, 4)]), curve([(30, 3), (60, 1)])))
        assert ratio(gapped, FLAT).ranges.tolist() == [[12, 50]]
        assert ratio(curve([(1, 5), (9, 4)]), FLAT).ranges.tolist() == []
        assert ratio(curve([(10, 5)]), FLAT).ranges.tolist() == [[10, 10]]

    @pytest.mark.parametrize("compare", [ratio, leads])
    def test_curves_that_count_different_things_are_not_compared(self, compare):
        total = throughput_curve([10, 20], [9, 5], "total tokens over all GPUs")
        output = throughput_curve([10, 20], [9, 5], "output tokens over all GPUs")
        with pytest.raises(InputError, match=r"total tokens .* output tokens .* cannot be compared"):
            compare(total, output)
        compare(total, throughput_curve([10, 20], [9, 5], "total tokens over all GPUs"))


class TestCrossings:
    def test_two_lines_cross_where_arithmetic_says(self):
        # 70 - x = 170 - 4 x
        np.testing.assert_allclose(crossings(FLAT, STEEP), [100 / 3], rtol=1e-14)

    def test_crossing_on_a_shared_knot_is_found_once(self):
        first, second = curve([(10, 90), (20, 50), (30, 20)]), curve([(10, 80), (20, 50), (30, 40)])
        np.testing.assert_allclose(crossings(first, second), [20])

    def test_touching_is_not_crossing(self):
        above, below = curve([(10, 90), (20, 50), (30, 20)]), curve([(10, 80), (20, 50), (30, 10)])
        assert crossings(above, below).size == 0

    @given(CURVES)
    def test_curve_does_not_cross_itself(self, drawn):
        assert crossings(drawn, drawn).size == 0
        assert all(lead.leader == 0 for lead in leads(drawn, drawn))

    @given(ENVELOPES, ENVELOPES)
    def test_both_are_equal_at_a_crossing_and_it_lies_where_both_answer(self, first, second):
        found = crossings(first, second)
        np.testing.assert_allclose(first(found), second(found), rtol=1e-9)
        assert (np.diff(found) > 0).all()
        np.testing.assert_allclose(crossings(second, first), found, rtol=1e-9)

    @given(CURVES, CURVES)
    def test_no_crossing_of_two_curves_is_missed(self, first, second):
        found = crossings(first, second)
        x = everywhere(first, second)
        x = x[~np.isnan(first(x) + second(x))]
        for low, high in sign_changes(first, second, x):
            assert ((found >= low * (1 - 1e-9)) & (found <= high * (1 + 1e-9))).any()

    def test_crossing_between_two_knots_is_not_lost_to_a_coarse_view(self):
        # Above at every knot of both, below for a moment in between.
        dipping = curve([(10, 100), (11, 40.4), (30, 40)])
        level = curve([(10, 99), (30, 39.9)])
        assert crossings(dipping, level).size % 2 == len(sign_changes(dipping, level, np.array([10.0, 30.0]))) % 2
        np.testing.assert_allclose(dipping(crossings(dipping, level)), level(crossings(dipping, level)), rtol=1e-12)
        assert crossings(dipping, level).size == 2


class TestLeads:
    @given(ENVELOPES, ENVELOPES)
    def test_leader_is_ahead_throughout_its_lead(self, first, second):
        for lead in leads(first, second):
            x = np.linspace(lead.low, lead.high, 23)[1:-1]
            gap = np.asarray(ratio(first, second)(x)) - 1
            assert (lead.leader * gap >= -1e-8).all() if lead.leader else (np.abs(gap) < 1e-6).all()

    @given(ENVELOPES, ENVELOPES)
    def test_leads_fill_all_that_both_cover(self, first, second):
        found = leads(first, second)
        assert sum(lead.high - lead.low for lead in found) == pytest.approx(
            float(np.sum(np.diff(ratio(first, second).ranges, axis=1)))
        )
        assert all(before.high <= after.low for before, after in pairwise(found))
        assert all(before.leader != after.leader for before, after in pairwise(found) if before.high == after.low)

    def test_lead_can_change_by_a_jump_without_a_crossing(self):
        ending = Envelope((curve([(10, 100), (30, 80)]), curve([(20, 30), (50, 10)])))
        assert leads(ending, FLAT) == (Lead(10, 30, 1), Lead(30, 50, -1))
        assert crossings(ending, FLAT).size == 0

    def test_curves_that_differ_by_rounding_only_are_the_same(self):
        hair = curve([(10, 60 * (1 + 1e-10)), (50, 20 * (1 + 1e-10))])
        assert leads(hair, FLAT) == leads(FLAT, hair) == leads(FLAT, FLAT) == (Lead(10, 50, 0),)
        assert leads(curve([(10, 60.006), (50, 20.002)]), FLAT) == (Lead(10, 50, 1),)

    def test_lead_at_the_only_common_point_is_told(self):
        assert leads(curve([(20, 70)]), FLAT) == (Lead(20, 20, 1),)
        assert leads(curve([(50, 5), (60, 4)]), FLAT) == (Lead(50, 50, -1),)
        assert leads(curve([(60, 5), (70, 4)]), FLAT) == ()


class TestStretches:
    @given(ENVELOPES)
    def test_whole_stretches_are_the_members_themselves(self, envelope):
        assert [stretch.curve for stretch in own_stretches(envelope)] == list(envelope.members)
        assert [(stretch.low, stretch.high) for stretch in own_stretches(envelope)] == [
            (stretch.low, stretch.high) for stretch in envelope.members
        ]

    @given(ENVELOPES)
    def test_curve_of_a_stretch_is_the_envelope_there(self, envelope):
        for stretch in best_stretches(envelope):
            assert stretch.curve is envelope.members[stretch.member]
            inside = np.linspace(stretch.low, stretch.high, 9)[1:-1]
            np.testing.assert_allclose(stretch.curve(inside), envelope(inside), rtol=1e-8)

    @given(ENVELOPES)
    def test_every_interactivity_that_is_not_served_faster_lies_in_a_stretch(self, envelope):
        places = everywhere(envelope)
        knots = np.concatenate([member.interactivity for member in envelope.members])  # where two may only touch
        places = places[(envelope.served_at(places) == places) & ~np.isin(places, knots)]
        held = [
            (stretch.low * (1 - 1e-9) <= places) & (places <= stretch.high * (1 + 1e-9))
            for stretch in best_stretches(envelope)
        ]
        assert places.size == 0 or np.any(held, axis=0).all()

    def test_stretch_ends_where_another_member_is_better_or_crosses(self):
        # 70 - x until 70 - x = 170 - 4 x, with a member that begins at 20
        flat, steep = curve([(10, 60), (50, 20)]), curve([(20, 90), (40, 10)])
        found = [(stretch.member, stretch.low, stretch.high) for stretch in best_stretches(Envelope((flat, steep)))]
        assert found == [
            (1, 20, pytest.approx(100 / 3)),
            (0, pytest.approx(100 / 3), 50),
        ]

    def test_published_baseline_runs_mtp_under_dynamo_over_most_of_its_range(self):
        h200 = platform_curve(shipped(), "h200", input_tokens=1024, output_tokens=1024)
        widest = max(best_stretches(h200), key=lambda stretch: stretch.high - stretch.low)
        assert h200.series[widest.member] == "dynamo-trt fp8 mtp"
        assert widest.low < 35 < 116 < widest.high


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
