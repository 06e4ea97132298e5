"""The types of entries in files from outside: lines of text, days, addresses and amounts."""

import datetime
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

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
