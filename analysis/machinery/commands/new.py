"""`analysis new`: a notebook in the style of the reports, or a scenario with every key that it may have."""

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import InputError
from analysis.library.loading.fields import Line, checked, excerpt
from analysis.library.loading.file import files, is_folder
from analysis.library.places import INSTALLED, NOTEBOOKS
from analysis.machinery.press.jobs import REPORTS
from analysis.scenario import every_key

STARTER = Path(__file__).parents[1] / "starter" / "notebook.ipynb"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FOLDER = Path() if INSTALLED else NOTEBOOKS


def new(
    name: Annotated[str, typer.Argument(help="Name of the notebook or scenario: lower-case words joined by '-'.")],
    title: Annotated[str, typer.Option(help="Title of the report; made from the name if not given.")] = "",
    folder: Annotated[Path, typer.Option(help="Where the notebooks are.")] = FOLDER,
    scenario: Annotated[bool, typer.Option("--scenario", help="Write NAME.yaml here: every key, explained.")] = False,
) -> None:
    """Write a notebook from the template, or a scenario of all keys, for `report` to build."""
    typer.echo(str(scenario_written(name) if scenario else written(name, title, folder)))


def scenario_written(name: str, folder: Path = Path()) -> Path:
    """Write a scenario of which every key but the description is commented out, and return its path.

    Raises:
        InputError: The name is not plain, or there is such a file.
    """
    _demand_plain(name, "scenario")
    path = folder / f"{name}.yaml"
    if path.exists():
        raise InputError(f"{path}: exists already; allowed is another name")
    lines = [f"# {meaning}\n# {key}: {default}\n" for key, default, meaning in every_key() if key != "description"]
    path.write_text("\n".join([f"description: {name.replace('-', ' ')}\n", *lines]), encoding="utf-8")
    return path


def written(name: str, title: str, folder: Path) -> Path:
    """Write the notebook and return its path.

    Raises:
        InputError: The name is not plain, the title is no line, such a notebook exists, or there is no such folder.
    """
    if not is_folder(folder):
        raise InputError(f"{folder}: no such folder")
    _demand_plain(name, "notebook")
    if title != " ".join(title.split()):
        raise InputError(f"title {excerpt(title)}: allowed are words with one space between them")
    checked(Line, title, "title")
    taken = [path.stem for path in files(folder, REPORTS)]
    if same := [stem for stem in taken if stem[3:] == name]:
        raise InputError(f"a notebook {name!r} exists already: {', '.join(same)}")
    place = 1 + max((int(stem[:2]) for stem in taken), default=0)
    path = folder / f"{place:02}-{name}.ipynb"
    notebook = json.loads(STARTER.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = [f"# {title or name.replace('-', ' ').capitalize()}"]
    with path.open("x", encoding="utf-8") as file:
        json.dump(notebook, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return path


def _demand_plain(name: str, kind: str) -> None:
    if not NAME.fullmatch(name) or len(name) > 60:
        raise InputError(f"{kind} name {name!r}: allowed are lower-case letters and digits, words joined by '-'")
