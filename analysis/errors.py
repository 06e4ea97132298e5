"""What a reader is told when something from outside cannot be used."""

from collections.abc import Iterable
from difflib import get_close_matches


class InputError(ValueError):
    """Something from outside (a file, a parameter, a row, a claim) cannot be used as it is.

    The message names the place, what was found and what is allowed; a user sees it without a traceback.
    """


def nearest(found: str, allowed: Iterable[str]) -> str:
    """Return a hint that names the nearest allowed word, or all of them where none is near.

    Args:
        found: The word that was not understood.
        allowed: The words that would have been.
    """
    words = sorted({str(word) for word in allowed})
    close = get_close_matches(found, words, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    return "allowed: " + ", ".join(words)
