"""What a notebook of one's own shows: a DataFrame as a table, and any axes of matplotlib as a figure."""

import sys
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.errors import InputError
from analysis.exhibits.figure import drawn
from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.amounts import plain
from analysis.library.quantities import Quantity, Quoted
from analysis.library.values import Status, Value, given

UNBACKED = (
    'nothing stands behind its numbers; name where they were learned: source="my own run", or show values: '
    '`value(1.99, "USD/GPU/h", source="my quote")`, `curves(..., values=True)`'
)


def from_frame(
    name: str,
    caption: str,
    frame: pd.DataFrame,
    *,
    source: str = "",
    units: Mapping[str, str] | None = None,
    digits: int = 3,
    note: str = "",
    **contents: Cell,
) -> Shown:
    """Return a table of a DataFrame; the first column is the head of each row, the index if it is more than a count.

    A cell that is a value is shown with its origin; a number becomes a value of one's own, assumed, with the source.

    Args:
        name: Short name of the table and of its CSV file.
        caption: What the table says, with `{name}` places for contents.
        frame: The table, rows as they are to be shown.
        source: Where plain numbers were learned, in words.
        units: Units by column; those of `frame.attrs["units"]` if not given.
        digits: Significant digits of the values.
        note: What stands below the table, with `{name}` places for contents.
        **contents: Values and texts of caption and note.

    Raises:
        InputError: The table holds plain numbers and no source is named.
    """
    measured = {**frame.attrs.get("units", {}), **(units or {})}
    flat = frame if isinstance(frame.index, pd.RangeIndex) else frame.reset_index()
    heads = [str(column) for column in flat.columns]
    rows = [
        [
            _cell(content, head, measured.get(head, ""), str(row[0]), source, f"table {name!r}, column {head!r}")
            for head, content in zip(heads, row, strict=True)
        ]
        for row in flat.itertuples(index=False, name=None)
    ]
    titles = [_quantity(head, measured.get(head, "")).label for head in heads]
    return table(name, caption, titles, rows, digits=digits, note=note, **contents)


def from_axes(
    name: str,
    title: str,
    axes: Axes,
    *,
    alt: str,
    data: pd.DataFrame | None = None,
    source: str = "",
    values: Iterable[Value] = (),
    **contents: Cell,
) -> Shown:
    """Return the figure that holds axes of matplotlib, of pandas or of seaborn, as a report shows it.

    Args:
        name: Short name of the figure and of its CSV file.
        title: The figure's one message, with `{name}` places for contents.
        axes: Drawn to the end; the figure is taken from them, and shown nowhere else.
        alt: What the figure shows, in words, for who does not see it.
        data: The data drawn; what the lines of the axes hold if not given.
        source: Where it was learned, in words; needed where the data holds no values.
        values: The values whose numbers the alternative text says.
        **contents: Values and texts of the title.

    Raises:
        InputError: The data holds no values and no source is named.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    if figure.get_layout_engine() is None:
        figure.set_layout_engine("constrained")  # else what stands at the edges is cut off
    known = _lines(axes) if data is None else data
    held = [cell for _, column in known.items() for cell in column if isinstance(cell, Value)]
    origins = sorted({source.id for value in given(held) for source in value.sources})
    if not source and not origins:
        raise InputError(f"figure {name!r}: {UNBACKED}")
    if "matplotlib.pyplot" in sys.modules:  # else it would be shown a second time when the cell ends
        sys.modules["matplotlib.pyplot"].close(figure)
    said = Quoted("; ".join([*([source] if source else []), *origins]))
    return drawn(
        figure, name, title, alt, known.map(plain), note="Source: {origins}.", values=tuple(values), origins=said,
        **contents,
    )  # fmt: skip


def _cell(content: Any, head: str, unit: str, subject: str, source: str, place: str) -> Cell:
    """Return what a table shows for the content of a cell."""
    if isinstance(content, Value):
        return content
    if isinstance(content, str) or pd.isna(content):
        return content if isinstance(content, str) else ""
    if isinstance(content, bool):
        return "yes" if content else "no"
    try:
        number = float(content)
    except (TypeError, ValueError):
        return str(content)
    if not source.strip():
        raise InputError(f"{place}: {UNBACKED}")
    return Value(number, _quantity(head, unit), subject, Status.ASSUMED, place=source)


def _quantity(head: str, unit: str) -> Quantity:
    return Quantity(head, head.replace("_", " "), "", unit, "")


def _lines(axes: Axes) -> pd.DataFrame:
    """Return the points of the lines of axes, each with its line's label."""
    across, up = axes.get_xlabel() or "x", axes.get_ylabel() or "y"
    lines = [
        pd.DataFrame({"line": str(line.get_label()), across: line.get_xdata(), up: line.get_ydata()})
        for line in axes.get_lines()
    ]
    return pd.concat(lines) if lines else pd.DataFrame({"line": []})
