"""Buyers, as tests vary them."""

from functools import cache
from typing import Any

from analysis.library.sources import Library
from analysis.scenario import Parameters
from analysis.studies.procurement.brief import Brief, procure, variations

LONG = {"input_tokens": 8192, "minimum_interactivity": 50.0, "as_of": "2026-05-05", "vintage": "2026-08"}
_BRIEFS: dict[tuple[Library, str], Brief] = {}
QUOTE = {"provider": "Example Cloud", "platform": "gb300", "terms": "1-year reserved", "price": 3.0}


def conditions(**changes: Any) -> Parameters:
    """Return what a buyer asks: the published point and its default load, with changes."""
    return Parameters.gathered(changes)


varied = cache(variations)
"""The variations of a brief, made once."""


def brief(library: Library, **changes: Any) -> Brief:
    """Return a buyer's brief; of those who ask the same of a library each gets the same one."""
    asked = (library, repr(sorted(changes.items())))
    if asked not in _BRIEFS:
        _BRIEFS[asked] = procure(library, conditions(**changes))
    return _BRIEFS[asked]
