"""Runs pandoc once over a report's document, for the page and for what is printed of it.

It is the pandoc that the project's packages bring along, and it sees nothing of the machine's own: no defaults, no
data folder, no environment.
"""

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.errors import InputError
from analysis.machinery.press import templates
from analysis.machinery.press.document import Document

# Prose is text: no HTML, TeX or other markup of a target may pass through it.
READ = (
    "markdown-raw_html-raw_tex-raw_attribute-native_divs-native_spans-markdown_in_html_blocks"
    "-yaml_metadata_block-pandoc_title_block-latex_macros-citations+gfm_auto_identifiers"
)
REFUSAL = re.compile(r"refused: (.*?)$", re.MULTILINE)  # as the writer says it
SETTLED = re.compile(r"<!--settled:(\d+)-->")
MEMORY = ("+RTS", "-H8m", "-A2m", "-RTS")
"""How much it takes at once: a third less memory than it would, for no more time."""
CONTENTS_END, BODY_END = "<!--contents-->", "<!--body-->"


@dataclass(frozen=True)
class Bodies:
    """What pandoc makes of a document."""

    contents: str
    html: str
    pdf: str = ""
    derivations: str = ""


def convert(document: Document, forms: Iterable[str] = ()) -> Bodies:
    """Return the document as HTML, and as Typst for what is printed of it.

    Raises:
        InputError: An equation is not TeX.
    """
    printed_too = sorted({"pdf", "derivations"}.intersection(forms))
    text = document.markdown(page=not printed_too)
    told = {
        "token": document.token,
        "pictures": " ".join(document.pictures),
        "files": " ".join(document.files),
        "folder": document.folder,
        "forms": " ".join(printed_too),
    }
    with TemporaryDirectory() as nothing:
        command = [
            program(),
            f"--data-dir={nothing}",
            f"--from={READ}",
            f"--to={templates.FOLDER / 'report.lua'}",
            *(f"--metadata={name}:{value}" for name, value in told.items()),
            "--quiet",
            *MEMORY,
        ]
        run = subprocess.run(  # noqa: S603 - the program and its arguments are ours
            command, input=text.encode(), capture_output=True, env={"LC_ALL": "C.UTF-8"}, cwd=nothing
        )
    if run.returncode:
        message = run.stderr.decode(errors="replace")
        refusal = REFUSAL.search(message)
        raise InputError(refusal[1]) if refusal else RuntimeError(f"pandoc: {message}")
    page, *printed = run.stdout.decode().split(BODY_END)
    contents, html = page.split(CONTENTS_END, 1)
    settled = document.settled
    return Bodies(contents, SETTLED.sub(lambda match: settled[int(match[1])], html), *printed)


@cache
def program() -> str:
    """Return the path of the pandoc that the package `pypandoc` brings along; one on PATH is never run."""
    package = find_spec("pypandoc")
    assert package is not None, "pypandoc is not installed"
    assert package.origin is not None
    folder = Path(package.origin).parent / "files"
    found = shutil.which("pandoc", path=str(folder))
    assert found is not None, f"no pandoc in {folder}: install pypandoc-binary"
    return found
