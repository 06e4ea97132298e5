"""`analysis check`: says whether reports are as they were written, and made from what is here."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.machinery.commands import options
from analysis.machinery.commands.report import OUTPUT
from analysis.machinery.receipts.check import check_folder
from analysis.machinery.receipts.forms import as_json, as_text


def check(
    output: Annotated[Path, typer.Argument(help="Folder of the reports.")] = OUTPUT,
    files: Annotated[
        bool, typer.Option("--files", help="Check the files of the folder alone, not this checkout.")
    ] = False,
    expect: Annotated[
        str, typer.Option(help="SHA-256 of the manifest as its sender told it; another one is a difference.")
    ] = "",
    json: options.AsJson = False,
) -> None:
    """Verify that reports are as written and made from what is here.

    It finds damage; whether the manifest itself is the sender's is for --expect, or a signature of that file, to say.

    Exit code 0: all is as written; 1: something differs; 2: the folder has no manifest that can be used.
    """
    checked = check_folder(output, checkout=not files, expected=expect)
    typer.echo(as_json(checked) if json else as_text(checked, str(output)), nl=False)
    if not checked.good:
        raise typer.Exit(1)
