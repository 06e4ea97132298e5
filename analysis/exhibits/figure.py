"""Figures: one function per kind, one theme; each comes with caption, alternative text and its data."""

import base64
import html
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib
import pandas as pd
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager
from matplotlib.text import Text
from numpy.typing import ArrayLike

from analysis.exhibits.lettering import measured_once
from analysis.exhibits.palette import GRID, INK, MUTED
from analysis.exhibits.signs import signs
from analysis.exhibits.statements import Cell, Shown, phrase
from analysis.library.values import Value

NARROW = 6.4  # inches; the text of a figure so wide stays readable where it is scaled down
_FONT = "DejaVu Sans"
THEME = {
    "svg.hashsalt": "analysis", "svg.fonttype": "path", "font.family": _FONT, "font.size": 9,
    "axes.edgecolor": GRID, "axes.labelcolor": INK, "text.color": INK, "xtick.color": MUTED, "ytick.color": INK,
    "grid.color": GRID, "grid.linewidth": 0.6, "axes.titlesize": 10.5, "axes.titleweight": "bold",
    "axes.titlelocation": "left", "axes.spines.top": False, "axes.spines.right": False,
}  # fmt: skip
_AXES = {
    "axes.grid": True, "axes.axisbelow": True, "xtick.bottom": False, "ytick.left": False,
    "lines.solid_capstyle": "round", "patch.edgecolor": "w", "patch.force_edgecolor": True,
}  # fmt: skip
"""How axes are drawn: seaborn's style "whitegrid", whose import would cost each process two seconds."""
BANDS = "Light bands: what the measured rows around a point leave open."
"""What a note says of the bands that `bracket_band` draws."""


@contextmanager
def canvas(width: float = 7.2, height: float = 3.4, **options: Any) -> Iterator[tuple[Figure, Any]]:
    """Yield a figure and its axes in the project's theme; the size is in inches."""
    # From the defaults on: what a reader has set for pictures of their own is no part of these.
    with style.context("default"), matplotlib.rc_context(_AXES | THEME):
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure, figure.subplots(**options)


def drawn(
    figure: Figure,
    name: str,
    title: str,
    alt: str,
    data: pd.DataFrame,
    *,
    note: str = "",
    values: Sequence[Cell] = (),
    **contents: Any,
) -> Shown:
    """Return a figure as it is shown: the picture, its message as caption, what it says in words, and its data.

    Args:
        figure: The picture.
        name: Short name of the figure and of its CSV file.
        title: The figure's one message, with `{name}` places for contents.
        alt: What it shows, in words made from its data.
        data: The data drawn.
        note: How to read it, with `{name}` places for contents.
        values: What the alternative text says: values, and names that hold digits, such as workloads.
        **contents: Values and texts of title and note.
    """
    picture = io.BytesIO()
    with matplotlib.rc_context(THEME), measured_once():
        _lend_signs(figure)
        FigureCanvasSVG(figure)
        lay_out(figure)
        figure.set_layout_engine(None)  # or saving would draw all of it once more to see where it belongs
        figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
    encoded = base64.b64encode(picture.getvalue()).decode()
    caption = phrase(f"{title} {note}".strip(), **contents).html
    image = f'<img alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{encoded}">'
    quoted = [words for words in values if isinstance(words, str)]
    about = {"kind": "figure", "name": name, "caption": caption, "alt": alt}
    return Shown(
        f"<figure>{image}<figcaption>{caption}</figcaption></figure>",
        {**about, "quoted": quoted, "csv": data.to_csv(index=False)},
        tuple(content for content in (*values, *contents.values()) if isinstance(content, Value)),
        {"image/svg+xml": picture.getvalue().decode()},
    )


def lay_out(figure: Figure) -> None:
    """Put everything in its place, without drawing it."""
    if engine := figure.get_layout_engine():
        with measured_once():
            engine.execute(figure)


def _lend_signs(figure: Figure) -> None:
    """Set the words of a picture in fonts of this machine where the theme's lacks a sign, else in Latin letters."""
    texts = [text for text in figure.findobj(Text) if not text.get_text().isascii()]
    found = signs("".join(text.get_text() for text in texts), [Path(findfont(_FONT))])
    for path in found.fonts:
        fontManager.addfont(path)
    families = [_FONT, *(FontProperties(fname=path).get_name() for path in found.fonts)]
    for text in texts if found.fonts or found.instead else ():
        text.set_text("".join(found.instead.get(sign, sign) for sign in text.get_text()))
        text.set_fontfamily(families)


LOWER, UPPER = "lower end", "upper end"  # the columns of a figure's data that hold the ends of a band


def bracket_band(axes: Axes, places: ArrayLike, low: ArrayLike, high: ArrayLike, color: str) -> None:
    """Draw lightly, under a curve, between which ends the measured rows put it."""
    axes.fill_between(places, low, high, color=color, alpha=0.12, linewidth=0, zorder=0.5)


def times_axis(axes: Axes, which: str = "x") -> None:
    """Make an axis logarithmic with ticks that read as multiples."""
    (axes.set_xscale if which == "x" else axes.set_yscale)("log")
    _one_two_five(axes.xaxis if which == "x" else axes.yaxis, lambda tick, _: f"{tick:g}x")


def dollars(axis: Axis) -> None:
    """Give a logarithmic axis ticks that read as dollars."""
    _one_two_five(axis, lambda tick, _: f"${tick:,.10g}")


def plain_ticks(axes: Axes, unit: str) -> None:
    """Give a logarithmic y axis ticks that read as amounts of a unit put before them: $0.1, $1, $10."""
    axes.yaxis.set_major_formatter(lambda tick, _: f"{unit}{tick:,.10g}")


def _one_two_five(axis: Axis, words: Callable[[float, float], str]) -> None:
    """Set ticks at one, two and five times powers of ten."""
    axis.set_major_locator(matplotlib.ticker.LogLocator(subs=(1, 2, 5)))
    axis.set_major_formatter(words)
    axis.set_minor_locator(matplotlib.ticker.NullLocator())
