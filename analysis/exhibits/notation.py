"""What the symbols of equations mean, and the words that every report uses."""

import inspect
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from analysis.exhibits.statements import Shown, say, table
from analysis.library.quantities import Quantity, quantity

_SIGNS = re.compile(r"\\([A-Z]?[a-z]+)")


def terms() -> Shown:
    """Return what interactivity and a GPU are in all figures."""
    return say(
        "Interactivity (tok/s/user) is how fast one user’s answer arrives once it has begun: one over the median "
        "time per output token. The wait for the first token is not in it. A GPU is one package as it is sold, "
        "whatever the number of chips in it.",
        role="note",
    )


def meanings(*formulas: Callable[..., Any]) -> Shown:
    """Return a table of the symbols in equations, with quantity and unit, in the order of their first use."""
    keys = (key for formula in formulas for key in (formula.__name__, *inspect.signature(formula).parameters))
    used: dict[str, Quantity] = {}
    for key in keys:
        used.setdefault(quantity(key).symbol, quantity(key))
    rows = [[plain(symbol), meant.title, meant.unit] for symbol, meant in used.items()]
    return table("symbols", "What the symbols mean.", ["Symbol", "Quantity", "Unit"], rows)


def plain(symbol: str) -> str:
    r"""Return a LaTeX symbol as it reads in text: \kappa as κ, h_{k} as h_k, c^{*} as c*."""
    return _SIGNS.sub(lambda match: _greek(match[1]), symbol).replace("{", "").replace("}", "").replace("^", "")


def _greek(name: str) -> str:
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    return unicodedata.lookup(f"GREEK {case} LETTER {_UNICODE.get(name.lower(), name).upper()}")


_UNICODE = {"lambda": "lamda"}
