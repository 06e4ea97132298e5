"""`analysis scenarios`: what can be asked, with the first answer to each, or every key of a scenario."""

from typing import Annotated

import typer

from analysis import scenario
from analysis.comparison.head_to_head import compare
from analysis.errors import InputError
from analysis.library.sources import load


def scenarios(
    keys: Annotated[bool, typer.Option("--keys", help="Print every key of a scenario instead.")] = False,
) -> None:
    """List the scenarios, each with its first answer and what to know of it, by the model that they ask about."""
    if keys:
        for name, default, meaning in scenario.every_key():
            typer.echo(f"{name}: {default}\n    {meaning}")
        return
    by_model: dict[str, dict[str, scenario.Scenario]] = {}
    for name in scenario.scenario_names():
        asked = scenario.read_scenario(name)
        by_model.setdefault(load(snapshot=asked.snapshot).model, {})[name] = asked
    for model in sorted(by_model):
        typer.echo(f"{model}:")
        for name, asked in by_model[model].items():
            _answer(name, asked)


def _answer(name: str, asked: scenario.Scenario) -> None:
    typer.echo(f"{name}: {asked.description}")
    try:
        pair = compare(load(snapshot=asked.snapshot), asked)
    except InputError as error:
        typer.echo(f"  no answer: {error}")
    else:
        baseline, subject = (side.platform.name for side in pair.sides)
        costs = [value.show() for value in pair.levels("cost_per_million_tokens")]
        ratio = pair.ratio("cost_per_million_tokens").show()
        typer.echo(f"  a million tokens: {costs[0]} on {baseline}, {costs[1]} on {subject}, a ratio of {ratio}")
        if pair.beside:
            on_curves = pair.beside.ratio("cost_per_million_tokens").show()
            typer.echo(f"  on the curves at {asked.minimum_interactivity:g} tok/s/user: a ratio of {on_curves}")
        for caution in pair.cautions:
            typer.echo(f"  - {caution.text}")
