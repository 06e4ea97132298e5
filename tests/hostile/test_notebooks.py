"""A file that is no notebook, or whose parameters could be missed, is refused with its cell before anything runs."""

import json

import pytest
from nbformat import writes
from nbformat.v4 import new_code_cell, new_notebook

from analysis.machinery.press.jobs import NOTEBOOKS, jobs, notebooks
from analysis.machinery.press.parameter_cell import parameter_names
from analysis.scenario import Parameters, read_scenario
from tests.hostile.refusals import refusal


def notebook(*sources, tags=("parameters",), **changes):
    cells = [new_code_cell(source, metadata={"tags": list(tags)}, id=f"a{at}") for at, source in enumerate(sources)]
    return json.dumps({**new_notebook(cells=cells), **changes}).encode()


FILES = {
    "nothing": (b"", "not readable as JSON: EOF while parsing"),
    "the first half": (notebook("a = 1")[:50], "not readable as JSON: EOF while parsing"),
    "Python": (b"baseline = 'h200'", "not readable as JSON: expected value"),
    "Latin-1": (b'{"cells": "\xe9"}', "not readable as JSON: "),
    "a list": (b"[]", "in all: found []; must be a valid dictionary"),
    "a word": (b'"x"', "in all: found 'x'; must be a valid dictionary"),
    "no format": (b"{}", "nbformat: missing (and 1 more)"),
    "the format of old": (notebook("a = 1", nbformat=3), "nbformat: found 3; must be 4"),
    "the format of the future": (notebook("a = 1", nbformat=9), "nbformat: found 9; must be 4"),
    "a format in text": (notebook("a = 1", nbformat="4"), "nbformat: found '4'; must be 4"),
    "a format of truth": (notebook("a = 1", nbformat=True), "nbformat: found True; must be 4"),
    "no cells": (notebook(cells=None), "cells: found None; must be a valid list"),
    "cells of words": (notebook(cells=["a = 1"]), "cells[0]: found 'a = 1'; must be a valid dictionary"),
    "a cell of another kind": (
        notebook(cells=[{"cell_type": "heading", "metadata": {}, "source": ""}]), "cells[0].cell_type: found 'headin",
    ),
    "a cell without words": (notebook(cells=[{"cell_type": "code", "metadata": {}}]), "cells[0].source: missing"),
    "a cell about nothing": (notebook(cells=[{"cell_type": "code", "source": ""}]), "cells[0].metadata: missing"),
    "a picture of a number": (
        notebook(cells=[{"cell_type": "markdown", "metadata": {}, "source": "", "attachments": {"a.png": 5}}]),
        "cells[0].attachments.a.png: found 5; must be a valid dictionary",
    ),
    "about nothing": (notebook(metadata=None), "metadata: found None; must be a valid dictionary"),
    "about a report of no form": (notebook(metadata={"report": 5}), "metadata.report: found 5; must be a valid dict"),
    "half brief": (notebook(metadata={"report": {"brief": "half"}}), "metadata.report.brief: found 'half'; must be"),
    "a key twice": (b'{"nbformat": 4, "nbformat": 3}', "not readable as JSON: the key 'nbformat' stands twice"),
    "brackets without end": (b"[" * 100_000, "not readable as JSON: recursion limit exceeded"),
}  # fmt: skip
CELLS = {
    "a slip": ("baseline = = 'h200'", "cell 1, line 1: not readable as Python: invalid syntax"),
    "an open quotation": ("a = 1\nb = 'h200", "cell 1, line 2: not readable as Python: unterminated string literal"),
    "a null": ("a = '\0'", "not readable as Python: source code string cannot contain null bytes"),
    "brackets without end": (f"a = {'(' * 500}{')' * 500}", "cell 1, line 1: not readable as Python: too many neste"),
    "a command": (
        "a = 1\nimport os; os.system('id')",
        "cell 1, line 2: found \"import os; os.system('id')\", allowed is",
    ),
    "an annotation": ("baseline: str", "cell 1, line 1: found 'baseline: str', allowed is name = value"),
    "two names at once": ("baseline, subject = 'h200', 'gb300'", "cell 1, line 1: found \"baseline, subject = 'h200"),
    "two names of one value": ("a = b = 1", "cell 1, line 1: found 'a = b = 1', allowed is name = value"),
    "a name within brackets": ("(baseline := 'h200')", "cell 1, line 1: found \"(baseline := 'h200')\", allowed is"),
    "a name of something": ("a = {}\na['b'] = 1", "cell 1, line 2: found \"a['b'] = 1\", allowed is name = value"),
    "a sum": ("horizon += 12", "cell 1, line 1: found 'horizon += 12', allowed is name = value"),
    "a name twice": ("a = 1\na = 2", "cell 1, line 2: found 'a = 2', allowed is name = value, each name once"),
    "a condition": ("if True:\n    a = 1", "cell 1, line 1: found 'if True:', allowed is name = value"),
    "a magic of Jupyter": ("%matplotlib inline", "cell 1, line 1: not readable as Python"),
}


@pytest.mark.parametrize(("content", "said"), FILES.values(), ids=FILES)
def test_what_is_no_notebook_is_refused(content, said):
    message = refusal(parameter_names, content, "01-own.ipynb")
    assert message.startswith("01-own.ipynb")
    assert said in message


@pytest.mark.parametrize(("source", "said"), CELLS.values(), ids=CELLS)
def test_parameters_that_could_be_missed_are_refused_with_their_line(source, said):
    message = refusal(parameter_names, notebook(source), "01-own.ipynb")
    assert message.startswith("01-own.ipynb, ")
    assert said in message


def test_two_cells_of_parameters_are_refused():
    said = "01-own.ipynb: found the cells 1, 2 tagged 'parameters', allowed is one"
    assert refusal(parameter_names, notebook("a = 1", "b = 2"), "01-own.ipynb") == said


def test_a_notebook_without_parameters_asks_for_none():
    assert parameter_names(notebook("a = 1", tags=()), "01-own.ipynb") == []
    assert parameter_names(notebook("a = 1", tags=("parameter",)), "01-own.ipynb") == []


def test_every_shipped_notebook_asks_for_parameters_by_name():
    for path in sorted(NOTEBOOKS.glob("0*.ipynb")):
        assert set(parameter_names(path.read_bytes(), path.name)) <= set(Parameters.model_fields)


@pytest.mark.parametrize("name", ["basline", "__import__", "os", "title", "model_dump", "b\u0430seline"])
def test_a_parameter_that_no_scenario_has_is_refused_by_name(tmp_path, name):
    path = tmp_path / "01-own.ipynb"
    path.write_text(
        writes(new_notebook(cells=[new_code_cell(f"{name} = 1", metadata={"tags": ["parameters"]}, id="a")]))
    )
    assert f"{path}, parameter cell: unknown parameter {name!r}; " in refusal(
        jobs, read_scenario("published"), [], [path]
    )


@pytest.mark.parametrize("name", ["../notebooks", "/etc/passwd", "*", "", "x" * 300, "a\0b", "99"])
def test_a_name_that_leads_elsewhere_is_no_notebook(name):
    assert refusal(notebooks, [name]).startswith("no notebook ")
