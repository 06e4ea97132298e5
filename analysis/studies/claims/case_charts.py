"""Figures of single cases: bars under changing conditions, two curves with a gap, and a ratio along interactivity."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.exhibits.figure import canvas, drawn, times_axis
from analysis.exhibits.palette import INK, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR, color
from analysis.exhibits.statements import Cell, Shown
from analysis.frontier.operating import library_curve
from analysis.library.quantities import Quoted, workload
from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.studies.claims.cases import Bar
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.judgment import Judgment
from analysis.studies.claims.served import archive


def bars(name: str, title: str, rows: Sequence[Bar], label: str) -> Shown:
    """Return ratios under changing conditions as bars from 1x on a log axis; what is printed is hollow."""
    data = pd.DataFrame({"condition": [bar.label for bar in rows], "ratio": [bar.value.number for bar in rows]})
    places = np.arange(len(rows))[::-1]
    with canvas(height=0.44 * len(rows) + 1.0) as (figure, axes):
        for place, bar in zip(places, rows, strict=True):
            face = {"facecolor": "white", "hatch": "///"} if bar.is_printed else {"facecolor": OUTPUT_COLOR}
            edge = PUBLISHED_COLOR if bar.is_printed else OUTPUT_COLOR
            axes.barh(
                place, bar.value.number - 1, left=1, height=0.6, edgecolor=edge, linewidth=1.4, zorder=3, **face
            )
            axes.text(
                1.02, place, bar.value.show(), va="center", fontweight="bold", transform=axes.get_yaxis_transform()
            )
        numbers = data["ratio"]
        axes.set(xlim=(min(0.8, numbers.min() * 0.95), max(1.25, numbers.max() * 1.15)), xlabel=label, ylabel="")
        axes.set_yticks(places, [bar.label for bar in rows])
        axes.grid(visible=False, axis="y")
        times_axis(axes)
        axes.axvline(1, color=INK, linewidth=1, zorder=4)
    alt = "; ".join(f"{bar.label} {bar.value.show()}" for bar in rows)
    quoted: list[Cell] = [Quoted(bar.label) for bar in rows]
    return drawn(figure, name, title, f"{alt}.", data, values=[*(bar.value for bar in rows), *quoted])


def gap(library: Library, judgments: Sequence[Judgment]) -> Shown:
    """Return the curves of the platforms of printed levels with their measured rows, and the printed levels."""
    tables = []
    with canvas(height=3.6) as (figure, axes):
        for judgment in judgments:
            platform, table = library.platform(judgment.claim.subject), _curve(library, judgment.claim)
            rows = table[table["measured"]]
            axes.plot(table["interactivity"], table["throughput"], color=color(platform), linewidth=1.6, zorder=2)
            axes.scatter(rows["interactivity"], rows["throughput"], s=26, color=color(platform), zorder=3)
            axes.scatter(
                judgment.claim.point.interactivity, judgment.claim.value.number, marker="D", s=64, facecolor="white",
                edgecolor=PUBLISHED_COLOR, linewidth=1.8, zorder=4,
            )  # fmt: skip
            axes.annotate(
                f"{platform.name}, {judgment.claim.value.show()} printed",
                (judgment.claim.point.interactivity, judgment.claim.value.number), (10, 8),
                textcoords="offset points", color=color(platform), fontweight="bold",
            )  # fmt: skip
            tables.append(table.assign(platform=platform.name))
        axes.set(yscale="log", xlabel="interactivity (tok/s/user)", ylabel="throughput (tok/s/GPU)")
        axes.yaxis.set_major_formatter(lambda tick, _: f"{tick:,.10g}")
        axes.set_xlim(0)
    values = [value for judgment in judgments for value in (judgment.claim.value, judgment.recomputed) if value]
    levels = "; ".join(f"{judgment.claim.value.show()} printed" for judgment in judgments)
    return drawn(
        figure,
        "gap",
        "Between two measured rows of {subject} the curve alone says what is printed.",
        f"Two falling curves of throughput against interactivity with their measured rows; {levels}.",
        pd.concat(tables, ignore_index=True),
        note="Dots are measured rows, diamonds the printed levels.",
        values=values,
        subject=library.platform(judgments[0].claim.subject).name,
    )


def along(ratios: Mapping[float, Value], claim: Claim) -> Shown:
    """Return ratios against interactivity (tok/s/user), with the printed one as a line."""
    printed, point = claim.value, claim.point
    data = pd.DataFrame({"interactivity": [*ratios], "ratio": [value.number for value in ratios.values()]})
    with canvas(height=3.2) as (figure, axes):
        axes.plot(data["interactivity"], data["ratio"], color=OUTPUT_COLOR, linewidth=1.4, marker="o", zorder=3)
        for place, value in ratios.items():
            axes.annotate(value.show(2), (place, value.number), (0, 8), textcoords="offset points", ha="center")
        axes.axhline(printed.number, color=PUBLISHED_COLOR, linestyle="--", linewidth=1.4, zorder=2)
        axes.annotate(
            printed.show(), (data["interactivity"].max(), printed.number), (0, -11), textcoords="offset points",
            ha="right", color=MUTED,
        )  # fmt: skip
        axes.set(ylim=(1, data["ratio"].max() * 1.4), xlabel="interactivity (tok/s/user)", ylabel="ratio (log scale)")
        times_axis(axes, "y")
    places = [Quoted(f"{place:.0f}") for place in ratios]
    pairs = zip(places, ratios.values(), strict=True)
    told = "; ".join(f"{value.show(2)} at {place} tok/s/user" for place, value in pairs)
    return drawn(
        figure,
        "supplied",
        "The supplied rows lead by more, the faster the service; {printed} as printed lies near the low end.",
        f"A rising line of ratios: {told}; the printed {printed.show()} as a dashed line.",
        data,
        note="Tokens per megawatt of the supplied rows, at the power supplied with them, over those of GB200 at "
        "equal interactivity, {model} at {lengths}.",
        values=[*ratios.values(), *places],
        printed=printed,
        model=Quoted(claim.model),
        lengths=workload(point.input_tokens or 0, point.output_tokens or 0),
    )


def _curve(library: Library, claim: Claim) -> pd.DataFrame:
    """The curve that a level was read off, as points by interactivity, and which of them are measured."""
    rows = archive(library, claim.model or library.model)
    assert rows is not None
    point = claim.point
    lengths, decoding = (
        (point.input_tokens or 0, point.output_tokens or 0),
        point.subject_speculative_decoding or None,
    )
    stack = {"precision": point.subject_precision or None, "speculative_decoding": decoding}
    curve = library_curve(rows.until(claim.date), claim.subject, lengths, **stack, as_of=claim.date)
    measured = curve.knots["interactivity"].to_numpy()
    places = np.union1d(np.linspace(curve.low, curve.high, 120), measured)
    return pd.DataFrame({"interactivity": places, "throughput": curve(places), "measured": np.isin(places, measured)})
