"""One of the two things that are compared: what went in, what was concluded, and the numbers by their places."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.machinery.press.conclusions import Conclusion
from analysis.machinery.press.numbers import Entry


@dataclass(frozen=True)
class Part:
    """A report of a build, or what is computed from a snapshot or a vintage.

    Attributes:
        name: Scenario and notebook, or what is computed.
        inputs: Values by kind ("parameters", "data", "code", "versions") and name: texts, and hashes of files.
        conclusions: By their names.
        numbers: By the places where they are shown.
    """

    name: str
    inputs: Mapping[str, Mapping[str, str]]
    conclusions: Mapping[str, Conclusion]
    numbers: Mapping[str, Entry]


@dataclass(frozen=True)
class State:
    """All of one side.

    Attributes:
        kind: "build", "snapshot" or "vintage".
        name: As it was asked for.
        parts: By name.
        notes: What must be known of it, such as reports that are not as they were written.
    """

    kind: str
    name: str
    parts: Mapping[str, Part]
    notes: tuple[str, ...] = ()


def telling(entry: Entry, numerator: str) -> Entry:
    """Return the entry of a ratio with a name that says of what, other entries as they are.

    Args:
        entry: A number.
        numerator: Name of what it was computed from first; empty where nothing is known of it.
    """
    if entry.formula != "ratio" or not numerator:
        return entry
    whose = entry.name.removeprefix("ratio")
    return entry.model_copy(update={"name": f"ratio of {numerator.partition(',')[0]}{whose}"})
