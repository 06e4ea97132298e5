"""Corrections of a source's rows, each with its reason and its evidence: data, applied when rows are loaded."""

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
    applied: list[pd.Series] = []
    for _, override in overrides.iterrows():
        for place in np.flatnonzero(_named(rows, override)):
            if override["column"] == SUSPECT:
                reasons[place] = override["reason"]
            else:
                words[place] = override["to"]
            applied.append(pd.concat([override, pd.Series({"row": rows.index[place]})]))
    listed = pd.DataFrame(applied, columns=[*overrides.columns, "row"]).reset_index(drop=True)
    return rows.assign(**{CORRECTED: words.astype(str), SUSPECT: reasons.astype(str)}), listed


def _named(rows: pd.DataFrame, override: pd.Series) -> NDArray[np.bool_]:
    """Which rows an override is about: those of its run that hold every word and number that it states."""
    named = np.ones(len(rows), dtype=bool)
    for column in ("run_id", *_STATED):
        wanted = override[column]
        if not pd.isna(wanted) and wanted != "":
            named &= (rows[column] == wanted).to_numpy()
    return named
