"""What a procurement brief says of growth, quotes and other conditions: what ends the answer, and what changes it."""

from collections.abc import Sequence

from analysis.exhibits.statements import Shown, note, points, say
from analysis.library.values import counted
from analysis.studies.procurement.brief import Brief, Variation
from analysis.studies.procurement.horizon import best
from analysis.studies.procurement.options import budget


def ends(brief: Brief) -> Shown | None:
    """Return which limit ends the growth of the answer, and which price the budget would pay; None where neither."""
    answer, spend = best(brief), budget(brief.conditions)
    if answer is None or answer.offer is None:
        return None
    platform, provider = answer.fleet.platform.name, answer.offer.provider
    sentences = [
        say(
            "The limit of {limit} ends the growth of {platform} from {provider} after {months} full months, before "
            "the horizon.",
            limit=limit.name,
            months=limit.months,
            platform=platform,
            provider=provider,
        )
        for limit in answer.limits
        if limit.months.number < brief.conditions.horizon
    ]
    if spend:
        sentences.append(
            say(
                "The budget pays for the GPUs of today on {platform} at up to {price} per GPU-hour.",
                platform=platform,
                price=answer.fleet.price_for(spend),
            )
        )
    return points(sentences) if sentences else None


def no_quotes(brief: Brief) -> Shown | None:
    """Return that the offers are public prices alone; None where the buyer received quotes."""
    if brief.conditions.quotes:
        return None
    return note("The scenario states no quotes received; the offers are public prices.")


def changes(brief: Brief, others: Sequence[Variation]) -> Shown | None:
    """Return under how many other conditions another platform totals least, or that no offer carries the load in any.

    None where only other conditions have an answer: their table says it.
    """
    answered = [answer for variation in others if (answer := best(variation.brief))]
    if here := best(brief):
        changed = [answer for answer in answered if answer.fleet.platform != here.fleet.platform]
        return say(
            "Under {changed} of these {all} changes another platform totals least over the horizon.",
            changed=counted(len(changed), "changes under which another platform totals least"),
            all=counted(len(others), "changes"),
        )
    if answered:
        return None
    return say(
        "Under none of these changes is the load carried at a price that is public or quoted: {changes}.",
        changes="; ".join(variation.change for variation in others),
    )
