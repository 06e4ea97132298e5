"""What the symbols of equations mean, and the words that every report uses."""

import html
import inspect
import re
import unicodedata
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from analysis.exhibits.statements import Cell, Shown, note
from analysis.exhibits.tables import table
from analysis.library.quantities import Quantity, Quoted, quantity, spoken

_SIGNS = re.compile(r"\\([A-Z]?[a-z]+)")


def terms() -> Shown:
    """Return what interactivity and a GPU are in all figures."""
    return note(
        "Interactivity (tok/s/user) is how fast one user’s answer arrives once it has begun: one over the median "
        "time per output token. The wait for the first token is not in it. A GPU is one package as it is sold, "
        "whatever the number of chips in it."
    )


def explained(*formulas: Callable[..., Any], name: str = "symbols") -> tuple[Shown, ...]:
    """Return the formulas as equations, and what their symbols mean below them in a table of this name."""
    return *equations(*formulas), meanings(*formulas, name=name)


def meanings(*formulas: Callable[..., Any], name: str = "symbols") -> Shown:
    """Return a table of the symbols in equations, in the order of first use, the second half beside the first."""
    keys = (key for formula in formulas for key in (formula.__name__, *inspect.signature(formula).parameters))
    used: dict[str, Quantity] = {}
    for key in keys:
        used.setdefault(quantity(key).symbol, quantity(key))
    listed: list[list[Cell]] = [[Quoted(plain(symbol)), meant.label] for symbol, meant in used.items()]
    half = (len(listed) + 1) // 2
    nothing: list[Cell] = ["", ""]
    halves = zip_longest(listed[:half], listed[half:], fillvalue=nothing)
    columns = ["Symbol", "Quantity"] * 2
    return table(name, "What the symbols mean.", columns, [first + second for first, second in halves])


def plain(symbol: str) -> str:
    r"""Return a LaTeX symbol as it reads in text: \kappa as κ, h_{k} as h_k, c^{*} as c*."""
    return _SIGNS.sub(lambda match: _greek(match[1]), symbol).replace("{", "").replace("}", "").replace("^", "")


def _greek(name: str) -> str:
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    return unicodedata.lookup(f"GREEK {case} LETTER {_UNICODE.get(name.lower(), name).upper()}")


_UNICODE = {"lambda": "lamda"}


def equations(*formulas: Callable[..., Any]) -> tuple[Shown, ...]:
    """Return the formulas as equations, each with what it says in words."""
    from analysis.exhibits.symbolic import equation_latex

    return tuple(
        Shown(
            f"<p>{html.escape(spoken(formula))}</p>",
            {"kind": "equation", "alt": spoken(formula), "label": formula.__name__},
            data={"text/latex": f"$${equation_latex(formula)}$$"},
        )
        for formula in formulas
    )
