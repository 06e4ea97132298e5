"""What the report on owning says of how sure its ratio is: over all prices, at the break-even, and over all draws."""

from typing import Any

from analysis.exhibits.statements import Shown, conclude, say
from analysis.library.quantities import listing, plural, quantity
from analysis.library.values import counted
from analysis.studies.ownership.cost_model import RATIO
from analysis.studies.ownership.levelized import COST
from analysis.studies.ownership.owned_pair import OwnedPair
from analysis.studies.ownership.sentences import unmodeled
from analysis.studies.uncertainty.break_even import BreakEven
from analysis.studies.uncertainty.doubts import Doubts
from analysis.studies.uncertainty.sampling import QUANTILES


def over_all_prices(owned: OwnedPair) -> Shown | None:
    """Return which platform has the cheaper token at every published price; None where that is not one of the two."""
    ratios = owned.standing_cost_ratios.values()
    if not ratios:
        return None
    distinct = len({ratio.number for ratio in ratios})
    low, high = (end(ratios, key=lambda ratio: ratio.number) for end in (min, max))
    if low.number <= 1 <= high.number:
        return None
    curves = owned.curves
    lowest, highest = (curves.at(COST, place) for place in (curves.lowest, curves.highest))
    ending: str = ""
    contents: dict[str, Any] = {}
    if lowest and highest and highest.number / lowest.number > high.number / low.number:
        ending = (
            " The operating point moves the ratio more: over the interactivities that both serve it runs from "
            "{lowest} to {highest}."
        )
        contents = {"lowest": lowest, "highest": highest}
    return conclude(
        f"At the two measured rows, over all {{count}} distinct {plural(distinct, 'pair')} of sourced prices, by "
        "vintage and tier, without those that their source has corrected, {cheaper} has the cheaper token: one of "
        "{baseline} costs {low} to {high} as much as one of {subject}." + ending,
        count=counted(distinct, "distinct pairs of sourced prices"),
        cheaper=owned.subject.name if low.number > 1 else owned.baseline.name,
        low=low,
        high=high,
        **owned.pair.names,
        **contents,
    )


def break_even(owned: OwnedPair, even: BreakEven) -> Shown:
    """Return at which price and at which utilization a token of both costs the same."""
    return say(
        "With {baseline} at {price} per GPU-hour and {share} utilization, a token of {subject} costs the same at a "
        "price of {even} per GPU-hour, or at its own price of {own} once its utilization is {at}.",
        price=even.other_price,
        share=even.other_utilization,
        even=even.price,
        own=even.own_price,
        at=even.utilization,
        **owned.pair.names,
    )


def probable_ratios(owned: OwnedPair, study: Doubts | None) -> Shown:
    """Return between which ratios most of the draws lie, what is drawn, and what is not."""
    if study is None:
        return unmodeled(owned)
    low, middle, high = study.quantiles(RATIO, QUANTILES[0], 0.5, QUANTILES[-1])
    here = study.standing(RATIO)
    outside = "above" if here.number > high.number else "below" if here.number < low.number else ""
    keys = dict.fromkeys(name.rpartition(".")[2] for name in study.uncertain.inputs.varied)
    return conclude(
        "Of {draws} draws, {band} give a cost ratio between {low} and {high}; the middle one is {middle}."
        + (f" {{here}}, with every input as it stands, lies {outside} that interval." if outside else "")
        + " Drawn: {drawn}. Not drawn, so that the interval is rather too narrow: how the comparison is built, and "
        "what has no range.",
        draws=study.draws,
        band=study.band,
        low=low,
        high=high,
        **({"here": here} if outside else {}),
        middle=middle,
        drawn=listing([quantity(key).name for key in keys]),
    )
