"""The address of the what-if page at a scenario's conditions."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from analysis.library.terms import workload
from analysis.scenario import Parameters

PAGE = "what-if.html"
ROUND = 1024
"""Every measured length is a multiple of so many tokens."""


def address(conditions: Parameters, page: str = PAGE) -> str:
    """Return the address of the page at a scenario's conditions.

    Args:
        conditions: Of the scenario.
        page: Address of the page itself, relative to where the link stands.
    """
    return f"{page}#{fragment(of_scenario(conditions))}"


def fragment(setting: Mapping[str, Any]) -> str:
    """Return a setting as the part of an address behind its #."""
    return "&".join(f"{key}={quote(_text(value), safe='/,:')}" for key, value in setting.items())


def of_scenario(conditions: Parameters) -> dict[str, Any]:
    """Return what a scenario says of the page's setting."""
    asked = {
        **_request(conditions),
        "platforms": list(dict.fromkeys([conditions.baseline, conditions.subject])),
        "interactivity": conditions.minimum_interactivity,
        "as_of": conditions.as_of.isoformat(),
        "minimum_accuracy": conditions.minimum_accuracy,
        "vintage": conditions.vintage,
        "price_tier": conditions.price_tier,
        f"price_{conditions.baseline}": conditions.baseline_price,
        f"price_{conditions.subject}": conditions.subject_price,
    }
    return {key: value for key, value in asked.items() if value is not None}


def _request(conditions: Parameters) -> dict[str, Any]:
    """The lengths by the name of a measured workload; as lengths of their own where no workload has such ones."""
    lengths = {"input_tokens": conditions.input_tokens, "output_tokens": conditions.output_tokens}
    own = any(tokens % ROUND for tokens in lengths.values())
    named = lengths if own else {"workload": workload(conditions.input_tokens, conditions.output_tokens)}
    return {**named, "cache_hit_rate": conditions.cache_hit_rate or None}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(value)
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
