"""`analysis scenarios`: what can be asked, with the first answer to each."""

import typer

from analysis import scenario
from analysis.comparison.head_to_head import compare
from analysis.errors import InputError
from analysis.library.sources import load


def scenarios() -> None:
    """List the scenarios at hand, each with its first answer."""
    for name in scenario.scenario_names():
        asked = scenario.read_scenario(name)
        typer.echo(f"{name}: {asked.description}")
        try:
            pair = compare(load(snapshot=asked.snapshot), asked)
        except InputError as error:
            typer.echo(f"  no answer: {error}")
            continue
        baseline, subject = (side.platform.name for side in pair.sides)
        costs = [value.show() for value in pair.levels("cost_per_million_tokens")]
        ratio = pair.ratio("cost_per_million_tokens").show()
        typer.echo(f"  a million tokens: {costs[0]} on {baseline}, {costs[1]} on {subject}, a ratio of {ratio}")
