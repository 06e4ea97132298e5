"""A notebook is read like an article: short cells, imports in one of them, no program in between, code folded."""

import ast
import datetime
import inspect
import json
import tomllib
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from papermill.translators import PythonTranslator

from analysis.library.places import ROOT
from analysis.scenario import Parameters

MOST = 15  # lines of a cell, but for the list of parameters
WIDEST = 118  # characters of a line
OPEN = {"parameters", "open"}
"""Tags of the cells that are not folded: what can be set, and what is worth reading."""

PROGRAM = (
    *(ast.If, ast.IfExp, ast.Match, ast.While, ast.Try, ast.Lambda, ast.FunctionDef, ast.ClassDef),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
"""What belongs into a typed and tested function of a study, not into a cell."""

NOTEBOOKS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("notebooks", "analysis")
    for path in (ROOT / folder).rglob("*.ipynb")
)

Cell = dict[str, Any]


def faults(cells: list[Cell]) -> Iterator[str]:
    """Yield in words what makes a program of a notebook: the cell, and what is found in it."""
    importing = 0
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        lines, tags = "".join(cell["source"]).splitlines(), set(cell["metadata"].get("tags", ()))
        nodes = list(ast.walk(ast.parse("\n".join(lines))))
        importing += any(isinstance(node, ast.Import | ast.ImportFrom) for node in nodes)
        if len(lines) > MOST and "parameters" not in tags:
            yield f"{cell['id']}: {len(lines)} lines"
        if any(len(line) > WIDEST for line in lines):
            yield f"{cell['id']}: a line of more than {WIDEST} characters"
        yield from (
            f"{cell['id']}: {type(node).__name__}"
            for node in nodes
            if isinstance(node, PROGRAM) and not is_equation(node)
        )
        if cell["metadata"].get("jupyter", {}).get("source_hidden", False) == bool(tags & OPEN):
            yield f"{cell['id']}: folded and tagged as open, or neither"
    if importing > 1:
        yield f"{importing} cells that import"


def is_equation(node: ast.AST) -> bool:
    """Return whether this is a formula of one's own: a function that says what it returns, and returns it."""
    return isinstance(node, ast.FunctionDef) and [*map(type, node.body)] == [ast.Expr, ast.Return]


def cells_of(name: str) -> list[Cell]:
    return json.loads((ROOT / name).read_text(encoding="utf-8"))["cells"]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_parameter_says_its_type_and_meaning_as_papermill_reads_them(name):
    for cell in cells_of(name):
        if "parameters" in cell["metadata"].get("tags", ()):
            told = PythonTranslator.inspect({"source": "".join(cell["source"])})
            assert len(told) == len(cell["source"])
            for parameter in told:
                field = Parameters.model_fields[parameter.name]
                assert parameter.help == field.description
                assert set(parameter.inferred_type_name.split("|")) == set(kinds_of(parameter.name))


def kinds_of(name: str) -> Iterator[str]:
    """Yield the types that a parameter takes, as a notebook writes them."""
    annotation = inspect.signature(Parameters).parameters[name].annotation
    for kind in get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,):
        origin = get_origin(kind) or kind
        yield "str" if origin in (Literal, datetime.date) else "None" if kind is NoneType else origin.__name__


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_an_article(name):
    assert list(faults(cells_of(name))) == []


def test_ruff_reads_every_notebook():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]
    assert not [
        pattern for pattern in settings.get("extend-exclude", ()) if "notebook" in pattern or "ipynb" in pattern
    ]


BAD = {
    "\n".join(["x = 1"] * (MOST + 1)): "lines",
    f"x = '{'x' * WIDEST}'": "characters",
    "x = 1 if True else 2": "IfExp",
    "if True:\n    x = 1": "If",
    "x = [y for y in range(3)]": "ListComp",
    "f = lambda: 1": "Lambda",
    "def f():\n    return [x for x in y]": "ListComp",
    "def f():\n    pass": "FunctionDef",
    "import a\n": "cells that import",
}


@pytest.mark.parametrize("source", BAD)
def test_a_program_in_a_cell_is_found(source):
    cells = [_cell("import b"), _cell(source)]
    assert BAD[source] in " ".join(faults(cells))


@pytest.mark.parametrize(("folded", "tags"), [(True, ["open"]), (False, []), (False, ["other"])])
def test_a_cell_is_folded_or_tagged_as_worth_reading(folded, tags):
    assert list(faults([_cell("x = 1", folded, tags)]))
    assert not list(faults([_cell("x = 1", True, []), _cell("x = 1", False, ["parameters"])]))


def _cell(source: str, folded: bool = True, tags: list[str] | None = None) -> Cell:
    metadata: Cell = {"jupyter": {"source_hidden": True}} if folded else {}
    return {"cell_type": "code", "id": "a", "source": source, "metadata": {**metadata, "tags": tags or []}}
