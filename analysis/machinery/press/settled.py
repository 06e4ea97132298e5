"""HTML of the exhibits that stands on the page as they wrote it, and the marks at the heads of their tables."""

import re
from collections.abc import Sequence

from analysis.exhibits.marks import LETTERS, Mark, head_mark, mark, marks_in, with_marks

ELEMENTS = {*"a b br caption code div em i li ol p small span strong sub sup table tbody td th thead tr ul".split()}
ATTRIBUTE = r' (?:class|scope)="[\w -]*"| href="#?[\w.-]+"'
TAG = re.compile(rf"<(/?)([a-z]+)((?:{ATTRIBUTE})*)>")
ROW = re.compile(r"(?<=<tr)([^>]*>)(.*?)(?=</tr>)", re.DOTALL)
CELL = re.compile(r"<t([hd])\b([^>]*)>(.*?)</t\1>", re.DOTALL)
NUMBERS = ' class="number"'


def is_settled(html: str) -> bool:
    """Return whether HTML is what exhibits write: harmless elements and attributes, each ended in its turn."""
    fragment = with_marks(html, lambda one: one.text)
    if "<" in TAG.sub("", fragment):
        return False
    opened: list[str] = []
    for closing, element, _ in TAG.findall(fragment):
        if element not in ELEMENTS or (closing and (not opened or opened.pop() != element)):
            return False
        if not closing and element != "br":
            opened.append(element)
    return not opened


def with_marks_at_heads(table: str) -> str:
    """Return a table in which a mark that all numbers of a column or of a row carry stands once, at its head.

    The head of a column of numbers is set as they are. One with cells over several columns or rows stays as it is.
    """
    cells = [CELL.findall(content) for _, content in ROW.findall(table)]
    if len({len(row) for row in cells}) != 1 or table.partition("</thead>")[0].count("<tr") != 1 or "span=" in table:
        return table
    grid = [[content for _, _, content in row] for row in cells]
    for column in range(len(grid[0])):
        _move([(row, column) for row in range(1, len(grid))], (0, column), grid)
    for row in range(1, len(grid)):
        _move([(row, column) for column in range(1, len(grid[row]))], (row, 0), grid)
    heads, *rows = cells
    numeric = [all(NUMBERS in attributes for _, attributes, _ in column) for column in zip(*rows, strict=True)]
    for column, (tag, attributes, content) in enumerate(heads):
        if numeric and numeric[column] and NUMBERS not in attributes:
            heads[column] = (tag, NUMBERS + attributes, content)
    written = map(_row, cells, grid)
    return ROW.sub(lambda opening: opening[1] + next(written), table)


def _row(cells: Sequence[tuple[str, str, str]], contents: Sequence[str]) -> str:
    return "".join(
        f"<t{tag}{attributes}>{content}</t{tag}>"
        for (tag, attributes, _), content in zip(cells, contents, strict=True)
    )


def _move(places: Sequence[tuple[int, int]], to: tuple[int, int], grid: list[list[str]]) -> None:
    """Move the marks that all numbers at some places of a grid carry to another place; two numbers at least."""
    words = [{*one.words} for row, column in places for one in marks_in(grid[row][column]) if "end" not in one.words]
    shared = set.intersection(*words) & LETTERS.keys() if len(words) > 1 else set()
    if not shared or not grid[to[0]][to[1]]:
        return

    def without(one: Mark) -> str:
        kept = one.words if "end" in one.words else [word for word in one.words if word not in shared]
        return mark(one.id, one.text, kept)

    for row, column in places:
        grid[row][column] = with_marks(grid[row][column], without)
    grid[to[0]][to[1]] += "".join(map(head_mark, sorted(shared)))
