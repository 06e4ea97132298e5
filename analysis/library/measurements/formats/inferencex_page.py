"""Reads the CSV export of InferenceX's pages, whose heads may say ms where the cells are seconds.

Source of the format: https://github.com/SemiAnalysisAI/InferenceX-app, packages/app/src/lib/csv-export-helpers.ts.
Lines of license stand before the head, and the last line has no end. Newer heads speak of chips in place of GPUs and
of model and lengths, which older ones leave to the reader.
"""

import csv
import re
from typing import Any

from analysis.errors import InputError
from analysis.library.loading.fields import checked
from analysis.library.measurements.document import Document
from analysis.library.measurements.format import Format, Runs
from analysis.library.measurements.formats.inferencex import PUBLISHER, run_of_address
from analysis.library.measurements.formats.inferencex_aggregate import Aggregate, run_of

COLUMNS = {
    "model": "model",
    "isl": "isl",
    "osl": "osl",
    "hardware key": "hw",
    "framework": "framework",
    "precision": "precision",
    "tp": "tp",
    "ep": "ep",
    "dp attention": "dp_attention",
    "concurrency": "conc",
    "date": "date",
    "throughput": "tput_per_gpu",
    "output throughput": "output_tput_per_gpu",
    "input throughput": "input_tput_per_gpu",
    "median ttft": "median_ttft",
    "p99 ttft": "p99_ttft",
    "median tpot": "median_tpot",
    "p99 tpot": "p99_tpot",
    "median interactivity": "median_intvty",
    "median e2e latency": "median_e2el",
    "disaggregated": "disagg",
    "num prefill": "num_prefill_gpu",
    "num decode": "num_decode_gpu",
    "spec decoding": "spec_decoding",
    "is multinode": "is_multinode",
}
"""Heads without their units and without GPUs or chips, and the keys of an aggregated result that say the same."""
_UNIT = re.compile(r"\s*\([^)]*\)$")
_CHIPS = re.compile(r"[/ ](gpus?|chips?)$")
_WHOLE, _AMOUNT = re.compile(r"\d{1,18}"), re.compile(r"\d+\.?\d*(e[+-]?\d+)?|\d*\.\d+(e[+-]?\d+)?")


def begins(text: str) -> bool:
    """Return whether a text is an export of these pages."""
    return {"hardware key", "concurrency", "throughput"} <= set(_heads(text))


def read(document: Document) -> Runs:
    """Return the runs of an export.

    Raises:
        InputError: A row is not what it must be.
    """
    heads, runs = _heads(document.text), []
    for number, line in _lines(document.text)[1:]:
        place = f"{document.path}, line {number}"
        cells = next(csv.reader([line]))
        if len(cells) != len(heads):
            raise InputError(f"{place}: found {len(cells)} cells, allowed are {len(heads)}, as in the head")
        row = dict(zip(heads, cells, strict=True))
        values = {key: _plain(row[head]) for head, key in COLUMNS.items() if row.get(head, "") != ""}
        values["hw"] = str(values.get("hw", "")).partition("_")[0]
        values |= {name: str(values[name]) for name in ("precision", "framework", "model") if name in values}
        values["run_id"] = run_of_address(row.get("run url") or None)
        runs.append(run_of(checked(Aggregate, values, place), place))
    if not runs:
        raise InputError(f"{document.path}: found no rows below the head")
    return Runs(tuple(runs))


def _lines(text: str) -> list[tuple[int, str]]:
    numbered = enumerate(text.splitlines(), start=1)
    return [(number, line) for number, line in numbered if line.strip() and not line.startswith("#")]


def _heads(text: str) -> list[str]:
    lines = _lines(text[:20_000])
    cells = next(csv.reader([lines[0][1]])) if lines else []
    return [_CHIPS.sub("", _UNIT.sub("", cell).strip().lower()) for cell in cells]


def _plain(cell: str) -> Any:
    if _WHOLE.fullmatch(cell):
        return int(cell)
    return float(cell) if _AMOUNT.fullmatch(cell) else cell


FORMAT = Format(
    name="an export of InferenceX's pages",
    command="the CSV button of https://inferencex.semianalysis.com",
    begins=begins,
    runs=read,
    publisher=PUBLISHER,
)
