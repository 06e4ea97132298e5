"""What the report on owning says in sentences: what owners pay, how that compares, and what it leaves out."""

from dataclasses import replace

from analysis import formulas
from analysis.comparison.token_prices import Offer
from analysis.exhibits.statements import Shown, answer, conclude, note, points, say, warn
from analysis.library.quantities import Quoted, listing, quantity
from analysis.library.sources import TIERS
from analysis.library.values import Value, calculate
from analysis.studies.ownership.levelized import CAPITAL, COST, PRICE
from analysis.studies.ownership.owned_pair import OwnedPair
from analysis.studies.ownership.owners import Owner


def unmodeled(owned: OwnedPair) -> Shown:
    """Return that a section cannot be, since a capital is not known or there is nothing to compare with."""
    if owned.is_modeled:
        told = "This section compares the costs of owning two platforms, and {platform} stands on both sides here."
        return note(told, platform=owned.baseline.name)
    return note(
        "This section rests on what it costs to own the platforms, and no capital is sourced for {missing}.",
        missing=" and ".join(owned.without_capital),
    )


def hourly_prices(owned: OwnedPair) -> list[Shown]:
    """Return what each owner pays by the hour, then of which platform no capital is known."""
    unknown = (
        "What a GPU of {platform} costs to buy is in no source at hand, so its cost of owning is not modeled. A "
        "capital of one's own can be stated as the parameter finance."
    )
    return [
        *(_hourly_price(owned, owner) for owner in owned.with_capital.values()),
        *(answer(unknown, platform=name) for name in owned.without_capital),
    ]


def token_cost(owned: OwnedPair) -> Shown | None:
    """Return what a million tokens cost the owners, beside what they cost at the scenario's prices."""
    if not owned.is_modeled:
        return None
    baseline, subject = owned.baseline.levels, owned.subject.levels
    before, after = owned.pair.levels(COST)
    return conclude(
        "At {share} utilization a million tokens cost their owner {first} on {baseline} and {second} on {subject}, "
        "{ratio} as much on {baseline}. At {kind} and full load they cost {before} and {after}, {times} as much. "
        "Utilization that is the same on both does not change a ratio; the prices do.",
        share=baseline["utilization"],
        first=baseline[COST],
        second=subject[COST],
        ratio=owned.cost_ratio,
        kind=" and ".join(dict.fromkeys(owned.price_words.values())),
        before=before,
        after=after,
        times=owned.pair.ratio(COST),
        **owned.pair.names,
    )


def shared_capitals(owned: OwnedPair) -> list[Shown]:
    """Return which capitals are too low by network and storage, since they are the price of systems alone."""
    shared = [owner for owner in owned.with_capital.values() if owner.is_system_price]
    template = (
        "The capital of {platform}, {capital} per GPU, is the price of a system shared by its GPUs: network between "
        "systems and storage are not in it. Its modeled cost is too low by their share"
    ) + (", and the modeled ratio too high." if owned.is_modeled and shared == [owned.subject] else ".")
    return [warn(template, platform=owner.name, capital=owner.levels[CAPITAL]) for owner in shared]


def kind_of_owner(owned: OwnedPair) -> Shown | None:
    """Return whose interest and rent the sourced ones are."""
    if not owned.with_capital or {"cost_of_capital", "colocation"} & set(owned.pair.conditions.finance):
        return None
    owner = next(iter(owned.with_capital.values()))
    return warn(
        "The sourced cost of capital of {interest} a year and a rent of {rent} per kW and month are those of an "
        "owner who borrows and rents space, as a neocloud does, rather than of a hyperscaler with sites of its own.",
        interest=owner.levels["cost_of_capital"],
        rent=owner.levels["colocation"],
    )


def limits(owned: OwnedPair) -> Shown:
    """Return that the model becomes the published formula at full load, and a straight line without interest."""
    if not owned.with_capital:
        return unmodeled(owned)
    stated = owned.pair.conditions.finance
    owners = owned.with_capital
    closing = {key: owner.closing(owned.prices[key])[CAPITAL] for key, owner in owners.items()}
    met = {f"{key}.{CAPITAL}": capital for key, capital in closing.items() if capital is not None}
    full = owned.under(finance={**stated, **met}, utilization=1.0)
    free = owned.under(finance={**stated, "cost_of_capital": 0.0})
    return points(
        [
            *(_met(owner, full.owners[key]) for key, owner in owners.items() if f"{key}.{CAPITAL}" in met),
            *(_straight(owner, free.owners[key]) for key, owner in owners.items()),
        ]
    )


