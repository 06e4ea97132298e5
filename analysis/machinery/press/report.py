"""One report in the making: the notebook read once, each form made of it once, and nothing shown unchecked."""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from analysis.exhibits.workbook.imprint import imprinted
from analysis.library.quantities import Quoted
from analysis.machinery.press import check, numbers, one_page, pandoc
from analysis.machinery.press.front import Front, Order, Provenance
from analysis.machinery.press.html import screen
from analysis.machinery.press.outputs import Notebook
from analysis.machinery.press.page import Page
from analysis.machinery.press.pandoc import Bodies
from analysis.machinery.press.pdf import pdf, text
from analysis.machinery.press.reading import Reading, read

IN_HTML = "of every number are part of the HTML form of this report, and of numbers.json beside it"
IN_PRINT = "of every number are printed in {}.derivations.pdf, under the numbers in brackets"


@dataclass(frozen=True)
class Report:
    """A report: what was read of its notebook, and the forms that come of it."""

    name: str
    reading: Reading
    order: Order

    @classmethod
    def of(cls, notebook: Notebook, name: str, order: Order) -> "Report":
        """Return the report of an executed notebook.

        Raises:
            InputError: An output of the notebook is not what a report can show.
        """
        return cls(name, read(notebook, name, code=order.code), order)

    @cached_property
    def html(self) -> str:
        """The page.

        Raises:
            InputError: It shows a numeral that nothing stands behind, or cannot be written.
        """
        return self._page[0]

    @cached_property
    def pdf(self) -> bytes:
        """The paper, which shows no other numerals than the page.

        Raises:
            InputError: It shows another one, or something cannot be set on paper.
        """
        both = "derivations" in self.order.forms
        where = ("Derivations", IN_PRINT.format(self.name) if both else IN_HTML)
        made_from = Provenance((*self.order.provenance, where)) if self.reading.numbers else self._provenance
        return self._checked(pdf(self.reading, self._bodies.pdf, self._front, made_from, positions=both))

    @cached_property
    def one_page(self) -> dict[str, bytes]:
        """The report's answer on a page of its own: PDF, picture and text for a mail, by the end of their names.

        Raises:
            InputError: As for the report's paper, or the answer takes more than a page.
        """
        paper = self._checked(
            pdf(self.reading, one_page.first_section(self._bodies.pdf), self._front, self._provenance)
        )
        mail = one_page.mail(self._front, self.reading.conclusions)
        return {".one-page.pdf": paper, ".one-page.png": one_page.picture(paper), ".one-page.txt": mail}

    @cached_property
    def derivations(self) -> bytes:
        """The derivations of the report's numbers as a paper of their own.

        Raises:
            InputError: As for the report's paper.
        """
        front = replace(self._front, subtitle="Derivations")
        return self._checked(pdf(self.reading, self._bodies.derivations, front, self._provenance))

    @cached_property
    def beside(self) -> dict[str, bytes]:
        """The files in the report's folder: its numbers, its data, and what its notebook puts there."""
        reading, front = self.reading, self._front
        summary = {"title": front.title, "subtitle": front.subtitle, "date": front.date, "findings": reading.findings}
        answered = {"answers": [answer.model_dump() for answer in reading.answers]} if reading.answers else {}
        concluded = [conclusion.model_dump() for conclusion in reading.conclusions]
        contents = {
            **{file: _imprinted(file, content, front) for file, content in reading.files.items()},
            **{f"data/{name}.csv": csv.encode("utf-8-sig") for name, csv in reading.tables.items()},
            "numbers.json": numbers.to_json(reading.numbers).encode(),
            "places.json": _json(reading.places),
            "summary.json": _json({**summary, **answered, "conclusions": concluded}),
        }
        return {f"{self.name}/{file}": content for file, content in contents.items()}

    @cached_property
    def _front(self) -> Front:
        said, reading = dict(self.order.front), self.reading
        given = said.pop("title", "")
        title = Quoted(given) if given else reading.title or Quoted(self.name)
        below = said.pop("subtitle", "") or reading.subtitle
        return Front(title, below, brief=reading.brief, **said)

    @cached_property
    def _provenance(self) -> Provenance:
        return Provenance(self.order.provenance)

    @cached_property
    def _bodies(self) -> Bodies:
        return pandoc.convert(self.reading.document, self.order.forms)

    @cached_property
    def _page(self) -> tuple[str, Page]:
        """The page as text, and as a reader sees it, checked; cards and lists repeat the register."""
        shown = screen(self.reading, self._bodies, self._front, self._provenance, self.order.links)
        page = Page(shown.said)
        check.demand(check.check(page, self.reading.numbers, self.order.names))
        page.everything.append(shown.listed)
        return shown.html, page

    def _checked(self, paper: bytes) -> bytes:
        check.demand(check.check_paper(text(paper), self._page[1], self.order.names))
        return paper

    def __deepcopy__(self, memo: object) -> "Report":
        """Return the report itself: nbconvert copies what passes through it, and nothing here can be changed."""
        return self


def _imprinted(name: str, content: bytes, front: Front) -> bytes:
    """Return a file as it travels: a workbook says whom it is from, and for what paper it is."""
    if not name.endswith(".xlsx"):
        return content
    return imprinted(
        content,
        paper=front.paper,
        organization=front.organization,
        confidentiality=front.confidentiality,
        authors=front.authors,
        title=front.title,
        day=front.date,
    )


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
