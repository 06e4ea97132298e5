"""Labels never cover one another, nor a line, and spread apart no more than they must."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text

from analysis.exhibits.figure import canvas
from analysis.exhibits.labels import Label, beside, keep_margin, spaced, where_there_is_room
from analysis.exhibits.palette import INK, MUTED

HEIGHTS = st.lists(st.floats(0, 1), min_size=0, max_size=12).map(sorted)


class TestSpaced:
    @given(HEIGHTS, st.floats(0.01, 0.3))
    def test_neighbors_keep_the_gap_and_the_order(self, wanted, gap):
        assert (np.diff(spaced(np.array(wanted), gap)) >= gap * (1 - 1e-6)).all()

    @given(HEIGHTS, st.floats(0.01, 0.3))
    def test_mean_height_stays(self, wanted, gap):
        if wanted:
            assert spaced(np.array(wanted), gap).mean() == pytest.approx(np.mean(wanted), abs=1e-9)

    def test_those_with_room_stay_where_they_want_to_be(self):
        assert spaced(np.array([0.1, 0.5, 0.9]), 0.2).tolist() == [0.1, 0.5, 0.9]

    def test_crowd_is_spread_about_its_mean(self):
        np.testing.assert_allclose(spaced(np.array([0.5, 0.5, 0.5]), 0.1), [0.4, 0.5, 0.6])
        np.testing.assert_allclose(spaced(np.array([0.10, 0.12, 0.21]), 0.1), [0.0433, 0.1433, 0.2433], atol=1e-3)


@pytest.fixture
def falling():
    """A plot with one falling line."""
    with canvas() as (figure, axes):
        axes.plot(np.linspace(0, 10, 200), np.linspace(10, 0, 200))
        figure.draw_without_rendering()
        yield figure, axes


def boxes(axes):
    return [text.get_window_extent() for text in axes.texts]


def test_first_label_wins_where_two_want_one_place(falling):
    _, axes = falling
    labels = [Label(5, 5, "wanted"), Label(5.01, 4.99, "less wanted")]
    assert where_there_is_room(axes, labels, ("upper right",)) == labels[1:]
    assert [text.get_text() for text in axes.texts] == ["wanted"]


def test_label_without_room_stands_at_the_next_anchor(falling):
    _, axes = falling
    labels = [Label(5, 5, "wanted"), Label(5.01, 4.99, "less wanted")]
    assert where_there_is_room(axes, labels, ("upper right", "lower left")) == []
    assert not boxes(axes)[0].overlaps(boxes(axes)[1])


def test_written_labels_cover_nothing_and_stay_inside(falling):
    _, axes = falling
    labels = [Label(x, 10 - x, f"point {x}") for x in range(11)]
    left_over = where_there_is_room(axes, labels, ("upper right", "lower left"))
    assert len(left_over) + len(axes.texts) == len(labels)
    frame = axes.get_window_extent()
    (line,) = axes.lines
    points = axes.transData.transform(line.get_xydata())
    for box in boxes(axes):
        assert frame.x0 <= box.x0 < box.x1 <= frame.x1
        assert not box.count_contains(points)
    assert all(not one.overlaps(other) for one, other in pairwise(sorted(boxes(axes), key=lambda box: box.x0)))


def test_label_over_a_line_is_not_written(falling):
    _, axes = falling
    over = Label(2, 2, "a text that is long enough to reach the line that falls on the right")
    assert where_there_is_room(axes, [over], ("right",)) == [over]
    assert not axes.texts


def test_labels_beside_keep_the_order_of_their_points(falling):
    figure, axes = falling
    keep_margin(figure, 0.2)
    figure.draw_without_rendering()
    labels = [Label(10, y, name) for y, name in ((5, "middle"), (5.1, "top"), (4.9, "bottom"))]
    beside(axes, labels)
    figure.draw_without_rendering()
    extents = {text.get_text(): Text.get_window_extent(text) for text in axes.texts}
    assert extents["bottom"].y1 < extents["middle"].y1 < extents["top"].y1
    assert extents["bottom"].y1 <= extents["middle"].y0
    assert extents["middle"].y1 <= extents["top"].y0
    assert all(extent.x0 > axes.get_window_extent().x1 for extent in extents.values())
    assert all(extent.x1 <= figure.bbox.x1 for extent in extents.values())


def test_a_label_is_plain_ink_led_by_a_muted_line_unless_told_otherwise():
    assert Label(1, 2, "text") == Label(1, 2, "text", color=INK, bold=False, leader=MUTED)


def test_many_labels_of_one_height_keep_the_order_in_which_they_came(falling):
    _, axes = falling
    beside(axes, [Label(10, 5, str(number)) for number in range(40)])
    assert [text.get_text() for text in axes.texts] == [str(number) for number in range(40)]
