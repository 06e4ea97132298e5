"""Unit economics of the published point and of others, as tests of several modules ask for them."""

from typing import Any

from analysis.comparison.token_prices import offer
from analysis.library.sources import Library
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.business.economics import Economics, economics, utilizations


def conditions(**changes: Any) -> Parameters:
    """Return the published conditions, with changes."""
    return Parameters.gathered(changes)


def price(library: Library, asked: Parameters) -> Value:
    """Return the mean price of a token that conditions ask for, in USD/Mtok."""
    seller = offer(library, asked.token_provider, asked.token_model, asked.as_of)
    return seller.blended(asked.input_tokens, asked.output_tokens, asked.cache_hit_rate)


def by_platform(library: Library, **changes: Any) -> dict[str, Economics]:
    """Return the unit economics of each platform that serves the point, by its key."""
    asked = conditions(**changes)
    load = utilizations(library, asked)[0]
    return {side.platform.key: side for side in economics(library, asked, price(library, asked), load)}
