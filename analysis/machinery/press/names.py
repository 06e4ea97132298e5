"""What an output must say of itself, read or refused."""

import base64
import re
from collections.abc import Mapping
from typing import Any

from analysis.errors import InputError
from analysis.library.loading.outside import excerpt

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def held(mapping: Mapping[str, Any], key: str, place: str) -> str:
    """Return a text that must be there.

    Raises:
        InputError: It is missing, empty or no text.
    """
    value = mapping.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{place}: an output of the report must carry {key!r}, and it is {value!r}")
    return value


def decoded(text: str, place: str) -> bytes:
    """Return what base64 stands for, broken into lines or not.

    Raises:
        InputError: It is none.
    """
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError as error:
        raise InputError(f"{place}: found {excerpt(text)}; not readable as base64: {error}") from None


def slug(report: Mapping[str, Any], place: str, key: str = "name") -> str:
    """Return a display's name, which becomes part of an address and of a file name.

    Raises:
        InputError: It is missing or holds anything but letters, digits, '.', '-' and '_'.
    """
    name = held(report, key, place)
    if not NAME.fullmatch(name):
        raise InputError(f"{place}: report.{key} {name!r} may hold letters, digits, '.', '-' and '_' only")
    return name
