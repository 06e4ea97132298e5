"""Writes a report as a tagged PDF: pandoc writes Typst, Typst sets the pages."""

import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analysis.errors import InputError
from analysis.report import color, fonts, marks, pandoc, templates
from analysis.report.displays import PICTURES
from analysis.report.document import Document, Front, Provenance, document
from analysis.report.numbers import sources
from analysis.report.outputs import Notebook

STANDARDS: list[Any] = ["ua-1", "a-2a"]
MISSING = re.compile(r"the text `(.*?)` could not be displayed")


def pdf(notebook: Notebook, front: Front, provenance: Provenance) -> bytes:
    """Return the report as a PDF that meets PDF/UA-1 and PDF/A-2a.

    The same arguments give the same bytes.

    Args:
        notebook: An executed notebook.
        front: What the report says of itself.
        provenance: What it was made from.

    Raises:
        InputError: An output lacks what its kind needs, the accent is not a color, or no font has a sign.
    """
    import typst

    made = document(notebook, derivations=not front.brief)
    body = pandoc.convert(made, "typst")
    with TemporaryDirectory() as name:
        folder = Path(name)
        _lay_out(folder, made, front, provenance)
        (folder / "main.typ").write_text(f'#import "report.typ": *\n#show: report\n\n{body}', encoding="utf-8")
        try:
            content = typst.compile(
                folder / "main.typ",
                root=folder,
                font_paths=[folder / "fonts"],
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=STANDARDS,
                timestamp=_moment(front),
            )
        except typst.TypstError as error:
            missing = MISSING.search(str(error))
            if missing is None:
                raise
            raise InputError(
                f"the PDF's fonts have no sign for {missing[1]}; leave it out or build HTML only"
            ) from None
    return bytes(content)


def text(content: bytes) -> str:
    """Return the text of a PDF, one run of type a line; text read across runs would join the cells of a table."""
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

    runs: list[str] = []
    for page in pypdfium2.PdfDocument(content):
        words = page.get_textpage()
        runs += [run.extract() for run in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], textpage=words)]
    return "\n".join(runs)


def _lay_out(folder: Path, made: Document, front: Front, provenance: Provenance) -> None:
    """Write beside the body what it is set with: the look, the data, pictures and fonts."""
    (folder / "report.typ").write_text(templates.text("report.typ"), encoding="utf-8")
    for name, content in made.pictures.items():
        (folder / name).write_bytes(content)
    logo = ""
    if front.logo:
        logo = f"logo.{PICTURES[front.logo.mime]}"
        (folder / logo).write_bytes(front.logo.content)
    day = _moment(front)
    listed = sources(made.numbers)
    data = {
        "front": asdict(front) | {"logo": None},
        "logo": logo,
        "accent": color.readable(front.accent, "#ffffff"),
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "provenance": provenance.entries,
        "numbers": [
            entry.model_dump() | {"sources": [listed[source] for source in entry.sources]}
            for entry in made.numbers.values()
        ],
        "sources": [source.model_dump() | {"link": source.link} for source in listed],
        "equations": sorted(made.equations),
        "marks": {word: {"letter": mark.letter, "meaning": mark.meaning} for word, mark in marks.MARKS.items()},
        "marks-shown": marks.shown(made.markdown),
    }
    (folder / "report.json").write_text(json.dumps(data), encoding="utf-8")
    fonts.copy_to(folder / "fonts")


def _moment(front: Front) -> datetime:
    """Return the report's date as a moment, so that no clock enters the file."""
    try:
        day = date.fromisoformat(front.date)
    except ValueError:
        day = date(1980, 1, 1)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
