"""The frontier is the definition's, the slopes are Steffen's, and the curve invents nothing between its knots."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import CubicHermiteSpline

from analysis.frontier.curves import Curve, Envelope
from analysis.frontier.knots import pareto, steffen_slopes
from tests.support.strategies import CURVES, ENVELOPES, FALLING, POINTS, curve, everywhere

# The paths that d3-shape's own tests of curveMonotoneX print (d3/d3-shape, test/curve/monotoneX-test.js).
D3_PATHS = [
    "M0,1C0.333333,2,0.666667,3,1,3C1.333333,3,1.666667,2,2,1",
    "M0,1C0.333333,2,0.666667,3,1,3C1.333333,3,1.666667,1,2,1C2.333333,1,2.666667,2,3,3",
    "M0,200C33.333333,150,66.666667,100,100,100C133.333333,100,166.666667,100,200,100"
    "C233.333333,100,266.666667,300,300,300C333.333333,300,366.666667,300,400,300",
]


def slopes_alone(interactivity: list[float], throughput: list[float]) -> np.ndarray:
    one = np.zeros(len(interactivity), dtype=int)
    return steffen_slopes(np.array(interactivity, dtype=float), np.array(throughput, dtype=float), one)


def textbook_slopes(points: list[tuple[Fraction, Fraction]]) -> list[Fraction]:
    """Steffen 1990, one knot after the other in exact fractions; the ends are without curvature."""

    def sign(number: Fraction) -> int:
        return (number > 0) - (number < 0)

    widths = [after[0] - before[0] for before, after in pairwise(points)]
    secants = [(after[1] - before[1]) / (after[0] - before[0]) for before, after in pairwise(points)]
    if len(points) == 1:
        return [Fraction(0)]
    if len(points) == 2:
        return [secants[0], secants[0]]
    inner = []
    for (left, right), (before, after) in zip(pairwise(secants), pairwise(widths), strict=True):
        parabola = (left * after + right * before) / (before + after)
        inner.append((sign(left) + sign(right)) * min(abs(left), abs(right), abs(parabola) / 2))
    return [(3 * secants[0] - inner[0]) / 2, *inner, (3 * secants[-1] - inner[-1]) / 2]


def textbook_value(points: list[tuple[Fraction, Fraction]], at: Fraction) -> Fraction:
    """Steffen 1990: the cubic of a piece in powers of the distance from its left knot."""
    slopes = textbook_slopes(points)
    for (before, after), (slope, next_slope) in zip(pairwise(points), pairwise(slopes), strict=True):
        if before[0] <= at <= after[0]:
            width = after[0] - before[0]
            secant = (after[1] - before[1]) / width
            cubic = (slope + next_slope - 2 * secant) / width**2
            square = (3 * secant - 2 * slope - next_slope) / width
            step = at - before[0]
            return before[1] + step * (slope + step * (square + step * cubic))
    raise AssertionError(f"{at} is outside")


def exact(points: list[tuple[float, float]]) -> list[tuple[Fraction, Fraction]]:
    return [(Fraction(interactivity), Fraction(throughput)) for interactivity, throughput in points]


def on_frontier(point: tuple[float, float], others: list[tuple[float, float]]) -> bool:
    return not any(other[0] >= point[0] and other[1] >= point[1] for other in others if other != point)


class TestFrontier:
    @given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), min_size=1, max_size=20))
    def test_frontier_is_what_the_definition_says_even_with_ties(self, points):
        x, y = np.array(points, dtype=float).T
        kept = pareto(x, y, np.zeros(len(x), dtype=int))
        wanted = sorted({point for point in points if on_frontier(point, points)})
        assert [(x[k], y[k]) for k in kept] == wanted

    @given(POINTS)
    def test_along_a_frontier_interactivity_rises_and_throughput_falls(self, points):
        x, y = np.array(points).T
        kept = pareto(x, y, np.zeros(len(x), dtype=int))
        assert (np.diff(x[kept]) > 0).all()
        assert (np.diff(y[kept]) < 0).all()

    @given(st.lists(POINTS, min_size=1, max_size=5), st.randoms(use_true_random=False))
    def test_many_series_at_once_give_what_each_gives_alone(self, lists, random):
        rows = [(number, *point) for number, points in enumerate(lists) for point in points]
        random.shuffle(rows)
        number, x, y = (np.array(column) for column in zip(*rows, strict=True))
        kept = pareto(x, y, number)
        slopes = steffen_slopes(x[kept], y[kept], number[kept])
        for each, points in enumerate(lists):
            alone = curve(points)
            here = number[kept] == each
            np.testing.assert_array_equal(x[kept][here], alone.interactivity)
            np.testing.assert_array_equal(y[kept][here], alone.throughput)
            np.testing.assert_array_equal(slopes[here], alone.slopes)
        assert (np.diff(number[kept]) >= 0).all()


class TestSlopes:
    @pytest.mark.parametrize("path", D3_PATHS)
    def test_slopes_are_those_that_d3_draws(self, path):
        start, *pieces = ([float(text) for text in part.split(",")] for part in path.removeprefix("M").split("C"))
        knots = [start, *[piece[4:] for piece in pieces]]
        leaving = [(piece[1] - knot[1]) / (piece[0] - knot[0]) for knot, piece in zip(knots, pieces, strict=False)]
        arriving = [(piece[5] - piece[3]) / (piece[4] - piece[2]) for piece in pieces]
        slopes = slopes_alone(*zip(*knots, strict=True))
        np.testing.assert_allclose(slopes[:-1], leaving, rtol=1e-5)
        np.testing.assert_allclose(slopes[1:], arriving, rtol=1e-5)

    @given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), min_size=1, max_size=12))
    def test_slopes_are_those_of_the_paper_in_exact_fractions(self, points):
        points = sorted(dict(points).items())
        wanted = [float(slope) for slope in textbook_slopes(exact(points))]
        np.testing.assert_allclose(slopes_alone(*zip(*points, strict=True)), wanted, rtol=1e-12, atol=1e-12)

    def test_parabola_is_met_exactly_as_the_paper_promises(self):
        x = np.array([1.0, 2.0, 4.0, 5.0, 7.5, 9.0, 10.0])
        parabola = curve(list(zip(x, 1000 - x**2, strict=True)))
        np.testing.assert_allclose(parabola.slopes[1:-1], -2 * x[1:-1], rtol=1e-13)
        between = np.linspace(x[1], x[-2], 101)
        np.testing.assert_allclose(parabola(between), 1000 - between**2, rtol=1e-13)

    def test_extremum_of_the_data_is_flat(self):
        assert slopes_alone([0, 1, 2, 3], [5, 1, 4, 0])[1:3].tolist() == [0, 0]

    @given(FALLING.filter(lambda points: len(points) > 2))
    def test_ends_are_without_curvature(self, points):
        drawn = curve(points)
        scale = np.abs(np.diff(drawn.throughput) / np.diff(drawn.interactivity) ** 2)
        assert abs(float(drawn.spline(drawn.low, 2))) <= 1e-9 * scale[0]
        assert abs(float(drawn.spline(drawn.high, 2))) <= 1e-9 * scale[-1]


@given(CURVES)
def test_a_curve_is_the_cubic_that_scipy_draws_through_its_knots_with_its_slopes(drawn):
    if drawn.spline is None:
        return
    scipys = CubicHermiteSpline(drawn.interactivity, drawn.throughput, drawn.slopes, extrapolate=False)
    points = np.concatenate([drawn.interactivity, np.linspace(drawn.low, drawn.high, 50)])
    assert drawn(points) == pytest.approx(scipys(points), rel=1e-12)
    np.testing.assert_array_equal(drawn.spline(points), scipys(points))


class TestCurve:
    @given(FALLING.filter(lambda points: len(points) > 1), st.lists(st.fractions(0, 1), min_size=1, max_size=5))
    def test_values_are_those_of_the_paper_in_exact_fractions(self, points, shares):
        drawn = curve(points)
        for share in shares:
            at = float(points[0][0] + float(share) * (points[-1][0] - points[0][0]))
            at = min(max(at, drawn.low), drawn.high)
            wanted = float(textbook_value(exact(points), Fraction(at)))
            assert drawn(at) == pytest.approx(wanted, abs=1e-14 * points[0][1])

    @given(CURVES)
    def test_curve_passes_through_its_knots(self, drawn):
        rounding = 1e-14 * drawn.throughput[0]
        np.testing.assert_allclose(drawn(drawn.interactivity), drawn.throughput, rtol=1e-14, atol=rounding)

    @given(CURVES)
    def test_curve_never_rises(self, drawn):
        x = everywhere(drawn)
        inside = drawn(x[(x >= drawn.low) & (x <= drawn.high)])
        assert (np.diff(inside) <= 1e-14 * drawn.throughput[0]).all()

    @given(CURVES)
    def test_curve_never_leaves_the_range_of_its_neighbors(self, drawn):
        knots = list(zip(drawn.interactivity, drawn.throughput, strict=True))
        for (low, highest), (high, lowest) in pairwise(knots):
            values = drawn(np.linspace(low, high, 50))
            rounding = 1e-14 * highest
            assert lowest - rounding <= values.min()
            assert values.max() <= highest + rounding

    @given(CURVES)
    def test_nothing_is_said_outside_the_measured_range(self, drawn):
        outside = [np.nextafter(drawn.low, 0), np.nextafter(drawn.high, np.inf), -1, 0, np.inf, np.nan]
        assert np.isnan(drawn(outside)).all()
        assert not np.isnan(drawn([drawn.low, drawn.high])).any()

    def test_one_point_answers_only_there(self):
        point = curve([(50, 700)])
        assert (point.low, point.high) == (50, 50)
        assert point(50) == 700
        np.testing.assert_array_equal(point([49.999, 50, 50.001]), [np.nan, 700, np.nan])

    def test_two_points_give_a_line(self):
        line = curve([(10, 100), (30, 20)])
        np.testing.assert_allclose(line([10, 15, 20, 30]), [100, 80, 60, 20], rtol=1e-15)
        assert line.slopes.tolist() == [-4, -4]

    @pytest.mark.parametrize("points", [[(10, 100)], [(10, 100), (30, 20), (40, 10)]])
    @pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3)])
    def test_answer_has_the_shape_of_the_question(self, points, shape):
        answer = curve(points)(np.full(shape, 10.0))
        assert np.shape(answer) == shape
        assert np.all(answer == 100)
        if shape == ():
            assert isinstance(answer, float)

    @given(CURVES)
    def test_slopes_and_knots_alone_are_enough_to_draw_the_curve(self, drawn):
        again = Curve(drawn.interactivity, drawn.throughput, drawn.slopes)
        assert again.counts == ""
        np.testing.assert_array_equal(again(everywhere(drawn)), drawn(everywhere(drawn)))


SLOW = curve([(10, 100), (30, 80)])
FAST = curve([(20, 60), (40, 10)])
FAR = curve([(60, 5), (70, 1)])


@given(ENVELOPES)
def test_envelope_is_the_highest_of_its_members(envelope):
    x = everywhere(envelope)
    reached = np.array([member.at_or_above(x) for member in envelope.members])
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
        assert envelope.members[position].at_or_above(value) == envelope(value)


@given(ENVELOPES)
def test_envelope_never_rises_and_ends_with_the_fastest_row(envelope):
    x = everywhere(envelope)
    reached = envelope(x)
    np.testing.assert_array_equal(np.isnan(reached), x > envelope.high)
    assert (np.diff(reached[~np.isnan(reached)]) <= 1e-9 * reached[~np.isnan(reached)][:-1]).all()


@given(ENVELOPES)
def test_every_row_that_is_fast_enough_may_be_run(envelope):
    for place in everywhere(envelope):
        fast = [member.throughput[member.interactivity >= place] for member in envelope.members]
        rows = np.concatenate(fast)
        assert rows.size == 0 or envelope(place) >= rows.max() * (1 - 1e-12)


@given(ENVELOPES)
def test_value_lies_between_the_rows_around_it_and_is_theirs_where_they_are_one(envelope):
    x = everywhere(envelope)
    x = x[x <= envelope.high]
    low, high = envelope.rows_around(x)
    assert ((low <= envelope(x) * (1 + 1e-12)) & (envelope(x) <= high * (1 + 1e-12))).all()
    one = low == high
    np.testing.assert_allclose(envelope(x[one]), low[one], rtol=1e-12)


@given(ENVELOPES)
def test_users_get_what_was_asked_or_more(envelope):
    x = everywhere(envelope)
    served = envelope.served_at(x)
    np.testing.assert_array_equal(np.isnan(served), x > envelope.high)
    assert (served[~np.isnan(served)] >= x[~np.isnan(served)]).all()
    for place, speed in zip(x[~np.isnan(served)], served[~np.isnan(served)], strict=True):
        assert envelope(speed) == envelope(place)


@given(ENVELOPES, st.randoms(use_true_random=False))
def test_order_of_members_does_not_matter(envelope, random):
    members = list(envelope.members)
    random.shuffle(members)
    x = everywhere(envelope)
    np.testing.assert_array_equal(Envelope(tuple(members))(x), envelope(x))


@given(CURVES)
def test_envelope_of_one_curve_is_the_curve_where_it_was_measured(drawn):
    x = everywhere(drawn)
    inside = (x >= drawn.low) & (x <= drawn.high)
    np.testing.assert_array_equal(Envelope((drawn,))(x[inside]), drawn(x[inside]))
    np.testing.assert_array_equal(Envelope((drawn,)).ranges, drawn.ranges)


@given(ENVELOPES)
def test_the_range_reaches_from_the_slowest_row_to_the_fastest(envelope):
    ends = [end for member in envelope.members for end in (member.low, member.high)]
    assert envelope.ranges.tolist() == [[min(ends), max(ends)]]
    assert (envelope.low, envelope.high) == (min(ends), max(ends))


def test_a_jump_stays_a_jump_and_a_gap_is_served_by_the_faster_series():
    envelope = Envelope((FAST, SLOW, FAR))
    np.testing.assert_allclose(
        envelope([5, 10, 30, np.nextafter(30, 31), 40, 50, 60, 71]), [100, 100, 80, 35, 10, 5, 5, np.nan]
    )
    assert envelope.best([5, 10, 30, 35, 50, 65, 71]).tolist() == [1, 1, 1, 0, 2, 2, -1]
    assert envelope.served_at([5, 25, 50, 65]).tolist() == [10, 25, 60, 65]
    assert envelope.ranges.tolist() == [[10, 70]]


def test_a_bracket_is_told_by_the_rows_alone():
    low, high = Envelope((SLOW, FAST)).rows_around([5, 10, 15, 30, 35, 41])
    np.testing.assert_allclose(low, [100, 100, 80, 80, 10, np.nan])
    np.testing.assert_allclose(high, [100, 100, 100, 80, 60, np.nan])


def test_one_number_asked_is_one_number_answered():
    envelope = Envelope((SLOW, FAST))
    assert isinstance(envelope(20), float)
    assert envelope.best(20).shape == ()


@given(ENVELOPES)
def test_an_envelope_answers_one_place_as_it_answers_many_and_again_as_before(envelope):
    x = everywhere(envelope, envelope)
    answers = envelope(x)
    np.testing.assert_array_equal([envelope(float(place)) for place in x], answers)
    x[:], answers[:] = x[::-1].copy(), 0
    np.testing.assert_array_equal(envelope(x), [envelope(float(place)) for place in x])
