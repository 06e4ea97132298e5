"""What the limits of service cost, what users get off the peak, and what a measured slowest hundredth means."""

from math import inf

from analysis.comparison.day import day_fleet, day_load
from analysis.comparison.tariff import serving
from analysis.errors import InputError
from analysis.exhibits.statements import Phrase, Shown, answer, conclude, listed, note, phrase, say
from analysis.library.values import Value, counted, counted_up
from analysis.studies.procurement.brief import Brief
from analysis.studies.procurement.load import SUBJECT
from analysis.studies.procurement.sentences.ways import to_the_dollar
from analysis.studies.procurement.service_map import Cell, service_map
from analysis.studies.procurement.ways import least


def cost_of_limits(brief: Brief) -> Shown | None:
    """Return what the limit of the first token costs against one twice as long and against none; None without it."""
    told = service_map(brief)
    limit, speed = told.here
    here = told.asked
    if limit == inf or here.cost is None or here.offer is None:
        return None
    longer = [each for each in told.limits if limit < each < inf]
    double = next((each for each in longer if each >= 2 * limit), None)
    others = [told.cells[each, speed] for each in (double, inf) if each]
    cheaper = [cell for cell in others if cell.cost and cell.cost.number < here.cost.number]
    whose = "the median user" if told.column == "ttft_median" else "all but the slowest hundredth"
    if not cheaper:
        return answer("A longer wait for the first token would not make the load of today cheaper.")
    return conclude(
        "What the first token costs: within {limit} s for {whose} the load of today takes {cost} a month on "
        "{platform}; {others}. Whether a platform was measured enough there is not judged.",
        limit=counted(limit, "seconds to the first token"),
        cost=to_the_dollar(here.cost),
        platform=here.offer.platform.name,
        whose=whose,
        others=listed([_against(cell, here.cost) for cell in cheaper], "; "),
    )


def tails(brief: Brief) -> Shown | None:
    """Return what a limit of the slowest hundredth means where rows were run at full load; or None."""
    asked = brief.conditions
    if asked.maximum_ttft_p99 is None and asked.minimum_interactivity_p99 is None:
        return None
    return note(
        "The slowest hundredth is that of a benchmark which keeps a fixed number of requests in flight: a new one "
        "comes as soon as one ends. Real users come in bursts, and a fleet that is not full waits less: the limit "
        "can be kept by fewer GPUs than here, or missed in a burst. Measure it with your own arrivals before "
        "signing."
    )


def off_peak(brief: Brief) -> Shown | None:
    """Return what users get in the quietest hour of a stated day, on what is advised; None without hours."""
    conditions, lead = brief.conditions, least(brief)
    if lead is None or not (conditions.day_shape or conditions.hourly_load):
        return None
    load, platform = day_load(conditions, brief.load.as_measured), lead.option.fleet.platform
    try:
        side = serving(brief.library, conditions, platform.key)
    except InputError:  # neither a curve nor a model of it, or no price in the vintage
        return None
    day = day_fleet(side, load, conditions.minimum_interactivity, conditions.peak_utilization)
    if day is None:
        return None
    share = counted_up(
        float(load.hours.min() / load.hours.max()), "served_share", SUBJECT, "of the quietest hour over the peak",
        {"peak": brief.load.peak},
    )  # fmt: skip
    return say(
        "Off the peak users are served faster: {platform}, with the GPUs that its measured curve takes for the peak, "
        "gives {speed} tok/s/user in the quietest hour, which has {share} of the load of the peak, since fewer "
        "requests share a GPU then.",
        platform=platform.name,
        speed=day.quietest,
        share=share,
    )


def _against(cell: Cell, here: Value) -> Phrase:
    assert cell.cost is not None
    assert cell.offer is not None
    less = Value(here.number - cell.cost.number, here.quantity, here.subject, here.status,
                 inputs={"here": here, "there": cell.cost}, note="difference")  # fmt: skip
    limit = counted(cell.limit, "seconds to the first token")
    return phrase(
        "{within} {cost} on {platform}, {less} less",
        within="without a limit" if cell.limit == inf else phrase("within {limit} s", limit=limit),
        cost=to_the_dollar(cell.cost),
        platform=cell.offer.platform.name,
        less=to_the_dollar(less),
    )
