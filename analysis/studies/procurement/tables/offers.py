"""What providers ask for a load, who asks least under other conditions, and what all of it rests on."""

from collections.abc import Sequence
from math import inf

from analysis import formulas
from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import figures, table
from analysis.library.quantities import NO_POWER, NO_PRICE, TIERS, Quoted
from analysis.library.values import Status, Value, calculate, given
from analysis.scenario import Parameters
from analysis.studies.procurement.brief import Brief, Variation
from analysis.studies.procurement.horizon import Path, answer, best, sample
from analysis.studies.procurement.offers import Offer
from analysis.studies.procurement.options import Option, gpus_later
from analysis.studies.procurement.owning import owned
from analysis.studies.procurement.service import asked
from analysis.studies.procurement.tables.platforms import NOTHING

_MONTHLY = 5  # place of the cost per month in a row
_NO_EVEN = {"": NOTHING, NO_POWER: NO_POWER}
"""What stands for a break-even price that is none, by why the platform carries no load."""


def offers(brief: Brief) -> Shown:
    """Return every offer with what it costs for the load and what would break even, the least costly first.

    A platform without a price, spot prices and the like aside, has a row at the modeled price of the scenario's tier.
    """
    even = {key: brief.break_even(key) for key in brief.fleets}
    why_not = {platform.platform.key: platform.reason for platform in brief.unserved}
    options = {id(option.offer): option for option in brief.options}
    unpriced = [key for key in brief.fleets if not brief.cheapest(key)]
    rows = [
        *(
            _offered(brief, offer, options.get(id(offer)), even.get(key), why_not.get(key, ""))
            for offer in brief.offers
            for key in [offer.platform.key]
        ),
        *(_modeled(brief, key, even[key]) for key in unpriced),
    ]
    modeled = (
        " No provider: what the model of the vintage {vintage} has for platforms without a price; it tells what "
        "they cost an owner or a long renter, not what a buyer is asked for."
    )
    owners = [owner for key in unpriced if key in brief.modeled and (owner := owned(brief, key))]
    parts = [(owner.option.fleet.platform.name, owner.option.cost_per_month.show()) for owner in owners]
    by_parts = "; ".join(f"{name} {cost}" for name, cost in parts)
    if by_parts:
        modeled += (
            " Built up from capital, interest, power, space and staff instead, as the table of ways has it, an owner "
            "pays a month: {by_parts}."
        )
    outdone = ""
    if any(coverage.better for coverage in brief.coverage.values()):
        outdone = " At least: not enough measured, so taken to do as little as the older platform that outdoes it."
    return table(
        "offers",
        "What providers ask, and what it means for the load.",
        [
            *("Provider and terms", "Platform", "Asked (USD/GPU/h)", "Status", "As of"),
            *("USD/month", "USD/Mtok", "Break-even (USD/GPU/h)"),
        ],
        sorted(rows, key=lambda row: cost.number if isinstance(cost := row[_MONTHLY], Value) else inf),
        note="Spot, preemptible and community prices and averages of markets are told and not ranked. Where nothing "
        f"is asked, the break-even is the quote to ask for.{outdone}{modeled if unpriced else ''}",
        vintage=brief.conditions.vintage,
        by_parts=Quoted(by_parts),
    )


def variations(brief: Brief, others: Sequence[Variation]) -> Shown | None:
    """Return the offer of the least total under other conditions; None where there is none under any."""
    here, answers = answer(brief), [answer(variation.brief) for variation in others]
    if not any([here, *answers]):
        return None
    return table(
        "variations",
        "The offer of the least total over the horizon under other conditions.",
        [
            "Change",
            "Platform",
            "Provider and terms",
            "GPUs today",
            "USD over the horizon",
            "Times the total as asked",
        ],
        [[variation.change, *_least(here, other)] for variation, other in zip(others, answers, strict=True)],
    )


def assumptions(brief: Brief) -> Shown:
    """Return everything given, but for what was measured, with source, date and status."""
    values = [brief.load.peak, brief.load.growth, *asked(brief.conditions).values()]
    if measured := sample(brief):
        values.append(measured.power)
    if taken := best(brief):
        values += [taken.cost_per_million_tokens, gpus_later(taken.fleet, brief.load, brief.conditions)]
        values += [limit.room for limit in taken.limits]
    return figures(
        (value for value in given(values) if value.status is not Status.MEASURED),
        "What was asked and assumed, and the figures of the answer that the tables above do not hold.",
        lambda value: _status(brief, value),
        digits=4,
    )


def _status(brief: Brief, value: Value) -> str:
    """How far a figure can be trusted: what the buyer states is stated."""
    name = value.place.removeprefix("parameter ").partition(",")[0]
    if name == value.place or name not in Parameters.model_fields:
        return str(value.status)
    return "stated" if brief.conditions.states(name) else "assumed"


def _offered(brief: Brief, offer: Offer, option: Option | None, even: Value | None, why_not: str) -> list[Cell]:
    costs: list[Cell] = [option.cost_per_month, option.cost_per_million_tokens] if option else [NOTHING, NOTHING]
    return [
        *(Quoted(f"{offer.provider}, {offer.terms}"), offer.platform.name, offer.price or "no public price"),
        *(offer.standing, offer.as_of or NOTHING, *costs),
        _even(brief, offer.platform.key, even, why_not),
    ]


def _even(brief: Brief, key: str, even: Value | None, why_not: str) -> Cell:
    if why_not:
        return _NO_EVEN.get(why_not, "SLA not met")
    if not brief.coverage[key].doubts:
        return even or NOTHING
    older = brief.coverage[key].better
    if older is None or even is None:
        return "not enough measured"
    return Quoted(f"at least {even.show()}")


def _modeled(brief: Brief, key: str, even: Value | None) -> list[Cell]:
    option, nobody = brief.modeled.get(key), Quoted(f"No provider: {TIERS[brief.conditions.price_tier]}")
    if option is None:
        return [nobody, brief.fleets[key].platform.name, NO_PRICE, *[NOTHING] * 4, _even(brief, key, even, "")]
    return [
        *(nobody, option.fleet.platform.name, option.price, str(option.price.status), option.price.as_of),
        *(option.cost_per_month, option.cost_per_million_tokens, _even(brief, key, even, "")),
    ]


def _least(here: Path | None, other: Path | None) -> list[Cell]:
    if other is None or other.option.offer is None:
        return ["none within the limits", *[NOTHING] * 4]
    times: Cell = NOTHING
    if here:
        times = calculate(formulas.ratio, mixing=("price", "workload"), numerator=other.total, denominator=here.total)
    fleet, offer = other.option.fleet, other.option.offer
    return [fleet.platform.name, Quoted(f"{offer.provider}, {offer.terms}"), fleet.gpus, other.total, times]
