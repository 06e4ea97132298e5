"""The figure of what each assumption of the outlooks does alone to the value of a GPU."""

import pandas as pd
from matplotlib.ticker import MaxNLocator

from analysis.exhibits.figure import canvas, drawn
from analysis.exhibits.palette import INPUT_COLOR, MUTED, OUTPUT_COLOR
from analysis.exhibits.statements import Shown
from analysis.studies.business.brief import Brief
from analysis.studies.business.outlooks import Bar, alone, case, outlooks


def tornado(brief: Brief) -> Shown | None:
    """Return bars of the net present value of the subject between bull and bear; None where no capital is known."""
    told = [
        side.platform for side in brief.pair if side.platform.key in {owned.platform.key for owned in brief.owned}
    ]
    if not told:
        return None
    platform = told[0]
    base, bars = case(brief, outlooks(brief)["base"], platform.key), alone(brief, platform.key)
    if base is None or base.returns is None or not bars:
        return None
    here = base.returns.worth
    places = range(len(bars))[::-1]
    with canvas(6.4, 0.34 * len(bars) + 1.0) as (figure, axes):
        for place, bar in zip(places, bars, strict=True):
            for end, color, side in ((bar.bear, INPUT_COLOR, "bear"), (bar.bull, OUTPUT_COLOR, "bull")):
                if end is None:
                    continue
                label = side if place == len(bars) - 1 else None
                axes.barh(place, end.number - here.number, left=here.number, height=0.6, color=color, label=label)
        axes.axvline(here.number, color=MUTED, linewidth=1)
        axes.set_yticks(list(places), [bar.label for bar in bars])
        axes.set_xlabel("net present value (USD per GPU)")
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter(lambda tick, _: f"${tick:,.0f}")
        axes.grid(visible=False, axis="y")
        axes.legend(fontsize=8, frameon=False, loc="lower right")
    listed = "; ".join(_words(bar) for bar in bars)
    return drawn(
        figure,
        "tornado",
        "What each assumption does alone to the value of a GPU of {platform}, all else as in the base outlook.",
        f"Bars of net present value about {here.show()}: {listed}.",
        pd.DataFrame(
            {
                "assumption": [bar.label for bar in bars],
                "bear": [bar.bear.number if bar.bear else None for bar in bars],
                "base": here.number,
                "bull": [bar.bull.number if bar.bull else None for bar in bars],
            }
        ),
        note="Line: the base outlook, {here} per GPU. The operating point goes from {floor} tok/s/user to the faster "
        "of the bear outlook's and the one asked for, at the same price. What capacity costs moves the "
        "margin of a tenant and not the value to an owner.",
        values=[value for bar in bars for value in (bar.bull, bar.bear) if value],
        here=here,
        floor=brief.floor,
        platform=platform.name,
    )


def _words(bar: Bar) -> str:
    bear, bull = (end.show() if end else "not served" for end in (bar.bear, bar.bull))
    return f"{bar.label} {bear} to {bull}"
