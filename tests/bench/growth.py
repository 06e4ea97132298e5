"""Draws docs/growth.svg from docs/growth.csv, as `./run bench --csv docs/growth.csv` measured it.

`python -m tests.bench.growth`
"""

import textwrap
from pathlib import Path

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from analysis.exhibits.figure import canvas
from analysis.exhibits.palette import INK, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR

DOCS = Path(__file__).parents[2] / "docs"
PANELS = {"reports": "reports", "scenarios": "scenarios of a sweep", "rows": "benchmark rows"}


def label(panel: Axes, text: str, number: float, seconds: float, color: str, *, above: bool = False) -> None:
    """Name a line beside its end, or above it."""
    place = {"ha": "center", "va": "bottom"} if above else {"ha": "left", "va": "center"}
    offset = (0, 6) if above else (6, 0)
    words = textwrap.fill(text, 16)
    panel.annotate(words, (number, seconds), offset, textcoords="offset points", color=color, fontsize=8, **place)


def main() -> None:
    """Draw one panel for each kind of work: seconds against count, on logarithmic axes."""
    measured = pd.read_csv(DOCS / "growth.csv").rename(columns={"count": "number"})
    with canvas(9.6, 3.1, ncols=len(PANELS)) as (figure, axes):
        for panel, (kind, title) in zip(axes, PANELS.items(), strict=True):
            ours = measured[(measured["kind"] == kind) & ~measured["how"].str.startswith("plain")]
            hows = list(dict.fromkeys(ours["how"]))
            colors = dict(zip(hows, (MUTED, OUTPUT_COLOR) if len(hows) > 1 else (OUTPUT_COLOR,), strict=True))
            sns.lineplot(ours, x="number", y="seconds", hue="how", palette=colors, marker="o", ax=panel, legend=False)
            for how, line in ours.groupby("how", sort=False):
                end = line["number"].iloc[-1]
                label(panel, how, end, line["seconds"].iloc[-1], colors[how], above=end < ours["number"].max())
            for one in measured[(measured["kind"] == kind) & measured["how"].str.startswith("plain")].itertuples():
                counts = pd.Series([min(ours["number"].min(), one.number), ours["number"].max()])
                seconds = counts * one.seconds / one.number
                panel.plot(counts, seconds, color=PUBLISHED_COLOR, linestyle=":")
                label(panel, one.how, counts[1], seconds[1], PUBLISHED_COLOR)
            panel.set(xscale="log", yscale="log", xlabel=title, ylabel="seconds" if panel is axes[0] else "")
            panel.set_xlim(right=panel.get_xlim()[1] * (panel.get_xlim()[1] / panel.get_xlim()[0]) ** 0.45)
            panel.tick_params(colors=INK)
        figure.savefig(DOCS / "growth.svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
