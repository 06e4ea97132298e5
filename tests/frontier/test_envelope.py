"""An envelope is its best member everywhere, and nothing where no member was measured."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.frontier.envelope import Envelope
from tests.support.strategies import CURVES, ENVELOPES, curve, everywhere

SLOW = curve([(10, 100), (30, 80)])
FAST = curve([(20, 60), (40, 10)])
FAR = curve([(60, 5), (70, 1)])


@given(ENVELOPES)
def test_envelope_is_the_highest_of_its_members(envelope):
    x = everywhere(envelope)
    reached = np.array([member(x) for member in envelope.members])
    served = ~np.isnan(reached).all(axis=0)
    assert (np.nan_to_num(reached) <= np.nan_to_num(envelope(x))).all()
    assert np.array_equal(~np.isnan(envelope(x)), served)
    assert np.array_equal((reached == envelope(x)).any(axis=0), served)


@given(ENVELOPES)
def test_best_member_gives_the_value_of_the_envelope(envelope):
    x = everywhere(envelope)
    best = envelope.best(x)
    assert np.array_equal(best == -1, np.isnan(envelope(x)))
    for position, value in zip(best[best >= 0], x[best >= 0], strict=True):
        assert envelope.members[position](value) == envelope(value)


@given(ENVELOPES, st.randoms(use_true_random=False))
def test_order_of_members_does_not_matter(envelope, random):
    members = list(envelope.members)
    random.shuffle(members)
    x = everywhere(envelope)
    np.testing.assert_array_equal(Envelope(tuple(members))(x), envelope(x))


@given(CURVES)
def test_envelope_of_one_curve_is_the_curve(drawn):
    x = everywhere(drawn)
    np.testing.assert_array_equal(Envelope((drawn,))(x), drawn(x))
    np.testing.assert_array_equal(Envelope((drawn,)).ranges, drawn.ranges)


@given(ENVELOPES)
def test_ranges_are_where_the_envelope_answers(envelope):
    x = everywhere(envelope)
    inside = [(low <= x) & (x <= high) for low, high in envelope.ranges]
    np.testing.assert_array_equal(np.sum(inside, axis=0), (~np.isnan(envelope(x))).astype(int))
    assert (envelope.low, envelope.high) == (envelope.ranges[0, 0], envelope.ranges[-1, 1])
    assert (np.diff(envelope.ranges.ravel()) >= 0).all()


def test_a_jump_and_a_gap_stay_a_jump_and_a_gap():
    envelope = Envelope((FAST, SLOW, FAR))
    np.testing.assert_allclose(
        envelope([5, 10, 30, np.nextafter(30, 31), 40, 50, 60]), [np.nan, 100, 80, 35, 10, np.nan, 5]
    )
    assert envelope.best([5, 10, 30, 35, 50, 65]).tolist() == [-1, 1, 1, 0, -1, 2]
    assert envelope.ranges.tolist() == [[10, 40], [60, 70]]


def test_range_inside_another_adds_nothing():
    inner = curve([(15, 3), (18, 2)])
    assert Envelope((SLOW, inner)).ranges.tolist() == [[10, 30]]


def test_ranges_that_touch_are_one():
    assert Envelope((SLOW, curve([(30, 7), (50, 6)]))).ranges.tolist() == [[10, 50]]


def test_one_number_asked_is_one_number_answered():
    envelope = Envelope((SLOW, FAST))
    assert isinstance(envelope(20), float)
    assert envelope.best(20).shape == ()
