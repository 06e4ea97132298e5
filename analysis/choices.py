"""What the analysis chose or assumed because no source gives it: points, limits and the inputs of its models."""

from functools import cache
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.errors import InputError, nearest
from analysis.quantities import quantity
from analysis.sources import DATA
from analysis.tables import line, read
from analysis.values import Status, Value

FILE = "choices.csv"
SCHEMA = pa.DataFrameSchema(
    {
        "parameter": pa.Column(str, pa.Check.str_length(min_value=1)),
        "subject": pa.Column(str, pa.Check.str_length(min_value=1)),
        "value": pa.Column(float, pa.Check.in_range(0, 1e6, include_min=False)),
        "unit": pa.Column(str),
        "status": pa.Column(str, pa.Check.isin([Status.CHOSEN, Status.ASSUMED])),
        "note": pa.Column(str),
    },
    checks=pa.Check(
        lambda table: _units(table["parameter"]) == table["unit"], error="unit of the quantity, 1 if none"
    ),
    unique=["parameter", "subject", "value"],
    strict=True,
)


def choices(parameter: str, subject: str, folder: Path = DATA) -> list[Value]:
    """Return all values of a parameter that were chosen or assumed for a subject, in the table's order.

    Args:
        parameter: Key of a quantity.
        subject: What it is for, as the table says.
        folder: The data folder.

    Raises:
        InputError: The table has none.
    """
    table = _table(folder)
    found = table[(table["parameter"] == parameter) & (table["subject"] == subject)]
    if found.empty:
        known = {f"{row.parameter} of {row.subject}" for row in table.itertuples()}
        raise InputError(f"data/{FILE}: no {parameter} of {subject!r}; {nearest(f'{parameter} of {subject}', known)}")
    of = quantity(parameter)
    return [
        Value(
            float(row["value"]), of, subject, Status(row["status"]), place=f"data/{FILE}, line {line(index)}",
            note=row["note"], printed=f"{row['value']:,.10g}" if of.style == "plain" else "",
        )
        for index, row in found.iterrows()
    ]  # fmt: skip


def choice(parameter: str, subject: str, folder: Path = DATA) -> Value:
    """Return the first value of a parameter that was chosen or assumed for a subject.

    Raises:
        InputError: The table has none.
    """
    return choices(parameter, subject, folder)[0]


def _units(parameters: pd.Series) -> pd.Series:
    return parameters.map(lambda key: quantity(key).unit or "1")


@cache
def _table(folder: Path) -> pd.DataFrame:
    return read(folder / FILE, SCHEMA)
