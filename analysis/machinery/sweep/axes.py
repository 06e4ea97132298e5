"""What a sweep can vary: words and numbers, with what is allowed and the default of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from math import nan

from analysis.comparison.head_to_head import workload
from analysis.comparison.requests import in_words, request_in
from analysis.errors import InputError, nearest
from analysis.library.loading.fields import SMALLEST, excerpt, iso_day
from analysis.library.quantities import quantity, workloads
from analysis.library.sources import TIERS, Library
from analysis.scenario import Parameters
from analysis.studies.ownership.domains import DOMAINS, Domain, reckoned
from analysis.studies.ownership.finance import Finance

ROLES = ("baseline", "subject")
ALL, NONE, NEWEST = "all", "none", "newest"
_FACTOR, _SHARE = Domain(SMALLEST, 1e6), Domain(SMALLEST, 1)
_GIVEN = ("capital_per_gpu", "power_per_gpu", "pue")
OWNERSHIP = tuple(field.name for field in fields(Finance) if field.name in DOMAINS and field.name not in _GIVEN)
"""What an owner pays that is the same for both platforms, as in `analysis.studies.ownership.finance.Finance`."""


@dataclass(frozen=True)
class NumberAxis:
    """A number that a sweep can vary."""

    domain: Domain  # the numbers that are allowed
    unit: str  # its unit; empty where it has none
    default: float = nan  # its number where the grid does not name it; NaN: the number that the data state


@dataclass(frozen=True)
class WordAxis:
    """A word that a sweep can vary."""

    default: str  # the word where the grid does not name it
    allowed: tuple[str, ...] = ()  # the words that are allowed; empty for a day or an accuracy, which may be any


def word_axes(library: Library) -> dict[str, WordAxis]:
    """Return the words that a sweep can vary, by name, with those that the library knows."""
    usual = Parameters.gathered({})
    platforms = tuple(library.with_rows)
    others = (model.name for model in library.models if model.snapshot and not library.is_model(model.name))
    return {
        "model": WordAxis(str(library.model), (str(library.model), *others)),
        "baseline": WordAxis(usual.baseline, platforms),
        "subject": WordAxis(usual.subject, platforms),
        "workload": WordAxis(
            workload(usual.input_tokens, usual.output_tokens), tuple(sorted(workloads(library.benchmark)))
        ),
        "vintage": WordAxis(usual.vintage, tuple(library.vintages)),
        "price_tier": WordAxis(usual.price_tier, tuple(TIERS)),
        "as_of": WordAxis(usual.as_of.isoformat()),
        "minimum_accuracy": WordAxis(NONE),
        "origin": WordAxis(ALL, (ALL, *dict.fromkeys(library.benchmark["publisher"]))),
    }


@cache
def number_axes() -> Mapping[str, NumberAxis]:
    """Return the numbers that a sweep can vary, by name."""
    usual = Parameters.gathered({})
    axes = {
        "interactivity": NumberAxis(_FACTOR, "tok/s/user", usual.minimum_interactivity),
        "utilization": NumberAxis(_SHARE, "", 1.0),
    }
    for role in ROLES:
        axes |= {
            f"{role}_price": NumberAxis(_FACTOR, "USD/GPU/h"),
            f"{role}_price_factor": NumberAxis(_FACTOR, "", 1.0),
            f"{role}_power_factor": NumberAxis(_FACTOR, "", 1.0),
            f"{role}_utilization": NumberAxis(_SHARE, ""),
            f"{role}_capital_per_gpu": NumberAxis(reckoned("capital_per_gpu"), "USD/GPU"),
        }
    return axes | {key: NumberAxis(reckoned(key), quantity(key).unit) for key in OWNERSHIP}


def checked_word(name: str, given: object, allowed: Iterable[str], place: str) -> str:
    """Return a word of a grid as the sweep writes it: a day as ISO text, no accuracy as "none", lengths in short.

    Raises:
        InputError: It is not allowed.
    """
    if name == "as_of" and given != NEWEST:
        return _day(given, place)
    if name == "minimum_accuracy":
        return _accuracy(given, place)
    if name == "workload" and isinstance(given, str) and (request := request_in(given)):
        return str(in_words(request))
    if name != "as_of" and (not isinstance(given, str) or given not in allowed):
        raise InputError(f"{place}: found {excerpt(given)}; {nearest(str(given), allowed)}")
    return str(given)


def _day(given: object, place: str) -> str:
    try:
        return iso_day(str(given)).isoformat()
    except ValueError:
        raise InputError(f"{place}: found {excerpt(given)}, allowed is a day, YYYY-MM-DD, or {NEWEST}") from None


def _accuracy(given: object, place: str) -> str:
    if given in (None, NONE):
        return NONE
    if isinstance(given, bool) or not isinstance(given, int | float) or not _SHARE.holds(given):
        raise InputError(f"{place}: found {excerpt(given)}, allowed is {_SHARE}, or {NONE}")
    return repr(float(given))
