"""What stands in the head of a report where its scenario does not say it."""

from collections.abc import Collection

from analysis.library.sources import load
from analysis.library.terms import workload
from analysis.scenario import Scenario

_PAIR = ("baseline", "subject")


def subtitle(scenario: Scenario, asked: Collection[str]) -> str:
    """Return the line below the title: the scenario's own, or else the conditions that the report stands under.

    Args:
        scenario: The scenario.
        asked: Names of the parameters that the report takes; what it does not take is none of its conditions.
    """
    if scenario.subtitle:
        return scenario.subtitle
    library = load(snapshot=scenario.snapshot)
    told = [library.model]
    if {"input_tokens", "output_tokens"} <= set(asked):
        told.append(f"at {workload(scenario.input_tokens, scenario.output_tokens)}")
    if "minimum_interactivity" in asked:
        told.append(f"and {scenario.minimum_interactivity:g} tok/s/user or more")
    pair = [library.platform(getattr(scenario, role)).name for role in _PAIR if role in asked]
    return " ".join(told) + (f", {' and '.join(pair)}" if pair else "")
