"""What reports answer, by name: as their notebooks declare it, and side by side for several scenarios."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from analysis.exhibits.statements import Cell, Shown, say
from analysis.exhibits.tables import table
from analysis.library.quantities import Quoted, quantity
from analysis.library.values import Status, Value
from analysis.scenario import Parameters, Scenario

SUMMARY = "summary.json"
NOT_STATED = "none"


class Answer(BaseModel):
    """One answer of a report: a word, or an amount of a quantity.

    Attributes:
        label: What is answered, as the head of a column says it.
        text: The answer in words; empty for an amount.
        quantity: Key of the quantity of an amount.
        number: The amount, in its unit.
        subject: What it is a property of.
        cautions: How far it cannot be trusted.
        as_of: The day from which it holds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    text: str = ""
    quantity: str = ""
    number: float = 0.0
    subject: str = ""
    cautions: list[str] = []
    as_of: str = ""

    def cell(self, report: str) -> Cell:
        """Return it as a table shows it; its derivation stands in the report."""
        if not self.quantity:
            return Quoted(self.text)
        status = Status(min(self.cautions)) if self.cautions else Status.DERIVED
        return Value(
            self.number, quantity(self.quantity), self.subject, status, as_of=self.as_of, place=f"report {report}",
            note="as that report derives it",
        )  # fmt: skip


def answered(scenarios: Sequence[Scenario], reports: Iterable[str], output: Path) -> dict[str, Any]:
    """Return the title of each report, and what it answers in each scenario; without reports that declare nothing.

    Args:
        scenarios: The scenarios.
        reports: Names of their reports.
        output: The folder of all reports.
    """
    found: dict[str, Any] = {}
    for report in reports:
        paths = {scenario.name: output / scenario.name / report / SUMMARY for scenario in scenarios}
        summaries = {name: json.loads(path.read_text("utf-8")) for name, path in paths.items() if path.is_file()}
        by_name = {name: summary["answers"] for name, summary in summaries.items() if summary.get("answers")}
        if by_name:
            found[report] = {"title": next(iter(summaries.values()))["title"], "answers": by_name}
    return found


def side_by_side(scenarios: Sequence[Scenario], answers: Mapping[str, Any]) -> list[Shown | str]:
    """Return a table a report: each scenario with the parameters in which they differ, and its answers by name."""
    shown: list[Shown | str] = []
    asked = differing(scenarios)
    for report, found in answers.items():
        by_name = {name: [Answer.model_validate(one) for one in given] for name, given in found["answers"].items()}
        labels = list(dict.fromkeys(answer.label for given in by_name.values() for answer in given))
        rows = [
            [name, *(column[place] for column in asked.values()), *_row(name, report, by_name, labels)]
            for place, name in enumerate(scenario.name for scenario in scenarios)
        ]
        shown += [
            f"## {found['title']}",
            say(
                "What each scenario asks differently, and what the report answers to it.", role="answer", finding=True
            ),
            table(
                f"answers-{report}",
                "Scenarios, the parameters in which they differ, and their answers.",
                ["Scenario", *asked, *labels],
                rows,
                note="Each answer is derived in the report of its scenario.",
            ),
        ]
    return shown


def differing(scenarios: Sequence[Scenario]) -> dict[str, list[Cell]]:
    """Return every parameter in which scenarios differ, by its name in words: what each of them states."""
    stated = {name: [getattr(scenario, name) for scenario in scenarios] for name in Parameters.model_fields}
    return {
        in_words(name): [_said(value) for value in values]
        for name, values in stated.items()
        if any(value != values[0] for value in values)
    }


def in_words(name: str) -> str:
    """Return the name of a parameter as the head of a column."""
    words = name.replace("_", " ").replace("ttft", "TTFT")
    return words[:1].upper() + words[1:]


def _said(value: Any) -> Cell:
    if value is None or value in ([], {}):
        return NOT_STATED
    if isinstance(value, float | int) and not isinstance(value, bool):
        return Quoted(f"{value:,g}")
    if isinstance(value, list):
        return Quoted("; ".join(str(_plain(one)) for one in value))
    return Quoted(str(value))


def _plain(value: Any) -> Any:
    if not isinstance(value, BaseModel):
        return value
    return ", ".join(f"{part}" for part in value.model_dump(mode="json").values() if part not in (None, ""))


def _row(name: str, report: str, by_name: Mapping[str, Sequence[Answer]], labels: Sequence[str]) -> list[Cell]:
    given = {answer.label: answer.cell(f"{name}/{report}") for answer in by_name.get(name, ())}
    return [given.get(label, "no answer") for label in labels]
