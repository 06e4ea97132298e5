"""What does the text of a printed figure say: which numbers, in which unit, under which bound?

The grammar, in this order, where everything but the digits may be missing:

    bound · currency · digits · power of ten · K, M, B, T · x, % or currency · "-" or "to" and a second figure ·
    "+" or "or more" · unit words

Text that does not fit is refused with the place where it stops fitting. Nothing is skipped.
"""

import re
from dataclasses import dataclass
from typing import NoReturn

from analysis.errors import InputError
from analysis.studies.claims.rounding import grammar
from analysis.studies.claims.rounding.grammar import DIGITS, MAGNITUDE, Bound, Figure, figure

LONGEST_TEXT = 120
UNDERSTOOD = (
    'a bound ("about", "~", "more than", ">", "up to", "<", "nearly"), a currency, digits with "," "_" or a space '
    'between thousands and "." before decimals, "e3" or "× 10^3", K, M, B, T or their words, x or %, '
    'a second figure after "-" or "to", "+" or "or more", then unit words'
)


@dataclass(frozen=True)
class Written:
    """What a printed text says before it is interpreted."""

    bound: Bound | None  # the bound whose word stands in the text, None where there is no such word
    figures: tuple[Figure, ...]  # one figure, or the two ends of a range in ascending order
    unit: str  # the unit words found, a currency by its code, a ratio by "x"; empty where there are none
    is_peak: bool = False  # whether the text says "up to", so that the figure is reached somewhere


class _Scanner:
    """Walks over the text from left to right and knows where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.position)
        self.position = match.end() if match else self.position
        return match[1] if match else ""

    def refuse(self, expected: str, position: int) -> NoReturn:
        rest = self.text[position:]
        excerpt = repr(rest.strip()[:20]) if rest.strip() else "nothing"
        raise InputError(
            f"printed figure {self.text[:60]!r}, character {len(self.text) - len(rest.lstrip()) + 1}: "
            f"found {excerpt}, expected {expected}. Understood: {UNDERSTOOD}"
        )


@dataclass(frozen=True)
class _Number:
    """One number with its pieces still apart, since the ends of a range share them."""

    digits: re.Match[str]
    magnitude: str
    unit: str


def read(text: str) -> Written:
    """Return what a printed text says.

    Raises:
        InputError: If any part of the text is not understood; the message names the place.
    """
    if not isinstance(text, str):
        raise InputError(f"a printed figure is text, found {text!r} ({type(text).__name__})")
    if len(text) > LONGEST_TEXT:
        raise InputError(f"printed figure {text[:60]!r}...: {len(text)} characters, allowed: {LONGEST_TEXT}")
    scanner = _Scanner(text)
    word = scanner.take(grammar.BOUND).lower()
    bound = grammar.BOUND_OF.get(word)
    figures, unit = _figures(scanner)
    end_of_figures = scanner.position
    if scanner.take(grammar.OR_MORE):
        if bound:
            scanner.refuse(f"no second bound behind {bound!r}", end_of_figures)
        bound = "at least"
    words = f"{unit} {_unit_words(scanner)}".strip().replace(" /", "/")
    return Written(bound, figures, words, word in grammar.PEAK_WORDS)


def _figures(scanner: _Scanner) -> tuple[tuple[Figure, ...], str]:
    """Read a figure or a range: "$3-4" and "30-35K" share what only one end carries, "30x-35" does not."""
    first = _number(scanner)
    if not scanner.take(grammar.TO):
        return (figure(first.digits, first.magnitude, first.unit == "%"),), first.unit
    start = scanner.position
    second = _number(scanner)
    unit = second.unit or first.unit
    low = figure(first.digits, first.magnitude or second.magnitude, unit == "%")
    high = figure(second.digits, second.magnitude, unit == "%")
    shared = first.unit in ("", second.unit) or (not second.unit and first.unit in grammar.CURRENCY_OF.values())
    if not shared or low.value > high.value:
        scanner.refuse("the upper end of the range, in the unit of the lower end and not below it", start)
    return (low, high), unit


def _number(scanner: _Scanner) -> _Number:
    """Read one number with its currency, its magnitude and its sign."""
    before = scanner.take(grammar.CURRENCY)
    digits = DIGITS.match(scanner.text, scanner.position)
    if not digits:
        scanner.refuse("digits", scanner.position)
    scanner.position = digits.end()
    magnitude = scanner.take(MAGNITUDE)
    start = scanner.position
    units = [grammar.UNIT_OF_SIGN[sign.lower()] for sign in (before, scanner.take(grammar.SIGN)) if sign]
    if len(set(units)) > 1:
        scanner.refuse(f"no second sign beside {before!r}", start)
    return _Number(digits, magnitude, units[0] if units else "")


def _unit_words(scanner: _Scanner) -> str:
    """Read the unit words to the end of the text; an amount or a currency may stand behind "per" and "/"."""
    unit = ""
    while True:
        start = scanner.position
        joined = grammar.JOINER.search(unit)
        if not joined and grammar.END.match(scanner.text, start):
            return " ".join(unit.split())
        word = (scanner.take(grammar.AMOUNT) or scanner.take(grammar.CURRENCY)) if joined else ""
        word = word or scanner.take(grammar.UNIT_WORD)
        hides_a_number = word.lower() in grammar.NOT_UNITS or grammar.HIDDEN_NUMBER.match(scanner.text, start)
        if not word or (word in "/·" if joined else hides_a_number):
            scanner.refuse("a unit word" if joined else "a unit word or the end of the text", start)
        unit += scanner.text[start : scanner.position]
