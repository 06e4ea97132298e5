"""Sliders and menus that set a scenario's conditions and show the comparison, for Jupyter."""

from typing import Any, get_args

from analysis.comparison.head_to_head import HeadToHead, compare
from analysis.errors import InputError
from analysis.library.sources import Library, load
from analysis.library.terms import workloads
from analysis.scenario import Parameters


def explore(library: Library | None = None) -> Any:
    """Return controls for platforms, workload, interactivity, vintage and tier, with the comparison below them.

    Args:
        library: The library that is compared from; the project's own if not given.
    """
    from ipywidgets import Dropdown, FloatSlider, interactive

    chosen_library = library or load()
    platforms = {platform.name: key for key, platform in chosen_library.platforms.items()}
    tiers = get_args(Parameters.model_fields["price_tier"].annotation)
    return interactive(
        lambda **chosen: answer(chosen_library, **chosen),
        baseline=Dropdown(options=platforms, value="h200", description="Baseline"),
        subject=Dropdown(options=platforms, value="gb300", description="Subject"),
        lengths=Dropdown(options=workloads(chosen_library.benchmark), description="ISL/OSL"),
        interactivity=FloatSlider(min=10, max=250, step=2, value=116, description="tok/s/user"),
        vintage=Dropdown(options=chosen_library.vintages, description="Vintage"),
        tier=Dropdown(options=tiers, description="Price tier"),
    )


def answer(
    library: Library,
    *,
    baseline: str,
    subject: str,
    lengths: tuple[int, int],
    interactivity: float,
    vintage: str,
    tier: str,
) -> HeadToHead | None:
    """Return the comparison of the curves at the settings; None where there is none, with the reason printed."""
    settings = {
        "baseline": baseline,
        "subject": subject,
        "input_tokens": int(lengths[0]),
        "output_tokens": int(lengths[1]),
        "minimum_interactivity": interactivity,
        "vintage": vintage,
        "price_tier": tier,
    }
    try:
        return compare(library, Parameters.gathered(settings), "curve")
    except InputError as error:
        print(error)
        return None
