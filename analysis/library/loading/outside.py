"""Checks plain data from outside (JSON, YAML) against a type, and names the entry that does not fit."""

import json
from collections.abc import Hashable
from functools import cache
from math import isfinite
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, from_json

from analysis.errors import InputError

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
