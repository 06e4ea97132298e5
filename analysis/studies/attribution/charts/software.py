"""Figures of software on unchanged hardware, and of the price at which each platform would match another."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.exhibits import GRID, INK, MUTED, PUBLISHED_COLOR, canvas, color, drawn
from analysis.exhibits.labels import Label
from analysis.exhibits.statements import Cell, Shown
from analysis.library.sources import Platform
from analysis.library.values import Value
from analysis.studies.attribution.charts.attribution import label_ends, multiples
from analysis.studies.attribution.charts.models import dollars


def software(
    table: pd.DataFrame, platforms: Mapping[str, Platform], *, title: str, note: str = "", **contents: Cell
) -> Shown:
    """Return the gain in throughput against the gain in interactivity of configurations that were run again.

    Args:
        table: What `analysis.studies.attribution.software.software_gains` returns.
        platforms: The platforms, by key.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    with canvas(height=4.0) as (figure, axes):
        for hardware, platform in platforms.items():
            runs = table[table["hardware"] == hardware]
            axes.scatter(
                runs["interactivity_gain"], runs["throughput_gain"], s=26, color=color(platform), label=platform.name,
                edgecolor="white", linewidth=0.4, zorder=3,
            )  # fmt: skip
        doubted = table[table["accounting"] & table["hardware"].isin(platforms)]
        axes.scatter(
            doubted["interactivity_gain"], doubted["throughput_gain"], s=95, facecolor="none",
            edgecolor=PUBLISHED_COLOR, linewidth=1.5, zorder=4, label="more throughput than interactivity",
        )  # fmt: skip
        both = table[["interactivity_gain", "throughput_gain"]]
        ends = np.array([both.min().min() / 1.1, both.max().max() * 1.1])
        axes.plot(ends, ends, color=MUTED, linewidth=1, zorder=2)
        multiples(axes, "x")
        multiples(axes, "y")
        axes.set(xlabel="gain in interactivity (log scale)", ylabel="gain in throughput (log scale)")
        axes.axhline(1, color=INK, linewidth=0.8)
        axes.axvline(1, color=INK, linewidth=0.8)
        figure.legend(loc="outside right upper", frameon=False, fontsize=8)
    alt = "Points, one a configuration: gain in throughput against gain in interactivity, log axes with diagonal."
    return drawn(figure, "software-gains", title, alt, table, note=note, values=(), **contents)


def matching_price_curves(
    table: pd.DataFrame,
    platforms: Mapping[str, Platform],
    other: str,
    at: Value,
    *,
    title: str,
    note: str = "",
    **contents: Cell,
) -> Shown:
    """Return the price at which each platform would match another, against interactivity.

    A band shows the actual prices, from the lowest to the highest.

    Args:
        table: What `analysis.studies.attribution.matching_price.matching_prices` returns.
        platforms: The platforms, by key.
        other: Key of the platform that is matched; its own line is left out.
        at: Interactivity that is marked, in tok/s/user.
        title: The message, with `{name}` places for contents.
        note: How to read it.
        **contents: Values and texts of title and note.
    """
    with canvas(height=4.0) as (figure, axes):
        prices = table.dropna()["price_per_gpu_hour"]
        if len(prices):
            axes.axhspan(prices.min(), prices.max(), color=GRID, alpha=0.7, linewidth=0)
        labels = []
        for hardware, platform in platforms.items():
            line = table[table["hardware"] == hardware]
            served = line.dropna()
            if hardware != other and len(served):
                axes.plot(line["interactivity"], line["break_even_price"], color=color(platform), linewidth=2)
                last = served.iloc[-1]
                labels.append(Label(last["interactivity"], last["break_even_price"], platform.name))
        axes.axvline(at.number, color=PUBLISHED_COLOR, linewidth=0.8, linestyle=":")
        axes.set(yscale="log", xlabel="interactivity (tok/s/user)")
        axes.set_ylabel("break-even price (USD/GPU/h, log scale)")
        dollars(axes)
        label_ends(figure, [(axes, labels)])
    alt = (
        f"Lines of the price per GPU-hour at which each platform would match {platforms[other].name}, log scale, over"
        f" a band of the actual prices; marked: {at.show()} tok/s/user."
    )
    return drawn(figure, "matching-prices", title, alt, table, note=note, values=[at], **contents)
