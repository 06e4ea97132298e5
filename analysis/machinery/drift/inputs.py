"""The inputs that differ between two sides: parameters, data, code and versions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.machinery.drift.state import Pair


@dataclass(frozen=True)
class Input:
    """An input that differs between two sides.

    Attributes:
        kind: "parameters", "data", "code" or "versions".
        name: Of the parameter, file or package.
        before: Its value or hash on the earlier side; empty where it has none.
        after: Likewise on the later side.
        parts: The reports that it went into.
    """

    kind: str
    name: str
    before: str
    after: str
    parts: tuple[str, ...]


def differing_inputs(pairs: Iterable[Pair]) -> Iterator[Input]:
    """Yield each input that differs once, with the reports that it went into."""
    reports: dict[tuple[str, str, str, str], list[str]] = {}
    for pair in pairs:
        for kind in pair.before.inputs:
            before, after = pair.before.inputs[kind], pair.after.inputs.get(kind, {})
            for name in dict.fromkeys([*before, *after]):
                if before.get(name) != after.get(name):
                    key = (kind, name, before.get(name, ""), after.get(name, ""))
                    reports.setdefault(key, []).append(pair.name)
    for (kind, name, was, now), names in reports.items():
        yield Input(kind, name, was, now, tuple(names))
