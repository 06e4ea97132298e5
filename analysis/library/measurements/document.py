"""Reads a file of measurements as JSON, as JSON lines or as text, whatever its name says."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from analysis.errors import InputError
from analysis.library.loading import file
from analysis.library.loading.fields import excerpt, parse_json
from analysis.library.measurements.shortened import shortened

LARGE = 16_000_000  # bytes from which on a JSON file is shortened as it is read


@dataclass(frozen=True)
class Document:
    """A file of measurements."""

    path: Path
    entries: tuple[tuple[str, Any], ...] = ()
    text: str = ""


def inside(value: Any, *path: str) -> Any:
    """Return what stands at a path of keys in a JSON value; None where nothing does."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def read_document(path: Path) -> Document:
    """Return a file of measurements.

    Raises:
        InputError: It cannot be read, is larger than allowed, or begins as JSON and is none.
    """
    content = _content(path)
    if content.lstrip()[:1] not in (b"{", b"[", b'"') and path.suffix.lower() not in (".json", ".jsonl"):
        return Document(path, text=_text(content, path))
    lines = [line for line in content.splitlines() if line.strip()]
    if len(lines) > 1 and _is_json(lines[0]):
        places = [f"{path}, line {number}" for number, _ in enumerate(lines, start=1)]
        read = [parse_json(line, place, endless=True) for line, place in zip(lines, places, strict=True)]
        return Document(path, tuple(zip(places, read, strict=True)))
    value = parse_json(content, str(path), endless=True)
    if isinstance(value, list):
        return Document(path, tuple((f"{path}, [{place}]", entry) for place, entry in enumerate(value)))
    if not isinstance(value, dict):
        raise InputError(f"{path}: found {excerpt(value)}, allowed is a JSON object or an array of them")
    return Document(path, ((str(path), value),))


def _content(path: Path) -> bytes:
    if file.is_file(path) and path.stat().st_size > LARGE:
        with path.open("rb") as begun:
            if begun.read(1_000).lstrip()[:1] in (b"{", b"["):
                return shortened(path)
    return file.content_of(path)


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(from_json(line), dict)
    except ValueError:
        return False


def _text(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: unknown format: not UTF-8 text ({error.reason} at byte {error.start})") from None
