"""Draws docs/growth.svg from docs/growth.csv, as `./run bench --csv docs/growth.csv` measured it.

`python -m tests.bench.growth`
"""

from pathlib import Path

import pandas as pd
import seaborn as sns

from analysis.charts import INK, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR, canvas

DOCS = Path(__file__).parents[2] / "docs"
PANELS = {"reports": "reports", "scenarios": "scenarios of a sweep", "rows": "benchmark rows"}


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
                last = line.iloc[-1]
                panel.annotate(
                    how, (last["number"], last["seconds"]), (-6, 5 if how == hows[0] else -11), color=colors[how],
                    textcoords="offset points", ha="right", fontsize=8,
                )  # fmt: skip
            plain = measured[(measured["kind"] == kind) & measured["how"].str.startswith("plain")]
            for one in plain.itertuples():
                counts = pd.Series([min(ours["number"].min(), one.number), ours["number"].max()])
                panel.plot(counts, counts * one.seconds / one.number, color=PUBLISHED_COLOR, linestyle=":")
                panel.annotate(
                    one.how, (counts[1], counts[1] * one.seconds / one.number), (-6, 2), color=PUBLISHED_COLOR,
                    textcoords="offset points", ha="right", fontsize=8,
                )  # fmt: skip
            panel.set(xscale="log", yscale="log", xlabel=title, ylabel="seconds" if panel is axes[0] else "")
            panel.tick_params(colors=INK)
        figure.savefig(DOCS / "growth.svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
