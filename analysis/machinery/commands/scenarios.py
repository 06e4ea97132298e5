"""`analysis scenarios`: what can be asked, with the first answer to each."""

import typer

from analysis import scenario
from analysis.comparison.head_to_head import compare
from analysis.errors import InputError
from analysis.library.sources import load


def scenarios() -> None:
    """List the scenarios at hand, each with its first answer, by the model that they ask about."""
    by_model: dict[str, list[scenario.Scenario]] = {}
    for asked in map(scenario.read_scenario, scenario.scenario_names()):
        by_model.setdefault(load(snapshot=asked.snapshot).model, []).append(asked)
    for model in sorted(by_model):
        typer.echo(f"{model}:")
        for asked in by_model[model]:
            _answer(asked)


def _answer(asked: scenario.Scenario) -> None:
    typer.echo(f"{asked.name}: {asked.description}")
    try:
        pair = compare(load(snapshot=asked.snapshot), asked)
    except InputError as error:
        typer.echo(f"  no answer: {error}")
    else:
        baseline, subject = (side.platform.name for side in pair.sides)
        costs = [value.show() for value in pair.levels("cost_per_million_tokens")]
        ratio = pair.ratio("cost_per_million_tokens").show()
        typer.echo(f"  a million tokens: {costs[0]} on {baseline}, {costs[1]} on {subject}, a ratio of {ratio}")
