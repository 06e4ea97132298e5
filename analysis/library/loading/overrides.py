"""Corrections of a source's rows, each with its reason and its evidence: data, applied when rows are loaded."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

CORRECTED = "speculative_decoding"
SUSPECT = "suspect"
_STATED = ("hardware", "framework", "precision", "speculative_decoding", "input_tokens", "output_tokens",
           "decode_gpus", "concurrency")  # fmt: skip


def corrected(rows: pd.DataFrame, overrides: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows as corrected, with the column `suspect`, and which override was applied to which row.

    An override names rows by their run, hardware and what else it states; a cell that it leaves empty is any. Of
    the column `speculative_decoding` it replaces the word; of `suspect` it says why the row may not answer. A row
    that the source has corrected itself since holds another word, and is left as it is.

    Returns:
        The rows with `suspect`, a reason or empty; and the overrides that were applied, a line for each row, with the
        row's index in `row`.
    """
    words, reasons = rows[CORRECTED].to_numpy(dtype=object).copy(), np.full(len(rows), "", dtype=object)
    applied: list[NDArray[np.intp]] = []
    for override in overrides.to_dict("records"):
        places = _named(rows, override)
        if override["column"] == SUSPECT:
            reasons[places] = override["reason"]
        else:
            words[places] = override["to"]
        applied.append(places)
    changed = overrides.loc[overrides.index.repeat([len(places) for places in applied])]
    listed = changed.assign(row=rows.index[np.concatenate(applied)]).reset_index(drop=True)
    return rows.assign(**{CORRECTED: words.astype(str), SUSPECT: reasons.astype(str)}), listed


def _named(rows: pd.DataFrame, override: Mapping[Hashable, Any]) -> NDArray[np.intp]:
    """The places of the rows that an override is about: those of its run that hold every cell that it states."""
    places = np.arange(len(rows))
    for column in ("run_id", *_STATED):
        wanted = override[column]
        if len(places) and not pd.isna(wanted) and wanted != "":
            places = places[rows[column].to_numpy()[places] == wanted]
    return places
