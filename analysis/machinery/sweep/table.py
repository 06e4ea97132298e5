"""Scenarios as a Parquet file that says what its columns are, in which unit, and where they come from."""

import io
from collections.abc import Collection, Mapping
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.frontier.curves import Floats
from analysis.library.quantities import quantity
from analysis.machinery.sweep.axes import ROLES, number_axes
from analysis.machinery.sweep.chain import Coded, ResultColumn
from analysis.machinery.sweep.design import Columns
from analysis.machinery.sweep.verdict import COST, LEVELIZED, ratio_columns

COMPRESSION = "zstd"
ALWAYS = ("interactivity", "utilization")


def parquet(
    columns: Columns, results: Mapping[str, ResultColumn], named: Collection[str], about: Mapping[str, str]
) -> bytes:
    """Return a Parquet file of some scenarios: their number, the parameters that are named, and every result.

    The same scenarios give the same bytes. Words are dictionary columns; each column's metadata hold its unit, and
    those of the file what it is about.
    """
    arrays = {"scenario": pa.array(np.arange(columns.start, columns.start + columns.count))}
    arrays |= {name: _words(Coded(columns.codes[name], words)) for name, words in columns.words.items()}
    shown = [name for name in number_axes() if name in named or name in ALWAYS]
    arrays |= {name: _numbers(np.broadcast_to(columns.amounts[name], columns.count)) for name in shown}
    arrays |= {
        name: _words(result) if isinstance(result, Coded) else _numbers(result) for name, result in results.items()
    }
    fields = [pa.field(name, array.type, metadata=described_column(name)) for name, array in arrays.items()]
    table = pa.Table.from_arrays(list(arrays.values()), schema=pa.schema(fields, metadata=dict(about)))
    file = io.BytesIO()
    dictionaries = [name for name, array in arrays.items() if pa.types.is_dictionary(array.type)]
    pq.write_table(table, file, compression=COMPRESSION, compression_level=1, use_dictionary=dictionaries)
    return file.getvalue()


def metadata(file: str | IO[bytes]) -> dict[str, str]:
    """Return the metadata of a file, by key."""
    about = pq.read_schema(file).metadata
    return {key.decode(): value.decode() for key, value in about.items() if key != b"ARROW:schema"}


def described_column(column: str) -> dict[str, str]:
    """Return what a column is and its unit, empty where it has none."""
    if column in ratio_columns():
        return {"name": f"ratio of {quantity(ratio_columns()[column]).name}", "unit": ""}
    if column in number_axes():
        return {"name": column.replace("_", " "), "unit": number_axes()[column].unit}
    role, _, key = column.partition("_")
    key = COST if key == LEVELIZED + COST else key
    if role in ROLES and key and key not in ("reason", "caution", "series"):
        return {"name": f"{quantity(key).name} of the {role}", "unit": quantity(key).unit}
    return {"name": column.replace("_", " "), "unit": ""}


def _words(coded: Coded) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(coded.codes), pa.array(list(coded.words), pa.string()))


def _numbers(numbers: Floats) -> pa.Array:
    return pa.array(numbers, pa.float64(), from_pandas=False)
