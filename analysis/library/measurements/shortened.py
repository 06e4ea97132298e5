"""Reads large JSON in pieces and leaves out its long arrays: what each request did, which no row is made of."""

import re
from pathlib import Path

from analysis.errors import InputError
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
