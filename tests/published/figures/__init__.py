"""Every kind of figure, drawn alone, also where a platform, a price or a point is missing: as text, by its kind."""

import io
from collections.abc import Callable
from functools import partial
from types import ModuleType

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.exhibits.statements import Shown
from analysis.library.sources import load
from tests.published.drawing import drawing
from tests.published.figures import attribution, business, pairs

KINDS = (attribution, pairs, business)


def figures() -> dict[str, Callable[[], str]]:
    """Return what draws the figures of each kind, by its name."""
    return {kind.__name__.rpartition(".")[2]: partial(_drawn, kind) for kind in KINDS}


def _drawn(kind: ModuleType) -> str:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Figure, "savefig", lambda self, file, **_: file.write(drawing(self).encode()))
        return "\n".join(f"## {name}\n\n{_told(draw())}\n" for name, draw in kind.figures(load()))


def _told(shown: Shown) -> str:
    """What a figure shows in its words, in its data and in its picture."""
    words = "\n".join(shown.report[key] for key in ("name", "caption", "alt"))
    return f"{words}\n{_columns(shown.report['csv'])}\n{shown.data['image/svg+xml']}"


def _columns(data: str) -> str:
    """The columns of a table with what is in them: the mean of numbers, and how many words there are."""
    table = pd.read_csv(io.StringIO(data))
    told = (f"{one.mean():.4g}" if one.dtype.kind == "f" else f"{one.nunique()} of them" for _, one in table.items())
    return "; ".join(f"{name} {said}" for name, said in zip(table, told, strict=True))
