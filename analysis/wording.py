"""A formula's right-hand side in words and figures, read from its one definition."""

import ast
import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from analysis.quantities import quantity

# With the spaces and the parenthesis, so that the hyphen of "GPU-hour" stays one.
_SPOKEN = {
    " × ": " times ",
    " / ": " divided by ",
    " ^ ": " to the power of ",
    " + ": " plus ",
    " - ": " minus ",
    "(-": "(minus ",
}


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
    constants = {name: f"{value:,}" for name, value in formula.__globals__.items() if isinstance(value, int)}
    words = constants | dict(texts)
    tree = ast.parse(right_side(formula), mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = words.get(node.id, node.id)
    return ast.unparse(tree).replace("**", "^").replace("*", "×")


def spoken(formula: Callable[..., Any]) -> str:
    """Return the equation in words, as alternative text for readers who do not see it."""
    words = {name: quantity(name).name for name in inspect.signature(formula).parameters}
    said = substituted(formula, words)
    for sign, spoken_sign in _SPOKEN.items():
        said = said.replace(sign, spoken_sign)
    if said.startswith("-"):
        said = f"minus {said.removeprefix('-')}"
    return f"{quantity(formula.__name__).name} equals {said}"
