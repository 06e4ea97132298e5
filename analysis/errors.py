"""What a reader is told when something from outside cannot be used."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_MESSAGE = 4_000


class PlainError(Exception):
    """Something that a user is told without a traceback.

    What was found may be anything, so signs that a terminal would act on are written out, and a long message is cut.
    """

    def __init__(self, message: str) -> None:
        """Keep the message as it may be shown."""
        super().__init__(_plain(message))

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows in place of a traceback."""
        return [str(self)]


class InputError(PlainError, ValueError):
    """Something from outside (a file, a parameter, a row, a claim) cannot be used as it is.

    The message names the place, what was found and what is allowed.
    """


class WorkError(PlainError, RuntimeError):
    """Work that had begun could not be done to its end; the message names what it was."""


def in_words(error: BaseException) -> str:
    """Return an error in words: those made for a reader say it themselves, of any other its kind is told."""
    if isinstance(error, PlainError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.strerror or error}" + (f": {error.filename}" if error.filename else "")
    return f"{type(error).__name__}: {error}"


def nearest(found: str, allowed: Iterable[str]) -> str:
    """Return a hint that names the nearest allowed word, or all of them where none is near.

    A letter that only looks like one of the word's is named.
    """
    words = sorted({str(word) for word in allowed})
    same = [word for word in words if word.casefold() == found.casefold()]
    close = same or get_close_matches(found, words, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?{_look_alike(found, close[0])}"
    return "allowed: " + ", ".join(words)


def _look_alike(found: str, meant: str) -> str:
    strange = next((letter for letter in found if not letter.isascii() and letter not in meant), "")
    return f" (found {strange!r}, {unicodedata.name(strange, 'a sign without a name')})" if strange else ""


def _plain(message: str) -> str:
    if not message.isprintable():
        head, *rest = (
            "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)
            for line in message.split("\n")
        )
        # A message that lists things indents them; any other line break came with what was found.
        message = head + "".join(f"\n{line}" if line.startswith("  ") else rf"\n{line}" for line in rest)
    if len(message) <= LONGEST_MESSAGE:
        return message
    half = LONGEST_MESSAGE // 2
    return f"{message[:half]} ... {message[-half:]}"
