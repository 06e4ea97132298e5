"""Figures of the ratio of each model: along interactivity with its bracket, and at its highest."""

import math

import numpy as np
import pandas as pd

from analysis.exhibits.figure import canvas, drawn, times_axis
from analysis.exhibits.palette import INK, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR
from analysis.exhibits.statements import Shown
from analysis.library.choices import choices
from analysis.studies.models.matchups import COST, METRICS, PER, POWER, THROUGHPUT, Across, Matchup

LINES = {THROUGHPUT: (OUTPUT_COLOR, "-"), COST: (PUBLISHED_COLOR, "--"), POWER: (MUTED, ":")}
COLUMNS = 3
_POINTS = 400


def ratios(across: Across) -> Shown:
    """Return the ratio of each model per GPU, per dollar and per megawatt along interactivity, a panel a model."""
    count = math.ceil(len(across.matchups) / COLUMNS)
    with canvas(7.2, 0.5 + 2.0 * count, nrows=count, ncols=COLUMNS, sharey=True, squeeze=False) as (figure, grid):
        for axes, matchup in zip(grid.flat, across.matchups, strict=False):
            x = _along(matchup)
            low, high = matchup.bracket(THROUGHPUT, x)
            axes.fill_between(x, low, high, color=OUTPUT_COLOR, alpha=0.15, linewidth=0)
            for key, (color, dashes) in LINES.items():
                axes.plot(x, matchup(key, x), color=color, linestyle=dashes, linewidth=1.5, label=PER[key])
            axes.set_title(matchup.name, fontsize=8.5)
            axes.set_yscale("log")
            axes.tick_params(labelsize=7.5)
        for axes in list(grid.flat)[len(across.matchups) :]:
            axes.set_axis_off()
        for axes in grid[-1]:
            axes.set_xlabel("tok/s/user", fontsize=8)
        for axes in grid[:, 0]:
            axes.set_ylabel(f"times {across.baseline}", fontsize=8)
        times_axis(grid[0, 0], "y")
        figure.legend(*grid[0, 0].get_legend_handles_labels(), loc="outside upper left", ncols=3, frameon=False)
    best, last = across.matchups[0], across.matchups[-1]
    values = [best.highest(THROUGHPUT), last.highest(THROUGHPUT)]
    alt = (
        f"A panel for each model, the ratio against interactivity on a log scale, per GPU, per dollar and per "
        f"megawatt: {best.name} reaches {values[0].show()} per GPU, {last.name} {values[1].show()}."
    )
    return drawn(
        figure,
        "ratios-by-model",
        "How many times {baseline} the best platform of {rivals} gives at each speed, at {lengths}, a panel a model.",
        alt,
        pd.concat([_table(matchup) for matchup in across.matchups], ignore_index=True),
        note="The band is where the measured rows alone put the ratio per GPU; between them it is interpolated.",
        values=[*values, *(matchup.name for matchup in across.matchups)],
        **across.names,
    )


def highest(across: Across) -> Shown:
    """Return the highest ratio of each model in each metric, with the bracket of the one per GPU."""
    asked = choices("ratio", "asked across models", across.library.folder)
    places = np.arange(len(across.matchups))[::-1]
    table = pd.DataFrame(
        {"model": matchup.name, **{key: matchup.highest(key).number for key in METRICS}}
        for matchup in across.matchups
    )
    with canvas(7.2, 1.0 + 0.32 * len(places)) as (figure, axes):
        for place, matchup in zip(places, across.matchups, strict=True):
            low, high = matchup.highest(THROUGHPUT).reach
            axes.plot([low, high], [place, place], color=OUTPUT_COLOR, alpha=0.3, linewidth=5, solid_capstyle="butt")
        for key, marker in ((THROUGHPUT, "o"), (COST, "D"), (POWER, "s")):
            axes.plot(table[key], places, marker, color=LINES[key][0], markersize=5.5, label=PER[key])
        for times in asked:
            axes.axvline(times.number, color=INK, linewidth=0.7, linestyle=(0, (2, 3)))
        axes.set_yticks(places, table["model"])
        axes.set_xscale("log")
        axes.set_xlabel(f"highest ratio over {across.baseline} (log scale)")
        times_axis(axes)
        axes.grid(axis="y", visible=False)
        figure.legend(*axes.get_legend_handles_labels(), loc="outside upper left", ncols=3, frameon=False)
    shown = [matchup.highest(key) for matchup in across.matchups for key in (THROUGHPUT, COST)]
    words = "; ".join(
        f"{matchup.name} {matchup.highest(THROUGHPUT).show()} per GPU and {matchup.highest(COST).show()} per dollar"
        for matchup in across.matchups
    )
    return drawn(
        figure,
        "highest-by-model",
        "The highest ratio of each model, {rivals} over {baseline} at {lengths}, whatever the speed.",
        f"Dots of the highest ratio of each model over {across.baseline}: {words}.",
        table,
        note="Lines mark the ratios asked for; bars where the measured rows alone put the ratio per GPU.",
        values=[*shown, *(matchup.name for matchup in across.matchups)],
        **across.names,
    )


def _along(matchup: Matchup) -> np.ndarray:
    places = matchup.places
    return np.union1d(places, np.linspace(places[0], places[-1], _POINTS))


def _table(matchup: Matchup) -> pd.DataFrame:
    places = matchup.places
    low, high = matchup.bracket(THROUGHPUT, places)
    ratios = {key: matchup(key, places) for key in METRICS}
    return pd.DataFrame({"model": matchup.name, "interactivity": places, **ratios, "at least": low, "at most": high})
