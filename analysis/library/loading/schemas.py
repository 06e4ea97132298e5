"""What each table of `data/` must hold: types, units, ranges, allowed words and unique keys.

The columns themselves stand in `schemas.csv` beside this module, one a line: `cell` says whether its cells may be
empty, or the file may leave it out. Which platforms and sources exist is data too: `analysis.library.sources` checks
those references.
"""

import csv
from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from analysis.library.loading.columns import column, kept_in, table

NOT_PUBLISHED = "not published"
FRAMEWORKS = ("sglang", "trt", "vllm", "dynamo-sglang", "dynamo-trt", "dynamo-vllm", "mori-sglang", "atom")
"""Those that a report lists first, whether measured or not; rows may name any other."""
SPECULATIVE_DECODING = ("none", "mtp")  # those that claims name; rows may name any other
POWER = ("joules_per_output_token", "average_power")
"""What few sources measure: energy at the GPU boards, in J per output token, and their mean power, in W per GPU."""
OWN = ("fill", "repeats", "throughput_spread", "interactivity_spread")
"""What is told of one's own rows: the share of the nominal lengths that the requests had, of how many repeats a row
is the median, and how far those lie apart, (highest - lowest) / median."""
STACK = ("hardware", "framework", "precision", "speculative_decoding")
SERIES = (*STACK, "input_tokens", "output_tokens")
CONFIGURATION = (
    *SERIES,
    *("disaggregated", "multinode"),
    *(f"{role}_{part}" for role in ("prefill", "decode") for part in ("tp", "ep", "dp_attention", "workers", "gpus")),
    "concurrency",
)
_BETWEEN = {
    "evaluations": pa.Check(
        lambda rows: rows["correct"] <= rows["questions"],
        error="at most all questions correct",
        statistics={"columns": ("correct", "questions")},
    ),
    "market_prices": pa.Check(
        lambda rows: rows["value"].isna() == (rows["status"] == NOT_PUBLISHED),
        error="a value, or the status 'not published'",
        statistics={"columns": ("value", "status")},
    ),
    "operating_costs": pa.Check(
        lambda rows: ~((rows["low"] > rows["value"]) | (rows["value"] > rows["high"])),
        error="a value between low and high",
        statistics={"columns": ("low", "value", "high")},
    ),
    "uncertain_inputs": pa.Check(
        lambda rows: (rows["low"] < rows["high"]) | (rows["low"].isna() & rows["high"].isna()),
        error="low below high, or neither",
        statistics={"columns": ("low", "high")},
    ),
}
"""What must hold between the cells of a row, by table."""


def _schema(name: str, lines: list[dict[str, str]]) -> pa.DataFrameSchema:
    words = {line["column"]: [word for word in line["words"].split("; ") if word] for line in lines}
    columns = {
        line["column"]: column(
            line["kind"], line["low"], line["high"], words[line["column"]], empty=line["cell"] != ""
        )
        for line in lines
    }
    units = [kept_in(words[line["column"]]) for line in lines if line["kind"] == "unit"]
    return table(
        columns,
        *(line["column"] for line in lines if line["key"]),
        checks=[*units, *([_BETWEEN[name]] if name in _BETWEEN else [])],
        optional=[line["column"] for line in lines if line["cell"] == "absent"],
    )


with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as listed:
    TABLES = {
        name: _schema(name, list(lines)) for name, lines in groupby(csv.DictReader(listed), itemgetter("table"))
    }
BENCHMARK = TABLES.pop("benchmark")
PRECISIONS: tuple[str, ...] = tuple(BENCHMARK.columns["precision"].checks[0].statistics["allowed_values"])


def series_name(row: Mapping[str, Any] | pd.Series) -> str:
    """Return the name of a row's series as curves give it: framework, precision and decoding, if any."""
    return " ".join(row[name] for name in STACK[1:]).removesuffix(" none")
