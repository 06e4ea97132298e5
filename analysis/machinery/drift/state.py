"""The two sides that are compared: inputs, conclusions, and numbers by the places that show them."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.machinery.press.conclusions import Conclusion
from analysis.machinery.press.numbers import Entry


@dataclass(frozen=True)
class ReportState:
    """A report of a build, or what is computed from a snapshot or a vintage."""

    name: str  # scenario and notebook, or what is computed
    # Values by kind ("parameters", "data", "code", "versions") and name: texts, and hashes of files.
    inputs: Mapping[str, Mapping[str, str]]
    conclusions: Mapping[str, Conclusion]
    numbers: Mapping[str, Entry]  # by the places where they are shown


@dataclass(frozen=True)
class State:
    """One side of a comparison: its reports, or what is computed in place of reports."""

    kind: str  # "build", "snapshot" or "vintage"
    name: str  # as the user names it
    parts: Mapping[str, ReportState]
    # What a reader must know of it, such as reports that have changed since they were written.
    notes: tuple[str, ...] = ()


def telling(entry: Entry, numerator: str) -> Entry:
    """Return the entry of a ratio with the name of its numerator in its own name; other entries unchanged."""
    if entry.formula != "ratio" or not numerator:
        return entry
    whose = entry.name.removeprefix("ratio")
    return entry.model_copy(update={"name": f"ratio of {numerator.partition(',')[0]}{whose}"})
