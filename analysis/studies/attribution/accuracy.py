"""Whether a change of precision or decoding costs accuracy, and which stacks answer too little to be trusted."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis import formulas
from analysis.comparison.proportions import (
    Answers,
    Finding,
    equivalence_p_value,
    finding,
    newcombe_interval,
    wilson_interval,
)
from analysis.formulas.lifecycle import PERCENT
from analysis.library.choices import choice
from analysis.library.loading.schemas import series_name
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Status, Value, calculate

TABLE = "accuracy"
FEATURES = ("precision", "speculative_decoding")
_UNTESTED = ((math.nan, math.nan), math.nan)
Suspects = Mapping[tuple[str, str], Value]
"""Accuracies of stacks that answer too little to be trusted, by platform and series, as `suspects` returns them."""


@dataclass(frozen=True)
class Difference:
    """The accuracy of a stack after a change against the same stack before it."""

    hardware: str
    framework: str
    rest: str  # the feature that is the same on both sides: precision or speculative decoding
    value: Value  # the difference, in percentage points; its inputs are the two accuracies
    low: Value  # lower end of its interval, in percentage points
    high: Value  # upper end, in percentage points
    p_value: Value  # of the test of equivalence
    finding: Finding  # what the interval and the test say of the same questions, asked again
    of_any: Finding  # what they say of any questions of this kind, of which all evaluations ask the same sample

    def is_suspect(self, suspects: Suspects) -> bool:
        """Return whether one of the two stacks answers too little to be trusted."""
        stack = f"{self.framework} {self.rest}"
        return any(hardware == self.hardware and series.startswith(stack) for hardware, series in suspects)

    @property
    def ends(self) -> tuple[Value, Value]:
        """The accuracy before and after the change."""
        return self.value.inputs["accuracy_before"], self.value.inputs["accuracy_after"]


def differences(library: Library, feature: str, before: str, after: str) -> list[Difference]:
    """Return the difference of accuracy that one change makes, for each stack that was evaluated with and without it.

    The feature is one of `FEATURES`. The questions of all evaluations of a stack are pooled. They are the same in
    every evaluation, but which of them were answered rightly is not published, so the two shares are taken as
    independent. That tells of the same questions, asked again; of any questions only one evaluation's worth of them
    tells.
    """
    rest = FEATURES[1 - FEATURES.index(feature)]
    table = library.accuracy.rename_axis("place").reset_index()
    keys = ["hardware", "framework", rest, "task"]
    pairs = table[table[feature] == before].merge(table[table[feature] == after], on=keys, suffixes=("", "_after"))
    rows = library.accuracy
    return [
        _difference(library, rest, rows.loc[first], rows.loc[second])
        for first, second in zip(pairs["place"], pairs["place_after"], strict=True)
    ]


def suspects(library: Library) -> dict[tuple[str, str], Value]:
    """Return the evaluated stacks that answer far fewer questions rightly than most, by platform and series.

    Far fewer: the whole interval lies more than the margin of equivalence below the median of all stacks. Something
    else than the change under study is wrong there, and speed that was measured with it is in doubt.
    """
    table, confidence = library.accuracy, choice("confidence", TABLE).number
    least = table["accuracy"].median() - choice("equivalence_margin", TABLE).number / PERCENT
    return {
        (row["hardware"], series_name(row)): _accuracy(library, row, "accuracy")
        for _, row in table.iterrows()
        if wilson_interval(_answers(row), confidence)[1] < least
    }


def _difference(library: Library, rest: str, before: pd.Series, after: pd.Series) -> Difference:
    confidence, margin = choice("confidence", TABLE), choice("equivalence_margin", TABLE)
    apart = before["mixed"] or after["mixed"]
    interval, p_value = _UNTESTED if apart else _test(_answers(after), _answers(before))
    of_any = _UNTESTED if apart else _test(_one_evaluation(after), _one_evaluation(before))
    again, in_general = (
        Finding.APART if apart else finding(*tested, confidence.number) for tested in ((interval, p_value), of_any)
    )
    value = calculate(
        formulas.accuracy_difference,
        accuracy_after=_accuracy(library, after, "accuracy_after"),
        accuracy_before=_accuracy(library, before, "accuracy_before"),
    )
    low, high = (
        _tested(value, "accuracy_difference", PERCENT * end, f"{side} end of Newcombe's interval", confidence)
        for side, end in zip(("lower", "upper"), interval, strict=True)
    )
    return Difference(
        before["hardware"], before["framework"], before[rest], value, low, high,
        _tested(value, "equivalence_p_value", p_value, "two one-sided tests", margin), again, in_general,
    )  # fmt: skip


def _test(after: Answers, before: Answers) -> tuple[tuple[float, float], float]:
    """The interval of the difference, and the p-value of the test of equivalence."""
    confidence, margin = choice("confidence", TABLE).number, choice("equivalence_margin", TABLE).number
    return newcombe_interval(after, before, confidence), equivalence_p_value(after, before, margin / PERCENT)


def _tested(value: Value, key: str, number: float, note: str, chosen: Value) -> Value:
    return Value(
        number, quantity(key), value.subject, Status.DERIVED, sources=value.sources, as_of=value.as_of, note=note,
        inputs={"accuracy_difference": value, chosen.quantity.key: chosen},
    )  # fmt: skip


def _answers(row: pd.Series) -> Answers:
    return Answers(int(row["correct"]), int(row["questions"]))


def _one_evaluation(row: pd.Series) -> Answers:
    """The answers to the questions of one evaluation, at the share of all."""
    return Answers(round(row["correct"] / row["evaluations"]), round(row["questions"] / row["evaluations"]))


def _accuracy(library: Library, row: pd.Series, key: str) -> Value:
    told = f"{series_name(row)}: {row['correct']:,} of {row['questions']:,} questions, {row['task'].upper()}"
    of = f", the lowest of {row['evaluations']} evaluations" if row["mixed"] else ""
    value = library.evaluated(row, key)
    return replace(value, subject=f"{value.subject}, {series_name(row)}", kinds={}, note=told + of)
