"""The formulas as JavaScript, derived from their one definition through SymPy, and the libraries that draw."""

import inspect
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import sympy

from analysis.formulas.steps import Step, inputs

BUNDLE = """import sys, vl_convert
sys.stdout.buffer.write(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").encode())"""


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


@cache
def vega() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that leaves `vegaEmbed` behind.

    A process of its own puts it together, whose memory ends with it.
    """
    return subprocess.run([sys.executable, "-Pc", BUNDLE], capture_output=True, check=True).stdout.decode()  # noqa: S603
