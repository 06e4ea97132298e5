"""The register of a report's numbers: what stands behind each one, in the order in which a reader meets them."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from analysis.errors import InputError
from analysis.exhibits.marks import marks_in
from analysis.library.loading.fields import checked
from analysis.machinery.press.outputs import Output


def _finite(value: Any) -> Any:
    """JSON has no word for what is not a number."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


class Source(BaseModel):
    """Where a number was read."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    url: str = ""

    @property
    def link(self) -> str:
        """The address if it is one of the web, else nothing."""
        return self.url if self.url.startswith(("https://", "http://")) else ""


class Entry(BaseModel):
    """One number and its derivation.

    Attributes:
        id: The same wherever the number stands.
        text: The number as shown, in its most exact form.
        value: The number unrounded, None where there is none.
        unit: Its unit.
        name: What it is, in words.
        formula: Name of the equation that made it; empty if it was not computed.
        latex: The equation's right-hand side, if the notebook does not show the equation itself.
        substitution: The right-hand side with values filled in.
        inputs: Identifiers of what it was computed from.
        status: How far it can be trusted.
        cautions: Statuses that taint it, its own or an input's.
        as_of: The day from which it holds.
        sources: Where it was read.
        place: Where it stands in the project's data.
        note: What its source says about it.
        position: Its number in the appendix, from 1.
        shown: Whether the report shows it, rather than only something made from it.
    """

    model_config = ConfigDict(frozen=True)

    id: Annotated[str, Field(pattern=r"^n[0-9A-Za-z]+$")]
    text: str
    value: Annotated[float | None, BeforeValidator(_finite)]
    unit: str = ""
    name: str
    formula: Annotated[str, Field(pattern=r"^\w*$")] = ""
    latex: str = ""
    substitution: str = ""
    inputs: tuple[str, ...] = ()
    status: str = ""
    cautions: tuple[str, ...] = ()
    as_of: str = ""
    sources: tuple[Source, ...] = ()
    place: str = ""
    note: str = ""
    position: int = 0
    shown: bool = False


Register = Mapping[str, Entry]


def register(outputs: Iterable[Output]) -> Register:
    """Return all numbers by identifier: those shown in order of appearance, then what they rest on.

    Raises:
        InputError: A number is shown without a record, an input has none, or two records share an identifier.
    """
    entries: dict[str, Entry] = {}
    shown: dict[str, str] = {}
    for output in outputs:
        if output.about is None:
            continue
        for entry in checked(list[Entry], output.about.numbers, f"{output.place}, numbers"):
            _enter(entries, entry, output.place)
        for identifier in _identifiers(output):
            shown.setdefault(identifier, output.place)
    for identifier, place in shown.items():
        if identifier not in entries:
            raise InputError(f"{place}: shows the number {identifier!r}, and no output says what stands behind it")
    for entry in entries.values():
        for identifier in entry.inputs:
            if identifier not in entries:
                raise InputError(f"number {entry.id!r} ({entry.name}): its input {identifier!r} has no record")
    order = [*shown, *(identifier for identifier in entries if identifier not in shown)]
    return {
        identifier: entries[identifier].model_copy(update={"position": position, "shown": identifier in shown})
        for position, identifier in enumerate(order, start=1)
    }


def to_json(register: Register) -> str:
    """Return the register as JSON text: one list in the appendix's order, a number a line."""
    entries = [json.dumps(entry.model_dump(), ensure_ascii=False, allow_nan=False) for entry in register.values()]
    return "[\n" + ",\n".join(entries) + "\n]\n"


def sources(register: Register) -> dict[Source, int]:
    """Return every source of the numbers once, with its position in the list of sources, from 1."""
    found = dict.fromkeys(source for entry in register.values() for source in entry.sources)
    return {source: position for position, source in enumerate(found, start=1)}


def gathered(listed: Iterable[Source]) -> list[Source]:
    """Return each publication once, with all of its parts that were read: no derivation on paper leads to one."""
    parts: dict[str, list[Source]] = {}
    for source in listed:
        parts.setdefault(source.id, []).append(source)
    return [
        each[0]
        if len(each) == 1
        else Source(
            id=name,
            title=", ".join(
                [each[0].title, *(source.title.rpartition("; ")[2] for source in each[1:] if "; " in source.title)]
            ),
            url=each[0].url.rpartition("/")[0],
        )
        for name, each in parts.items()
    ]


def _identifiers(output: Output) -> Iterator[str]:
    """Yield the numbers of an output in reading order; a figure shows its caption, not its HTML."""
    if about := output.about:
        for text in ("" if about.kind == "figure" else output.html, about.caption, about.note):
            yield from (number.id for number in marks_in(text))


def _enter(entries: dict[str, Entry], entry: Entry, place: str) -> None:
    """Note an entry; the same number may come again with fewer or more digits, but not as another number."""
    known = entries.setdefault(entry.id, entry)
    if known == entry:
        return
    if known.model_copy(update={"text": entry.text}) != entry:
        raise InputError(f"{place}: the number {entry.id!r} is {entry.name!r} here and {known.name!r} elsewhere")
    if len(entry.text) > len(known.text):
        entries[entry.id] = entry
