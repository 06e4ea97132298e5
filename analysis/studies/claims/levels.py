"""What a claimed quantity is made from: what it needs, what of that is lacking, and what is printed beside it."""

from collections.abc import Mapping, Sequence

from analysis import formulas
from analysis.comparison.metrics import METRICS, level, missing, mixing
from analysis.library.values import Value, calculate
from analysis.studies.claims.claim import Claim

STATED_KINDS = ("price", "power", "assumptions")
"""What the prices and powers of two sides may differ in, where a claim states some of them itself."""


def compared(claim: Claim, beside: Sequence[Claim]) -> list[str]:
    """Return the platforms that a claim without a point is about: its own, and those of a ratio printed beside it."""
    ratios = [
        other.roles.values()
        for other in beside
        if other.is_ratio
        and not other.point.is_stated
        and other.value.sources == claim.value.sources
        and claim.subject in other.platforms
    ]
    return list(dict.fromkeys([*claim.roles.values(), *(key for pair in ratios for key in pair)]))


def printed_level(claim: Claim, role: str, beside: Sequence[Claim]) -> Value | None:
    """Return the level that is printed beside a ratio for one of its platforms at the same point, or None."""
    for other in beside:
        same = (other.quantity, other.subject, other.date) == (claim.quantity, claim.roles[role], claim.date)
        if same and not other.is_ratio and other.point.of("subject") == claim.point.of(role):
            return other.value
    return None


class LackingError(Exception):
    """What a claimed quantity is made from is not known."""


def level_of(key: str, given: Mapping[str, Value]) -> Value:
    """Return a quantity as it follows from what is given.

    Raises:
        LackingError: Something that it is made from is not given; the message says what.
    """
    if not set(needed(key)) <= given.keys():
        told = missing(key, given) if key in METRICS else ""
        raise LackingError(told or f"the data hold no {key.replace('_', ' ')}")
    return level(key, given, calculate) if key in METRICS else given[key]


def needed(key: str) -> tuple[str, ...]:
    """Return the inputs that a quantity is made from; itself where it is one."""
    return METRICS[key].inputs if key in METRICS else (key,)


def combined(claim: Claim, levels: Mapping[str, Value | None]) -> Value | None:
    """Return what a claim states, the subject's level or its ratio to the baseline's, from the levels by role."""
    subject, baseline = levels["subject"], levels.get("baseline")
    if subject is None or not claim.is_ratio:
        return subject
    if baseline is None:
        return None
    prices = [value for side in (subject, baseline) for value in side.inputs.values()]
    mixed = mixing(claim.quantity, subject, baseline, *prices)
    stated = STATED_KINDS if any(claim.stated.values()) else ()
    return calculate(formulas.ratio, mixing=(*mixed, *stated), numerator=subject, denominator=baseline)
