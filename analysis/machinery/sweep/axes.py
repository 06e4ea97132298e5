"""What a sweep can vary: words that are chosen and amounts that are set, with what is allowed and what holds else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from math import nan

from analysis.comparison.head_to_head import workload
from analysis.errors import InputError, nearest
from analysis.library.loading.fields import SMALLEST, iso_day
from analysis.library.loading.outside import excerpt
from analysis.library.quantities import quantity
from analysis.library.sources import TIERS, Library
from analysis.library.terms import workloads
from analysis.scenario import Parameters
from analysis.studies.ownership.domains import DOMAINS, Domain, reckoned
from analysis.studies.ownership.finance import Finance

ROLES = ("baseline", "subject")
NONE = "none"
_FACTOR, _SHARE = Domain(SMALLEST, 1e6), Domain(SMALLEST, 1)
_GIVEN = ("capital_per_gpu", "power_per_gpu", "pue")
OWNERSHIP = tuple(one.name for one in fields(Finance) if one.name in DOMAINS and one.name not in _GIVEN)
"""What an owner pays that is the same for both platforms, as in `analysis.studies.ownership.finance.Finance`."""


@dataclass(frozen=True)
class Amount:
    """A number that a sweep can vary.

    Attributes:
        domain: What it can be at all.
        unit: Its unit; empty where it has none.
        default: What holds where the grid does not name it; NaN: what the data say.
    """

    domain: Domain
    unit: str
    default: float = nan


@dataclass(frozen=True)
class Choice:
    """A word that a sweep can vary.

    Attributes:
        default: What holds where the grid does not name it.
        known: The words that there are; empty for a day or an accuracy, which may be any.
    """

    default: str
    known: tuple[str, ...] = ()


def choices(library: Library) -> dict[str, Choice]:
    """Return the words that a sweep can vary, by name, with those that the library knows."""
    usual = Parameters.gathered({})
    platforms = tuple(library.platforms)
    return {
        "baseline": Choice(usual.baseline, platforms),
        "subject": Choice(usual.subject, platforms),
        "workload": Choice(
            workload(usual.input_tokens, usual.output_tokens), tuple(sorted(workloads(library.benchmark)))
        ),
        "vintage": Choice(usual.vintage, tuple(library.vintages)),
        "price_tier": Choice(usual.price_tier, tuple(TIERS)),
        "as_of": Choice(usual.as_of.isoformat()),
        "minimum_accuracy": Choice(NONE),
    }


@cache
def amounts() -> Mapping[str, Amount]:
    """Return the numbers that a sweep can vary, by name."""
    usual = Parameters.gathered({})
    found = {
        "interactivity": Amount(_FACTOR, "tok/s/user", usual.minimum_interactivity),
        "utilization": Amount(_SHARE, "", 1.0),
    }
    for role in ROLES:
        found |= {
            f"{role}_price": Amount(_FACTOR, "USD/GPU/h"),
            f"{role}_price_factor": Amount(_FACTOR, "", 1.0),
            f"{role}_power_factor": Amount(_FACTOR, "", 1.0),
            f"{role}_utilization": Amount(_SHARE, ""),
            f"{role}_capital_per_gpu": Amount(reckoned("capital_per_gpu"), "USD/GPU"),
        }
    return found | {key: Amount(reckoned(key), quantity(key).unit) for key in OWNERSHIP}


def word(name: str, found: object, known: Iterable[str], place: str) -> str:
    """Return a word of a grid as the sweep writes it: a day as ISO text, no accuracy as "none".

    Raises:
        InputError: It is not allowed.
    """
    if name == "as_of":
        return _day(found, place)
    if name == "minimum_accuracy":
        return _accuracy(found, place)
    if not isinstance(found, str) or found not in known:
        raise InputError(f"{place}: found {excerpt(found)}; {nearest(str(found), known)}")
    return found


def _day(found: object, place: str) -> str:
    try:
        return iso_day(str(found)).isoformat()
    except ValueError:
        raise InputError(f"{place}: found {excerpt(found)}, allowed is a day, YYYY-MM-DD") from None


def _accuracy(found: object, place: str) -> str:
    if found in (None, NONE):
        return NONE
    if isinstance(found, bool) or not isinstance(found, int | float) or not _SHARE.holds(found):
        raise InputError(f"{place}: found {excerpt(found)}, allowed is {_SHARE}, or {NONE}")
    return repr(float(found))
