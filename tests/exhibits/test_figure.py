"""Axes read as amounts and multiples, without an exponent and without a needless digit."""

import pytest
from matplotlib.figure import Figure

from analysis.exhibits.figure import plain_ticks, times_axis


@pytest.fixture
def axes():
    plot = Figure().subplots()
    plot.set(xscale="log", yscale="log", xlim=(0.4, 60), ylim=(0.4, 60))
    return plot


@pytest.mark.parametrize(("amount", "text"), [(0.1, "$0.1"), (1, "$1"), (10_000, "$10,000")])
def test_a_tick_reads_as_an_amount_of_its_unit(axes, amount, text):
    plain_ticks(axes, "$")
    assert axes.yaxis.get_major_formatter()(amount, 0) == text


@pytest.mark.parametrize("which", ["x", "y"])
def test_multiples_are_those_within_the_limits(axes, which):
    times_axis(axes, which)
    axis = axes.xaxis if which == "x" else axes.yaxis
    seen = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
    words = [label.get_text() for place, label in seen if 0.4 <= place <= 60]
    assert words == ["0.5x", "1x", "2x", "5x", "10x", "20x", "50x"]
