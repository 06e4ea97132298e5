"""Which rows can be believed: corrections of a source's rows, each with its evidence, and what is in doubt."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.library.loading.quality import gpus
from analysis.library.loading.schemas import STACK

TWIN = [*STACK[:3], "input_tokens", "output_tokens", "gpus"]
SAME_CONCURRENCY, SAME_INTERACTIVITY = 0.03, 0.05
"""How near, relatively, two runs with and without MTP stand that are one and the same."""


def pooled(evaluations: pd.DataFrame, sound: float, near: pd.Series) -> pd.DataFrame:
    """Return the evaluations of each stack together, in the order of the stacks, but never across a repair.

    Evaluations whose days follow one another are one state of a stack as long as all of them, or none, reach the
    sound share; of several states the one nearest to the stack's rows counts. `evaluations` counts them, `questions`
    and `correct` are their sums, `accuracy`, `lowest` and `highest` shares of right answers in the unit 1, `first`
    and `last` days, and `begin` and `end` the indexes of the first and the last one. Where some evaluations of a
    state reach the sound share and others do not, it is `mixed`: no share stands for all, and the lowest is told.

    Args:
        evaluations: Of one model, in the order of stack and day.
        sound: Share of right answers from which on a stack can be believed, in the unit 1.
        near: The day of the rows of each stack, by stack.
    """
    columns = ["task", "source", "date", "correct", "questions"]
    task, source, date, correct, questions = (evaluations[column].to_numpy() for column in columns)
    days_of_rows, share, pools = near.to_dict(), correct / questions, []
    for stack, of_stack in evaluations.groupby(list(STACK)).indices.items():
        days, day = np.unique(date[of_stack], return_inverse=True)
        reached = np.array([share[of_stack[day == place]].min() >= sound for place in range(len(days))])
        state = np.cumsum(np.diff(reached, prepend=reached[0]))[day]
        distance = np.abs(date[of_stack] - np.datetime64(days_of_rows.get(stack, days[-1])))
        places = of_stack[state == state[distance.argmin()]]
        shares = share[places]
        mixed = bool(shares.max() >= sound > shares.min())
        told = places[[shares.argmin()]] if mixed else places
        asked, right = int(questions[told].sum()), int(correct[told].sum())
        pools.append(
            dict(zip(STACK, stack, strict=True))
            | {"task": task[places[0]], "evaluations": len(places), "questions": asked, "correct": right}
            | {"first": date[places].min(), "last": date[places].max(), "accuracy": right / asked}
            | {"lowest": shares.min(), "highest": shares.max(), "mixed": mixed}
            | {"begin": evaluations.index[told].min(), "end": evaluations.index[told].max()}
            | {"source": source[places[0]]}
        )
    return pd.DataFrame(pools)


def nearest_accuracy(rows: pd.DataFrame, evaluations: pd.DataFrame) -> pd.DataFrame:
    """Return the accuracy of each row's stack on the day nearest to the row's own, and that day.

    Of several evaluations of a day the lowest counts; of two days that are equally near the one of lower accuracy. A
    stack that was never evaluated has none.

    Args:
        rows: Benchmark rows.
        evaluations: Of one model: a stack, `date`, `questions` and `correct` each.

    Returns:
        With the index of the rows: `accuracy` in the unit 1, and `evaluated`, a day.
    """
    accuracy = np.full(len(rows), np.nan)
    evaluated = np.full(len(rows), np.datetime64("NaT"), dtype="datetime64[ns]")
    shares = evaluations.assign(share=evaluations["correct"] / evaluations["questions"])
    days = shares.groupby([*STACK, "date"], as_index=False)["share"].min().sort_values("share", kind="stable")
    date, day, lowest = rows["date"].to_numpy(), days["date"].to_numpy(), days["share"].to_numpy()
    by_stack = days.groupby(list(STACK)).indices
    for stack, places in rows.groupby(list(STACK)).indices.items():
        if stack in by_stack:
            of_stack = by_stack[stack]
            chosen = of_stack[np.abs(date[places, None] - day[of_stack][None, :]).argmin(axis=1)]
            accuracy[places], evaluated[places] = lowest[chosen], day[chosen]
    return pd.DataFrame({"accuracy": accuracy, "evaluated": evaluated}, index=rows.index)


def with_soundness(rows: pd.DataFrame, evaluations: pd.DataFrame, sound: float) -> pd.DataFrame:
    """Return the rows with `accuracy`, `evaluated`, `label_doubt`, and `suspect` where their stack answers wrongly.

    Args:
        rows: Benchmark rows with the column `suspect`, a reason or empty.
        evaluations: As for `nearest_accuracy`.
        sound: Share of right answers from which on a stack can be believed, in the unit 1.
    """
    nearest = nearest_accuracy(rows, evaluations)
    wrong = (nearest["accuracy"] < sound) & (rows["suspect"] == "")
    told = "its stack answered " + (100 * nearest["accuracy"]).map("{:.3g}%".format) + " of GSM8K on "
    told += nearest["evaluated"].dt.strftime("%Y-%m-%d")
    suspect = rows["suspect"].mask(wrong, told)
    return rows.assign(**nearest, suspect=suspect, label_doubt=labels_in_doubt(rows))


def labels_in_doubt(rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Return for each row whether it says "none" of speculative decoding and yet runs as its twin with MTP does.

    Twins are of one platform, framework, precision, workload and number of GPUs, at nearly the same concurrency. With
    MTP a user is served faster, so a row without it that is as fast within 5% is labeled wrongly, or MTP gained
    nothing: either way no gain can be told from the pair.
    """
    marked = rows.assign(gpus=gpus(rows), place=np.arange(len(rows)))
    columns = [*TWIN, "concurrency", "interactivity_median", "place"]
    without = marked.loc[rows["speculative_decoding"] == "none", columns]
    pairs = without.merge(marked.loc[rows["speculative_decoding"] == "mtp", columns], on=TWIN, suffixes=("", "_twin"))
    same = np.ones(len(pairs), dtype=bool)
    for column, near in (("concurrency", SAME_CONCURRENCY), ("interactivity_median", SAME_INTERACTIVITY)):
        same &= ((pairs[column] / pairs[f"{column}_twin"] - 1).abs() <= near).to_numpy()
    doubted = np.zeros(len(rows), dtype=bool)
    doubted[pairs.loc[same, "place"].to_numpy()] = True
    return doubted


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
