"""What may come, in sentences: what a platform is worth under each outlook, and what must be believed for it."""

from typing import Any

from analysis.exhibits.statements import Shown, answer, conclude, listed, phrase, points, say
from analysis.library.values import Value, counted
from analysis.studies.business.brief import Brief
from analysis.studies.business.outlooks import Amounts, alone, case, outlooks, weighted
from analysis.studies.business.returns import WITHOUT_LIMIT

_BELIEFS = {
    "annual_price_decline": "a token loses {annual_price_decline} of its price each year",
    "utilization": "{utilization} of full load is sold",
    "annual_throughput_gain": "software serves {annual_throughput_gain} more from the same GPU each year",
    "next_chip_year": "a next chip takes {next_chip_price_cut} off the price from year {next_chip_year} on",
    "capacity_price_factor": "capacity costs {capacity_price_factor} of what it does today",
    "electricity_price": "a kilowatt-hour costs {electricity_price}",
    "rival_price_factor": "another vendor's platform sells its tokens at {rival_price_factor} their cost",
    "interactivity": "users get {interactivity} tok/s/user for the same price",
}


def worth(brief: Brief) -> Shown | None:
    """Say what a GPU is worth to its owner under each outlook, and what moves that most; None without a capital."""
    if not brief.owned:
        return answer(
            "For none of these platforms is there a public figure of the capital, so no return is computed; the "
            "parameter finance takes an own one."
        )
    told = {owned.platform.key: owned for owned in brief.owned}
    first = next((told[side.platform.key] for side in brief.pair if side.platform.key in told), brief.owned[0])
    worths: dict[str, Value] = {}
    for name, amounts in outlooks(brief).items():
        made = case(brief, amounts, first.platform.key)
        if made and made.returns:
            worths[name] = made.returns.worth
    bars, mean = alone(brief, first.platform.key), weighted(brief, worths)
    known = [phrase("{worth} in the {name} outlook", worth=worth, name=name) for name, worth in worths.items()]
    return conclude(
        "Where nothing limits what sells at list prices, the net present value of a GPU of {platform} that costs "
        "{capital}, over {life:1} years at a cost of capital of {interest} a year, is {worths}{most}. The outlooks "
        "are assumptions, not forecasts.",
        platform=first.platform.name,
        capital=first["capital_per_gpu"],
        life=first["economic_life"],
        interest=first["cost_of_capital"],
        worths=listed([*known, *([phrase("{mean} by your weights", mean=mean)] if mean else [])], ", "),
        most=phrase("; what moves it most: {label}", label=bars[0].label) if bars else "",
    )


def payback(brief: Brief) -> Shown:
    """Say on how many platforms a GPU earns more than its cost of capital, and what it is worth on each."""
    if not brief.owned:
        return answer(
            "For none of these platforms is there a public figure of the capital, so no return is computed."
        )
    worthy = [owned for owned in brief.owned if owned.worth.number > 0]
    best = max(brief.owned, key=lambda owned: owned.worth.number)
    if not worthy or best.rate is None or best.payback is None:
        return answer(
            "On none of the platforms whose capital has a public figure does it earn its cost of {interest} a year.",
            interest=best["cost_of_capital"],
        )
    falling = phrase("falls by {decline} a year", decline=best.path.annual_price_decline)
    worths = [
        phrase("{worth} per GPU of {platform}", worth=owned.worth, platform=owned.platform.name)
        for owned in sorted(brief.owned, key=lambda owned: -owned.worth.number)
    ]
    return conclude(
        "The capital of {all} of these platforms has a public figure. At this load and while the price of tokens "
        "{path}, it earns more than its cost of {interest} a year on {worthy} of them. The net present value over "
        "{life:1} years is {worths}{cause}.",
        all=counted(len(brief.owned), "platforms with a public capital"),
        interest=best["cost_of_capital"],
        worthy=counted(len(worthy), "platforms that earn their cost of capital"),
        life=best["economic_life"],
        path=falling if brief.conditions.annual_price_decline else "stays as it is",
        worths=listed(worths, ", "),
        cause=f" ({WITHOUT_LIMIT})" if best.rate.number > 1 else "",
    )


def beliefs(brief: Brief) -> Shown:
    """Say what must be believed for each outlook, an outlook a point."""
    return points([_belief(brief, name, amounts) for name, amounts in outlooks(brief).items()])


def _belief(brief: Brief, name: str, amounts: Amounts) -> Shown:
    told = {key: amounts.get(key) for key in _BELIEFS}
    if told["utilization"] is None:
        told["utilization"] = brief.load
    parts = [words for key, words in _BELIEFS.items() if told[key] is not None]
    known: dict[str, Any] = {key: value for key, value in {**amounts, **told}.items() if value is not None}
    return say(f"{name.capitalize()}: {', '.join(parts)}. The rest is as in this brief.", **known)
