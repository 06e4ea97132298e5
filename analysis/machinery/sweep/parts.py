"""What comes of one piece of a sweep."""

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
        said = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        more = f" (and {self.more:,} more after it)" if self.more else ""
        return f"scenario {self.scenario} ({said}): {self.message}{more}"


@dataclass(frozen=True)
class Part:
    """What became of a task.

    Attributes:
        name: Of its file.
        content: The file; empty where it was put in its place already.
        failures: The scenarios that failed.
    """

    name: str
    content: bytes
    failures: tuple[Failure, ...]
