"""`analysis new`: a notebook that is already in the style of the reports."""

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import InputError
from analysis.library.loading.fields import Line
from analysis.library.loading.file import files, is_folder
from analysis.library.loading.outside import checked, excerpt
from analysis.library.places import INSTALLED, NOTEBOOKS
from analysis.machinery.press.jobs import REPORTS

STARTER = Path(__file__).parents[1] / "starter" / "notebook.ipynb"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FOLDER = Path() if INSTALLED else NOTEBOOKS


def new(
    name: Annotated[str, typer.Argument(help="Name of the notebook: lower-case words joined by '-'.")],
    title: Annotated[str, typer.Option(help="Title of the report; made from the name if not given.")] = "",
    folder: Annotated[Path, typer.Option(help="Where the notebooks are.")] = FOLDER,
) -> None:
    """Write a notebook from the template, for `report` to build."""
    typer.echo(str(written(name, title, folder)))


def written(name: str, title: str, folder: Path) -> Path:
    """Write the notebook and return its path.

    Raises:
        InputError: The name is not plain, the title is no line, such a notebook exists, or there is no such folder.
    """
    if not is_folder(folder):
        raise InputError(f"{folder}: no such folder")
    if not NAME.fullmatch(name) or len(name) > 60:
        raise InputError(f"notebook name {name!r}: allowed are lower-case letters and digits, words joined by '-'")
    if title != " ".join(title.split()):
        raise InputError(f"title {excerpt(title)}: allowed are words with one space between them")
    checked(Line, title, "title")
    taken = [path.stem for path in files(folder, REPORTS)]
    if any(stem[3:] == name for stem in taken):
        raise InputError(
            f"a notebook {name!r} exists already: {', '.join(stem for stem in taken if stem[3:] == name)}"
        )
    place = 1 + max((int(stem[:2]) for stem in taken), default=0)
    path = folder / f"{place:02}-{name}.ipynb"
    notebook = json.loads(STARTER.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = [f"# {title or name.replace('-', ' ').capitalize()}"]
    with path.open("x", encoding="utf-8") as file:
        json.dump(notebook, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return path
