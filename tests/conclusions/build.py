"""Runs the notebooks of the published scenario in this process and returns what they conclude."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.machinery.press.jobs import notebooks
from analysis.machinery.press.reading import read as read_notebook
from analysis.scenario import Scenario, read_scenario


def published() -> dict[str, str]:
    """The words of each conclusion, by its name; a finding's begins with its notebook."""
    found: dict[str, str] = {}
    for path in notebooks():
        made = executed(path)
        for one in read_notebook(made).conclusions:
            name = one.id if "/" in one.id else f"{path.stem}#{one.id}"
            assert name not in found, name
            found[name] = one.words
    return found


def executed(
    path: Path,
    scenario: Scenario | None = None,
    picture: Callable[[Figure], str] = lambda _: "<svg/>",
    first: int | None = None,
):
    """The notebook as executed, under the published scenario if no other is given.

    Args:
        path: Of the notebook.
        scenario: The conditions.
        picture: What stands in place of a drawn figure; a conclusion needs none.
        first: How many of its cells; none: all.
    """
    asked = (scenario or read_scenario("published")).parameters()
    names: dict[str, object] = {"__name__": "__main__"}
    cells: list[object] = []
    shown: list[object] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Figure, "savefig", lambda self, file, **_: file.write(picture(self).encode()))
        patched.setattr("IPython.display.display", shown.append)
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"][:first]):
            source = "".join(cell["source"])
            shown.clear()
            if cell["cell_type"] == "markdown":
                cells.append(new_markdown_cell(source, id=f"cell-{number}"))
                continue
            exec(compile(source, f"{path.name}, {cell['id']}", "exec"), names)
            if "parameters" in cell["metadata"].get("tags", ()):
                names.update({key: value for key, value in asked.items() if key in names})
            cells.append(new_code_cell("", outputs=[_output(one) for one in shown], id=f"cell-{number}"))
    return new_notebook(cells=cells)


def _output(thing):
    data, metadata = thing._repr_mimebundle_()
    return new_output("display_data", data, metadata=metadata)
