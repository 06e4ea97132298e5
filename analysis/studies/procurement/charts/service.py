"""The figure of what each level of service costs: the cheapest platform for every wait and every speed."""

from math import inf

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.exhibits.figure import NARROW, canvas, drawn
from analysis.exhibits.palette import INK, MUTED, PUBLISHED_COLOR, color
from analysis.exhibits.statements import Shown
from analysis.library.quantities import Quoted
from analysis.library.quantities import show as number
from analysis.library.values import Value
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.service_map import Cell, ServiceMap, service_map

LABEL = 8.5  # points
PALE = 0.35  # share of a platform's color in its cell


def service(brief: Brief) -> Shown | None:
    """Return the cheapest platform and its cost for every limit of the first token and every speed; or None."""
    told = service_map(brief)
    if not any(cell.offer for cell in told.cells.values()):
        return None
    with canvas(NARROW, 0.42 * len(told.limits) + 0.9) as (figure, axes):
        for row, limit in enumerate(told.limits):
            for column, speed in enumerate(told.speeds):
                _draw(axes, row, column, told.cells[limit, speed])
        row, column = told.limits.index(told.here[0]), told.speeds.index(told.here[1])
        frame = Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor=PUBLISHED_COLOR, linewidth=2.5)
        axes.add_patch(frame).set_zorder(4)
        axes.set(xlim=(-0.5, len(told.speeds) - 0.5), ylim=(-0.5, len(told.limits) - 0.5))
        axes.set_xticks(range(len(told.speeds)), [f"{speed:g}" for speed in told.speeds])
        axes.set_yticks(range(len(told.limits)), [_limit(limit) for limit in told.limits])
        axes.set(xlabel="speed that each user gets at least (tok/s/user)", ylabel="first token within")
        axes.grid(visible=False)
    return _shown(figure, told)


def _draw(axes: Axes, row: int, column: int, cell: Cell) -> None:
    shade: str | tuple[float, ...] = "white"
    if cell.offer and cell.cost:
        red, green, blue = to_rgb(color(cell.offer.platform))
        shade = tuple(1 - PALE * (1 - part) for part in (red, green, blue))
    axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=shade, edgecolor="white", linewidth=1.5))
    words = (
        f"{_short(cell.offer.platform.name)}\n${number(cell.cost.number, 3, 'compact')}"
        if cell.offer and cell.cost
        else "none"
    )
    axes.annotate(words, (column, row), ha="center", va="center", fontsize=LABEL, color=INK if cell.cost else MUTED,
                  parse_math=False)  # fmt: skip


def _short(name: str) -> str:
    return name.removeprefix("HGX ").removeprefix("Instinct ").removesuffix(" NVL72")


def _limit(limit: float) -> str:
    return "no limit" if limit == inf else f"{limit:g} s"


def _shown(figure: Figure, told: ServiceMap) -> Shown:
    cells = list(told.cells.values())
    data = pd.DataFrame(
        {
            "first token within (s)": [cell.limit for cell in cells],
            "speed at least (tok/s/user)": [cell.speed for cell in cells],
            "platform": [cell.offer.platform.name if cell.offer else "" for cell in cells],
            "provider": [cell.offer.provider if cell.offer else "" for cell in cells],
            "GPUs": [cell.gpus for cell in cells],
            "cost per month (USD)": [cell.cost.number if cell.cost else None for cell in cells],
        }
    )
    at_speed = [told.cells[limit, told.here[1]] for limit in told.limits]
    words = "; ".join(
        f"{_limit(cell.limit)}: {cell.offer.platform.name} {cell.cost.show()}" if cell.offer and cell.cost
        else f"{_limit(cell.limit)}: none"
        for cell in at_speed
    )  # fmt: skip
    whose = "the median wait" if told.column == "ttft_median" else "all but the slowest hundredth"
    values: list[Value | str] = [cell.cost for cell in at_speed if cell.cost]
    values += [cell.offer.platform.name for cell in at_speed if cell.offer]
    values += [Quoted(_limit(cell.limit)) for cell in at_speed]
    return drawn(
        figure,
        "service-map",
        "What the load of today costs a month under other limits of service, on the cheapest platform.",
        f"At the speed asked, by the limit of the first token: {words}.",
        data,
        note=f"First token: {whose}. Framed: the limits asked. Each cell: the platform of the firm offer that bills "
        "least, a quote with its minimum, tiers and egress; set-up, paid once, aside. How well a platform was "
        "measured in a cell is not judged here.",
        values=values,
    )
