"""Texts that are measured once are drawn as texts that are measured each time."""

import io
from contextlib import nullcontext

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.exhibits.lettering import measured_once

WAYS = {
    "one line": {},
    "two lines, to the right": {"s": "one\nand another", "multialignment": "right", "ha": "right"},
    "farther apart": {"s": "one\nand another", "linespacing": 2},
    "turned": {"rotation": 30, "va": "top"},
    "turned around its anchor": {"rotation": 30, "va": "top", "rotation_mode": "anchor"},
    "turned with its axes": {"rotation": 30, "transform_rotates_text": True},
    "wrapped": {"s": "word " * 60, "wrap": True},
    "mathematics": {"s": "$x^2$"},
    "none": {"s": "$x^2$", "parse_math": False},
    "another font": {"family": "DejaVu Serif"},
    "larger": {"size": 20},
}


def picture(figure):
    content = io.BytesIO()
    figure.savefig(content, format="svg", metadata={"Date": None})
    return content.getvalue()


def drawn(around=nullcontext, dpi=72, **ways):
    with mpl.rc_context({"svg.hashsalt": "test"}), around():
        figure = Figure(dpi=dpi, layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.subplots()
        axes.set(xlim=(0, 1), ylim=(0, 3))
        axes.text(0.5, 0.5, **{"s": "one line", "transform": axes.transData} | ways, bbox={})
        return picture(figure)


def test_pictures_are_the_same_whatever_was_measured_before():
    plain = {(name, dpi): drawn(dpi=dpi, **ways) for name, ways in WAYS.items() for dpi in (72, 100)}
    assert len({plain[name, 72] for name in WAYS}) == len(WAYS)
    for _ in "ab":
        for (name, dpi), picture in plain.items():
            assert drawn(measured_once, dpi=dpi, **WAYS[name]) == picture, (name, dpi)


def test_a_text_that_changes_is_measured_again():
    with measured_once():
        figure = Figure(dpi=72)
        FigureCanvasSVG(figure)
        text = figure.text(0.5, 0.5, "word")
        narrow = text.get_window_extent()
        text.set_fontsize(30)
        wide = text.get_window_extent()
        text.set_fontsize(mpl.rcParams["font.size"])
        assert wide.width > 2 * narrow.width
        assert text.get_window_extent().bounds == narrow.bounds


@pytest.mark.parametrize("change", [{"xlim": (0, 50)}, {"yscale": "log"}, {"position": (0.2, 0.2, 0.3, 0.3)}])
def test_ticks_are_those_of_the_axes_as_they_are(change):
    def changed(around):
        with mpl.rc_context({"svg.hashsalt": "test"}), around():
            figure = Figure(dpi=72)
            FigureCanvasSVG(figure)
            axes = figure.subplots()
            axes.set(xlim=(0, 1), ylim=(1, 3))
            before = picture(figure)
            axes.set(**change)
            return before, picture(figure)

    before, after = changed(measured_once)
    assert (before, after) == changed(nullcontext)
    assert before != after


@pytest.mark.parametrize("fails", [False, True])
def test_pictures_of_the_readers_own_are_measured_as_ever(fails):
    measure = Text._get_layout
    try:
        with measured_once():
            assert Text._get_layout is not measure
            assert not fails
    except AssertionError:
        assert fails
    assert Text._get_layout is measure
