"""Which published statements hold under which conditions: as published, as assumed since, and as asked here."""

from collections.abc import Iterable, Sequence

from analysis.comparison.head_to_head import HeadToHead, compare
from analysis.errors import InputError
from analysis.library.sources import Library
from analysis.library.terms import ABSENT, TIERS
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.claims.claim import Claim
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.verdicts import judge

AS_PUBLISHED, AS_ASKED = "As published", "This scenario's point and prices"


def variants(library: Library, asked: Parameters) -> dict[str, Parameters]:
    """Return the published conditions and what departs from them in one thing each, then the scenario's, by name."""
    published = Parameters.gathered({})
    conditions = {}
    for vintage in library.vintages:
        conditions[f"Prices and power of {vintage}"] = published.model_copy(update={"vintage": vintage})
    for tier, name in TIERS.items():
        conditions[f"Price: {name}"] = published.model_copy(update={"price_tier": tier})
    own = ("baseline", "subject", "baseline_price", "subject_price", "baseline_rate", "subject_rate")
    conditions[AS_ASKED] = asked.model_copy(update={name: getattr(published, name) for name in own})
    departing = {name: other for name, other in conditions.items() if not _alike(other, published)}
    return {AS_PUBLISHED: published, **departing}


def under_vintages(library: Library, conditions: Parameters) -> dict[str, HeadToHead]:
    """Return a comparison under each vintage of prices and power, by its name; it may lack a price or a power.

    Raises:
        InputError: A platform was not measured under these conditions, or has no price or power under them.
    """
    pair = compare(library, conditions)
    return {
        vintage: pair.repriced(conditions.model_copy(update={"vintage": vintage})) for vintage in library.vintages
    }


def changed_verdicts(
    claims: Sequence[Claim], comparisons: Iterable[HeadToHead], published: Evidence
) -> list[tuple[Claim, tuple[str, ...]]]:
    """Return the claims whose verdict is not the same under all comparisons, each with its verdicts in their order.

    Where a price or power is missing, that stands in place of a verdict, and is no other one.
    """
    judged = [judge(claims, Evidence(published.library, pair), published=published) for pair in comparisons]
    words = [tuple(judgment.words for judgment in of_claim) for of_claim in zip(*judged, strict=True)]
    return [
        (claim, verdicts)
        for claim, verdicts in zip(claims, words, strict=True)
        if len({*verdicts} - {*ABSENT.values()}) > 1
    ]


def recomputed(library: Library, claims: Sequence[Claim], conditions: Parameters) -> dict[str, Value | str]:
    """Return what the data give for claims under conditions, by id, or that a price or power is missing.

    Nothing where a platform misses the point.
    """
    published = Parameters.gathered({})
    priced = conditions.model_copy(update={"vintage": published.vintage, "price_tier": published.price_tier})
    try:
        evidence = Evidence(library, compare(library, priced).repriced(conditions))
    except InputError:
        return {}
    values = {claim.id: evidence.recomputed(claim) for claim in claims}
    return {name: value or remark for name, (value, remark) in values.items() if value or remark in ABSENT.values()}


def ratios(claims: Sequence[Claim]) -> list[Claim]:
    """Return the first statement of a ratio for each quantity."""
    return list({claim.quantity: claim for claim in reversed(claims) if claim.is_ratio}.values())[::-1]


def _alike(conditions: Parameters, other: Parameters) -> bool:
    """Whether two conditions ask the same of a comparison."""
    asked = ("input_tokens", "output_tokens", "minimum_interactivity", "minimum_accuracy", "as_of", "snapshot",
             "suspect_series", "origin",
             "vintage", "price_tier")  # fmt: skip
    return all(getattr(conditions, name) == getattr(other, name) for name in asked)
