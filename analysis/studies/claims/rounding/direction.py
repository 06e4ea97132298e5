"""Which way round does a printed comparison go: "34x lower", "97% lower", "88% more", "1/35"?

A ratio is of the subject over the baseline. "35x lower" is of the baseline over the subject, so the two change
places; "97% lower" leaves three hundredths of the baseline; "88% more" is that much above it.
"""

import re
from dataclasses import dataclass
from typing import Literal

from analysis.errors import InputError

Way = Literal["as printed", "turned", "reduced", "increased"]

_LOWER = "lower|less|fewer|cheaper|smaller|reduction|decrease|savings?|reduced|down"
_HIGHER = "higher|more|greater|larger|faster|increase|gain|up|as much|as many|as high|as fast|as expensive"
_BETTER = "better|improvement|advantage|more efficient|as efficient"
_OF = (
    r"(?:\s+(?:in\s+)?(?:cost|costs|price|prices|power|energy|throughput|performance|perf|tokens?|output|expensive|"
    r"efficiency|tok/s|FLOPS|agents|inference)(?:\s*(?:/|per\s)\s*[\w$ ]+)?)?"
)
_COMPARED = re.compile(
    rf"(?P<figure>.*?(?:x|×|times|%|percent|per cent))\s*"
    rf"(?:(?P<better>{_BETTER})|(?P<higher>{_HIGHER})|(?P<lower>{_LOWER}))(?!\w){_OF}\s*",
    re.IGNORECASE,
)
_FOLD = re.compile(r"(?<=\d)(?:-|\s)?fold(?!\w)", re.IGNORECASE)
_SIGNED = re.compile(r"(?P<sign>[+\-−–])(?P<figure>\s*\d[\d.,]*\s*%)\s*")
_INVERSE = re.compile(
    r"(?P<bound>[A-Za-z~≈<>≤≥ ]*?)\s*1\s*/\s*(?P<figure>[1-9][\d.,]*)(?:th|rd|nd|st)?"
    r"(?:\s+(?:of\s+)?(?:the\s+)?(?:cost|price|power|energy))?\s*",
    re.IGNORECASE,
)
_INVERSE_BOUND = {
    "less than": "more than", "under": "more than", "below": "more than", "<": ">", "more than": "less than",
    "over": "less than", "above": "less than", ">": "<",
}  # fmt: skip
_KEPT = ("", "about", "around", "roughly", "approximately", "~", "≈")


@dataclass(frozen=True)
class Directed:
    """A printed comparison without the words that tell its direction."""

    figure: str
    way: Way = "as printed"


def directed(text: str, *, less_is_better: bool) -> Directed:
    """Return a printed ratio and which way round it goes.

    Args:
        text: As printed, such as "nearly 35x lower cost per token".
        less_is_better: Whether the quantity is one of which less is better, so that "3x better" is three times less.

    Raises:
        InputError: A fraction bounded in a way that cannot be turned.
    """
    plain = _FOLD.sub("x", text.strip())
    if match := _INVERSE.fullmatch(plain):
        return Directed(f"{_turned_bound(match['bound'].strip(), text)} {match['figure']}x".strip(), "turned")
    if match := _SIGNED.fullmatch(plain):
        return Directed(match["figure"].strip(), "increased" if match["sign"] == "+" else "reduced")
    match = _COMPARED.fullmatch(plain)
    if not match:
        return Directed(plain)
    is_less = bool(match["lower"]) or bool(match["better"] and less_is_better)
    figure = match["figure"].strip()
    if not figure.lower().endswith(("%", "percent", "per cent")):
        return Directed(figure, "turned" if is_less else "as printed")
    return Directed(figure, "reduced" if is_less else "increased")


def _turned_bound(bound: str, text: str) -> str:
    if bound.lower() in _INVERSE_BOUND:
        return _INVERSE_BOUND[bound.lower()]
    if bound.lower() not in _KEPT:
        raise InputError(f"printed figure {text!r}: found {bound!r} before a fraction; write it as a multiple")
    return bound
