"""How formulas build on one another, one list of steps for numbers, arrays, symbols and values, and read as text."""

import ast
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

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


_CUT = "\0"


@cache
def right_side(formula: Callable[..., Any]) -> str:
    """Return the formula's right-hand side as Python writes it."""
    function = ast.parse(inspect.getsource(formula)).body[0]
    assert isinstance(function, ast.FunctionDef)
    (result,) = [statement.value for statement in function.body if isinstance(statement, ast.Return)]
    assert result is not None
    return ast.unparse(result)


def substituted(formula: Callable[..., Any], texts: Mapping[str, str]) -> str:
    """Return the formula's right-hand side as text, with each argument replaced by its text."""
    pieces, constants = _pieces(formula)
    words = constants | dict(texts)
    pieces = [words.get(piece, piece) if place % 2 else piece for place, piece in enumerate(pieces)]
    return "".join(pieces).replace("**", "^").replace("*", "×")


@cache
def _pieces(formula: Callable[..., Any]) -> tuple[list[str], dict[str, str]]:
    """The right-hand side cut before and behind each name, and what the constants among the names are."""
    tree = ast.parse(right_side(formula), mode="eval")
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    amounts = {node.id: formula.__globals__.get(node.id) for node in names}
    for node in names:
        node.id = f"{_CUT}{node.id}{_CUT}"
    constants = {name: f"{amount:,}" for name, amount in amounts.items() if isinstance(amount, int)}
    return ast.unparse(tree).split(_CUT), constants
