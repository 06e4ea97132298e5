"""What a reader can set on the page, how a setting is written in an address, and what the lists offer."""

import math
from collections.abc import Iterable
from dataclasses import replace
from math import inf
from typing import Any

import pandas as pd

from analysis.comparison.token_prices import offers
from analysis.frontier.constraints import Constraints, passing
from analysis.frontier.measured import Measured, days
from analysis.frontier.tokens import KINDS
from analysis.library.loading.schemas import PRECISIONS
from analysis.library.models import until
from analysis.library.quantities import workloads
from analysis.library.sources import TIERS, Library, Platform
from analysis.library.values import Value
from analysis.machinery.press.what_if_link import of_scenario
from analysis.machinery.whatif.results import ratios
from analysis.machinery.whatif.rows import kind_key
from analysis.machinery.whatif.sentences import LIMITS
from analysis.scenario import Parameters
from analysis.studies.ownership.domains import DOMAINS, Domain
from analysis.studies.ownership.operating_costs import operating_cost

ANY, NOBODY = "any", "nobody"
MTP = {"with": "mtp", "without": "none"}
LARGEST = 1e6  # of any amount, as in a scenario
ABOVE_NOTHING = Domain(0, low_included=False)
SHARE = Domain(0, 1, low_included=False)
AMOUNTS = {
    "input_tokens": Domain(1, 1e6),
    "output_tokens": Domain(1, 1e6),
    "cache_hit_rate": Domain(0, 1),
    "interactivity": ABOVE_NOTHING,
    "minimum_accuracy": SHARE,
    "minimum_interactivity_p99": ABOVE_NOTHING,
    "maximum_ttft_median": ABOVE_NOTHING,
    "maximum_ttft_p99": ABOVE_NOTHING,
    **{key: DOMAINS[key] for key in ("utilization", "electricity_price", "pue")},
    "tokens_per_day": Domain(0, 1e18, low_included=False),
    "concurrent_users": Domain(0, 1e9, low_included=False),
    "peak_factor": Domain(1, 1000),
    "peak_utilization": SHARE,
    "price_of_cache_miss": Domain(0),
    "price_of_cache_hit": Domain(0),
    "output_token_price": Domain(0),
}
PERCENT = ("cache_hit_rate", "minimum_accuracy", "utilization", "peak_utilization")
"""The shares among them, which a reader types in percent."""
OWN = {"price": ABOVE_NOTHING, "power": DOMAINS["power_per_gpu"]}


def electricity_price(library: Library) -> Value:
    """Return the price of electricity that the page opens with, in USD/kWh."""
    return operating_cost(library, "electricity_price", "United States industrial", "United States industry").value


def fields(libraries: Iterable[Library], measured: list[str]) -> dict[str, dict[str, Any]]:
    """Return what each key of an address may hold: one of its choices, several of many, a day, or an amount."""
    every = list(libraries)
    platforms = platforms_of(every)
    sellers = dict.fromkeys(offer.name for library in every for offer in offers(library))
    choices = {
        "model": [str(library.model) for library in every],
        "workload": measured,
        "tokens": [kind_key(kind) for kind in KINDS],
        "precision": [ANY, *PRECISIONS],
        "mtp": [ANY, *MTP],
        "vintage": every[0].vintages,
        "price_tier": list(TIERS),
        "token_seller": [NOBODY, *map(str, sellers)],
        "ratio": ratios(),
    }
    own = {f"{name}_{key}": domain for key in platforms for name, domain in OWN.items()}
    return {
        "platforms": {"several": list(platforms)},
        "as_of": {"day": True},
        **{name: {"choices": allowed} for name, allowed in choices.items()},
        **{name: _amount(name, domain) for name, domain in (AMOUNTS | own).items()},
    }


def platforms_of(libraries: Iterable[Library]) -> dict[str, Platform]:
    """Return every platform that was measured with any model, by its key, in the order of the data."""
    every = list(libraries)
    measured = {key for library in every for key in library.with_rows}
    return {key: platform for key, platform in every[0].platforms.items() if key in measured}


