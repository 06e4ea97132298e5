"""What a report says of itself, what it was made from, and what is wanted of it."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

import pandas as pd

from analysis.errors import InputError
from analysis.library.loading.snapshots import newest_day
from analysis.library.measurements.formats.inferencex import PUBLISHER
from analysis.library.places import DATA
from analysis.library.quantities import DISCLAIMER, workload
from analysis.library.sources import load
from analysis.scenario import Scenario

_PAIR = ("baseline", "subject")
_MODELS = "newest rows of all models of"
_ROWS = ("rows measured{by} until", "medians of runs{by} until")


@dataclass(frozen=True)
class Logo:
    """A picture of the organization, shown at the head."""

    content: bytes
    mime: str


@dataclass(frozen=True)
class Front:
    """What a report says of itself before it begins; every field is text and appears literally."""

    title: str
    subtitle: str = ""
    organization: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    days: str = ""
    audience: str = ""
    confidentiality: str = ""
    accent: str = "#0b5c7a"
    paper: str = "a4"
    missing_signs: str = "latin"
    logo: Logo | None = None
    disclaimer: str = ""
    attribution: tuple[str, ...] = ()
    language: str = "en"
    brief: bool = False


@dataclass(frozen=True)
class Provenance:
    """What a report was made from: labels and texts in the order in which they are shown."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Link:
    """An address, relative to the report, such as that of its PDF."""

    label: str
    url: str


def numbers_of(name: str) -> Link:
    """Return the link from a report to the file of its numbers."""
    return Link("Numbers (JSON)", f"{quote(name)}/numbers.json")


@dataclass(frozen=True)
class Order:
    """What is wanted of a report besides its notebook.

    Attributes:
        front: Fields of `Front`; an empty title is the notebook's own first heading.
        provenance: Labels and texts of how the report is rebuilt.
        forms: "html", "pdf", "derivations" for a PDF of these alone, and with "pdf" also "one-page"; one or more.
        links: What it shows at its head.
        code: Whether the code is folded into the page.
        names: Words that hold digits and are no figures, where a page shows them unmarked.
    """

    front: Mapping[str, Any] = field(default_factory=lambda: {"disclaimer": DISCLAIMER})
    provenance: tuple[tuple[str, str], ...] = ()
    forms: tuple[str, ...] = ("html",)
    links: tuple[Link, ...] = ()
    code: bool = False
    names: tuple[str, ...] = ()


def days(scenario: Scenario, asked: Collection[str]) -> str:
    """Return of which days the figures are that a report stands on, measured rows, prices and power, as a sentence.

    Args:
        scenario: The scenario.
        asked: Names of the parameters that the report takes; what it does not take it does not stand on.

    Raises:
        InputError: The report's own date lies before one of them.
    """
    told, today = [], scenario.date
    for words, day in _days(scenario, asked).items():
        if today and today < day:
            raise InputError(
                f"scenario {scenario.name}: date: found {today}, but the report stands on {words} {day}; "
                "allowed is that day or later"
            )
        of_rows = words.endswith(("until", _MODELS))
        age = f", {(today - day).days} days before this report" if today and of_rows else ""
        told.append(f"{words} {day}{age}")
    return f"{told[0][:1].upper()}{'; '.join(told)[1:]}." if told else ""


def _days(scenario: Scenario, asked: Collection[str]) -> dict[str, date]:
    """The day of each kind of figure, by the words that tell it."""
    library, known = load(snapshot=scenario.snapshot), {}
    if "as_of" in asked:
        rows = library.benchmark[library.benchmark["date"] <= pd.Timestamp(scenario.as_of)]
        counting = rows[rows["publisher"].isin(scenario.origin or rows["publisher"])]
        if len(counting):
            medians = all(origin.medians_until for origin in library.origins)
            whose = [*dict.fromkeys(counting["publisher"])]
            by = "" if whose == [PUBLISHER] else f" by {' and '.join(whose)}"
            known[_ROWS[medians].format(by=by)] = counting["date"].max().date()
    elif "input_tokens" in asked:
        known[_MODELS] = max(_newest(model.snapshot) for model in library.models)
    if "vintage" in asked:
        roles = {role: getattr(scenario, role) for role in _PAIR if role in asked}
        listed = [key for role, key in roles.items() if getattr(scenario, f"{role}_price") is None]
        every = () if roles else library.platforms
        prices = [library.known_price(key, scenario.price_tier, scenario.vintage) for key in (*listed, *every)]
        powers = [library.known_power(key, scenario.vintage) for key in (*roles.values(), *every)]
        for words, values in {"prices of": prices, "power of": powers}.items():
            stated = [date.fromisoformat(value.as_of) for value in values if value]
            if stated:
                known[words] = max(stated)
    tables = library.tables
    sold = tables["token_prices"].loc[lambda rows: rows["provider"] == scenario.token_provider, "as_of"]
    offered = tables["market_prices"].dropna(subset="value")["as_of"]
    public = {"token_provider": ("price of tokens of", sold), "quotes": ("public prices until", offered)}
    return known | {
        words: dated.max().date() for parameter, (words, dated) in public.items() if parameter in asked and len(dated)
    }


def subtitle(scenario: Scenario, asked: Collection[str]) -> str:
    """Return the line below the title: the scenario's own, or else the conditions that the report stands under.

    One's own line that names a platform of the pair is left to the reports that compare the pair.

    Args:
        scenario: The scenario.
        asked: Names of the parameters that the report takes; what it does not take is none of its conditions, and
            one that takes none has only the line of its notebook.
    """
    library = load(snapshot=scenario.snapshot)
    of_one = "snapshot" in asked
    roles = {role: library.platform(getattr(scenario, role)).name for role in _PAIR}
    of_others = any(name in scenario.subtitle for role, name in roles.items() if role not in asked)
    if scenario.subtitle and not of_others:
        named = not of_one or library.names_model(scenario.subtitle)
        return scenario.subtitle if named else f"{library.model}: {scenario.subtitle}"
    if not asked:
        return ""
    told = [library.model if of_one else "Models"]
    if {"input_tokens", "output_tokens"} <= set(asked):
        told.append(f"at {workload(scenario.input_tokens, scenario.output_tokens)}")
    if "minimum_interactivity" in asked:
        told.append(f"and {scenario.minimum_interactivity:g} tok/s/user or more")
    if not of_one:  # across models, all platforms of the subject's generation stand against the baseline
        roles["subject"] = library.platform(scenario.subject).family
    pair = [name for role, name in roles.items() if role in asked]
    alone = f", {pair[0]} alone, on both sides" if len(pair) > len(set(pair)) else ""
    return " ".join(told) + (alone or (f", {' and '.join(pair)}" if pair else ""))


def _newest(snapshot: str) -> date:
    """The day of the newest row of a snapshot; long ago where there is none."""
    with suppress(InputError, ValueError):
        return date.fromisoformat(newest_day(DATA / "benchmarks", snapshot))
    return date.min
