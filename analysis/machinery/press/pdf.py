"""Writes a report as a tagged PDF: pandoc writes Typst, Typst sets the pages."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from string import printable
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from analysis.errors import InputError
from analysis.exhibits.marks import LETTERS
from analysis.exhibits.signs import instead, signs
from analysis.machinery.press import templates
from analysis.machinery.press.displays import PICTURES
from analysis.machinery.press.front import Front, Provenance
from analysis.machinery.press.numbers import gathered, sources
from analysis.machinery.press.reading import Reading
from analysis.machinery.press.style import PAPER, readable
from analysis.machinery.press.typesetting import ADVICE, MAIN, MissingSignError, face_files, typeset

EQUATION = re.compile(r"<equation-([\w-]+)>")
AUTHOR = "cost-per-token"
LONGEST_RUN = 65_536  # signs; a run is a part of a line
_reading = Lock()  # PDFium serves one thread at a time, and ends the process where two ask


def pdf(reading: Reading, body: str, front: Front, provenance: Provenance, *, positions: bool = False) -> bytes:
    """Return the report, or its derivations, as a PDF that meets PDF/UA-1 and PDF/A-2a.

    The same arguments give the same bytes.

    Args:
        reading: What was read of the notebook.
        body: What pandoc made of its document, as Typst.
        front: What the report says of itself.
        provenance: What it was made from.
        positions: Whether each number carries its position in the list of derivations.

    Raises:
        InputError: The accent is not a color, or something cannot be set on paper, such as a picture that is damaged.
    """
    data = _data(reading, body, front, provenance, positions)
    found = signs(f"{body}{json.dumps(data, ensure_ascii=False)}", face_files(), front.missing_signs)
    replaced = dict(found.instead)
    with TemporaryDirectory() as name:
        folder = Path(name)
        _lay_out(folder, reading, front)
        (folder / MAIN).write_text(f'#import "report.typ": *\n#show: report\n\n{body}', encoding="utf-8")
        while True:
            (folder / "report.json").write_text(json.dumps({**data, "instead": replaced}), encoding="utf-8")
            try:
                return typeset(folder, _moment(front), found.fonts)
            except MissingSignError as error:  # signs that fonts have one by one, and not together
                more = instead({*error.signs} - replaced.keys() - {*printable}, front.missing_signs)
                if not more:
                    raise
                replaced |= more
            except InputError as error:
                raise InputError(f"{error}; {ADVICE}") from None


def text(content: bytes) -> str:
    """Return the text of a PDF, one run of type a line; text read across runs would join the cells of a table."""
    from pypdfium2 import PdfDocument, raw

    runs: list[str] = []
    room = (raw.FPDF_WCHAR * LONGEST_RUN)()
    with _reading:
        document = PdfDocument(content)
        for page in document:
            words = page.get_textpage()
            for run in _runs(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject):
                size = raw.FPDFTextObj_GetText(run, words, room, 2 * LONGEST_RUN)
                # What is read from right to left has the halves of a sign in that order, too, which is no UTF-16.
                read = memoryview(room).cast("B")[:size].tobytes()
                runs.append(read.decode("utf-16-le", "replace").removesuffix("\0"))
        document.close()  # here, and not when its memory is collected, in whichever thread that happens
    return "\n".join(runs)


def _runs(within: Any, count: Callable[[Any], int], at: Callable[[Any, int], Any]) -> Iterator[Any]:
    """Yield the runs of type of a page, and of the drawings on it."""
    from pypdfium2 import raw

    for place in range(count(within)):
        thing = at(within, place)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield thing
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _runs(thing, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)


def _lay_out(folder: Path, reading: Reading, front: Front) -> None:
    """Write beside the body what it is set with: the look and pictures."""
    (folder / "report.typ").write_text(templates.text("report.typ"), encoding="utf-8")
    for name, content in reading.document.pictures.items():
        (folder / name).write_bytes(content)
    if front.logo:
        (folder / _logo(front)).write_bytes(front.logo.content)


def _logo(front: Front) -> str:
    return f"logo.{PICTURES[front.logo.mime]}" if front.logo else ""


def _data(reading: Reading, body: str, front: Front, provenance: Provenance, positions: bool) -> dict[str, Any]:
    """Return what the look shows besides the body."""
    day, listed = _moment(front), sources(reading.numbers)
    told = listed if positions else gathered(listed)
    return {
        "front": asdict(front) | {"logo": None},
        "logo": _logo(front),
        "authors": front.authors or (front.organization or AUTHOR,),
        "accent": readable(front.accent, PAPER),
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "provenance": provenance.entries,
        "numbers": [
            entry.model_dump() | {"sources": [listed[source] for source in entry.sources]}
            for entry in reading.numbers.values()
        ],
        "sources": [{"title": source.title, "link": source.link} for source in told],
        "equations": sorted(reading.document.equations.intersection(EQUATION.findall(body))),
        "positions": positions,
        "cautions": {word: asdict(caution) for word, caution in LETTERS.items()},
        "cautions-shown": [asdict(caution) for caution in reading.document.cautions],
    }


def _moment(front: Front) -> datetime:
    """Return the report's date as a moment, so that no clock enters the file."""
    try:
        day = date.fromisoformat(front.date)
    except ValueError:
        day = date(1980, 1, 1)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
