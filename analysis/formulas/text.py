"""How an equation reads as text: its right-hand side as it stands, and with its arguments replaced."""

import ast
import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

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
