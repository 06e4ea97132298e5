"""Which files of the project a report is made from: those that its kernel opened, and the modules of its cells."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.util import source_from_cache
from pathlib import Path

from analysis.library.places import DATA, PACKAGE
from analysis.machinery.press.fingerprints import CODE_PREFIX, DATA_PREFIX, files, places

_NAME = rf"{PACKAGE.name}(?:\.\w+)*"
IMPORTED = re.compile(
    rf"^[ \t]*(?:from[ \t]+({_NAME})[ \t]+import[ \t]+(\([^)]*\)|.*)|import[ \t]+(.*))", re.MULTILINE
)
MODULE, WORD = re.compile(rf"\b{_NAME}"), re.compile(r"\w+")


def opened(log: Iterable[str], data: Path = DATA) -> set[str]:
    """Return the files of data and code among those that a kernel opened, by their paths below the project.

    The folder of data that it listed, or in which it opened something, counts as well, with a slash at its end: a
    file that appears there may be one that was looked for.
    """
    known, folders = _places(data)
    used: set[str] = set()
    for path in map(_source, map(Path, log)):
        for place in map(Path, _both(path)):
            used.add(known.get(str(place), ""))
            used.add(next((folders[str(folder)] for folder in (place, *place.parents) if str(folder) in folders), ""))
    return used - {""}


def modules(*sources: str) -> set[str]:
    """Return the files of this package that sources import, and those that these import in turn.

    Imports within functions count. With a module go the files beside and below it that are none,
    such as templates.

    Returns:
        Paths below the project.
    """
    code = {path for path in files() if path.startswith(CODE_PREFIX)}
    found: set[str] = set()
    wanted = {name for source in sources for name in imported(source)}
    while wanted:
        paths = {path for name in wanted for path in _paths(name) if path in code} - found
        found |= paths
        wanted = {name for path in paths for name in _imported(path)}
    folders, others = ({path.rpartition("/")[0] for path in paths if path.endswith(".py")} for paths in (found, code))
    beside = (path for path in code if not path.endswith(".py"))
    return found | {path for path in beside if next(folder for folder in _above(path) if folder in others) in folders}


def imported(source: str) -> Iterator[str]:
    """Yield the names of this package's modules that a source imports, and some that are no modules."""
    for package, parts, plain in IMPORTED.findall(source):
        yield from MODULE.findall(plain)
        if package:
            yield package
            yield from (f"{package}.{word}" for word in WORD.findall(parts))


@cache
def _places(data: Path) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return which file of the project lies at a place, and which folder of data, by its path in the project."""
    names = places(data)
    known = {place: name for name, path in names.items() for place in _both(path)}
    folders = {
        place: f"{parent}/"
        for name, path in names.items()
        if name.startswith(DATA_PREFIX)
        for parent, folder in zip(_above(name), path.parents, strict=False)
        for place in _both(folder)
    }
    return known, folders


@cache
def _imported(path: str) -> frozenset[str]:
    return frozenset(imported((PACKAGE.parent / path).read_text(encoding="utf-8")))


def _paths(name: str) -> Iterator[str]:
    """Yield the paths that a module of a name can have, and those of the packages above it."""
    whole = name.replace(".", "/")
    yield f"{whole}.py"
    yield from (f"{package}/__init__.py" for package in (whole, *_above(whole)))


def _above(path: str) -> list[str]:
    """Return the folders above a path, the nearest first."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]


def _both(path: Path) -> tuple[str, str]:
    """Return a path as it was named, and as it is where links lead elsewhere."""
    return str(path), os.path.realpath(path)


def _source(path: Path) -> Path:
    """Return a module's source for its bytecode."""
    try:
        return Path(source_from_cache(path)) if path.suffix == ".pyc" else path
    except ValueError:
        return path
