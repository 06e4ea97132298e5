"""Which words, signs and digits make a printed figure, what do they mean, and which of the digits count?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

Bound = Literal["equal", "about", "at least", "at most", "nearly"]
BOUNDS: tuple[Bound, ...] = get_args(Bound)

_BOUND_WORDS: dict[Bound, str] = {
    "about": "about, approximately, approx., approx, around, circa, ca., close to, roughly, ~, ∼, ≈",
    "at least": "at least, above, greater than, more than, no less than, over, >=, ≥, >",
    "at most": "as many as, as much as, at most, below, less than, no more than, under, up to, <=, ≤, <",
    "nearly": "almost, just under, nearly",
}
BOUND_OF = {word: bound for bound, words in _BOUND_WORDS.items() for word in words.split(", ")}
PEAK_WORDS = ("as many as", "as much as", "up to")
"""Words of "at most" that say that the figure is reached somewhere, too."""
POWER_OF_MAGNITUDE = {
    **{"k": 3, "m": 6, "b": 9, "bn": 9, "t": 12},
    **{"thousand": 3, "million": 6, "billion": 9, "trillion": 12},
}
CURRENCY_OF = {
    **{"us$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¢": "cents"},
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
        *("crore", "gi", "ki", "kk", "lakh", "mi", "mil", "mill", "mio", "mm", "mrd", "ti"),
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
AMOUNT = re.compile(
    r"\s*([1-9][0-9]*(?:,[0-9]{3})*[KkMBT]?(?=\s+[A-Za-z])|(?:thousand|million|billion|trillion)(?!\w))"
)
END = re.compile(r"\s*$")

# The same mark stands between all groups of three, so that "1,000 000" and "6,00" do not pass.
DIGITS = re.compile(
    r"""\s*
    (?P<whole> [1-9][0-9]{0,2} (?P<mark>[,_ \u00a0\u2007\u2009\u202f]) [0-9]{3} (?:(?P=mark)[0-9]{3})* (?![0-9])
             | 0 | [1-9][0-9]* | (?=\.[0-9]) )
    (?: \. (?P<decimals>[0-9]+) )?
    (?: [eE] (?P<exponent>[+-]?[0-9]{1,2}) (?![0-9])
      | \s*[×x·*]\s*10 (?: (?:\^|\*\*) (?P<power>[+−-]?[0-9]{1,2}) (?![0-9])
                         | (?P<superscript>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}) (?![⁰¹²³⁴⁵⁶⁷⁸⁹]) ) )?
    """,
    re.VERBOSE,
)
# A lone "m", "b" or "t" is a meter, a bit or a ton as well: only the capitals are magnitudes.
MAGNITUDE = re.compile(r"\s*((?ai:thousand|million|billion|trillion)|bn|[KkMBT])(?=[xX]?(?!\w))")
_ASCII_POWER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−", "0123456789-+-")


@dataclass(frozen=True)
class Figure:
    """One printed number, exactly."""

    value: Decimal  # what the digits say, in base terms (54K is 54000, 35% is 0.35)
    # One unit of the digit that may be the last significant one, narrowest first. There is more than one where an
    # integer ends in zeros: "6,000" has 1, 10, 100 and 1000.
    steps: tuple[Decimal, ...]


def figure(digits: re.Match[str], magnitude: str, is_percent: bool) -> Figure:
    """Return the number that the digits and the magnitude behind them stand for.

    Trailing zeros behind a decimal point count as measured; those of an integer may or may not.
    """
    whole = re.sub(r"[^0-9]", "", digits["whole"])
    decimals = digits["decimals"] or ""
    written = digits["exponent"] or digits["power"] or digits["superscript"] or "0"
    power = int(written.translate(_ASCII_POWER)) + POWER_OF_MAGNITUDE.get(magnitude.lower(), 0)
    power -= len(decimals) + (2 if is_percent else 0)
    open_zeros = 0 if decimals or whole == "0" else len(whole) - len(whole.rstrip("0"))
    value = Decimal((0, tuple(map(int, whole + decimals)), power))
    return Figure(value, tuple(Decimal((0, (1,), power + zero)) for zero in range(open_zeros + 1)))
