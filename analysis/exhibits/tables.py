"""Tables made from values: rows of their own, and what all results rest on, figure by figure and source by source."""

import csv
import html
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from analysis.errors import InputError
from analysis.exhibits.marks import ENDS, mark
from analysis.exhibits.statements import Cell, Phrase, Shown, cell, phrase, values_in
from analysis.library.quantities import Quoted
from analysis.library.values import Value, given

SINGLE = "Every single figure that the results rest on; the rows behind the curves are in the table of rows."
"""Caption of the assumptions of a report that stands on curves."""


def table(
    name: str,
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    digits: int = 3,
    note: str = "",
    **contents: Cell | Phrase,
) -> Shown:
    """Return a table; the first cell of each row is its head.

    Args:
        name: Short name of the table and of its CSV file.
        caption: What the table says, with `{name}` places for contents.
        columns: Heads of the columns, with units.
        rows: Values and texts.
        digits: Significant digits of the values.
        note: What stands below the table, with `{name}` places for contents.
        **contents: Values, texts and phrases of caption and note.

    Raises:
        InputError: A row has more or fewer cells than there are columns.
    """
    cells = [list(row) for row in rows]
    for row in cells:
        if len(row) != len(columns):
            raise InputError(f"table {name!r}: found a row of {len(row)} cells, allowed are {len(columns)}")
    kinds = [
        "number" if any(isinstance(content, Value) for content in column) else "text"
        for column in zip(*cells, strict=True)
    ]
    head = "".join(f'<th scope="col">{cell(column)}</th>' for column in columns)
    body = "".join(_row(row, kinds, digits) for row in cells)
    return Shown(
        f"<table><caption>{phrase(caption, **contents).html}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>",
        {"kind": "table", "name": name, "csv": _csv(columns, cells), "note": phrase(note, **contents).html},
        values_in(chain(*cells, contents.values())),
    )


def records(name: str, caption: str, rows: Iterable[Mapping[str, Cell]], **options: Any) -> Shown:
    """Return a table whose rows say under which head each of their cells stands; arguments else as for `table`.

    Raises:
        InputError: There is no row, or one has other heads than the first.
    """
    entries = list(rows)
    columns = [*entries[0]] if entries else []
    if any([*row] != columns for row in entries) or not columns:
        raise InputError(
            f"table {name!r}: found {len(entries)} rows, allowed are rows of the same heads, one or more"
        )
    return table(name, caption, columns, [[*row.values()] for row in entries], **options)


def _row(row: Sequence[Cell], kinds: Sequence[str], digits: int) -> str:
    """Return a row as HTML; a cell is set as a number where its column holds one in any row.

    The ends of a wide bracket stand beside its number.
    """
    first, *rest = (cell(content, digits) + _ends(content, digits) for content in row)
    cells = "".join(f'<td class="{kind}">{text}</td>' for text, kind in zip(rest, kinds[1:], strict=True))
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def _ends(content: Cell, digits: int) -> str:
    ends = content.ends if isinstance(content, Value) else ()
    between = "–".join(mark(end.id, html.escape(end.show(digits)), ["end"]) for end in ends)
    return f' <span class="{ENDS}">({between})</span>' if ends else ""


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([content.number if isinstance(content, Value) else content for content in row] for row in rows)
    return text.getvalue()


def assumptions(values: Iterable[Value], caption: str = "Every figure that the results rest on.") -> Shown:
    """Return a table of everything given that the values rest on, with source, date and status."""
    rows: list[list[Cell]] = [
        [
            Quoted(f"{value.quantity.title}, {value.subject}"),
            value,
            value.quantity.unit,
            Quoted(", ".join(value.kinds.values())),
            str(value.status),
            value.as_of,
            Quoted("; ".join([source.id for source in value.sources] + [value.place])),
        ]
        for value in sorted(given(values), key=lambda value: (value.quantity.name, value.subject, value.as_of))
    ]
    columns = ["Figure", "Value", "Unit", "What it counts", "Status", "As of", "Source and place"]
    return table("assumptions", caption, columns, rows, digits=4)


def figures(
    values: Iterable[Value],
    caption: str,
    status: Callable[[Value], str] = lambda value: str(value.status),
    **options: Any,
) -> Shown:
    """Return a table of figures, each with status, day and source; further arguments as for `table`."""
    rows: list[dict[str, Cell]] = [
        {
            "Figure": Quoted(f"{value.quantity.title}, {value.subject}"),
            "Value": value,
            "Unit": value.quantity.unit,
            "Status": status(value),
            "As of": value.as_of,
            "Source": Quoted(", ".join(source.id for source in value.sources) or value.place),
        }
        for value in values
    ]
    return records("assumptions", caption, rows, **options)


def sources(values: Iterable[Value]) -> Shown:
    """Return a table of the sources that the values rest on."""
    by_id = {source.id: source for value in given(values) for source in value.sources}
    rows = [
        [*map(Quoted, (source.id, source.title, source.publisher)), source.published, Quoted(source.url)]
        for _, source in sorted(by_id.items())
    ]
    columns = ["Source", "Title", "Publisher", "Published", "Address"]
    return table("sources", "Where the figures were read.", columns, rows)
