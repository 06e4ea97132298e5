"""What signing for the load of today leaves out: the fleet of the last month, and the total over the horizon."""

from analysis.exhibits.statements import Shown, say
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.horizon import Path, months, paths


def over_the_horizon(brief: Brief) -> Shown | None:
    """Return who asks least in total over the horizon and how far the fleet grows; None where nothing has a price."""
    ranked = paths(brief)
    if not ranked:
        return None
    lasting = [each for each in ranked if not each.ends]
    least = next(iter(lasting), ranked[0])
    ends = (
        "" if lasting else " No offer stays within the limits of power and budget so long: the table names the month."
    )
    return _said(brief, least, ends)


def _said(brief: Brief, least: Path, ends: str) -> Shown:
    offer = least.option.offer
    assert offer is not None
    return say(
        "Over {months} months the least total is {total}, on {platform} from {provider}: {gpus} GPUs and {cost} in "
        "the last month, after {today} GPUs and {first} for the load of today." + ends,
        role="answer",
        finding=True,
        months=months(brief.conditions),
        total=least.total,
        platform=least.option.fleet.platform.name,
        provider=offer.provider,
        gpus=least.gpus,
        cost=least.cost,
        today=least.option.fleet.gpus,
        first=least.option.cost_per_month,
    )
