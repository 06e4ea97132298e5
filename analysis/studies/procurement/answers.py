"""What a procurement brief answers, by name, for a page that sets several buyers side by side."""

from analysis import formulas
from analysis.exhibits.statements import Cell
from analysis.library.terms import Quoted
from analysis.library.values import made
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import paths


def answers(brief: Brief) -> dict[str, Cell]:
    """Return the platform and offer of the least total over the horizon, its GPUs, cost, power and limits."""
    ranked = [each for each in paths(brief) if each.option.enough]
    if not ranked:
        return {"Platform": "none that was measured enough is offered"}
    best, fleet = ranked[0], ranked[0].option.fleet
    assert best.option.offer is not None
    name = fleet.platform.name
    return {
        "Platform": name,
        "Provider and terms": Quoted(f"{best.option.offer.provider}, {best.option.offer.terms}"),
        "GPUs today": fleet.gpus,
        "GPUs, last month": best.gpus,
        "USD/month today": best.option.cost_per_month,
        "USD/month, last month": best.cost,
        "Total over the horizon (USD)": best.total,
        "MW today": fleet.megawatts(),
        "MW, last month": made(name, formulas.fleet_power, fleet_gpus=best.gpus, power_per_gpu=fleet.power),
        "Too small from": Quoted("; ".join(best.ends)) if best.ends else "not within the horizon",
    }
