"""The picture and the page of `analysis cost`: own operating points beside the published curve at their speed."""

import io
from collections.abc import Sequence
from html import escape
from itertools import cycle

import matplotlib
from matplotlib.ticker import LogLocator, NullLocator

from analysis.comparison.own_points import Costed
from analysis.exhibits.figure import THEME, canvas, plain_ticks
from analysis.exhibits.palette import MUTED, OUTPUT_COLOR

HEADS = (
    "ISL/OSL", "in flight", "tok/s/user", "tok/s/GPU", "USD/Mtok", "input, USD/Mtok",
    "output, USD/Mtok", "tok/s/MW", "J/tok", "InferenceX, tok/s/GPU",
    "InferenceX, USD/Mtok", "its series",
)  # fmt: skip
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>
body {{ font-family: system-ui, sans-serif; color: #1f2933; max-width: 78rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; font-size: 0.9rem; }}
th, td {{ padding: 0.3rem 0.6rem; border-bottom: 1px solid #d9dee5; text-align: right; }}
th:last-child, td:last-child {{ text-align: left; }}
figure {{ margin: 0; }}
figure, div {{ overflow-x: auto; }}
svg {{ width: 100%; min-width: 34rem; max-width: 48rem; height: auto; }}
</style></head><body>
<h1>{title}</h1>
<p>{told}.</p>
<figure role="img" aria-label="{alt}" tabindex="0">{svg}</figure>
<div tabindex="0" role="region" aria-label="Operating points"><table><thead><tr>{heads}</tr></thead><tbody>
{rows}
</tbody></table></div>
<p>Own operating points are measured; the published throughput is that of the best sound series at the same speed or
above it, at the same price.</p>
</body></html>
"""


def picture(rows: Sequence[Costed], form: str) -> bytes:
    """Return a picture of cost against interactivity, as `svg` or `png`."""
    with canvas() as (figure, axes):
        for mark, lengths in zip(cycle("os^Dv"), dict.fromkeys(row.point.lengths for row in rows), strict=False):
            own = [row for row in rows if row.point.lengths == lengths]
            speeds = [row.point.interactivity for row in own]
            name = f"{lengths[0]}/{lengths[1]}"
            axes.plot(speeds, [row.cost for row in own], f"{mark}-", label=f"own, {name}", color=OUTPUT_COLOR)
            known = [row for row in own if row.published_cost is not None]
            if known:
                places = [row.point.interactivity for row in known]
                costs = [row.published_cost for row in known]
                axes.plot(places, costs, mark, label=f"InferenceX there, {name}", color=MUTED, fillstyle="none")
        axes.set(
            title=_title(rows), xlabel="interactivity, tok/s/user", ylabel="USD per million tokens", yscale="log"
        )
        plain_ticks(axes, "$")
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_minor_locator(NullLocator())
        axes.legend()
        content = io.BytesIO()
        with matplotlib.rc_context(THEME):
            metadata = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
            figure.savefig(content, format=form, dpi=160, metadata=metadata)
    return content.getvalue()


def page(rows: Sequence[Costed], told: str, svg: str) -> str:
    """Return the page: what was asked, the picture, and the table."""
    heads, listed = _known([HEADS, *map(_cells, rows)])
    cells = "\n".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in listed)
    lowest, fastest = min(row.cost for row in rows), max(row.point.interactivity for row in rows)
    alt = f"Cost per million tokens against interactivity: from {lowest:,.4g} USD, up to {fastest:,.4g} tok/s/user"
    return _PAGE.format(
        title=escape(_title(rows)),
        told=escape(told),
        alt=escape(alt),
        svg=svg[svg.index("<svg") :],
        heads="".join(f"<th>{head}</th>" for head in heads),
        rows=cells,
    )


def _known(lines: list[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """Return the head and the rows of a table without the columns of which nothing is known."""
    kept = [place for place in range(len(lines[0])) if any(line[place] != "-" for line in lines[1:])]
    head, *rows = [[line[place] for place in kept] for line in lines]
    return head, rows


def _title(rows: Sequence[Costed]) -> str:
    point = rows[0].point
    named = ", ".join(filter(None, [point.model, point.hardware.upper(), point.precision.upper(), point.stack]))
    return f"Cost per token, {named}" if named else "Cost per token"


def _cells(row: Costed) -> Sequence[str]:
    point = row.point
    amounts = (
        (point.interactivity, 2), (point.throughput, 1), (row.cost, 4), (row.input_cost, 4),
        (row.output_cost, 4), (row.per_megawatt, 0), (row.joules, 3),
        (row.published, 1), (row.published_cost, 4),
    )  # fmt: skip
    told = ["-" if amount is None else f"{amount:,.{digits}f}" for amount, digits in amounts]
    series = row.series if row.published is not None else f"none: {row.series}"
    return [f"{point.input_tokens}/{point.output_tokens}", f"{point.concurrency:,}", *told, series]
