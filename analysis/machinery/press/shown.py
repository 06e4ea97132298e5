"""Where a report shows each of its numbers, in words that are the same in every build of it."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from analysis.exhibits.marks import marked, marks_in
from analysis.machinery.press.conclusions import sections
from analysis.machinery.press.outputs import Notebook, about


def shown(notebook: Notebook) -> dict[str, str]:
    """Return the identifiers of the numbers shown, by place: a table's row and column, or the text and a count.

    A number's identifier changes with its value; its place does not, so it is by places that builds are compared.
    """
    found: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for place, identifier in _all(notebook):
        counted[place] += 1
        found[f"{place} ({counted[place]})" if counted[place] > 1 else place] = identifier
    return found


def _all(notebook: Notebook) -> Iterator[tuple[str, str]]:
    texts: Counter[str] = Counter()
    for heading, cell, place in sections(notebook):
        for output in cell.get("outputs", ()):
            report = about(output, place) or {}
            kind, html = report.get("kind"), output.get("data", {}).get("text/html", "")
            if kind == "table":
                table = _Table(html)
                yield from ((f"table {report.get('name', '')}: {within}", one) for within, one in table.numbers)
            elif kind == "text" and (numbers := marks_in(html)):
                texts[heading] += 1
                yield from ((f"{heading}, paragraph {texts[heading]}", one.id) for one in numbers)
            for part in ("caption", "note"):
                numbers = marks_in(report.get(part, ""))
                yield from ((f"{kind} {report.get('name', '')}, {part}", one.id) for one in numbers)


class _Table(HTMLParser):
    """The numbers of a table, each with the heads of its row and column."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.numbers: list[tuple[str, str]] = []
        self._heads: list[str] = []
        self._row = self._scope = ""
        self._column = 0
        self._words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "tr":
            self._row, self._column = "", -1
        elif tag in ("th", "td"):
            self._column += 1
            self._scope, self._words = attributes.get("scope") or "", []
        elif identifier := marked(attributes):
            head = self._heads[self._column] if 0 <= self._column < len(self._heads) else "caption"
            self.numbers.append((", ".join(filter(None, (self._row, head))), identifier))

    def handle_endtag(self, tag: str) -> None:
        if tag == "th":
            text = " ".join("".join(self._words).split())
            if self._scope == "col":
                self._heads.append(text)
            else:
                self._row = text

    def handle_data(self, data: str) -> None:
        self._words.append(data)
