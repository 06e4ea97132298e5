"""What is asked, and nothing of how it is answered: parameters, and the scenarios that name them in files."""

from analysis.scenario.fields import Quote, Rate, SnapshotName
from analysis.scenario.files import (
    ACCENT,
    HOURS,
    NAME,
    Scenario,
    changes,
    contradiction,
    every_key,
    read_scenario,
    scenario_file,
    scenario_names,
    validated,
)  # fmt: skip
from analysis.scenario.parameters import Parameters

__all__ = [
    "ACCENT", "HOURS", "NAME", "Parameters", "Quote", "Rate", "Scenario", "SnapshotName", "changes", "contradiction",
    "every_key", "read_scenario", "scenario_file", "scenario_names", "validated",
]  # fmt: skip
