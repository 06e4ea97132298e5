"""Reads which parameters a notebook asks for, and refuses a file that is no notebook before anything is run."""

import ast
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from analysis.errors import InputError
from analysis.library.loading.fields import checked, excerpt, parse_json

TAG = "parameters"


class _Cell(BaseModel):
    model_config = ConfigDict(strict=True)

    cell_type: Literal["code", "markdown", "raw"]
    metadata: dict[str, Any]
    source: str | list[str]
    attachments: dict[str, dict[str, str | list[str]]] = {}

    @property
    def is_tagged(self) -> bool:
        tags = self.metadata.get("tags")
        return isinstance(tags, list) and TAG in tags


class _Report(BaseModel):
    model_config = ConfigDict(strict=True)

    brief: bool = False


class _Metadata(BaseModel):
    model_config = ConfigDict(strict=True)

    report: _Report = _Report()


class _Notebook(BaseModel):
    model_config = ConfigDict(strict=True)

    nbformat: Literal[4]
    metadata: _Metadata = _Metadata()
    cells: list[_Cell]


def parameter_names(content: bytes, place: str) -> list[str]:
    """Return the names that the notebook's cell tagged `parameters` assigns, as `assignments` reads them."""
    return [*assignments(content, place)]


def parameter_values(content: bytes, place: str) -> dict[str, Any]:
    """Return the values that the notebook's cell tagged `parameters` assigns, by name.

    Raises:
        InputError: As for `assignments`, or what is assigned is computed rather than written.
    """
    values: dict[str, Any] = {}
    for name, written in assignments(content, place).items():
        try:
            values[name] = ast.literal_eval(written)
        except ValueError:
            raise InputError(
                f"{place}, parameter cell: {name}: found {excerpt(ast.unparse(written))}, allowed is a plain value"
            ) from None
    return values


def assignments(content: bytes, place: str) -> dict[str, ast.expr]:
    """Return what the notebook's cell tagged `parameters` assigns, by name and in order; nothing without such a cell.

    Raises:
        InputError: It is no notebook of format 4, has more than one such cell, or the cell is not a list of plain
            assignments to names of their own, so that a value of the scenario could miss its name.
    """
    found = checked(_Notebook, parse_json(content, place), place)
    tagged = [(position, cell) for position, cell in enumerate(found.cells, start=1) if cell.is_tagged]
    if len(tagged) > 1:
        places = ", ".join(str(position) for position, _ in tagged)
        raise InputError(f"{place}: found the cells {places} tagged {TAG!r}, allowed is one")
    return {name: value for position, cell in tagged for name, value in _assigned(cell, f"{place}, cell {position}")}


def _assigned(cell: _Cell, place: str) -> Iterator[tuple[str, ast.expr]]:
    source = cell.source if isinstance(cell.source, str) else "".join(cell.source)
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        where = f"{place}, line {error.lineno}" if error.lineno else place
        raise InputError(f"{where}: not readable as Python: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError) as error:  # a null, or brackets that no parser can hold
        raise InputError(f"{place}: not readable as Python: {error}") from None
    seen: set[str] = set()
    for statement in statements:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.expr() as value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value, simple=1)
            ) if name not in seen:
                seen.add(name)
                yield name, value
            case _:
                line = statement.lineno
                found = excerpt(source.splitlines()[line - 1])
                raise InputError(f"{place}, line {line}: found {found}, allowed is name = value, each name once")
