"""Which words and signs may stand around the digits of a printed figure, and what do they mean?"""

import re
from collections.abc import Iterable
from typing import Literal, get_args

from analysis.studies.claims.rounding.numerals import POWER_OF_MAGNITUDE

Bound = Literal["equal", "about", "at least", "at most", "nearly"]
BOUNDS: tuple[Bound, ...] = get_args(Bound)

_BOUND_WORDS: dict[Bound, str] = {
    "about": "about, approximately, approx., approx, around, circa, ca., close to, roughly, ~, ∼, ≈",
    "at least": "at least, above, greater than, more than, no less than, over, >=, ≥, >",
    "at most": "at most, below, less than, no more than, under, up to, <=, ≤, <",
    "nearly": "almost, just under, nearly",
}
BOUND_OF = {word: bound for bound, words in _BOUND_WORDS.items() for word in words.split(", ")}
CURRENCY_OF = {
    **{"us$": "USD", "$": "USD", "€": "EUR", "£": "GBP"},
    **{code.lower(): code for code in ("USD", "EUR", "GBP", "CNY", "JPY")},
}
UNIT_OF_SIGN = {
    **CURRENCY_OF,
    **dict.fromkeys(("x", "×", "times"), "x"),
    **dict.fromkeys(("%", "percent", "per cent"), "%"),
}
# Behind a figure these change what it says: taken for units, they would hide it.
NOT_UNITS = (
    frozenset(POWER_OF_MAGNITUDE)
    | frozenset(CURRENCY_OF)
    | {
        *("about", "approx", "approximately", "around", "circa", "roughly"),
        *("least", "max", "maximum", "minimum", "minus", "most", "not", "plus"),
        *("and", "dozen", "e", "hundred", "mn", "or", "to"),
    }
)


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern of the words in either case, longest first, none ending inside a longer word.

    Case is folded for ASCII only: Unicode would let a dotless i or a long s through, which no table knows.
    """
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(f"(?ai:{re.escape(word)})" + (r"(?!\w)" if word[-1].isalnum() else "") for word in ordered)


BOUND = re.compile(rf"\s*({_any_of(BOUND_OF)})")
CURRENCY = re.compile(rf"\s*({_any_of(CURRENCY_OF)})")
SIGN = re.compile(rf"\s*({_any_of(UNIT_OF_SIGN)})")
TO = re.compile(rf"\s*([-‐‑–—−]|{_any_of(['to'])})")
OR_MORE = re.compile(rf"\s*(\+|{_any_of(['or more', 'or higher'])})")
# Only letters that no script counts with: "½" and "万" are numbers and must not pass for units.
UNIT_WORD = re.compile(r"\s*([/·]|[A-Za-zµμΩ°][A-Za-z0-9µμΩ²³]*(?:[.^*-][A-Za-z0-9]+)*(?!\w)\.?)")
# Letters and digits grown onto the figure ("4K9", "6to8"), and an exponent that stands apart ("5 e3").
HIDDEN_NUMBER = re.compile(r"[A-Za-z]+[0-9]|\s*(?:[eE]|to)[0-9]")
JOINER = re.compile(r"(?:/|·|(?<!\w)per)$")
AMOUNT = re.compile(r"\s*(1[KMB]|thousand|million|billion)(?!\w)")
END = re.compile(r"\s*$")
