"""Scenarios: parameters and the words on a report's front page, read from files and checked before any work."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from analysis.errors import InputError, nearest
from analysis.library.loading import file, plain_yaml
from analysis.library.loading.fields import Day, Line, excerpt
from analysis.library.models import snapshot_asked, unanswered
from analysis.library.places import DATA
from analysis.scenario.parameters import Parameters, modeled

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
HOURS = 24
NOT_STATED = ("name", "folder", "stated")  # fields of a scenario that its file does not state
WHOLE = 1e-6  # how near to 1 shares must add up
WORDS = re.compile(r"""[^\W\d][^\n]*[:#][^\n]*""")
"""A value of `-p` that can be nothing but words, though YAML would end them at a sign."""
ACCENT = "#0b5c7a"
LogoFile = Annotated[str, Field(pattern=r"^$|^[A-Za-z0-9_-][A-Za-z0-9_. -]*\.(svg|png)$", max_length=100)]


class Presentation(BaseModel):
    """The words on a report's front page; all of it is text and shown as text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: Line = Field("", description="title, in place of the notebook's own")
    subtitle: Line = Field("", description="line below the title")
    organization: Line = Field("", description="who publishes the report")
    authors: list[Line] = Field([], description="names of the authors", max_length=20)
    date: Day | None = Field(None, description="date on the front page, not before that of a figure")
    audience: Line = Field("", description="for whom the report is written")
    confidentiality: Line = Field("", description="line in the running head, such as a classification")
    accent: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")] = Field(
        ACCENT, description="color of rules and links"
    )
    paper: Literal["a4", "letter"] = Field("a4", description="size of the pages of PDF and workbook")
    missing_signs: Literal["latin", "box"] = Field(
        "latin", description="what a PDF shows in place of signs that no font here has: Latin letters or boxes"
    )
    logo: LogoFile = Field("", description="SVG or PNG file beside the scenario's file")


class Scenario(Parameters, Presentation):
    """A named set of parameters and a presentation, and the folder that its file lies in."""

    name: Annotated[str, Field(pattern=f"^{NAME.pattern}$")]
    folder: Path
    description: Line = Field("", description="what the scenario is for, in a line")
    model: Line = Field("", description="model that is served, as data/models.csv names it; none: the snapshot's")

    def parameters(self) -> dict[str, Any]:
        """Return the parameters as plain values: days as ISO text, quotes as mappings, the rest as it is."""
        known = set(Parameters.model_fields)
        return self.model_dump(mode="json", include=known) | {"stated": sorted(self.model_fields_set & known)}


def scenario_names(folder: Path = DATA / "scenarios") -> list[str]:
    """Return the names of the scenarios in a folder."""
    return [path.stem for path in file.files(folder, "*.yaml")]


def read_scenario(name: str, overrides: Iterable[str] = (), folder: Path = DATA / "scenarios") -> Scenario:
    """Return a scenario, with parameters overridden.

    Args:
        name: Name of a file `NAME.yaml` in the folder, or the path of a YAML file.
        overrides: `parameter=value` each, the value written as in YAML.
        folder: Where the named scenarios are.

    Raises:
        InputError: No such scenario, or a name or a value that is not allowed; the message names the place.
    """
    path = scenario_file(name, folder)
    values = plain_yaml.read(path)
    changed = changes(overrides)
    return validated(path.stem, path.parent, {**values, **changed}, lambda key: "-p" if key in changed else str(path))


def scenario_file(name: str, folder: Path = DATA / "scenarios") -> Path:
    """Return the file of a scenario.

    Raises:
        InputError: No such scenario.
    """
    path = Path(name) if name.endswith((".yaml", ".yml")) else folder / f"{name}.yaml"
    if not file.is_file(path):
        raise InputError(f"no scenario {excerpt(name)}; {nearest(name, scenario_names(folder))}")
    return path


def changes(overrides: Iterable[str]) -> dict[str, Any]:
    """Return parameters by name from `parameter=value` each, the value written as in YAML.

    Raises:
        InputError: One is not of this form.
    """
    return dict(_override(text) for text in overrides)


def _override(text: str) -> tuple[str, Any]:
    key, equals, value = text.partition("=")
    place = f"-p {excerpt(text)}"
    if not equals:
        raise InputError(f"{place}: found no '=', allowed is name=value")
    try:
        values = plain_yaml.parse(f"value: {value}".encode(errors="surrogateescape"), place)
    except InputError:
        if not WORDS.fullmatch(value):
            raise
        return key, value
    if values.keys() != {"value"}:
        raise InputError(f"{place}: found {len(values)} values, allowed is one")
    parsed = values["value"]
    if "#" in value and not isinstance(parsed, str | list | dict):
        raise InputError(f"{place}: found more than a value before '#'; allowed is one value")
    # What YAML takes for a sign of its own ends no text here: '|' and '>' are words like any other.
    return key, value.strip() if isinstance(parsed, str) and value.lstrip()[:1] not in ("'", '"') else parsed


def validated(name: str, folder: Path, values: Mapping[str, Any], place: Callable[[str], str]) -> Scenario:
    """Return a scenario from its values.

    Raises:
        InputError: A name or a value is not allowed.
    """
    allowed = [name for name, _, _ in every_key()]
    for key in values:
        if key not in allowed:
            raise InputError(f"{place(key)}: unknown parameter {excerpt(key)}; {nearest(str(key), allowed)}")
    scenario = modeled(Scenario, {**snapshot_asked(values, place), "name": name, "folder": folder}, place)
    if reason := contradiction(scenario) or unanswered(scenario.snapshot, scenario.model_dump(), DATA):
        raise InputError(f"{place(reason.partition(':')[0])}: {reason}")
    return scenario


def every_key() -> list[tuple[str, str, str]]:
    """Return every key of a scenario's file: its name, its default as YAML has it, and its meaning with its unit."""
    fields = [(name, field) for name, field in Scenario.model_fields.items() if name not in NOT_STATED]
    return [(name, _as_yaml(field.default), field.description or "") for name, field in fields]


def _as_yaml(default: Any) -> str:
    if default is None or isinstance(default, str):
        return f'"{default}"' if default is not None else "null"
    return str(default)


def contradiction(asked: Parameters) -> str:
    """Return why the load or its mix is stated incompletely or twice, a parameter first; empty where it is not."""
    both = {name: getattr(asked, name) for name in ("input_tokens_per_day", "output_tokens_per_day")}
    missing = [name for name, amount in both.items() if amount is None]
    if len(missing) == 1:
        return f"{missing[0]}: missing; input and output tokens per day are stated together"
    if not missing and asked.concurrent_users is not None:
        return "concurrent_users: the load is stated in tokens per day already; allowed is one"
    if asked.hourly_load and (len(asked.hourly_load) != HOURS or not any(asked.hourly_load)):
        return f"hourly_load: found {len(asked.hourly_load)} numbers, allowed are {HOURS}, not all of them nil"
    if asked.hourly_load and asked.day_shape:
        return "day_shape: the hours of the day are stated already; allowed is one"
    if asked.batch_share and not (asked.day_shape or asked.hourly_load):
        return "batch_share: counts only with day_shape or hourly_load, which are missing"
    for currency in (quote.currency for quote in asked.quotes):
        if currency != "USD" and currency not in asked.exchange_rates:
            return f"exchange_rates: found no rate of {currency}, in which a quote is made; state its USD for a unit"
    if asked.outlook_weights and abs(sum(asked.outlook_weights.values()) - 1) > WHOLE:
        return f"outlook_weights: found {sum(asked.outlook_weights.values()):g} in all, allowed is 1"
    if asked.workloads and abs((total := sum(one.share for one in asked.workloads)) - 1) > WHOLE:
        return f"workloads: found shares that add up to {total:g}, allowed is 1"
    return ""