def initial(library: Library, conditions: Parameters) -> dict[str, Any]:
    """Return the whole setting of a scenario: at full load, with electricity at the average price."""
    return {
        "tokens": kind_key(next(iter(KINDS))),
        "precision": ANY,
        "mtp": ANY,
        "utilization": 1.0,
        "electricity_price": electricity_price(library).number,
        "pue": 1.0,
        "peak_factor": conditions.peak_factor,
        "peak_utilization": conditions.peak_utilization,
        "token_seller": NOBODY,
        "ratio": "cost_per_million_tokens",
        "workload": next(iter(workloads(library.benchmark))),
        **of_scenario(conditions),
        "model": str(library.model),
    }


def opening(library: Library, conditions: Parameters) -> dict[str, Any]:
    """Return what a model opens with, as keys of a setting: see `answered`."""
    asked = of_scenario(answered(library, conditions))
    kept = {key: asked[key] for key in ("workload", "platforms", "interactivity", "as_of")}
    return {"model": str(library.model), **kept}


def answered(library: Library, conditions: Parameters) -> Parameters:
    """Return a scenario with a pair of platforms, a workload, a day and a speed that a library's rows answer.

    Those of the scenario where they were measured; else the best measured of the subject's vendor beside the first
    of all, on the longest prompts that both were measured at, at the scenario's speed if both serve it.
    """
    rows, as_of = library.benchmark, conditions.as_of
    if (days(rows) > pd.Timestamp(as_of)).all():
        as_of = until(library.origins)
    rows = passing(Measured(rows), Constraints(as_of=as_of)).rows
    lengths = ["input_tokens", "output_tokens"]
    fastest = rows.pivot_table("interactivity_median", lengths, "hardware", "max")
    measured = [key for key in library.platforms if key in fastest]
    baseline = conditions.baseline if conditions.baseline in measured else measured[0]
    others = [key for key in measured if fastest[[baseline, key]].notna().all(axis=1).any() and key != baseline]
    vendor = library.platform(conditions.subject).vendor
    alike = [key for key in others if library.platform(key).vendor == vendor] or others or [baseline]
    subject = conditions.subject if conditions.subject in others else alike[-1]
    speeds = fastest[[baseline, subject]].min(axis=1, skipna=False).dropna()
    asked = (conditions.input_tokens, conditions.output_tokens)
    input_tokens, output_tokens = asked if asked in speeds.index else speeds.index[-1]
    changes = {
        "baseline": baseline,
        "subject": subject,
        "input_tokens": int(input_tokens),
        "output_tokens": int(output_tokens),
        "as_of": as_of,
        "snapshot": library.snapshot,
        "minimum_interactivity": min(
            conditions.minimum_interactivity, math.floor(speeds[input_tokens, output_tokens])
        ),
    }
    return conditions.model_copy(update=changes)


def _amount(name: str, domain: Domain) -> dict[str, Any]:
    percent = name in PERCENT
    shown = replace(domain, low=100 * domain.low, high=100 * domain.high) if percent else domain
    return {
        "low": domain.low,
        "low_included": domain.low_included,
        "high": domain.high if domain.high < inf else LARGEST,
        "allowed": f"{shown}{'%' if percent else ''}",
        "percent": percent,
        "words": LIMITS.get(name, ""),
    }


def options(known: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of every list, each in the address' word and in the reader's, by its key in the address."""
    listed = {key: field["choices"] for key, field in known["fields"].items() if "choices" in field}
    words = {
        "tokens": known["kinds"],
        "price_tier": known["tiers"],
        "precision": {ANY: "any"} | {key: key.upper() for key in listed["precision"] if key != ANY},
        "mtp": {ANY: "with or without", "with": "with", "without": "without"},
        "token_seller": {NOBODY: "nobody"},
        "ratio": {key: known["amounts"][key]["name"] for key in listed["ratio"]},
    }
    return {
        key: [(value, words.get(key, {}).get(value, value)) for value in choices] for key, choices in listed.items()
    }
