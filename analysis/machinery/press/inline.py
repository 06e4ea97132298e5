"""A page without a notebook file: what is shown is given, not run."""

from collections.abc import Iterable
from typing import Any, Protocol


class Showable(Protocol):
    """What shows itself in Jupyter."""

    def _repr_mimebundle_(self) -> tuple[dict[str, str], dict[str, Any]]: ...


def notebook_of(title: str, things: Iterable[Showable | str]) -> Any:
    """Return an executed notebook that shows the things under a title, one cell each; a text is Markdown."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    cells = [new_markdown_cell(f"# {title}")]
    for thing in things:
        if isinstance(thing, str):
            cells.append(new_markdown_cell(thing))
            continue
        data, metadata = thing._repr_mimebundle_()
        cells.append(new_code_cell("", outputs=[new_output("display_data", data, metadata=metadata)]))
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position}"
    return new_notebook(cells=cells)
