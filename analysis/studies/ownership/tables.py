"""The tables of the report on owning: steps, published prices beside modeled ones, two axes of cost, and a site."""

from collections.abc import Mapping
from dataclasses import replace

from analysis import formulas
from analysis.comparison.contenders import Contender
from analysis.comparison.metrics import ratio
from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import records, table
from analysis.library.quantities import NO_POWER, NO_PRICE, TIERS, Quoted
from analysis.library.values import Value, calculate
from analysis.studies.ownership.levelized import CAPITAL, COST, PRICE, THROUGHPUT
from analysis.studies.ownership.owned_pair import OwnedPair
from analysis.studies.ownership.sentences import unmodeled

STEPS = (
    *(CAPITAL, "economic_life", "cost_of_capital", "capital_recovery_factor", "capital_charge_per_gpu_hour"),
    *("power_per_gpu", "electricity_price", "average_load", "electricity_per_gpu_hour", "colocation"),
    *("space_per_gpu_hour", "operations_per_gpu_hour", "availability", PRICE, THROUGHPUT, "utilization"),
    *("delivered_throughput_per_gpu", COST),
)
"""What is told of the way from capital to the cost of a token, in its order."""

SITE = {
    "energy_per_token": "Energy per token (J/tok)",
    "electricity_per_million_tokens": "Electricity per million tokens (USD/Mtok)",
    "electricity_share": "Share of electricity in the modeled cost",
    "gpus": "GPUs within a megawatt",
    "tokens_per_year": "Tokens in a megawatt-year (tok)",
    "revenue_per_megawatt_year": "Revenue of a megawatt-year (USD)",
}
"""What is told of a site, in words."""


def steps(owned: OwnedPair) -> Shown:
    """Return every step from capital to the cost of a token, a column a platform of which a capital is known."""
    owners = list(owned.with_capital.values())
    if not owners:
        return unmodeled(owned)
    return table(
        "steps",
        "From capital to the cost of a token, {platforms}.",
        ["Step", *(owner.name for owner in owners)],
        [[owners[0].levels[key].quantity.label, *(owner.levels[key] for owner in owners)] for key in STEPS],
        digits=4,
        platforms=" and ".join(owner.name for owner in owners),
    )


def calibration(owned: OwnedPair) -> Shown:
    """Return the modeled price of a GPU-hour beside every published one of the scenario's vintage."""
    if not owned.with_capital:
        return unmodeled(owned)
    return records(
        "calibration-by-tier",
        "The modeled price of a GPU-hour beside every published one of {vintage}.",
        [
            {
                "Platform and price": Quoted(f"{owner.name}, {words}"),
                "Modeled (USD/GPU/h)": owner.levels[PRICE],
                "Published (USD/GPU/h)": price or NO_PRICE,
                "Gap": owner.gap(price) if price else "–",
            }
            for key, owner in owned.with_capital.items()
            for tier, words in TIERS.items()
            for price in [owned.listed(key, tier)]
        ],
        digits=4,
        note="The gap is the modeled price over the published one, less one.",
        vintage=owned.pair.conditions.vintage,
    )


def performance(owned: OwnedPair) -> Shown:
    """Return the cost of a million tokens by operating point and utilization, at the scenario's prices."""
    curves, (low, middle, high) = owned.curves, owned.utilizations
    rows: list[list[Cell]] = [
        [
            level,
            *(
                _cost(side, level.number, utilization)
                for side in (curves.baseline, curves.subject)
                for utilization in (low, middle, high)
            ),
            curves.at(COST, level.number) or "not served",
        ]
        for level in owned.service_levels
    ]
    names = owned.pair.names.values()
    heads = [f"{name}, {word} utilization" for name in names for word in ("low", "middle", "high")]
    return table(
        "performance",
        "Cost per million tokens (USD) by operating point and utilization, at {tier}, {vintage}.",
        ["Interactivity (tok/s/user)", *heads, "Ratio at equal utilization"],
        rows,
        note="Low, middle and high utilization are {low}, {middle} and {high}.",
        tier=owned.price_words[owned.pair.conditions.baseline],
        vintage=owned.pair.conditions.vintage,
        low=low,
        middle=middle,
        high=high,
    )


