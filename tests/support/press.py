"""What the press makes of a notebook, step by step and unchecked."""

from analysis.machinery.press import check as guard
from analysis.machinery.press import numbers, pandoc
from analysis.machinery.press import pdf as print_
from analysis.machinery.press.check import Unbacked
from analysis.machinery.press.front import Front, Link, Provenance
from analysis.machinery.press.html import screen
from analysis.machinery.press.numbers import Register
from analysis.machinery.press.outputs import Notebook, Output, cells
from analysis.machinery.press.page import Page
from analysis.machinery.press.pandoc import Bodies
from analysis.machinery.press.reading import read


def outputs(notebook: Notebook) -> list[Output]:
    return [output for cell in cells(notebook) for output in cell.outputs]


def register(notebook: Notebook) -> Register:
    return numbers.register(outputs(notebook))


def bodies(notebook: Notebook, forms: tuple[str, ...] = ("pdf", "derivations"), *, code: bool = False) -> Bodies:
    return pandoc.convert(read(notebook, code=code).document, forms)


def html(
    notebook: Notebook,
    front: Front,
    provenance: Provenance,
    links: tuple[Link, ...] = (),
    *,
    name: str = "report",
    code: bool = False,
) -> str:
    reading = read(notebook, name, code=code)
    return screen(reading, pandoc.convert(reading.document), front, provenance, links).html


def pdf(notebook: Notebook, front: Front, provenance: Provenance, *, positions: bool = False) -> bytes:
    reading = read(notebook)
    return print_.pdf(reading, pandoc.convert(reading.document, ("pdf",)).pdf, front, provenance, positions=positions)


def derivations(notebook: Notebook, front: Front, provenance: Provenance) -> bytes:
    reading = read(notebook)
    return print_.pdf(reading, pandoc.convert(reading.document, ("derivations",)).derivations, front, provenance)


def check(html: str, paper: str, register: Register) -> list[Unbacked]:
    """What stands behind nothing on a page, and on paper beside it."""
    page = Page(html)
    return guard.check(page, register) + guard.check_paper(paper, page)
