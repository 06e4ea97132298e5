"""How formulas build on one another: one list of steps that runs on numbers, arrays, symbols and sourced values."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from analysis.formulas.number import Number

Formula = Callable[..., Number]
Apply = Callable[[Formula, Mapping[str, Number]], Number]


@dataclass(frozen=True)
class Step:
    """One formula and the amounts that it takes."""

    formula: Formula  # a function of `analysis.formulas`
    result: str = ""  # the name of what it returns; the formula's own unless given
    # The names of the amounts that do not bear the argument's name, by argument.
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of what the step returns."""
        return self.result or self.formula.__name__

    @property
    def sources(self) -> dict[str, str]:
        """The names of the amounts that it takes, by argument."""
        return {argument: self.renamed.get(argument, argument) for argument in arguments(self.formula)}


def run(steps: Iterable[Step], amounts: Mapping[str, Number], apply: Apply) -> dict[str, Number]:
    """Return the amounts and what each step makes of those before it, by name.

    Args:
        steps: In an order in which each finds what it takes.
        amounts: The inputs, by name.
        apply: What applies a formula to arguments: `formula(**arguments)` for numbers.
    """
    amounts_so_far = dict(amounts)
    for step in steps:
        amounts_so_far[step.name] = apply(
            step.formula, {argument: amounts_so_far[name] for argument, name in step.sources.items()}
        )
    return amounts_so_far


def inputs(steps: Iterable[Step]) -> list[str]:
    """Return the names that the steps take and none of them makes, in the order of their first use."""
    made: set[str] = set()
    taken: dict[str, None] = {}
    for step in steps:
        taken |= dict.fromkeys(name for name in step.sources.values() if name not in made)
        made.add(step.name)
    return list(taken)


@cache
def arguments(formula: Formula) -> tuple[str, ...]:
    """Return the names of a formula's arguments, in its order."""
    return tuple(inspect.signature(formula).parameters)
