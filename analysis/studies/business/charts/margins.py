"""Figures of a provider's business: margin by interactivity, room of the token price, what moves a GPU's worth."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.exhibits.figure import canvas, dollars, drawn
from analysis.exhibits.palette import INPUT_COLOR, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR, color
from analysis.exhibits.statements import Shown
from analysis.library.sources import TIERS
from analysis.studies.business.brief import Brief
from analysis.studies.business.economics import Economics
from analysis.studies.business.outlooks import Bar, alone, case, outlooks

_PLACES = 400  # at which a line is drawn
_EDGES = (0, 0.25, 0.5, 0.75)
_BANDS = {"negative": "#ead9d2", "to 25%": "#cde2ea", "to 50%": "#8fbfd0", "to 75%": "#438ba5", "above": "#0b5c7a"}


def margin_bands(brief: Brief) -> Shown:
    """Return the gross margin as bands of color along interactivity, one strip a platform."""
    sides = brief.sides
    tables = [_margins(side) for side in sides]
    rows = np.arange(len(sides))[::-1]
    with canvas(6.4, 0.3 * len(sides) + 1.3) as (figure, axes):
        for row, side, table in zip(rows, sides, tables, strict=True):
            for start, end, band in _bands(table):
                axes.barh(row, end - start, left=start, height=0.62, color=_BANDS[band], linewidth=0)
            axes.plot(side["interactivity"].number, row, "o", color="white", mec=PUBLISHED_COLOR, mew=1.6, zorder=4)
            reached = f"up to {side.fastest.show()}" if side.fastest else "none"
            axes.text(1.01, row, reached, va="center", fontsize=8, color=MUTED, transform=axes.get_yaxis_transform())
        axes.axvline(brief.floor.number, color=PUBLISHED_COLOR, linewidth=1, linestyle=":")
        axes.set(xlim=(0, None), ylim=(-0.6, len(sides) - 0.4), xlabel="interactivity (tok/s/user)")
        axes.set_yticks(rows, [side.platform.name for side in sides])
        axes.grid(visible=False)
        handles = [Patch(color=color, label=label) for label, color in _BANDS.items()]
        axes.legend(
            handles=handles, title="gross margin", loc="lower left", bbox_to_anchor=(0, 1), ncols=len(_BANDS),
            frameon=False, borderaxespad=0, fontsize=8, title_fontsize=8, alignment="left", handlelength=1.2,
        )  # fmt: skip
    ends = (f"{side.platform.name} {f'up to {side.fastest.show()}' if side.fastest else 'nowhere'}" for side in sides)
    alt = f"Strips of gross margin along interactivity. Something is left, in tok/s/user: {'; '.join(ends)}."
    values = [side.fastest for side in sides if side.fastest]
    data = pd.concat(tables, ignore_index=True)
    return drawn(
        figure,
        "gross-margin",
        "Each platform keeps its gross margin up to an interactivity of its own.",
        alt,
        data,
        note="Dotted: {floor} tok/s/user. Circles: the measured rows used. Right: the interactivity up to which a "
        "margin is left, in tok/s/user. {tier}, {load:2} of full load.",
        values=values,
        floor=brief.floor,
        tier=TIERS[brief.conditions.price_tier].capitalize(),
        load=brief.load,
    )


def price_room(brief: Brief) -> Shown:
    """Return the cost of a million tokens as a range over utilization, one line a platform, beside public prices."""
    sides = [[side.under(utilization=load) for load in brief.loads] for side in brief.sides]
    prices = {offer.provider: brief.mean_price(offer) for offer in brief.offers}
    table = pd.DataFrame([_cost_range(side) for side in sides])
    rows = np.arange(len(sides))[::-1]
    colors = [color(side[0].platform) for side in sides]
    marked = [side[0]["cost_per_million_tokens"] for side in sides]
    with canvas(6.4, 0.32 * len(sides) + 1.4) as (figure, axes):
        axes.hlines(rows, table["lowest"], table["highest"], color=colors, linewidth=5, alpha=0.55)
        axes.scatter(table["cost"], rows, s=52, color=colors, zorder=4)
        for row, cost in zip(rows, marked, strict=True):
            axes.annotate(
                cost.show(), (cost.number, row), (0, 7), textcoords="offset points", ha="center", fontsize=8
            )
        for step, (provider, price) in enumerate(sorted(prices.items(), key=lambda item: item[1].number)):
            axes.axvline(price.number, color=PUBLISHED_COLOR, linewidth=1, linestyle=":")
            axes.annotate(
                f" {provider} {price.show()}", (price.number, 1.02 + 0.06 * step), fontsize=8, color=PUBLISHED_COLOR,
                xycoords=("data", "axes fraction"), annotation_clip=False,
            )  # fmt: skip
        axes.set(xscale="log", ylim=(-0.6, len(sides) - 0.3), xlabel="USD per million tokens (log scale)")
        axes.set_yticks(rows, list(table["platform"]))
        dollars(axes.xaxis)
        axes.grid(visible=False, axis="y")
    costs = "; ".join(f"{side[0].platform.name} {cost.show()}" for side, cost in zip(sides, marked, strict=True))
    asked = "; ".join(f"{provider} {price.show()}" for provider, price in prices.items())
    alt = f"Cost per million tokens as ranges over utilization, log scale: {costs}. Public prices: {asked}."
    asked_for = pd.DataFrame([{"provider": provider, "price": price.number} for provider, price in prices.items()])
    data = pd.concat([table, asked_for], ignore_index=True)
    low, high = brief.ends
    return drawn(
        figure,
        "price-room",
        "A platform loses its margin where the price of tokens falls to its cost.",
        alt,
        data,
        note="Points: cost at {load:2} of full load. Bars: from {high:2} to {low:2}. Dotted: public prices.",
        values=[*marked, *prices.values()],
        load=brief.load,
        low=low,
        high=high,
    )


def _cost_range(side: Sequence[Economics]) -> dict[str, str | float]:
    costs = [economics["cost_per_million_tokens"].number for economics in side]
    return {"platform": side[0].platform.name, "cost": costs[0], "lowest": min(costs), "highest": max(costs)}


def _margins(side: Economics) -> pd.DataFrame:
    places = side.contender.curve.places(_PLACES)
    margins = side.margin(places)
    return pd.DataFrame({"platform": side.platform.name, "interactivity": places, "gross_margin": margins})


def _bands(table: pd.DataFrame) -> Iterator[tuple[float, float, str]]:
    """Yield the stretches of interactivity whose margin lies in one band: start, end and name of the band."""
    places = table["interactivity"].to_numpy()
    middles = (table["gross_margin"].to_numpy()[1:] + table["gross_margin"].to_numpy()[:-1]) / 2
    bands = np.digitize(middles, _EDGES).astype(float)
    bands[np.isnan(middles)] = np.nan
    starts = np.append(0, np.flatnonzero(np.diff(bands, prepend=bands[0]) != 0))
    for start, end in zip(np.unique(starts), [*np.unique(starts)[1:], len(bands)], strict=True):
        if not np.isnan(bands[start]):
            yield places[start], places[end], list(_BANDS)[int(bands[start])]


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