def prices(owned: OwnedPair) -> Shown:
    """Return the price of a GPU-hour by tier and vintage, published and modeled."""
    vintages = owned.library.vintages
    rows: list[list[Cell]] = [
        [Quoted(f"{owner.name}, {words}"), *(owned.listed(key, tier, vintage) or NO_PRICE for vintage in vintages)]
        for tier, words in TIERS.items()
        for key, owner in owned.owners.items()
    ]
    rows += [
        [f"{owner.name}, modeled", *(_modeled_price(owned, key, vintage) for vintage in vintages)]
        for key, owner in owned.with_capital.items()
    ]
    return table(
        "finance",
        "Price of a GPU-hour (USD/GPU/h) by price tier and vintage.",
        ["Platform and price", *vintages],
        rows,
        digits=4,
        note="A modeled price changes with the vintage by its provisioned power alone.",
    )


def cost_ratios(owned: OwnedPair) -> Shown:
    """Return the ratio of costs at the measured rows by tier and vintage, published and modeled."""
    vintages, ratios = owned.library.vintages, owned.listed_cost_ratios
    rows: list[list[Cell]] = [
        [Quoted(words[:1].upper() + words[1:]), *(ratios.get((vintage, tier), NO_PRICE) for vintage in vintages)]
        for tier, words in TIERS.items()
    ]
    if owned.is_modeled:
        rows.append(["Modeled", *(_modeled_ratio(owned, vintage) for vintage in vintages)])
    return table(
        "finance-ratio",
        "Cost ratio, {baseline} over {subject}, by price tier and vintage, at the measured rows.",
        ["Price", *vintages],
        rows,
        **owned.pair.names,
    )


def site(owned: OwnedPair, token_price: Value) -> Shown:
    """Return what a megawatt of each platform takes, delivers and earns in a year."""
    sites = owned.sites(token_price)
    return table(
        "site",
        "Energy and electricity in a token, and what a megawatt delivers and earns in a year.",
        ["Quantity", *owned.pair.names.values(), "Ratio"],
        [[words, *_beside(owned, sites, key)] for key, words in SITE.items()],
        note="The ratio is {subject} over {baseline}. Revenue is at {price} per million tokens of {seller}, if every "
        "token that is delivered sells.",
        price=token_price,
        seller=Quoted(token_price.subject),
        **owned.pair.names,
    )


def _modeled_price(owned: OwnedPair, key: str, vintage: str) -> Cell:
    owner = owned.in_vintage(key, vintage)
    return owner.levels[PRICE] if owner else NO_POWER


def _modeled_ratio(owned: OwnedPair, vintage: str) -> Cell:
    before, after = (owned.in_vintage(owner.key, vintage) for owner in (owned.baseline, owned.subject))
    return ratio(COST, before.levels[COST], after.levels[COST]) if before and after else NO_POWER


def _cost(side: Contender, interactivity: float, utilization: Value) -> Cell:
    metrics = side.at(interactivity)
    if not metrics:
        return "not served"
    delivered = calculate(
        formulas.delivered_throughput_per_gpu,
        throughput_per_gpu=metrics[THROUGHPUT],
        utilization=replace(utilization, subject=side.platform.name),
    )
    return calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=side.price, throughput_per_gpu=delivered)


def _beside(owned: OwnedPair, sites: Mapping[str, Mapping[str, Value]], key: str) -> list[Cell]:
    """A quantity of both sites and their ratio; what rests on an unknown capital is not known."""
    pair = (owned.baseline.key, owned.subject.key)
    if key == "electricity_share" and not owned.is_modeled:
        return [*(sites[name][key] if name in owned.with_capital else "not known" for name in pair), "not known"]
    baseline, subject = (sites[name][key] for name in pair)
    return [baseline, subject, calculate(formulas.ratio, numerator=subject, denominator=baseline)]
