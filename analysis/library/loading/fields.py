"""The types of entries in files from outside, and the check that names the entry which does not fit."""

import datetime
import json
import re
from collections.abc import Hashable
from functools import cache
from math import isfinite
from typing import Annotated, Any, TypeVar, cast

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, from_json

from analysis.errors import InputError

SMALLEST = 1e-9
"""The smallest amount that is allowed; the inverse of a smaller one would be too large to compute with."""
EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)
# Signs that nobody sees or that change how others are seen: controls, soft hyphens, joiners, marks and overrides of
# direction, separators of lines and paragraphs, variation selectors, fillers, tags, and what is no character at all.
CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
# What a spreadsheet takes for the beginning of a formula, in the wide form of East Asian keyboards as well.
FORMULA = re.compile("[=+@\uff1d\uff0b\uff20\uff0d-]")
PLAIN = "text without control characters that does not begin with = + - @"
ADDRESS, WEB = r"(https?://[^\s<>\"]+)?", "an address of the web, https:// or http://, or nothing"
_NUMBER = re.compile(r"[0-9.eE+-]+")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def visible(text: str) -> str:
    """Return a text without invisible signs and signs that move others.

    Raises:
        ValueError: It holds a control character.
    """
    if control := CONTROL.search(text):
        raise ValueError(f"the control character {control[0]!r} is not allowed")
    return text


def no_formula(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula.

    Raises:
        ValueError: It begins as a formula does.
    """
    if FORMULA.match(text):
        raise ValueError("a spreadsheet would compute it; allowed is text that does not begin with = + - @")
    return text


def is_plain(text: str) -> bool:
    """Return whether a text is as `PLAIN` describes."""
    return not (CONTROL.search(text) or FORMULA.match(text))


def iso_day(text: str) -> datetime.date:
    """Return the day that a text names, as YYYY-MM-DD and in no other way.

    Raises:
        ValueError: It names none, or none within three centuries.
    """
    allowed = f"must be a day, YYYY-MM-DD, from {EARLIEST} to {LATEST}"
    if not ISO_DAY.fullmatch(text):
        raise ValueError(allowed)
    try:
        return _within_centuries(datetime.date.fromisoformat(text))
    except ValueError:
        raise ValueError(allowed) from None


def large_enough(amount: float) -> float:
    """Return an amount that is not too small to be inverted.

    Raises:
        ValueError: It is less than `SMALLEST`.
    """
    if amount < SMALLEST:
        raise ValueError(f"must be at least {SMALLEST:g}")
    return amount


def _address(text: str) -> str:
    if not re.fullmatch(ADDRESS, text):
        raise ValueError(f"must be {WEB}")
    return text


def _within_centuries(day: datetime.date) -> datetime.date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"must be a day from {EARLIEST} to {LATEST}")
    return day


def _day(given: Any) -> Any:
    """Return a day that came as a day (from YAML) or as ISO text (from a notebook or a table)."""
    return iso_day(given) if isinstance(given, str) else given


def _number(given: Any) -> Any:
    if isinstance(given, bool) or (isinstance(given, str) and not _NUMBER.fullmatch(given)):
        raise ValueError("must be a number")
    return given


Line = Annotated[str, Field(max_length=300), AfterValidator(visible)]  # a line of text
PlainLine = Annotated[Line, AfterValidator(no_formula)]  # a line that can stand in a table
Text = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(visible), AfterValidator(no_formula)]
"""A line that can stand in a table and is not empty."""
Day = Annotated[datetime.date, Field(strict=True), BeforeValidator(_day), AfterValidator(_within_centuries)]
Address = Annotated[Line, AfterValidator(_address)]  # an address of the web, or none
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False), AfterValidator(large_enough)]
AsNumber = BeforeValidator(_number)
"""Before a number that a table gives as text; refuses true and false, and digits of other scripts."""
SHOWN = 60
Kind = TypeVar("Kind")


def parse_json(content: bytes, place: str, *, endless: bool = False) -> Any:
    """Return the content of a JSON document as plain data.

    Args:
        content: The document, UTF-8.
        place: How messages name it.
        endless: Whether the words Infinity and NaN are read, which are no JSON; Python writes them all the same.

    Raises:
        InputError: It is not JSON, is cut short, is nested too deeply, or has a number that is not finite or a key
            that stands twice.
    """
    try:
        document = from_json(content, allow_inf_nan=endless)
        # The fast reader, which also bounds the depth, keeps the last of two keys and takes 1e400 for infinity.
        json.loads(content, object_pairs_hook=_once, parse_float=_finite)
    except ValueError as error:
        raise InputError(f"{place}: not readable as JSON: {error}") from None
    return document


def _once(pairs: list[tuple[str, Any]]) -> None:
    if len({key for key, _ in pairs}) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for place, key in enumerate(keys) if key in keys[:place])
        raise ValueError(f"the key {excerpt(twice)} stands twice")


def _finite(number: str) -> None:
    if not isfinite(float(number)):
        raise ValueError(f"found the number {number[:SHOWN]}, allowed is one below 1.8e308")


def excerpt(value: Any) -> str:
    """Return the beginning of a value for a message: on one line, without control characters."""
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."


def checked(kind: type[Kind], values: Any, place: str, context: dict[str, Any] | None = None) -> Kind:
    """Return plain data as an instance of the type that it must fit.

    Raises:
        InputError: An entry is missing or not what the type allows. The message names its path, such as
            `[17].metrics.median_intvty`, what was found and what is allowed.
    """
    try:
        fitting: Kind = _adapter(cast("Hashable", kind)).validate_python(values, context=context)
        return fitting
    except ValidationError as error:
        first, *rest = error.errors()
        more = f" (and {len(rest)} more)" if rest else ""
        raise InputError(f"{place}, {_said(first)}{more}") from None


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _said(error: ErrorDetails) -> str:
    steps = [f"[{step}]" if isinstance(step, int) else f".{step or repr(step)}" for step in error["loc"]]
    where = "".join(steps).lstrip(".") or "in all"
    if error["type"] == "missing":
        return f"{where}: missing"
    if error["type"] == "extra_forbidden":
        return f"{where}: unknown key"
    allowed = error["msg"].removeprefix("Value error, ").partition(" or instance of ")[0]
    if allowed.startswith("Input should "):
        allowed = f"must {allowed.removeprefix('Input should ')}"
    return f"{where}: found {excerpt(error['input'])}; {allowed}"
