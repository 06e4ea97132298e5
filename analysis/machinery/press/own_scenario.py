"""The scenario of a notebook for which none is named: its own parameter cell."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from analysis.library.loading import plain_yaml
from analysis.machinery.press.parameter_cell import parameter_values
from analysis.scenario import Parameters, Scenario, changes, read_scenario, scenario_file, validated

BASE = "published"
"""The scenario whose front page, and whose parameters where a cell does not say others, a notebook takes."""


def by_notebook(paths: Iterable[Path], overrides: Sequence[str] = ()) -> list[tuple[Scenario, list[Path]]]:
    """Return the scenarios of notebooks for which none is named, each with its notebooks.

    Raises:
        InputError: A parameter cell is none, or says what no scenario can.
    """
    chosen: dict[str, tuple[Scenario, list[Path]]] = {}
    for path in paths:
        scenario = scenario_of(path, overrides)
        chosen.setdefault(scenario.name, (scenario, []))[1].append(path)
    return [*chosen.values()]


def scenario_of(path: Path, overrides: Sequence[str] = ()) -> Scenario:
    """Return the scenario that a notebook's parameter cell is, named as the notebook; `BASE` where it says the same.

    Raises:
        InputError: The parameter cell is none, or says what no scenario can.
    """
    known = read_scenario(BASE).parameters()
    written = parameter_values(path.read_bytes(), str(path))
    written.pop("stated", None)  # the scenario's to tell
    own = {name: value for name, value in written.items() if name not in known or value != known[name]}
    if not own.keys() & Parameters.model_fields:  # a name that is no parameter is refused where the job is made
        return read_scenario(BASE, overrides)
    changed, described = changes(overrides), {"description": f"the parameter cell of {path.name}"}
    return validated(
        own_name(path),
        scenario_file(BASE).parent,
        {**plain_yaml.read(scenario_file(BASE)), **own, **described, **changed},
        lambda key: "-p" if key in changed else f"{path}, parameter cell",
    )


def own_name(path: Path) -> str:
    """Return the name of the scenario that a notebook's parameter cell is."""
    return re.sub("[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "own"
