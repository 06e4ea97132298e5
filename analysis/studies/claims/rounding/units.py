"""In which unit is a printed figure, and by what must it be multiplied to be in the unit of its quantity?"""

import re
from dataclasses import dataclass

from analysis.errors import InputError
from analysis.library.quantities import Quantity

Part = tuple[str, int]  # a dimension and the side of the fraction that it stands on: ("token", -1) is "per token"

_SECONDS = {"ms": 1e-3, "s": 1, "sec": 1, "second": 1, "min": 60, "minute": 60, "h": 3600, "hr": 3600, "hour": 3600,
            "day": 86_400, "week": 604_800}  # fmt: skip
_WORDS: dict[str, dict[str, float]] = {
    "USD": {"usd": 1, "$": 1, "dollar": 1, "us$": 1, "cent": 0.01, "¢": 0.01},
    "token": {"tok": 1, "token": 1, "ktok": 1e3, "mtok": 1e6, "btok": 1e9},
    "time": dict(_SECONDS),
    "GPU": {"gpu": 1, "chip": 1, "accelerator": 1},
    "user": {"user": 1},
    "power": {"watt": 1, "kilowatt": 1e3, "megawatt": 1e6, "gigawatt": 1e9},
    "energy": {"joule": 1, "kilojoule": 1e3, "megajoule": 1e6},
}
"""Words of a unit, in lower case and in the singular, with their size in the base of their dimension."""
_SYMBOLS: dict[str, tuple[str, float]] = {
    **{f"{prefix}W": ("power", size) for prefix, size in (("", 1), ("k", 1e3), ("K", 1e3), ("M", 1e6), ("G", 1e9))},
    **{f"{prefix}J": ("energy", size) for prefix, size in (("m", 1e-3), ("", 1), ("k", 1e3), ("M", 1e6))},
    **{f"{prefix}Wh": ("energy", 3600 * size) for prefix, size in (("", 1), ("k", 1e3), ("M", 1e6), ("G", 1e9))},
}
"""Symbols whose capitals tell them apart."""
_FLOPS = re.compile(r"([KMGTPE]?)FLOP(S?)", re.IGNORECASE)
_FLOPS_SIZE = {"": 1.0, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18}
_FLOPS_NAMES = {"tera": "T", "peta": "P", "exa": "E", "giga": "G"}
_CURRENCIES = ("eur", "euro", "gbp", "pound", "cny", "rmb", "yuan", "jpy", "yen")
_AMOUNT = re.compile(r"([0-9][0-9,]*)([KkMBT]?)|(thousand|million|billion|trillion)")
_SIZES = {"": 1.0, "k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12,
          "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}  # fmt: skip
_BETWEEN_WORDS = re.compile(r"(?<=[A-Za-z])-(?=(?:h|hr|hour|day|week)s?\b)")
_IGNORED = frozenset(("all-in", "provisioned", "dense", "sparse", "us", "a", "an", "all"))
KINDS_OF_TOKENS = ("input", "output", "total")
_SIGNS = ("x", "%")


@dataclass(frozen=True)
class Unit:
    """What the unit words of a printed figure say."""

    parts: dict[Part, float]  # the size of each dimension that is named, by dimension and side of the fraction
    tokens: str = ""  # which tokens are named as counted: "input", "output", "total", or empty


def factor(unit: str, of: Quantity) -> tuple[float, str]:
    """Return by what a printed figure must be multiplied to be in the unit of its quantity, and the tokens it names.

    What the words leave out is as in the quantity's own unit: "$4.20" is dollars per million tokens where that is
    the quantity.

    Raises:
        InputError: A word is not understood, the unit is of another quantity, or a currency other than the dollar.
    """
    place = f"unit {unit!r}, for {of.name} in {of.unit}"
    if unit.startswith(_SIGNS):
        raise InputError(f"{place}: found {unit[0]!r}, which compares two platforms; name the other as the baseline")
    named, own = _read(unit, place), _read(of.unit, of.unit)
    for part in named.parts:
        if part not in own.parts:
            raise InputError(f"{place}: found {_said(part)}, so it is of another quantity")
    size = 1.0
    for (dimension, side), amount in named.parts.items():
        size *= (amount / own.parts[dimension, side]) ** side
    if named.tokens and ("token", 1) not in own.parts and ("token", -1) not in own.parts:
        raise InputError(f"{place}: found {named.tokens!r} tokens, so it is of another quantity")
    return size, named.tokens


def _read(unit: str, place: str) -> Unit:
    parts: dict[Part, float] = {}
    tokens, side, amount = "", 1, 1.0
    words = re.findall(r"/|[^\s/·]+", _BETWEEN_WORDS.sub(" ", unit))
    position = 0
    while position < len(words):
        word = words[position]
        position += 1
        if word in ("/", "per", "an"):
            side = -1
            if words[position : position + 3] in (["USD", "/", "h"], ["$", "/", "h"]) and word == "per":
                parts |= {("USD", -1): 1.0, ("time", 1): 3600.0}
                position += 3
            continue
        if size := _amount(word):
            amount *= size
        elif word.lower() in KINDS_OF_TOKENS:
            tokens = word.lower()
        elif word.lower() not in _IGNORED:
            for (dimension, turned), size in _sizes(word, place).items():
                if (part := (dimension, side * turned)) in parts:
                    raise InputError(f"{place}: found {word!r} twice on one side of the fraction")
                parts[part], amount = size * amount, 1.0
    if amount != 1:
        raise InputError(f"{place}: found an amount without what it counts")
    return Unit(parts, tokens)


def _amount(word: str) -> float:
    """The amount that a word says, 0 where it says none."""
    match = _AMOUNT.fullmatch(word)
    if not match:
        return 0.0
    return _SIZES[match[3]] if match[3] else float(match[1].replace(",", "")) * _SIZES[match[2]]


def _sizes(word: str, place: str) -> dict[Part, float]:
    """The dimensions of a word with its size in them."""
    if word in _SYMBOLS:
        dimension, size = _SYMBOLS[word]
        return {(dimension, 1): size}
    plain = word.lower().rstrip(".")
    for name, letter in _FLOPS_NAMES.items():
        plain = plain.replace(f"{name}flop", f"{letter}FLOP")
    if match := _FLOPS.fullmatch(plain):
        of_time: dict[Part, float] = {("time", -1): 1.0} if match[2] else {}
        return {("FLOP", 1): _FLOPS_SIZE[match[1].upper()], **of_time}
    if plain == "tps":
        return {("token", 1): 1.0, ("time", -1): 1.0}
    singular = plain.removesuffix("s") or plain
    for dimension, sizes in _WORDS.items():
        for form in (plain, singular):
            if form in sizes:
                return {(dimension, 1): float(sizes[form])}
    if plain in _CURRENCIES or singular in _CURRENCIES:
        raise InputError(f"{place}: found {word!r}; amounts are in USD, and no exchange rate is assumed")
    raise InputError(
        f"{place}: found {word!r}, which is not understood; understood are USD, cents, tokens, s, min, h, days, GPU, "
        "W, kW, MW, J, kWh, FLOPS and their multiples, '/' or 'per', and amounts such as 'million'"
    )


def _said(part: Part) -> str:
    dimension, side = part
    return dimension if side > 0 else f"per {dimension}"
