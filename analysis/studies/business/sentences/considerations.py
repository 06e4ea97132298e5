"""Key considerations: each names the platform and the figure that it rests on."""

from collections.abc import Iterator

from analysis import formulas
from analysis.exhibits.statements import Shown, points, say
from analysis.library.quantities import TIERS
from analysis.library.values import calculate
from analysis.studies.business.brief import LOWEST_LIST, Brief
from analysis.studies.business.claim import Claimed
from analysis.studies.business.economics import Economics
from analysis.studies.business.outlooks import rival


def considerations(brief: Brief, claim: Claimed | None) -> Shown:
    """Say what bears on the figures above, each with the platform and the figure; what no data hold comes last."""
    first = (brief.pair or [brief.best])[0]
    told = [*_of_the_ratio(claim), *_of_the_price(brief, first), *_of_the_capacity(brief, first)]
    return points([*told, *_of_a_rival(brief, first), _without_data(brief, first)])


def _of_the_ratio(claim: Claimed | None) -> Iterator[Shown]:
    if claim and claim.at_level:
        lower, higher = sorted((claim.at_point, claim.at_level), key=lambda ratio: ratio.number)
        yield say(
            "Operating point: tokens of {baseline} cost {ratio} as much as those of {subject} at {floor} tok/s/user "
            "and {market} at {level:2}: which of the two users pay for moves the ratio by {times}.",
            times=calculate(formulas.ratio, numerator=higher, denominator=lower),
            ratio=claim.at_point,
            market=claim.at_level,
            level=claim.level,
            floor=claim.asked_at,
            subject=claim.names["subject"],
            baseline=claim.names["baseline"],
        )


def _of_the_price(brief: Brief, first: Economics) -> Iterator[Shown]:
    yield say(
        "Price: {provider}'s is a list price of {day} of one model; {platform} keeps a margin down to {cost} per "
        "million tokens, and so can whoever else owns it.",
        provider=brief.seller.provider,
        day=brief.price.as_of,
        platform=first.platform.name,
        cost=first["cost_per_million_tokens"],
    )


def _of_the_capacity(brief: Brief, first: Economics) -> Iterator[Shown]:
    listed = brief.tiers.get(LOWEST_LIST, {})
    asked = {side.platform.name: listed.get(side.platform.key) for side in (first, *brief.pair)}
    known = [(name, price) for name, price in asked.items() if price]
    if known:
        name, price = known[0]
        own = next(side for side in brief.sides if side.platform.name == name)
        yield say(
            "Capacity: a GPU-hour of {platform} is taken at {own} here and publicly asked for at {price} or more "
            "where nobody may take it back: {times} as much. Supply decides who deploys at which of them, and no "
            "data here tell of supply.",
            platform=name,
            own=own["price_per_gpu_hour"],
            price=price,
            times=calculate(
                formulas.ratio, mixing=("price", "assumptions"), numerator=price,
                denominator=own["price_per_gpu_hour"],
            ),
        )  # fmt: skip


def _of_a_rival(brief: Brief, first: Economics) -> Iterator[Shown]:
    """The cheapest tokens of another vendor beside those of the first platform, both rented on the same terms."""
    beside = rival(brief, brief.by_key)
    rented = brief.library.known_price(first.platform.key, "rental_3yr", brief.conditions.vintage)
    if beside and rented:
        quoted = beside["price_per_gpu_hour"].kinds["price"] != TIERS["rental_3yr"]
        yield say(
            "Rivals: at three-year rental a million tokens cost a tenant {own} on {platform}, and {cost} on {rival}"
            + (" at its quote." if quoted else "."),
            rival=beside.platform.name,
            cost=beside["cost_per_million_tokens"],
            own=first.under(price_per_gpu_hour=rented)["cost_per_million_tokens"],
            platform=first.platform.name,
        )


def _without_data(brief: Brief, first: Economics) -> Shown:
    return say(
        "Power: a megawatt of {platform} earns {revenue} a year at this price, if the site has it; lead times, "
        "carbon and water have no data here, and positioning changes with each release of hardware and software.",
        platform=first.platform.name,
        revenue=first["revenue_per_megawatt_year"],
    )
