"""What a task of a sweep returns: a file, and the scenarios that failed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Failure:
    """A scenario that failed.

    Attributes:
        scenario: Its number.
        parameters: By name, those that the grid names.
        message: Why.
        more: How many scenarios of the partition failed after it and are not named.
    """

    scenario: int
    parameters: Mapping[str, Any]
    message: str
    more: int = 0

    def __str__(self) -> str:
        """Return the scenario, its parameters and why it failed, in a line."""
        parameters = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        more = f" (and {self.more:,} more after it)" if self.more else ""
        return f"scenario {self.scenario} ({parameters}): {self.message}{more}"


@dataclass(frozen=True)
class Part:
    """What a task returns.

    Attributes:
        name: Of its file.
        content: Of the file; empty where the worker has written it itself.
        failures: The scenarios that failed.
    """

    name: str
    content: bytes
    failures: tuple[Failure, ...]
