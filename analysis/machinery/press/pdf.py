"""Writes a report as a tagged PDF: pandoc writes Typst, Typst sets the pages."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.errors import InputError
from analysis.exhibits.marks import LETTERS, cautions_in
from analysis.machinery.press import color, pandoc, templates
from analysis.machinery.press.displays import PICTURES
from analysis.machinery.press.document import Document, Front, Provenance, document
from analysis.machinery.press.numbers import sources
from analysis.machinery.press.outputs import Notebook
from analysis.machinery.press.typesetting import ADVICE, MAIN, typeset


def pdf(notebook: Notebook, front: Front, provenance: Provenance) -> bytes:
    """Return the report as a PDF that meets PDF/UA-1 and PDF/A-2a.

    The same arguments give the same bytes.

    Args:
        notebook: An executed notebook.
        front: What the report says of itself.
        provenance: What it was made from.

    Raises:
        InputError: An output lacks what its kind needs, the accent is not a color, or something cannot be set on
            paper, such as a sign that no font has.
    """
    made = document(notebook, derivations=not front.brief)
    body = pandoc.convert(made, "typst")
    with TemporaryDirectory() as name:
        folder = Path(name)
        _lay_out(folder, made, front, provenance)
        (folder / MAIN).write_text(f'#import "report.typ": *\n#show: report\n\n{body}', encoding="utf-8")
        try:
            return typeset(folder, _moment(front))
        except InputError as error:
            raise InputError(f"{error}; {ADVICE}") from None


def text(content: bytes) -> str:
    """Return the text of a PDF, one run of type a line; text read across runs would join the cells of a table."""
    from pypdfium2 import PdfDocument, raw

    runs: list[str] = []
    for page in PdfDocument(content):
        words = page.get_textpage()
        for run in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            size = raw.FPDFTextObj_GetText(run, words, None, 0)
            read = (raw.FPDF_WCHAR * (size // 2))()
            raw.FPDFTextObj_GetText(run, words, read, size)
            # What is read from right to left has the halves of a sign in that order, too, which is no UTF-16.
            runs.append(bytes(read).decode("utf-16-le", "replace").removesuffix("\0"))
    return "\n".join(runs)


def _lay_out(folder: Path, made: Document, front: Front, provenance: Provenance) -> None:
    """Write beside the body what it is set with: the look, the data and pictures."""
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
        "cautions": {word: asdict(caution) for word, caution in LETTERS.items()},
        "cautions-shown": [asdict(caution) for caution in cautions_in(made.markdown)],
    }
    (folder / "report.json").write_text(json.dumps(data), encoding="utf-8")


def _moment(front: Front) -> datetime:
    """Return the report's date as a moment, so that no clock enters the file."""
    try:
        day = date.fromisoformat(front.date)
    except ValueError:
        day = date(1980, 1, 1)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
