"""Which published statements hold under which conditions: as published, as assumed since, and as asked here."""

from collections.abc import Sequence

from analysis.claims import Claim
from analysis.errors import InputError
from analysis.evidence import Evidence
from analysis.head_to_head import compare
from analysis.scenario import Parameters
from analysis.sources import TIERS, Library
from analysis.verdicts import Judgment, judge

AS_PUBLISHED, AS_ASKED = "As published", "This scenario's point and prices"


def variants(library: Library, asked: Parameters) -> dict[str, Parameters]:
    """Return the published conditions and what departs from them in one thing each, then the scenario's, by name.

    Args:
        library: The figures, with the vintages of assumptions.
        asked: The scenario; it departs in its point, vintage and price tier, not in its platforms.
    """
    published = Parameters.gathered({})
    found = {AS_PUBLISHED: published}
    for vintage in library.vintages:
        found[f"Prices and power of {vintage}"] = published.model_copy(update={"vintage": vintage})
    for tier, name in TIERS.items():
        found[f"Price: {name}"] = published.model_copy(update={"price_tier": tier})
    own = ("baseline", "subject", "baseline_price", "subject_price", "baseline_rate", "subject_rate")
    found[AS_ASKED] = asked.model_copy(update={name: getattr(published, name) for name in own})
    return {name: one for name, one in found.items() if name == AS_PUBLISHED or not _alike(one, published)}


def judged(library: Library, claims: Sequence[Claim], conditions: Parameters) -> list[Judgment] | None:
    """Return a verdict on each claim under conditions; None where a platform does not serve their point.

    Args:
        library: The figures.
        claims: The claims, of one publication.
        conditions: With the platforms that the claims are about.
    """
    try:
        pair = compare(library, conditions)
    except InputError:
        return None
    return judge(claims, Evidence(library, pair))


def ratios(claims: Sequence[Claim]) -> list[Claim]:
    """Return the first statement of a ratio for each quantity."""
    return list({claim.quantity: claim for claim in reversed(claims) if claim.is_ratio}.values())[::-1]


def _alike(one: Parameters, other: Parameters) -> bool:
    """Whether two conditions ask the same of a comparison."""
    names = ("input_tokens", "output_tokens", "minimum_interactivity", "minimum_accuracy", "as_of", "snapshot",
             "vintage", "price_tier")  # fmt: skip
    return all(getattr(one, name) == getattr(other, name) for name in names)
