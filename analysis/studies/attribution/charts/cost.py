"""Figures of cost over the life of the hardware: utilization, software, and the price at which platforms match."""

import numpy as np

from analysis.exhibits.figure import LOWER, UPPER, bracket_band, canvas, dollars, drawn, times_axis
from analysis.exhibits.labels import Label, label_ends
from analysis.exhibits.palette import GRID, INK, MUTED, PUBLISHED_COLOR, color
from analysis.exhibits.statements import Shown
from analysis.library.choices import choice
from analysis.library.quantities import TIERS, left_out
from analysis.library.sources import Library
from analysis.studies.attribution.software import software_gains
from analysis.studies.attribution.study import Study
from analysis.studies.attribution.study import matching_prices as prices_along

_PLACES = 500


def software(library: Library) -> Shown:
    """Return the gain in throughput against the gain in interactivity of configurations that were run again."""
    table = software_gains(library)
    with canvas(height=3.4) as (figure, axes):
        for platform in library.platforms.values():
            runs = table[table["hardware"] == platform.key]
            axes.scatter(
                runs["interactivity_gain"], runs["throughput_gain"], s=26, color=color(platform),
                label=platform.name, edgecolor="white", linewidth=0.4, zorder=3,
            )  # fmt: skip
        ringed = table[table["accounting"]]
        axes.scatter(
            ringed["interactivity_gain"], ringed["throughput_gain"], s=95, facecolor="none",
            edgecolor=PUBLISHED_COLOR, linewidth=1.5, zorder=4, label="more throughput than interactivity",
        )  # fmt: skip
        both = table[["interactivity_gain", "throughput_gain"]]
        ends = np.array([both.min().min() / 1.1, both.max().max() * 1.1])
        axes.plot(ends, ends, color=MUTED, linewidth=1, zorder=2)
        times_axis(axes)
        times_axis(axes, "y")
        axes.set(xlabel="gain in interactivity (log scale)", ylabel="gain in throughput (log scale)")
        axes.axhline(1, color=INK, linewidth=0.8)
        axes.axvline(1, color=INK, linewidth=0.8)
        figure.legend(loc="outside right upper", frameon=False, fontsize=8)
    return drawn(
        figure,
        "software-gains",
        "Configurations run again on unchanged hardware: last over first measured speed.",
        "Points, one a configuration: gain in throughput against gain in interactivity, log axes with diagonal.",
        table,
        note="On the diagonal both gained alike, as software does. Ringed: throughput gained more than {allowed} as "
        "much as interactivity at equal concurrency.",
        allowed=choice("ratio", "change of accounting"),
    )


def matching_prices(study: Study) -> Shown:
    """Return the price at which each platform would match the subject, against interactivity.

    A band shows the actual prices, from the lowest to the highest. The subject's own line is left out.
    """
    point, subject = study.here, study.conditions.subject
    curve = point.stacks.curve(subject)
    assert curve is not None
    table = prices_along(point.stacks, subject, study.prices, np.linspace(curve.low, curve.high, _PLACES))
    with canvas(height=3.4) as (figure, axes):
        prices = table.dropna()["price_per_gpu_hour"]
        if len(prices):
            axes.axhspan(prices.min(), prices.max(), color=GRID, alpha=0.7, linewidth=0)
        labels = []
        for platform in (study.library.platform(hardware) for hardware in study.others if hardware in study.prices):
            line = table[table["hardware"] == platform.key]
            served = line.dropna()
            if len(served):
                axes.plot(line["interactivity"], line["break_even_price"], color=color(platform), linewidth=2)
                bracket_band(axes, line["interactivity"], line[LOWER], line[UPPER], color(platform))
                last = served.iloc[-1]
                labels.append(Label(last["interactivity"], last["break_even_price"], platform.name))
        axes.axvline(point.at.number, color=PUBLISHED_COLOR, linewidth=0.8, linestyle=":")
        axes.set(yscale="log", xlabel="interactivity (tok/s/user)")
        axes.set_ylabel("break-even price (USD/GPU/h, log scale)")
        dollars(axes.yaxis)
        label_ends(figure, [(axes, labels)])
    return drawn(
        figure,
        "matching-prices",
        "The price per GPU-hour at which each platform would match the cost per token of {subject}, {lengths}.",
        f"Lines of the price per GPU-hour at which each platform would match {point.pair.subject.platform.name}, log"
        f" scale, over a band of the actual prices; marked: {point.at.show()} tok/s/user.",
        table,
        note="Gray: the actual prices, {tier}, lowest to highest. Tinted: between which the measured rows put a line."
        "{left_out}",
        left_out=left_out(study.unpriced),
        values=[point.at],
        tier=TIERS[study.conditions.price_tier],
        lengths=point.workload,
        **point.pair.names,
    )
