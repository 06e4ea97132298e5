"""The address of the what-if page at a scenario's conditions."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from analysis.library.terms import workload
from analysis.scenario import Parameters

PAGE = "what-if.html"


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
        "workload": workload(conditions.input_tokens, conditions.output_tokens),
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


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(value)
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
