"""Reads a file of measurements as JSON, JSON lines or text; of large JSON the long arrays are left out."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from analysis.errors import InputError
from analysis.library.loading import file
from analysis.library.loading.fields import excerpt, parse_json
from analysis.library.loading.file import LARGEST

PIECE = 4_000_000
LONGEST = 4_000_000
"""Bytes of an array, what was left out of it aside, from which on it is left out; the outermost one never is."""
_OUTSIDE, _INSIDE = re.compile(rb'["\[\]{}]'), re.compile(rb'["\\]')
_OPENS, _ARRAY = b"[{", ord("[")


def shortened(path: Path) -> bytes:
    """Return the content of a JSON file, or of one of JSON lines, with `null` in place of long arrays.

    Memory holds what is kept and one piece of the file. Whether it is JSON at all is for the parser to say.

    Raises:
        InputError: What is left is larger than a file may be.
    """
    kept = _Kept()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            kept.add(piece)
            if len(kept.content) > LARGEST:
                raise InputError(
                    f"{path}: {path.stat().st_size:,} bytes, of which more than {LARGEST:,} are no long arrays"
                )
    return bytes(kept.content)


class _Kept:
    """What was kept of the pieces so far, and where in the document they ended."""

    def __init__(self) -> None:
        self.content = bytearray()
        self._open: list[tuple[int, int]] = []  # kind of bracket and where it stands in the content
        self._left_out = 0  # depth of the array that is being left out; 0 where none is
        self._is_text = self._is_escaped = False

    def add(self, piece: bytes) -> None:
        place = start = 0
        while place < len(piece):
            if self._is_escaped:
                self._is_escaped, place = False, place + 1
                continue
            sign = (_INSIDE if self._is_text else _OUTSIDE).search(piece, place)
            if sign is None:
                break
            place = sign.end()
            value = piece[place - 1]
            if value == ord('"'):
                self._is_text = not self._is_text
            elif value == ord("\\"):
                self._is_escaped = True
            elif value in _OPENS:
                self._keep(piece[start:place])
                start = place
                self._open.append((value, len(self.content) - 1))
            elif self._open:
                self._keep(piece[start:place])
                start = place
                self._close()
        self._keep(piece[start:])

    def _keep(self, part: bytes) -> None:
        if self._left_out:
            return
        self.content += part
        begun = [(depth, at) for depth, (kind, at) in enumerate(self._open, 1) if kind == _ARRAY and depth > 1]
        if begun and len(self.content) - begun[0][1] > LONGEST:
            # The innermost one that holds most of it: of requests within a benchmark, the requests.
            depth, at = next((depth, at) for depth, at in begun[::-1] if len(self.content) - at > LONGEST / 2)
            del self.content[at:]
            self.content += b"null"
            self._left_out = depth

    def _close(self) -> None:
        if self._left_out == len(self._open):
            self._left_out = 0
        self._open.pop()


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
