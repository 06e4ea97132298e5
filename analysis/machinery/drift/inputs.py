"""What went into both sides and is not the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.machinery.drift.state import Part


@dataclass(frozen=True)
class Input:
    """Something that went in and is another one.

    Attributes:
        kind: "parameters", "data", "code" or "versions".
        name: Of the parameter, file or package.
        before: As it was; empty where there was none.
        after: As it is; empty where there is none.
        parts: The reports that it went into.
    """

    kind: str
    name: str
    before: str
    after: str
    parts: tuple[str, ...]


def differing(pairs: Iterable[tuple[str, Part, Part]]) -> Iterator[Input]:
    """Yield what went in and differs, each once, with the reports that it went into."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for part, one, other in pairs:
        for kind in one.inputs:
            before, after = one.inputs[kind], other.inputs.get(kind, {})
            for name in dict.fromkeys([*before, *after]):
                if before.get(name) != after.get(name):
                    found.setdefault((kind, name, before.get(name, ""), after.get(name, "")), []).append(part)
    for (kind, name, *values), parts in found.items():
        yield Input(kind, name, values[0], values[1], tuple(parts))
