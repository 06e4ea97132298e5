"""Sliders and menus that set a scenario's conditions and show the comparison, for Jupyter."""

from html import escape
from math import ceil, floor
from typing import Any, get_args

import pandas as pd

from analysis.comparison.head_to_head import HeadToHead, compare
from analysis.comparison.tariff import serving
from analysis.errors import InputError
from analysis.exhibits.figure import canvas, drawn, plain_ticks
from analysis.exhibits.palette import color
from analysis.exhibits.statements import Shown
from analysis.library.quantities import quantity, workloads
from analysis.library.sources import Library, load
from analysis.scenario import Parameters

COST = "cost_per_million_tokens"
PLACES = 200
STEP = 0.5  # of the slider, in tok/s/user; it stands on whole steps


def explore(library: Library | None = None) -> Any:
    """Return controls for platforms, workload, interactivity, vintage and tier, with the comparison below them.

    What is below is replaced at every move. The interactivity can be moved from the slowest measured row of the two
    platforms to the fastest speed that both serve.

    Args:
        library: The library that is compared from; the project's own if not given.
    """
    from ipywidgets import HTML, Dropdown, FloatSlider, VBox

    chosen_library = library or load()
    platforms = {platform.name: key for key, platform in chosen_library.with_rows.items()}
    tiers = get_args(Parameters.model_fields["price_tier"].annotation)
    slider = FloatSlider(min=0, max=1000, step=STEP, value=116, description="tok/s/user", continuous_update=False)
    controls = {
        "baseline": Dropdown(options=platforms, value="h200", description="Baseline"),
        "subject": Dropdown(options=platforms, value="gb300", description="Subject"),
        "lengths": Dropdown(options=workloads(chosen_library.benchmark), description="ISL/OSL"),
        "interactivity": slider,
        "vintage": Dropdown(options=chosen_library.vintages, description="Vintage"),
        "tier": Dropdown(options=tiers, description="Price tier"),
    }
    below = HTML()

    def move(change: Any = None) -> None:
        asked = conditions(**{name: control.value for name, control in controls.items()})
        try:
            if change is None or change.owner is not slider:
                slowest, fastest = common_range(chosen_library, asked)
                low, high = ceil(slowest / STEP) * STEP, floor(fastest / STEP) * STEP
                low, high = (low, high) if low <= high else (slowest, fastest)
                with slider.hold_trait_notifications():
                    slider.min, slider.max, slider.value = low, high, min(max(slider.value, low), high)
                asked = asked.model_copy(update={"minimum_interactivity": slider.value})
            pair = compare(chosen_library, asked, "curve")
            below.value = pair._repr_html_() + curves_with_point(pair).in_lab
        except InputError as error:
            below.value = f"<p>{escape(str(error))}</p>"

    for control in controls.values():
        control.observe(move, "value")
    move()
    return VBox([*controls.values(), below])


def conditions(
    *, baseline: str, subject: str, lengths: tuple[int, int], interactivity: float, vintage: str, tier: str
) -> Parameters:
    """Return the scenario of the controls; interactivity in tok/s/user."""
    settings = {
        "baseline": baseline,
        "subject": subject,
        "input_tokens": int(lengths[0]),
        "output_tokens": int(lengths[1]),
        "minimum_interactivity": interactivity,
        "vintage": vintage,
        "price_tier": tier,
    }
    return Parameters.gathered(settings)


def common_range(library: Library, asked: Parameters) -> tuple[float, float]:
    """Return the slowest measured speed of a scenario's platforms and the fastest that both serve, in tok/s/user.

    Raises:
        InputError: A platform has no row under these conditions, nor can be modeled, or has no price or power.
    """
    served = [
        serving(library, asked, hardware, role=role).curve
        for role, hardware in (("baseline", asked.baseline), ("subject", asked.subject))
    ]
    return min(curve.low for curve in served), min(curve.high for curve in served)


def curves_with_point(pair: HeadToHead) -> Shown:
    """Return the cost of both platforms along their curves, with the compared points on them."""
    unit, tables = quantity(COST), []
    with canvas() as (figure, axes):
        for side in pair.sides:
            hue = color(side.platform)
            places = side.contender.curve.places(PLACES)
            costs = side.contender.metric(COST, places)
            axes.plot(places, costs, color=hue, label=side.platform.name)
            axes.plot(side.given["interactivity"].number, side.levels[COST].number, "o", color=hue)
            tables.append(pd.DataFrame({"platform": side.platform.name, "interactivity": places, "cost": costs}))
        axes.axvline(pair.floor.number, color="0.6", linewidth=0.8)
        axes.set(yscale="log", xlabel="tok/s/user", ylabel=unit.label)
        plain_ticks(axes, "$")
        axes.legend(frameon=False)
    before, after = pair.levels(COST)
    alt = f"Cost along both curves; at {pair.floor.show()} tok/s/user {before!s} and {after!s}."
    title = "At {floor} tok/s/user a million tokens cost {before} on {baseline} and {after} on {subject}."
    return drawn(
        figure, "curves-with-point", title, alt, pd.concat(tables), floor=pair.floor, before=before, after=after,
        **pair.names,
    )  # fmt: skip
