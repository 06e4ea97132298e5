"""Many scenarios from one file: every combination of parameters, or a list of them, for a report each."""

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from analysis.errors import InputError
from analysis.library.loading import plain_yaml
from analysis.library.loading.fields import Line, checked
from analysis.library.places import DATA
from analysis.scenario import Scenario, scenario_file, validated

MOST = 10_000
NAME = "name"
Rows = Annotated[list[dict[str, Any]], Field(min_length=1)]
Levels = dict[str, Annotated[list[Any], Field(min_length=1)]]


class File(BaseModel):
    """A grid of scenarios: a scenario to start from, what all of them change, and what each of them changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    description: Line = ""
    scenario: str = "published"
    fixed: dict[str, Any] = {}
    product: Annotated[Levels, Field(min_length=1)] | None = None
    list: Rows | None = None


def scenarios(
    path: Path, overrides: Mapping[str, Any] | None = None, folder: Path = DATA / "scenarios"
) -> list[Scenario]:
    """Return the scenarios of a file, each with a name of its own: the one it states, else the file's and a number.

    Args:
        path: Of the YAML file.
        overrides: Parameters of all scenarios, before those of the file.
        folder: Where the named scenarios are.

    Raises:
        InputError: The file cannot be read, states neither product nor list or both, or a scenario is not allowed;
            the message names the file and the scenario.
    """
    found = checked(File, plain_yaml.read(path, "no such grid"), str(path))
    if NAME in found.fixed:
        raise InputError(f"{path}, fixed: found a name for all scenarios, allowed is one for each")
    common = {**plain_yaml.read(scenario_file(found.scenario, folder)), **found.fixed, **(overrides or {})}
    each = _each(found, str(path))
    width = len(str(len(each)))
    named = [{NAME: f"{path.stem}-{number:0{width}}", **one} for number, one in enumerate(each, start=1)]
    if len({str(one[NAME]) for one in named}) < len(named):
        raise InputError(f"{path}: two scenarios have the same name; allowed is one each")
    return [_scenario(path, common, one, number) for number, one in enumerate(named, start=1)]


def _scenario(path: Path, common: Mapping[str, Any], own: Mapping[str, Any], number: int) -> Scenario:
    values = {**common, **own}
    name = values.pop(NAME)
    return validated(name, path.parent, values, lambda key: f"{path}, scenario {number}")


def _each(found: File, place: str) -> Sequence[Mapping[str, Any]]:
    if (found.product is None) == (found.list is None):
        said = "none of them" if found.product is None else "both"
        raise InputError(f"{place}: found {said}, allowed is either product or list")
    count = len(found.list or []) or prod(len(levels) for levels in (found.product or {}).values())
    if count > MOST:
        said = f"{count:,}" if count < 10**18 else "more than 10^18"  # too long a number has no text
        raise InputError(f"{place}: found {said} scenarios, allowed are {MOST:,}")
    if found.product is None:
        return found.list or []
    return [dict(zip(found.product, levels, strict=True)) for levels in product(*found.product.values())]
