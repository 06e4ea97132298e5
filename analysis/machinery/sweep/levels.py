"""Which words and numbers a grid file gives each parameter, checked against what is allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analysis.errors import InputError, nearest
from analysis.frontier.curves import Floats
from analysis.library.loading.fields import excerpt
from analysis.library.sources import Library
from analysis.machinery.sweep.axes import WordAxis, checked_word, number_axes, word_axes
from analysis.machinery.sweep.design import Options, Span
from analysis.scenario import Parameters

EVERY = "*"
MOST = 1_000_000
_RANGE = ("from", "to", "count", "scale")


@dataclass(frozen=True, eq=False)
class GridLevels:
    """The words and numbers of each parameter."""

    choices: Mapping[str, WordAxis]
    words: Mapping[str, Options]
    numbers: Mapping[str, Floats]
    place: str

    def taking(self, raw: Mapping[str, Any], *, single: bool = False) -> "GridLevels":
        """Return these levels with those of a grid file in place of the ones it names.

        Raises:
            InputError: An unknown parameter, or something that is not allowed of it.
        """
        self.check(raw)
        words = {name: self.chosen(name, given) for name, given in raw.items() if name in self.words}
        numbers = {name: self.counted(name, given) for name, given in raw.items() if name in self.numbers}
        counts = {name: len(levels) for name, levels in words.items()}
        counts |= {name: len(levels) for name, levels in numbers.items()}
        for name, count in counts.items() if single else ():
            if count != 1:
                raise InputError(f"{self.place}: {name}: found {count} values, allowed is one")
        return replace(self, words={**self.words, **words}, numbers={**self.numbers, **numbers})

    def check(self, names: Mapping[str, Any]) -> None:
        """Refuse names that are no parameter of a sweep.

        Raises:
            InputError: One is unknown, or a report's alone.
        """
        allowed = [*self.words, *self.numbers]
        for name in names:
            if name in Parameters.model_fields and name not in allowed:
                raise InputError(f"{self.place}: {name}: a sweep does not apply it; {nearest(name, allowed)}")
            if name not in allowed:
                raise InputError(f"{self.place}: unknown parameter {excerpt(name)}; {nearest(name, allowed)}")

    def chosen(self, name: str, raw: Any) -> Options:
        """Return the words that a file gives a choice: one, a list, or "*" for every one that there is."""
        allowed, place = self.choices[name].allowed, f"{self.place}: {name}"
        if raw == EVERY and allowed:
            return allowed
        listed = raw if isinstance(raw, list) else [raw]
        if not listed:
            raise InputError(f"{place}: found an empty list, allowed is one word or more")
        return tuple(dict.fromkeys(checked_word(name, given, allowed, place) for given in listed))

    def counted(self, name: str, raw: Any) -> Floats:
        """Return the numbers that a file gives an amount: one, a list, or a range with a count."""
        place = f"{self.place}: {name}"
        if isinstance(raw, dict):
            count = raw.get("count")
            if isinstance(count, bool) or not isinstance(count, int) or not 2 <= count <= MOST:
                raise InputError(f"{place}: count: found {excerpt(count)}, allowed is a whole number, 2 to {MOST:,}")
            return self.span(name, raw).at(np.linspace(0, 1, count))
        listed = raw if isinstance(raw, list) else [raw]
        if not listed or not all(_is_number(given) for given in listed):
            raise InputError(f"{place}: found {excerpt(raw)}, allowed is a number, a list of them or a range")
        number_axes()[name].domain.check(place, listed)
        return np.array(listed, dtype=float)

    def span(self, name: str, raw: Mapping[str, Any]) -> Span:
        """Return the range that a file gives an amount."""
        place = f"{self.place}: {name}"
        for key in raw:
            if key not in _RANGE:
                raise InputError(f"{place}: unknown key {excerpt(key)}; {nearest(str(key), _RANGE)}")
        low, high, scale = raw.get("from"), raw.get("to"), raw.get("scale", "linear")
        if not (_is_number(low) and _is_number(high)):
            raise InputError(f"{place}: found from {excerpt(low)} to {excerpt(high)}, allowed are two numbers")
        low, high = float(low), float(high)  # type: ignore[arg-type]
        number_axes()[name].domain.check(place, [low, high])
        if not low < high:
            raise InputError(f"{place}: found from {low:g} to {high:g}, allowed is a rising range")
        if scale not in ("linear", "log") or (scale == "log" and low <= 0):
            raise InputError(f"{place}: scale: found {excerpt(scale)}, allowed are linear, and log above 0")
        return Span(low, high, scale == "log")


def usual_levels(library: Library, place: str) -> GridLevels:
    """Return one level for each parameter: its default, for the parameters that a grid does not name."""
    allowed = word_axes(library)
    words = {name: (choice.default,) for name, choice in allowed.items()}
    numbers = {name: np.array([amount.default]) for name, amount in number_axes().items()}
    return GridLevels(allowed, words, numbers, place)


def _is_number(given: Any) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool)
