"""A formula's right-hand side in words and figures, read from its one definition."""

import inspect
from collections.abc import Callable
from typing import Any

from analysis.formulas.text import substituted
from analysis.library.quantities import quantity

# With the spaces and the parenthesis, so that the hyphen of "GPU-hour" stays one.
_SPOKEN = {
    " × ": " times ",
    " / ": " divided by ",
    " ^ ": " to the power of ",
    " + ": " plus ",
    " - ": " minus ",
    "(-": "(minus ",
}


def spoken(formula: Callable[..., Any]) -> str:
    """Return the equation in words, as alternative text for readers who do not see it."""
    words = {name: quantity(name).name for name in inspect.signature(formula).parameters}
    text = substituted(formula, words)
    for sign, spoken_sign in _SPOKEN.items():
        text = text.replace(sign, spoken_sign)
    if text.startswith("-"):
        text = f"minus {text.removeprefix('-')}"
    return f"{quantity(formula.__name__).name} equals {text}"
