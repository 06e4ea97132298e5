"""The formulas as JavaScript, derived from their one definition through SymPy."""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import sympy

from analysis.formulas.steps import Step, inputs


def method(formula: Callable[..., Any]) -> str:
    """Return a formula as a method of a JavaScript object, with its own name and arguments."""
    names = list(inspect.signature(formula).parameters)
    whole = sympy.sympify(formula(**{name: sympy.Symbol(name) for name in names}))
    return f"  {formula.__name__}({', '.join(names)}) {{\n    return {sympy.jscode(whole, strict=True)};\n  }},"


def formulas(steps: Iterable[Step]) -> str:
    """Return the JavaScript object `formulas`, which holds the formula of every step once."""
    methods = "\n".join(map(method, dict.fromkeys(step.formula for step in steps)))
    return f"const formulas = {{\n{methods}\n}};"


def chain(name: str, steps: Iterable[Step], beside: str = "") -> str:
    """Return steps as one JavaScript function: from an object of what they take to an object of what they make."""
    listed = list(steps)
    taken = inputs(listed)
    second = [one for one in taken if beside and one.startswith(beside)]
    objects = [", ".join(one for one in taken if one not in second)]
    if second:
        objects.append(", ".join(f"{one.removeprefix(beside)}: {one}" for one in second))
    made = "\n".join(
        f"  const {step.name} = formulas.{step.formula.__name__}({', '.join(step.sources.values())});"
        for step in listed
    )
    return (
        f"function {name}({', '.join(f'{{ {one} }}' for one in objects)}) {{\n{made}\n"
        f"  return {{ {', '.join(step.name for step in listed)} }};\n}}"
    )
