"""The figure of how near each candidate operating point comes to what was printed."""

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.ticker import NullLocator

from analysis.exhibits.figure import canvas, drawn
from analysis.exhibits.palette import MUTED, OUTPUT_COLOR, PUBLISHED_COLOR
from analysis.exhibits.statements import Shown
from analysis.library.values import Value
from analysis.studies.benchmark.point import Reconstruction
from analysis.studies.benchmark.workloads import tally

_LEAST = 1e-6  # departures below stand at the left end of the axis
_FITS = 2e-7  # where those without departure stand, left of it
_GOLDEN = 0.618033988749895  # spreads points evenly over a strip, the same way each time


def departures(search: Reconstruction | None) -> Shown | None:
    """Return the departure of every candidate on a log axis, one strip a kind; those that fit stand at the left.

    None where there was nothing to search for.
    """
    if search is None:
        return None
    candidates = search.candidates
    data = pd.concat([table.assign(kind=kind) for kind, table in candidates.items()], ignore_index=True)
    fits = data["departure"] == 0
    place = data["departure"].clip(lower=_LEAST).mask(fits, _FITS)
    strip = data["kind"].map({kind: row for row, kind in enumerate(candidates)})
    offset = (data.index.to_numpy() * _GOLDEN % 1 - 0.5) * 0.6
    with canvas(height=0.85 * len(candidates) + 0.8) as (figure, axes):
        sns.scatterplot(
            x=place, y=strip + offset, hue=fits, ax=axes, s=np.where(fits, 40, 14), alpha=0.7, legend=False,
            palette={True: PUBLISHED_COLOR, False: MUTED}, linewidth=0,
        )  # fmt: skip
        axes.axvline(_LEAST, color=OUTPUT_COLOR, linewidth=0.8)
        powers = 10.0 ** np.arange(-5, np.ceil(np.log10(place.max())) + 1)
        axes.set(xscale="log", xlim=(_FITS / 3, place.max() * 2), ylim=(len(candidates) - 0.5, -0.5), ylabel="")
        axes.set_xticks([_FITS, *powers], ["fits", *(f"{power * 100:,.10g}%" for power in powers)])
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_yticks(range(len(candidates)), [_head(kind, table) for kind, table in candidates.items()])
        axes.set_xlabel("departure from the printed figures (log scale)")
        axes.grid(visible=False, axis="y")
    described = [_alt(kind, table) for kind, table in candidates.items()]
    alt = "Departure of each candidate from the printed figures. " + " ".join(text for text, _ in described)
    values = [value for _, listed in described for value in listed]
    title = "How far every candidate is from the printed levels."
    note = (
        "Departure is the share by which the farther of the two throughputs lies outside of the interval that the "
        "printed levels leave it."
    )
    return drawn(figure, "search", title, alt, data, note=note, values=values)


def _head(kind: str, table: pd.DataFrame) -> str:
    fit, all_of_them, least = tally(table, kind)
    return f"{kind}\n{fit.show()} of {all_of_them.show()} fit,\nnext {least.show()} off"


def _alt(kind: str, table: pd.DataFrame) -> tuple[str, tuple[Value, ...]]:
    fit, all_of_them, least = values = tally(table, kind)
    return f"{kind}: {fit.show()} of {all_of_them.show()} fit, the next is {least.show()} off.", values
