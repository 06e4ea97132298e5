"""Values that the analysis chose or assumed where no source gives one, and values and quantities of one's own."""

import math
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from analysis.errors import InputError, nearest
from analysis.library.loading import columns
from analysis.library.loading.tables import line, read_table
from analysis.library.places import DATA
from analysis.library.quantities import OWN_PRICE, QUANTITIES, Quantity, Style, quantity
from analysis.library.values import Status, Value

FILE = "choices.csv"
SCHEMA = columns.table(
    {
        "parameter": columns.text(empty=False),
        "subject": columns.text(empty=False),
        "value": columns.number(1e6),
        "unit": columns.text(empty=False),
        "status": columns.word(Status.CHOSEN, Status.ASSUMED),
        "note": columns.text(),
    },
    "parameter",
    "subject",
    "value",
    checks=[columns.kept_in(f"{key} in {vocabulary.unit or '1'}" for key, vocabulary in QUANTITIES.items())],
)


def choices(parameter: str, subject: str, folder: Path = DATA) -> list[Value]:
    """Return all values of a parameter that were chosen or assumed for a subject, in the table's order.

    Raises:
        InputError: The table has none.
    """
    if not (values := _choices(parameter, subject, folder)):
        listed = {f"{row.parameter} of {row.subject}" for row in _table(folder).itertuples()}
        raise InputError(
            f"data/{FILE}: no {parameter} of {subject!r}; {nearest(f'{parameter} of {subject}', listed)}"
        )
    return list(values)


def choice(parameter: str, subject: str, folder: Path = DATA) -> Value:
    """Return the first value of a parameter that was chosen or assumed for a subject.

    Raises:
        InputError: The table has none.
    """
    return choices(parameter, subject, folder)[0]


def known_choice(parameter: str, subject: str, folder: Path = DATA) -> Value | None:
    """Return the first value of a parameter that was chosen or assumed for a subject; None where there is none."""
    return next(iter(_choices(parameter, subject, folder)), None)


@cache
def _choices(parameter: str, subject: str, folder: Path) -> tuple[Value, ...]:
    table = _table(folder)
    rows = table[(table["parameter"] == parameter) & (table["subject"] == subject)]
    return tuple(_value(row, quantity(parameter)) for _, row in rows.iterrows())


def _value(row: pd.Series, of: Quantity) -> Value:
    return Value(
        float(row["value"]), of, row["subject"], Status(row["status"]), place=f"data/{FILE}, line {line(row.name)}",
        note=row["note"], printed=f"{row['value']:,.10g}" if of.style == "plain" else "",
    )  # fmt: skip


@cache
def _table(folder: Path) -> pd.DataFrame:
    return read_table(folder / FILE, SCHEMA)


PRICE_UNIT = "USD/GPU/h"
_OWN: set[str] = set()


def define(
    key: str,
    name: str,
    unit: str,
    *,
    symbol: str = "",
    better: Literal["lower", "higher", ""] = "",
    style: Style = "plain",
) -> Quantity:
    """Return a quantity of one's own, which `value` and `calculate` know from then on by its key.

    A function with this key as its name is its formula: it returns arithmetic of its arguments, each named as the
    key of a quantity, and `calculate`, `equations` and workbooks take it as they take those of `analysis.formulas`.

    Args:
        key: The name of the formula or of the argument that holds it, such as "cost_per_conversation".
        name: The name in text, lower case.
        unit: As it is printed behind numbers; empty: it has none.
        symbol: LaTeX; the name in upright letters if not given.
        better: Which direction is better for a buyer of tokens, if one is.
        style: How its numbers are shown: "plain", "whole", "compact", "dollars", "compact dollars", "times" or
            "percent".

    Raises:
        InputError: The key is no name of Python's or is one of the package's own quantities, the name is empty, or
            the style is none.
    """
    if not key.isidentifier():
        raise InputError(f"key: found {key!r}; allowed is a name that Python allows, such as cost_per_conversation")
    if key in QUANTITIES and key not in _OWN:
        raise InputError(f"key: found {key!r}, which is {QUANTITIES[key].label} already; choose another one")
    if not name.strip():
        raise InputError("name: found nothing; allowed are words, lower case")
    if style not in get_args(Style):
        raise InputError(f"style: found {style!r}; {nearest(style, get_args(Style))}")
    _OWN.add(key)
    QUANTITIES[key] = Quantity(key, name, symbol or rf"\mathrm{{{name.replace(' ', '~')}}}", unit, "", better, style)
    return QUANTITIES[key]


def value(number: float, unit: str, *, source: str, quantity: str = "", subject: str = "own figure") -> Value:
    """Return a number as a value, assumed, for `calculate`, `curves` and everything that is shown.

    Args:
        number: The amount.
        unit: The unit that it is in, as quantities print it: "USD/GPU/h", "tok/s/GPU", "kW/GPU".
        source: Where it was learned, in words; shown where the value is followed to its origin.
        quantity: Key of what it measures; without one the first quantity that has the unit.
        subject: What it is a property of.

    Raises:
        InputError: No quantity has the unit, the quantity has another one, there is no source, or the number is none.
    """
    keys = {key: each for key, each in QUANTITIES.items() if each.unit == unit}
    if not keys:
        units = dict.fromkeys(each.unit for each in QUANTITIES.values())
        raise InputError(f"unit: found {unit!r}; {nearest(unit, units)}; `define` adds a quantity with another")
    if quantity and quantity not in keys:
        raise InputError(f"quantity: found {quantity!r} in {unit}; {nearest(quantity, keys)}")
    if not source.strip():
        raise InputError("source: found nothing; allowed are words that say where the number was learned")
    if isinstance(number, bool) or not math.isfinite(number):
        raise InputError(f"number: found {number!r}; allowed is a finite number")
    measures = keys[quantity] if quantity else next(iter(keys.values()))
    kinds = {"price": OWN_PRICE} if unit == PRICE_UNIT else {}
    return Value(float(number), measures, subject, Status.ASSUMED, kinds, place=source)
