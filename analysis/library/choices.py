"""Values that the analysis chose or assumed where no source gives one: points, limits and inputs of models."""

from functools import cache
from pathlib import Path

import pandas as pd

from analysis.errors import InputError, nearest
from analysis.library.loading import columns
from analysis.library.loading.tables import line, read_table
from analysis.library.places import DATA
from analysis.library.quantities import QUANTITIES, Quantity, quantity
from analysis.library.values import Status, Value

FILE = "choices.csv"
SCHEMA = columns.table(
    {
        "parameter": columns.text(empty=False),
        "subject": columns.text(empty=False),
        "value": columns.number(1e6),
        "unit": columns.text(empty=False),
        "status": columns.word(Status.CHOSEN, Status.ASSUMED),
        "note": columns.text(),
    },
    "parameter",
    "subject",
    "value",
    checks=[columns.kept_in(f"{key} in {vocabulary.unit or '1'}" for key, vocabulary in QUANTITIES.items())],
)


def choices(parameter: str, subject: str, folder: Path = DATA) -> list[Value]:
    """Return all values of a parameter that were chosen or assumed for a subject, in the table's order.

    Raises:
        InputError: The table has none.
    """
    if not (values := _choices(parameter, subject, folder)):
        listed = {f"{row.parameter} of {row.subject}" for row in _table(folder).itertuples()}
        raise InputError(
            f"data/{FILE}: no {parameter} of {subject!r}; {nearest(f'{parameter} of {subject}', listed)}"
        )
    return list(values)


def choice(parameter: str, subject: str, folder: Path = DATA) -> Value:
    """Return the first value of a parameter that was chosen or assumed for a subject.

    Raises:
        InputError: The table has none.
    """
    return choices(parameter, subject, folder)[0]


def known_choice(parameter: str, subject: str, folder: Path = DATA) -> Value | None:
    """Return the first value of a parameter that was chosen or assumed for a subject; None where there is none."""
    return next(iter(_choices(parameter, subject, folder)), None)


@cache
def _choices(parameter: str, subject: str, folder: Path) -> tuple[Value, ...]:
    table = _table(folder)
    rows = table[(table["parameter"] == parameter) & (table["subject"] == subject)]
    return tuple(_value(row, quantity(parameter)) for _, row in rows.iterrows())


def _value(row: pd.Series, of: Quantity) -> Value:
    return Value(
        float(row["value"]), of, row["subject"], Status(row["status"]), place=f"data/{FILE}, line {line(row.name)}",
        note=row["note"], printed=f"{row['value']:,.10g}" if of.style == "plain" else "",
    )  # fmt: skip


@cache
def _table(folder: Path) -> pd.DataFrame:
    return read_table(folder / FILE, SCHEMA)
