"""What a reader can set on the page, how a setting is written in an address, and what the lists offer."""

from typing import Any

from analysis.frontier.tokens import KINDS
from analysis.library.loading.schemas import PRECISIONS
from analysis.library.sources import TIERS, Library
from analysis.library.terms import workloads
from analysis.library.values import Value
from analysis.machinery.press.what_if_link import of_scenario
from analysis.machinery.whatif.histories import Kind
from analysis.machinery.whatif.results import ratios
from analysis.scenario import Parameters
from analysis.studies.ownership.domains import DOMAINS, Domain
from analysis.studies.ownership.operating_costs import operating_cost

ANY = "any"
MTP = {"with": "mtp", "without": "none"}
LARGEST = 1e6  # of any amount, as in a scenario
AMOUNTS = {
    "input_tokens": Domain(1, 1e6),
    "output_tokens": Domain(1, 1e6),
    "cache_hit_rate": Domain(0, 1),
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
        "ratio": ratios(),
    }
    own = {f"{name}_{key}": domain for key in library.with_rows for name, domain in OWN.items()}
    return {
        "platforms": {"several": list(library.with_rows)},
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
        "workload": next(iter(workloads(library.benchmark))),
        "tokens": kind_key(next(iter(KINDS))),
        "precision": ANY,
        "mtp": ANY,
        "utilization": 1.0,
        "electricity_price": electricity_price(library).number,
        "pue": 1.0,
        "ratio": "cost_per_million_tokens",
        **of_scenario(conditions),
    }


def _amount(domain: Domain) -> dict[str, Any]:
    return {
        "low": domain.low,
        "low_included": domain.low_included,
        "high": min(domain.high, LARGEST),
        "allowed": str(domain),
    }


def options(known: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of every list, each in the address' word and in the reader's, by its key in the address.

    Args:
        known: What the page computes from, as `analysis.machinery.whatif.data.data` gives it.
    """
    listed = {key: field["choices"] for key, field in known["fields"].items() if "choices" in field}
    words = {
        "tokens": known["kinds"],
        "price_tier": known["tiers"],
        "precision": {ANY: "any"} | {key: key.upper() for key in listed["precision"] if key != ANY},
        "mtp": {ANY: "with or without", "with": "with", "without": "without"},
        "ratio": {key: known["amounts"][key]["name"] for key in listed["ratio"]},
    }
    return {
        key: [(value, words.get(key, {}).get(value, value)) for value in choices] for key, choices in listed.items()
    }
