"""The one figure of the claim: the ratio along interactivity, at each workload and for each model."""

from collections.abc import Mapping
from itertools import cycle

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.comparison.advantage import Advantage
from analysis.exhibits.figure import BANDS, bracket_band, canvas, drawn, times_axis
from analysis.exhibits.palette import INK, INPUT_COLOR, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR
from analysis.exhibits.statements import Shown
from analysis.library.quantities import Quoted
from analysis.library.values import Value
from analysis.studies.business.brief import Brief
from analysis.studies.business.claim import COST, Claimed

_COLORS = (OUTPUT_COLOR, INK, INPUT_COLOR)
_WITHOUT_DRAFTS = 2  # how many words name a series without speculative decoding: framework and precision
_DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1)))


def claim_along_interactivity(brief: Brief, claim: Claimed | None) -> Shown | None:
    """Return how much dearer the baseline's tokens are along interactivity: a panel of workloads, one of models."""
    if claim is None:
        return None
    low, high = brief.library.tables["service_levels"].iloc[0][["low", "high"]]
    sold = [offer.interactivity for offer in brief.offers if offer.interactivity]
    panels = {f"{brief.library.model}, by workload": claim.by_workload, f"{brief.lengths}, by model": claim.by_model}
    with canvas(7.2, 3.5, ncols=2, sharex=True, sharey=True) as (figure, grid):
        for axes, (title, lines) in zip(grid, panels.items(), strict=True):
            for name, color, dashes in zip(lines, cycle(_COLORS), cycle(_DASHES), strict=False):
                _line(axes, name, lines[name], color, dashes)
            axes.axvspan(low, high, color=MUTED, alpha=0.45, linewidth=0, zorder=0)
            for speed in sold:
                axes.axvline(speed.number, ymax=0.045, color=MUTED, linewidth=1.6)
            axes.plot(claim.asked.minimum_interactivity, claim.at_point.number, "o", color=PUBLISHED_COLOR, zorder=6)
            if claim.judgment:
                _printed(axes, claim.judgment.claim.value)
            axes.set(xlim=(0, None), xlabel="interactivity (tok/s/user)", yscale="log", ylim=_ends(panels, claim))
            axes.legend(
                title=title, title_fontproperties={"size": 8.5, "weight": "bold"}, fontsize=7.5, ncols=2,
                frameon=False, loc="lower left", bbox_to_anchor=(0, 1), alignment="left", borderaxespad=0,
            )  # fmt: skip
        grid[0].set_ylabel("cost ratio (log scale)")
        times_axis(grid[0], "y")
    judgment = claim.judgment
    dashed = "Dashed: {printed} as printed. " if judgment else ""
    ends = [advantage.at(COST, advantage.highest) for advantage in claim.by_model.values()]
    highest = [ratio for ratio in ends if ratio]
    alt = (
        f"Two panels of the cost ratio against interactivity. At {brief.lengths} the highest ratio is "
        + ", ".join(f"{ratio.show()} for {name}" for name, ratio in zip(claim.by_model, highest, strict=False))
        + f"; the measured rows at the point give {claim.at_point.show()}."
    )
    return drawn(
        figure,
        "claim",
        "How much dearer a token is on {baseline} than on {subject} depends on speed, workload and model.",
        alt,
        pd.concat([_table(panel, lines) for panel, lines in panels.items()], ignore_index=True),
        note=dashed + "Gray band: the middle of {market_of}, {level:2} tok/s/user; ticks at the foot: the speeds at "
        "which prices are public. By model: the scenario's, and of the others those with most rows on both "
        "platforms, all medians over runs.{alone} "
        f"The dot: the two measured rows at {{floor}} tok/s/user or more. {BANDS}",
        values=[*highest, claim.at_point, *claim.by_model, *claim.by_workload],
        alone=_one_sided(claim),
        floor=brief.floor_asked,
        level=claim.level,
        **claim.names,
        market_of=claim.market,
        **({"printed": judgment.claim.value} if judgment else {}),
    )


def _one_sided(claim: Claimed) -> str:
    """Which models were measured with speculative decoding on one of the two platforms alone, in words."""
    alone = []
    for model, advantage in claim.by_model.items():
        drafts = {
            claim.names[role]: any(len(series.split()) > _WITHOUT_DRAFTS for series in side.curve.series)
            for role, side in (("baseline", advantage.baseline), ("subject", advantage.subject))
        }
        if any(drafts.values()) and not all(drafts.values()):
            alone.append(f"{model} was measured with MTP on {next(name for name in drafts if drafts[name])} alone")
    return Quoted(f" {'; '.join(alone)}.") if alone else ""


def _line(axes: Axes, name: str, advantage: Advantage, color: str, dashes: object) -> None:
    places = advantage.places
    x = np.insert(places, np.searchsorted(places, advantage.ranges[:-1, 1], side="right"), np.nan)  # no line in a gap
    axes.plot(x, advantage(COST, x), color=color, linestyle=dashes, linewidth=1.6, label=name)
    bracket_band(axes, places, *advantage.bracket(COST, places), color)


def _ends(panels: Mapping[str, Mapping[str, Advantage]], claim: Claimed) -> tuple[float, float]:
    """The height that the lines and the printed ratio need; wider brackets are cut off."""
    ratios = [advantage(COST, advantage.places) for lines in panels.values() for advantage in lines.values()]
    printed = claim.judgment.claim.value.number if claim.judgment else claim.at_point.number
    shown = np.append(np.concatenate(ratios), [printed, 1.0])
    return float(np.nanmin(shown)) / 1.3, float(np.nanmax(shown)) * 1.5


def _printed(axes: Axes, value: Value) -> None:
    axes.axhline(value.number, color=PUBLISHED_COLOR, linewidth=1, linestyle=(0, (4, 2)))
    axes.annotate(
        f"{value.show()} printed", (0.02, value.number), (0, 3), xycoords=axes.get_yaxis_transform(),
        textcoords="offset points", fontsize=7.5, color=PUBLISHED_COLOR,
    )  # fmt: skip


def _table(panel: str, lines: Mapping[str, Advantage]) -> pd.DataFrame:
    tables = []
    for name, advantage in lines.items():
        places = advantage.places
        low, high = advantage.bracket(COST, places)
        ratio = advantage(COST, places)
        curve = {"interactivity": places, "ratio": ratio, "at least": low, "at most": high}
        tables.append(pd.DataFrame({"panel": panel, "line": name, **curve}))
    return pd.concat(tables, ignore_index=True)
