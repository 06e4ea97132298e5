"""The measured rows of a model as the page holds them: columns of numbers, the oldest row first, and their series."""

import math
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison.contenders import LIMITS
from analysis.frontier.limits import COLUMNS
from analysis.frontier.measured import days, series_columns
from analysis.frontier.tokens import KINDS, Gpus, Tokens, throughput
from analysis.library.loading.origins import origin_of
from analysis.library.loading.schemas import CONFIGURATION, series_name
from analysis.library.quantities import workload
from analysis.library.sources import Library
from analysis.library.values import CAUTIONS

Kind = tuple[Tokens, Gpus]


def kind_key(kind: Kind) -> str:
    """Return the word for a kind of throughput in an address and in the page's data."""
    tokens, gpus = kind
    return tokens if gpus == "all" else f"{tokens}-{gpus}"


def measured(library: Library) -> dict[str, Any]:
    """Return the rows of a library as plain JSON: `series` and, by name, `columns` of one entry for each row."""
    rows = library.benchmark
    rows = rows.assign(day=days(rows)).sort_values(["day", "run_id"], kind="stable")
    by = list(series_columns(rows))
    number = rows.groupby(by, sort=False).ngroup()
    columns = {
        "series": number,
        "configuration": rows.groupby(list(dict.fromkeys([*CONFIGURATION, *by])), sort=False).ngroup(),
        "day": (rows["day"] - pd.Timestamp(0)).dt.days,
        "sound": (rows["suspect"] == "").astype(int),
        "interactivity": rows["interactivity_median"],
        **{kind_key(kind): throughput(rows, *kind) for kind in KINDS},
        **{name: rows[COLUMNS[name]] for name in LIMITS},
    }
    return {
        "series": [_series(library, alike) for _, alike in rows.groupby(number, sort=False)],
        "columns": {name: _cells(column) for name, column in columns.items()},
    }


def ranges(library: Library) -> dict[str, list[float]]:
    """Return the interactivities that a sound row of each workload reaches, whole and rounded outward."""
    sound = library.benchmark[library.benchmark["suspect"] == ""]
    reached = sound.groupby(["input_tokens", "output_tokens"])["interactivity_median"].agg(["min", "max"])
    return {
        workload(*lengths): [float(np.floor(low)), float(np.ceil(high))]
        for lengths, (low, high) in zip(reached.index, reached.to_numpy(), strict=True)
    }


def _series(library: Library, rows: pd.DataFrame) -> dict[str, Any]:
    first = rows.iloc[0]
    statuses = {origin_of(library.origins, index).status for index in rows.index}
    publishers = library.benchmark["publisher"].unique()
    name = series_name(first)
    return {
        "platform": first["hardware"],
        "workload": workload(first["input_tokens"], first["output_tokens"]),
        "name": f"{name} ({first['publisher']})" if len(publishers) > 1 else name,
        "precision": first["precision"],
        "speculative_decoding": first["speculative_decoding"],
        "cautions": sorted(str(status) for status in statuses & CAUTIONS),
    }


def _cells(column: pd.Series) -> list[float | None] | None:
    """A column as a list, with None where a row has no number; None where no row has one."""
    if column.isna().all():
        return None
    return [None if math.isnan(number) else number for number in column.tolist()]
