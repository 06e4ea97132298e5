"""The kinds of column and of row that the tables of `data/` are made of, each saying what it allows."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
import pandera.pandas as pa

from analysis.library.loading.fields import ADDRESS, PLAIN, SMALLEST, WEB, is_plain

pd.set_option("mode.string_storage", "python")
TEXT = pd.StringDtype("python", na_value=np.nan)
"""How tables keep their words, as do those that are made from them: of tables this small, taking rows from Arrow is
slow, and costs a report a seventh."""
STATUSES = ("measured", "quoted", "third-party", "estimate", "placeholder", "corrected")
STACK_WORD = r"[a-z0-9][a-z0-9.+_-]{0,39}"
"""How a framework and a kind of speculative decoding are named, whichever it is: "dynamo-trt", "eagle3", "none"."""
_PLAIN = pa.Check(lambda cells: cells.map(is_plain), error=PLAIN)
_ADDRESS = pa.Check.str_matches(f"^{ADDRESS}$", error=WEB)
_WRITTEN = {
    "stack word": (rf"^(?:{STACK_WORD})\Z", "a word of small letters, digits and . + _ -"),
    "month": (r"^[0-9]{4}-(0[1-9]|1[0-2])$", "a month, YYYY-MM"),
    "color": (r"^(#[0-9a-f]{6})?$", "a color, #rrggbb, or nothing"),
}
"""The kinds of words that match a pattern, each with what it allows in words."""


def column(kind: str, low: str = "", high: str = "", words: Sequence[str] = (), *, empty: bool = False) -> pa.Column:
    """Return a column of a kind.

    Args:
        kind: "text", "unit", "address", "word", "status", "stack word", "month", "color", "number", "whole", "day" or
            "flag".
        low: The least number.
        high: The greatest number.
        words: Those allowed; of a status, besides those that every table allows.
        empty: Whether a text or a number may be missing.
    """
    if kind in _WRITTEN:
        pattern, allowed = _WRITTEN[kind]
        return pa.Column(TEXT, pa.Check.str_matches(pattern, error=allowed))
    match kind:
        case "text" | "unit":
            return text(empty=empty)
        case "address":
            return address()
        case "word":
            return word(*words)
        case "status":
            return word(*STATUSES, *words)
        case "number":
            return number(float(high or 1e12), low=float(low or SMALLEST), empty=empty)
        case "whole":
            return whole(int(low), int(high))
        case "day":
            return day()
        case "flag":
            return pa.Column(bool)
    raise ValueError(f"no kind of column: {kind}")


def text(*, empty: bool = True) -> pa.Column:
    """Return a column of text that a spreadsheet shows as it stands."""
    return pa.Column(TEXT, _PLAIN if empty else [pa.Check.str_length(min_value=1, error="some text"), _PLAIN])


def address() -> pa.Column:
    """Return a column of addresses of the web, or nothing."""
    return pa.Column(TEXT, [_PLAIN, _ADDRESS])


def word(*allowed: str) -> pa.Column:
    """Return a column of these words."""
    return pa.Column(TEXT, pa.Check.isin(allowed))


def number(high: float = 1e12, *, low: float = SMALLEST, empty: bool = False) -> pa.Column:
    """Return a column of numbers above 0."""
    allowed = f"a number above 0, at most {high:,.0f} and no less than {low:g}"
    return pa.Column(float, pa.Check.in_range(low, high, error=allowed), nullable=empty)


def whole(low: int, high: int) -> pa.Column:
    """Return a column of whole numbers."""
    return pa.Column(int, pa.Check.in_range(low, high, error=f"a whole number from {low:,} to {high:,}"))


def day() -> pa.Column:
    """Return a column of days."""
    first, last = "2020-01-01", "2040-01-01"
    allowed = f"a day from {first} to {last}"
    return pa.Column("datetime64[ns]", pa.Check.in_range(pd.Timestamp(first), pd.Timestamp(last), error=allowed))


def kept_in(allowed: Iterable[str]) -> pa.Check:
    """Return the check that each parameter stands in one of its units, such as "provisioned_power in kW"."""
    listed = sorted(allowed)
    return pa.Check(
        lambda rows: (rows["parameter"] + " in " + rows["unit"]).isin(listed),
        error="a parameter in its unit",
        statistics={"columns": ("parameter", "unit"), "allowed_values": listed},
    )


def table(
    columns: Mapping[str, pa.Column], *key: str, checks: Sequence[pa.Check] = (), optional: Collection[str] = ()
) -> pa.DataFrameSchema:
    """Return a table of these columns and no other.

    A figure that has a status must have a source as well, unless it is an estimate or assumed.

    Args:
        columns: The columns by name.
        *key: The columns that together stand only once.
        optional: The columns that a file may leave out.
        checks: What must hold between the cells of a row; `statistics["columns"]` names those that a refusal shows.
    """
    sourced = pa.Check(
        lambda rows: (rows["source"] != "") | rows["status"].isin(["estimate", "assumed"]),
        error="a source, unless the figure is an estimate or assumed",
        statistics={"columns": ("status", "source")},
    )
    for name in optional:
        columns[name].required = False
    return pa.DataFrameSchema(
        dict(columns),
        checks=[*checks, sourced] if {"status", "source"} <= columns.keys() else list(checks),
        unique=list(key) or None,
        report_duplicates="exclude_first",
        strict=True,
    )
