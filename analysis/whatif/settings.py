"""What a reader can set on the page, and how a setting is written in an address."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from analysis.domains import DOMAINS, Domain
from analysis.head_to_head import workload
from analysis.operating_costs import operating_cost
from analysis.scenario import Parameters
from analysis.schemas import PRECISIONS
from analysis.sources import TIERS, Library
from analysis.tokens import KINDS
from analysis.values import Value
from analysis.whatif.histories import Kind
from analysis.whatif.results import RATIOS

PAGE = "what-if.html"
ANY = "any"
MTP = {"with": "mtp", "without": "none"}
LARGEST = 1e6  # of any amount, as in a scenario
AMOUNTS = {
    "interactivity": Domain(0, low_included=False),
    "minimum_accuracy": Domain(0, 1, low_included=False),
    **{key: DOMAINS[key] for key in ("utilization", "electricity_price", "pue")},
}
OWN = {"price": Domain(0, low_included=False), "power": DOMAINS["power_per_gpu"]}


def kind_key(kind: Kind) -> str:
    """Return the word for a kind of throughput in an address."""
    tokens, gpus = kind
    return tokens if gpus == "all" else f"{tokens}-{gpus}"


def electricity_price(library: Library) -> Value:
    """Return the price of electricity that the page opens with, in USD/kWh."""
    return operating_cost(library, "electricity_price", "United States industrial", "United States industry").value


def fields(library: Library, workloads: list[str]) -> dict[str, dict[str, Any]]:
    """Return what each key of an address may hold: one of its choices, several of many, a day, or an amount.

    Args:
        library: The figures.
        workloads: Those that were measured.
    """
    choices = {
        "workload": workloads,
        "tokens": [kind_key(kind) for kind in KINDS],
        "precision": [ANY, *PRECISIONS],
        "mtp": [ANY, *MTP],
        "vintage": library.vintages,
        "price_tier": list(TIERS),
        "ratio": list(RATIOS),
    }
    own = {f"{name}_{key}": domain for key in library.platforms for name, domain in OWN.items()}
    return {
        "platforms": {"several": list(library.platforms)},
        "as_of": {"day": True},
        **{name: {"choices": allowed} for name, allowed in choices.items()},
        **{name: _amount(domain) for name, domain in (AMOUNTS | own).items()},
    }


def initial(library: Library, conditions: Parameters) -> dict[str, Any]:
    """Return the whole setting of a scenario: at full load, with electricity at the average price.

    Args:
        library: The figures.
        conditions: Of the scenario.
    """
    return {
        "tokens": kind_key(next(iter(KINDS))),
        "precision": ANY,
        "mtp": ANY,
        "utilization": 1.0,
        "electricity_price": electricity_price(library).number,
        "pue": 1.0,
        "ratio": "cost_per_million_tokens",
        **_of_scenario(conditions),
    }


def address(conditions: Parameters, page: str = PAGE) -> str:
    """Return the address of the page at a scenario's conditions.

    Args:
        conditions: Of the scenario.
        page: Address of the page itself, relative to where the link stands.
    """
    return f"{page}#{fragment(_of_scenario(conditions))}"


def fragment(setting: Mapping[str, Any]) -> str:
    """Return a setting as the part of an address behind its #."""
    return "&".join(f"{key}={quote(_text(value), safe='/,:')}" for key, value in setting.items())


def _of_scenario(conditions: Parameters) -> dict[str, Any]:
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


def _amount(domain: Domain) -> dict[str, Any]:
    return {
        "low": domain.low,
        "low_included": domain.low_included,
        "high": min(domain.high, LARGEST),
        "allowed": str(domain),
    }


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(value)
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
