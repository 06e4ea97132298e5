"""What a report says of itself, what it was made from, and what is wanted of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from analysis.library.sources import load
from analysis.library.terms import DISCLAIMER, workload
from analysis.scenario import Scenario

_PAIR = ("baseline", "subject")


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
    audience: str = ""
    confidentiality: str = ""
    accent: str = "#0b5c7a"
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
        forms: "html", "pdf", and "derivations" for a PDF of these alone; one or more.
        links: What it shows at its head.
        code: Whether the code is folded into the page.
        names: Words that hold digits and are no figures, such as products and titles of sources.
    """

    front: Mapping[str, Any] = field(default_factory=lambda: {"disclaimer": DISCLAIMER})
    provenance: tuple[tuple[str, str], ...] = ()
    forms: tuple[str, ...] = ("html",)
    links: tuple[Link, ...] = ()
    code: bool = False
    names: tuple[str, ...] = ()


def subtitle(scenario: Scenario, asked: Collection[str]) -> str:
    """Return the line below the title: the scenario's own, or else the conditions that the report stands under.

    Args:
        scenario: The scenario.
        asked: Names of the parameters that the report takes; what it does not take is none of its conditions.
    """
    library = load(snapshot=scenario.snapshot)
    of_one = "snapshot" in asked
    if scenario.subtitle:
        named = not of_one or library.names_model(scenario.subtitle)
        return scenario.subtitle if named else f"{library.model}: {scenario.subtitle}"
    told = [library.model if of_one else "Models"]
    if {"input_tokens", "output_tokens"} <= set(asked):
        told.append(f"at {workload(scenario.input_tokens, scenario.output_tokens)}")
    if "minimum_interactivity" in asked:
        told.append(f"and {scenario.minimum_interactivity:g} tok/s/user or more")
    pair = [library.platform(getattr(scenario, role)).name for role in _PAIR if role in asked]
    return " ".join(told) + (f", {' and '.join(pair)}" if pair else "")
