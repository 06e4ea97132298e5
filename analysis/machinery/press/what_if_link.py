"""The address of the what-if page at a scenario's conditions."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from analysis.comparison.contenders import LIMITS
from analysis.library.loading.origins import read_origins
from analysis.library.places import DATA
from analysis.library.quantities import workload
from analysis.scenario import Parameters

PAGE = "what-if.html"
LOAD = ("tokens_per_day", "concurrent_users", "peak_factor", "peak_utilization")
ROUND = 1024
"""Every measured length is a multiple of so many tokens."""


def address(conditions: Parameters, page: str = PAGE) -> str:
    """Return the address of the page at a scenario's conditions."""
    return f"{page}#{fragment(of_scenario(conditions))}"


def fragment(setting: Mapping[str, Any]) -> str:
    """Return a setting as the part of an address behind its #."""
    return "&".join(f"{key}={quote(_text(value), safe='/,:')}" for key, value in setting.items())


def of_scenario(conditions: Parameters) -> dict[str, Any]:
    """Return what a scenario says of the page's setting."""
    asked = {
        "model": _model(conditions.snapshot),
        **_request(conditions),
        "platforms": list(dict.fromkeys([conditions.baseline, conditions.subject])),
        "interactivity": conditions.minimum_interactivity,
        "as_of": conditions.as_of.isoformat(),
        **{limit: getattr(conditions, limit) for limit in LIMITS},
        **_load(conditions),
        "vintage": conditions.vintage,
        "price_tier": conditions.price_tier,
        f"price_{conditions.baseline}": conditions.baseline_price,
        f"price_{conditions.subject}": conditions.subject_price,
    }
    return {key: value for key, value in asked.items() if value is not None}


def _model(snapshot: str) -> str | None:
    beside = DATA / "benchmarks" / f"{snapshot}.yaml"
    return read_origins(beside).model if beside.is_file() else None


def _load(conditions: Parameters) -> dict[str, float]:
    """The buyer's load, as far as the scenario states another than that of every scenario."""
    stated = {name: getattr(conditions, name) for name in LOAD}
    return {name: amount for name, amount in stated.items() if amount != Parameters.model_fields[name].default}


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
