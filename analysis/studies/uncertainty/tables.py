"""The tables of how sure the cost of owning is: what moves it, how far, and how probable each ratio is."""

from dataclasses import replace
from typing import Any

from analysis.exhibits.statements import Shown
from analysis.exhibits.tables import records, table
from analysis.library.choices import choices
from analysis.library.quantities import listing, quantity
from analysis.library.sources import TIERS
from analysis.library.values import Value
from analysis.studies.ownership.cost_model import BASIS, RATIO
from analysis.studies.ownership.levelized import COST, PRICE
from analysis.studies.ownership.owned_pair import OwnedPair, site_power
from analysis.studies.ownership.sentences import unmodeled
from analysis.studies.uncertainty.doubts import Doubts
from analysis.studies.uncertainty.sampling import QUANTILES

_NO_CHOICE = ("pue", "payments_per_year")
"""Inputs that no owner decides: power is all-in, and interest is told by the year."""

_SMALL = 1e-2  # share of the variance below which an input is counted with the others


def thresholds() -> list[Value]:
    """Return the cost ratios of which the probability is told that they are exceeded."""
    return choices("ratio", "asked of the cost ratio")


def elasticities(owned: OwnedPair, study: Doubts | None) -> Shown:
    """Return by how many percent costs and their ratio move for one percent of each input, the strongest first."""
    pulls = {owner.name: owner.elasticities for owner in owned.with_capital.values()}
    if not pulls:
        return unmodeled(owned)
    strengths = {
        key: max(abs(pull[key].number) for pull in pulls.values())
        for key in next(iter(pulls.values()))
        if key not in _NO_CHOICE
    }
    keys = sorted((key for key, strength in strengths.items() if strength), key=lambda key: -strengths[key])
    if study:
        pulls["Cost ratio"] = study.elasticities
    return table(
        "elasticities",
        "Elasticity of the cost of a million tokens"
        + (", and of the cost ratio to an input that both share." if study else "."),
        ["Input", *pulls],
        [[quantity(key).title, *(pull[key] for pull in pulls.values())] for key in keys],
        digits=2,
    )


def ranges(study: Doubts | None) -> Shown | None:
    """Return the ranges of the uncertain inputs, and what the cost ratio is at their ends."""
    if study is None:
        return None
    uncertain = study.uncertain
    tornado = study.tornado(RATIO)
    still = [name for name in uncertain.inputs.varied if name not in {*tornado["input"]}]
    return records(
        "ranges",
        "The ranges, and what the cost ratio is at their ends.",
        [
            {
                "Input": _begun(uncertain.names[row.input]) + _unit(row.input),
                "Lowest": uncertain.amount(row.input, row.low),
                "As it is": uncertain.amount(row.input, row.base),
                "Highest": uncertain.amount(row.input, row.high),
                "Drawn from": type(uncertain.inputs.distributions[row.input]).__name__.lower(),
                "Status": row.status,
                "Ratio at lowest": study.value(RATIO, row.result_at_low),
                "Ratio at highest": study.value(RATIO, row.result_at_high),
            }
            for row in tornado.itertuples()
        ],
        note="Triangular: likeliest as it is. Of a lognormal, lowest and highest are what {band} of its draws lie "
        "between. Discrete: each price is as likely, from the one with the lowest ratio to that with the highest."
        + (" Drawn as well, without an effect on the ratio: {still}." if still else ""),
        band=study.band,
        still=listing([uncertain.names[name] for name in still]),
    )


def bands(study: Doubts | None) -> Shown | None:
    """Return the quantiles of levels and ratio over all draws."""
    if study is None:
        return None
    results = {"Cost ratio": RATIO} | {
        f"{quantity(key).label}, {owner.name}": f"{platform}.{key}"
        for key in (PRICE, COST)
        for platform, owner in study.owned.owners.items()
    }
    return table(
        "bands",
        "Quantiles of levels and ratio over all draws.",
        ["Result", *(f"P{probability * 100:.0f}" for probability in QUANTILES)],
        [[words, *study.quantiles(result, *QUANTILES)] for words, result in results.items()],
        note="A result is below its quantile P in so many percent of the draws.",
    )


def variance(study: Doubts | None) -> Shown | None:
    """Return which input the variance of the modeled cost ratio is owed to; None where inputs are correlated."""
    if study is None or study.owned.pair.conditions.correlations:
        return None
    shares = study.shares(RATIO)
    small = [share["total"] for share in shares.values() if share["total"].number < _SMALL]
    contents: dict[str, Any] = {}
    ending = ""
    if small:
        ending = " The other inputs together make {rest} in total."
        rest = sum(total.number for total in small)
        contents = {"rest": replace(small[0], number=rest, subject="the other inputs")}
    return records(
        "variance",
        "Which input the variance of the modeled cost ratio is owed to: Sobol’ indices.",
        [
            {
                "Input": _begun(study.uncertain.names[name]),
                "First order": share["first_order"],
                "Error": share["first_order_error"],
                "Total": share["total"],
                "Error of total": share["total_error"],
            }
            for name, share in shares.items()
            if share["total"].number >= _SMALL
        ],
        digits=2,
        note="First order: the share that an input makes by itself; total: with what it does together with others. "
        "Errors are half widths of bootstrap intervals." + ending,
        **contents,
    )


def rests_on(owned: OwnedPair, study: Doubts | None, token_price: Value) -> list[Value]:
    """Return the values of the report whose assumptions and sources are listed."""
    return [
        *(value for owner in owned.with_capital.values() for value in owner.levels.values()),
        *(owned.pair.ratio(key) for key in owned.pair.metrics),
        *(token_price, site_power()),
        *(*owned.utilizations, *thresholds(), *owned.service_levels),
        *(
            price
            for key in owned.owners
            for vintage in owned.library.vintages
            for tier in TIERS
            if (price := owned.listed(key, tier, vintage))
        ),
        *(value for name, value in (study.uncertain.sourced.items() if study else ()) if name != BASIS),
    ]


def _unit(name: str) -> str:
    unit = quantity(name.rpartition(".")[2]).unit
    return f" ({unit})" if unit else ""


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
