"""Reads a ledger of published statements: the shipped ones by name, or a user's own file."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from analysis.errors import InputError, nearest
from analysis.library.loading import cells, file, plain_yaml
from analysis.library.loading.fields import AsNumber, Day, large_enough, no_formula, visible
from analysis.library.loading.outside import checked
from analysis.library.loading.schemas import PRECISIONS, SPECULATIVE_DECODING
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Source, Status, Value
from analysis.studies.claims.claim import Claim, Point, monomial
from analysis.studies.claims.rounding import BOUNDS, printed

FOLDER = "claims"
DEFAULT = "published"
MOST = 200  # each is held against all others
Visible, NoFormula = AfterValidator(visible), AfterValidator(no_formula)
Line = Annotated[str, Field(max_length=500), Visible, NoFormula]
Words = Annotated[str, Field(min_length=1, max_length=500), Visible, NoFormula]
Tokens = Annotated[int, Field(ge=1, le=10_000_000), AsNumber]
Stack = Literal["", *PRECISIONS]  # type: ignore[valid-type]
Decoding = Literal["", *SPECULATIVE_DECODING]  # type: ignore[valid-type]


class Entry(BaseModel):
    """A row of a ledger: what must be given, and what may be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,63}$")]
    statement: Words
    quantity: Words
    subject: Words
    printed: Annotated[str, Field(min_length=1, max_length=60), Visible]
    source: Words
    baseline: Line = ""
    bound: Literal[*BOUNDS] = "equal"  # type: ignore[valid-type]
    group: Literal["table", "prose"] = "table"
    not_stated: Line = ""
    date: Day | None = None
    input_tokens: Tokens | None = None
    output_tokens: Tokens | None = None
    interactivity: (
        Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False), AfterValidator(large_enough), AsNumber] | None
    ) = None
    subject_precision: Stack = ""
    baseline_precision: Stack = ""
    subject_speculative_decoding: Decoding = ""
    baseline_speculative_decoding: Decoding = ""
    measurement: Line = ""


def names(library: Library) -> list[str]:
    """Return the names of the shipped ledgers."""
    return [path.stem for path in file.files(library.folder / FOLDER, "*") if path.suffix in (".csv", ".yaml")]


def ledger(library: Library, name: str | Path = DEFAULT) -> list[Claim]:
    """Return the claims of a ledger, in their order.

    Args:
        library: The figures, among them the platforms and sources that claims name.
        name: Name of a shipped ledger, or the path of a CSV or YAML file.

    Raises:
        InputError: No such ledger, or an entry is not understood; the message names the place.
    """
    path = _found(library, name)
    shown = f"data/{FOLDER}/{path.name}" if path.parent == library.folder / FOLDER else str(path)
    content = file.content_of(path, shown, most=plain_yaml.LARGEST, missing="no such ledger file")
    entries = list(_entries(path.suffix, content, shown))
    if len(entries) > MOST:
        raise InputError(f"{shown}: found {len(entries):,} claims, allowed are {MOST}")
    claims: dict[str, Claim] = {}
    for place, values in entries:
        claim = _claim(library, checked(Entry, values, place), place)
        if claim.id in claims:
            raise InputError(f"{place}: the id {claim.id!r} stands here again")
        claims[claim.id] = claim
    if not claims:
        raise InputError(f"{shown}: holds no claim")
    return list(claims.values())


def _found(library: Library, name: str | Path) -> Path:
    if Path(name).suffix in (".csv", ".yaml", ".yml"):
        return Path(name)
    for suffix in (".csv", ".yaml"):
        if name in names(library) and (path := library.folder / FOLDER / f"{name}{suffix}").is_file():
            return path
    raise InputError(f"no ledger {str(name)!r}; {nearest(str(name), names(library))}, or a CSV or YAML file")


def _entries(suffix: str, content: bytes, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if suffix == ".csv":
        head, *rows = cells.split(content, place)
        for index, row in enumerate(rows):
            given = {key: word for key, word in zip(head, row, strict=True) if word}
            yield f"{place}, line {cells.line(index)}", given
        return
    document = plain_yaml.parse(content, place)
    if surplus := [key for key in document if key != "claims"]:
        raise InputError(f"{place}: unknown key {surplus[0]!r}; allowed: claims")
    listed = document.get("claims")
    if not isinstance(listed, list):
        raise InputError(f"{place}: found no list under 'claims'")
    for position, values in enumerate(listed, start=1):
        yield f"{place}, claim {position}", values


def _claim(library: Library, entry: Entry, place: str) -> Claim:
    try:
        figure = printed(entry.printed, entry.bound)
        if not figure.interval[1] > 0:
            raise InputError(f"printed figure {entry.printed!r}: leaves no value above 0, and all quantities are")
        monomial(entry.quantity)
        platforms = [library.platform(key).name for key in (entry.subject, entry.baseline) if key]
    except InputError as error:
        raise InputError(f"{place}: {error}") from None
    source = library.sources.get(entry.source)
    if source is None and entry.date is None:
        raise InputError(f"{place}: the source {entry.source!r} is not in data/sources.csv, so a date must be given")
    day = entry.date or datetime.date.fromisoformat(source.published if source else "")
    value = Value(
        figure.value,
        quantity("ratio" if entry.baseline else entry.quantity),
        " / ".join(platforms),
        Status.QUOTED,
        sources=(source or Source(entry.source, entry.source, "", "", day.isoformat()),),
        as_of=day.isoformat(),
        place=place,
        note=figure.phrase,
        printed=entry.printed,
    )
    point = Point(**{field.name: getattr(entry, field.name) for field in fields(Point)})
    return Claim(
        entry.id, entry.group, entry.statement, entry.quantity, entry.subject, entry.baseline, figure,
        entry.not_stated, point, day, value,
    )  # fmt: skip