def open_gaps(owned: OwnedPair) -> list[Shown]:
    """Return which inputs of an owner close the gap to the scenario's price with no amount."""
    closing = {key: owner.closing(owned.prices[key]) for key, owner in owned.with_capital.items()}
    return [
        say(
            "For {platform} no possible amount of any one of these closes the gap to {kind}: {cannot}.",
            platform=owned.with_capital[key].name,
            kind=owned.price_words[key],
            cannot=listing([quantity(name).name for name, amount in amounts.items() if amount is None], "or"),
        )
        for key, amounts in closing.items()
        if None in amounts.values()
    ]


def megawatt(owned: OwnedPair, token_price: Value) -> Shown:
    """Return what a megawatt of each delivers, at a price of tokens in USD/Mtok, and the share of electricity."""
    sites = owned.sites(token_price)
    before, after = sites[owned.baseline.key], sites[owned.subject.key]
    told = (
        "; electricity is {first} of the modeled cost on {baseline} and {second} on {subject}."
        if owned.is_modeled
        else "."
    )
    return say(
        "A megawatt of {subject} delivers {tokens} the tokens of a megawatt of {baseline}" + told,
        tokens=calculate(formulas.ratio, numerator=after["tokens_per_year"], denominator=before["tokens_per_year"]),
        **owned.pair.names,
        first=before["electricity_share"] if owned.is_modeled else "",
        second=after["electricity_share"] if owned.is_modeled else "",
    )


def price_of_slower_service(owned: OwnedPair, seller: Offer) -> Shown | None:
    """Return that tokens are priced as those of a slower service; None where the seller's is as fast as asked."""
    speed, floor = seller.interactivity, owned.pair.floor
    if speed is not None and speed.number >= floor.number:
        return None
    told = "asks its price for a service of {speed:2} tok/s/user" if speed else "does not say how fast it serves"
    return warn(
        f"{{seller}} {told}, where at least {{floor}} are asked here. Nothing shows that tokens of the faster "
        "service sell at that price in such an amount: the revenue measures what is delivered, and is no forecast.",
        seller=Quoted(seller.provider),
        floor=floor,
        speed=speed or "",
    )


def _hourly_price(owned: OwnedPair, owner: Owner) -> Shown:
    """What an owner pays by the hour, beside the scenario's price and the range of the published ones."""
    price = owned.prices[owner.key]
    gap = owner.gap(price)
    listed = sorted(filter(None, (owned.listed(owner.key, tier) for tier in TIERS)), key=lambda known: known.number)
    told = ". Over all tiers the published prices of {vintage} run from {low:4} to {high:4}." if listed[1:] else "."
    return conclude(
        "An owner of {platform} pays {modeled:4} per GPU-hour by the sourced inputs, {gap} "
        f"{'above' if gap.number > 0 else 'below'} {{kind}}, {{published:4}}{told}",
        platform=owner.name,
        modeled=owner.levels[PRICE],
        gap=replace(gap, number=abs(gap.number)),
        published=price,
        kind=owned.price_words[owner.key],
        vintage=owned.pair.conditions.vintage,
        low=listed[0] if listed else "",
        high=listed[-1] if listed else "",
    )


def _met(owner: Owner, full: Owner) -> Shown:
    return say(
        "With {capital} per GPU in place of {before}, the modeled price of {platform} is the published {price:4}; at "
        "{share} utilization the model then gives {cost:4} per million tokens, the published formula {formula:4}.",
        capital=full.levels[CAPITAL],
        before=owner.levels[CAPITAL],
        platform=owner.name,
        price=full.levels[PRICE],
        share=full.levels["utilization"],
        cost=full.levels[COST],
        formula=owner.side.levels[COST],
    )


def _straight(owner: Owner, free: Owner) -> Shown:
    return say(
        "Without interest the capital recovery factor of {platform} falls from {factor} to {straight} a year, one "
        "over its {life} years, and the price of a GPU-hour from {price} to {cheaper}.",
        platform=owner.name,
        factor=owner.levels["capital_recovery_factor"],
        straight=free.levels["capital_recovery_factor"],
        life=owner.levels["economic_life"],
        price=owner.levels[PRICE],
        cheaper=free.levels[PRICE],
    )
