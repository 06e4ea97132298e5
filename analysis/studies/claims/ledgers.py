"""Reads a ledger of published statements: the shipped ones by name, or a user's own file."""

import datetime
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.errors import InputError, nearest
from analysis.library.loading import cells, file, plain_yaml
from analysis.library.loading.fields import checked
from analysis.library.quantities import Quoted, quantity
from analysis.library.sources import Library
from analysis.library.values import Source, Status, Value
from analysis.studies.claims.claim import Claim, Point, monomial
from analysis.studies.claims.entry import Entry
from analysis.studies.claims.rounding import Printed, printed
from analysis.studies.claims.rounding.direction import directed
from analysis.studies.claims.rounding.units import factor

FOLDER = "claims"
DEFAULT = "published"
MOST = 200  # each is held against all others
_SIGNS = ("", "x", "%")


def names(library: Library) -> list[str]:
    """Return the names of the shipped ledgers."""
    return [path.stem for path in file.files(library.folder / FOLDER, "*") if path.suffix in (".csv", ".yaml")]


def ledger(library: Library, name: str | Path = DEFAULT) -> list[Claim]:
    """Return the claims of a ledger, in their order.

    Raises:
        InputError: No such ledger, or an entry is not understood; the message names the place.
    """
    path = _found(library, name)
    shown = f"data/{FOLDER}/{path.name}" if path.parent == library.folder / FOLDER else str(path)
    content = file.content_of(path, shown, most=plain_yaml.LARGEST, missing="no such ledger file")
    entries = _entries(path.suffix, content, shown)
    if len(entries) > MOST:
        raise InputError(f"{shown}: found {len(entries):,} claims, allowed are {MOST}")
    claims: dict[str, Claim] = {}
    for place, values in entries.items():
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


@lru_cache(maxsize=64)
def _entries(suffix: str, content: bytes, place: str) -> dict[str, Mapping[str, Any]]:
    """The entries of a ledger, by their places."""
    if suffix == ".csv":
        head, *rows = cells.split(content, place)
        return {
            f"{place}, line {cells.line(index)}": {key: word for key, word in zip(head, row, strict=True) if word}
            for index, row in enumerate(rows)
        }
    document = plain_yaml.parse(content, place)
    if surplus := [key for key in document if key != "claims"]:
        raise InputError(f"{place}: unknown key {surplus[0]!r}; allowed: claims")
    listed = document.get("claims")
    if not isinstance(listed, list):
        raise InputError(f"{place}: found no list under 'claims'")
    return {f"{place}, claim {position}": values for position, values in enumerate(listed, start=1)}


def _claim(library: Library, written: Entry, place: str) -> Claim:
    try:
        monomial(written.quantity)
        for role in ("subject", "baseline"):
            _platform(library, written, role)
        figure, tokens, is_turned = _figure(written)
        if not figure.interval[1] > 0:
            raise InputError(f"printed figure {written.printed!r}: leaves no value above 0, and all quantities are")
        entry = written.turned() if is_turned else written
        platforms = {
            role: _platform(library, entry, role) for role in ("subject", "baseline") if getattr(entry, role)
        }
        point = _point(entry, tokens)
    except InputError as error:
        raise InputError(f"{place}: {error}") from None
    source = library.sources.get(entry.source)
    if source is None and entry.date is None:
        raise InputError(f"{place}: the source {entry.source!r} is not in data/sources.csv, so a date must be given")
    day = entry.date or datetime.date.fromisoformat(source.published if source else "")
    value = Value(
        figure.value,
        quantity("ratio" if entry.baseline else entry.quantity),
        " / ".join(platforms.values()),
        Status.QUOTED,
        sources=(source or Source(entry.source, entry.source, "", "", day.isoformat()),),
        as_of=day.isoformat(),
        place=place,
        note=figure.phrase,
        printed=entry.printed,
    )
    return Claim(
        *(entry.id, entry.group, Quoted(entry.statement), entry.quantity, entry.subject, entry.baseline, figure),
        *(entry.not_stated, point, day, value, entry.model),
        stated={role: _stated(entry, role, platforms.get(role, ""), value) for role in ("subject", "baseline")},
        baseline_date=entry.baseline_date,
        names={getattr(entry, role): name for role, name in platforms.items()},
        claimant=entry.claimant,
        read=entry.read,
        hinges_on=entry.hinges_on,
    )


def _figure(entry: Entry) -> tuple[Printed, str, bool]:
    """The printed figure in its quantity's unit, the tokens that it names, whether the platforms change places."""
    of = quantity(entry.quantity)
    if not entry.baseline:
        figure = printed(entry.printed, entry.bound)
        size, tokens = factor(figure.unit, of)
        if entry.gpus != 1 and "GPU" not in of.unit:
            raise InputError(f"gpus: found {entry.gpus}, but {of.name} is not per GPU")
        size /= entry.gpus
        return figure.scaled(size) if size != 1 else figure, tokens, False
    way = directed(entry.printed, less_is_better=of.better == "lower")
    figure = printed(way.figure, entry.bound)
    if figure.unit not in _SIGNS:
        raise InputError(
            f"printed figure {entry.printed!r}: found {figure.unit!r} behind the number of a ratio; understood are "
            "'35x', '35x lower', '97% lower', '88% more', '1/35' and the like"
        )
    moved = {"reduced": figure.reduced, "increased": figure.increased}.get(way.way)
    return moved() if moved else figure, "", way.way == "turned"


def _platform(library: Library, entry: Entry, role: str) -> str:
    """The name of a platform: that of the figures, or the one that the entry gives it; empty where it names none."""
    key, name = getattr(entry, role), getattr(entry, f"{role}_name")
    if not key or (name and key not in library.platforms):
        return str(name)
    return library.platform(key).name


def _point(entry: Entry, tokens: str) -> Point:
    if tokens and entry.tokens and tokens != entry.tokens:
        raise InputError(f"tokens: found {entry.tokens!r}; the printed figure says {tokens!r}")
    given = {field.name: getattr(entry, field.name) for field in fields(Point) if hasattr(entry, field.name)}
    return Point(**{**given, "tokens": tokens or entry.tokens})


def _stated(entry: Entry, role: str, platform: str, figure: Value) -> dict[str, Value]:
    """The price and the power that a statement names itself, as quoted values."""
    amounts = {
        "price_per_gpu_hour": getattr(entry, f"{role}_price"),
        "power_per_gpu": getattr(entry, f"{role}_power"),
    }
    return {
        key: Value(
            amount, quantity(key), platform, Status.QUOTED, {"assumptions": "as stated"}, figure.sources,
            figure.as_of, figure.place, "as stated with the figure",
        )
        for key, amount in amounts.items()
        if amount is not None
    }  # fmt: skip
