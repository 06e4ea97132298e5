"""How an equation reads as text: its right-hand side as it stands, and with its arguments replaced."""

import ast
import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any


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
