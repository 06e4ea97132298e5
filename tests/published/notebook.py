"""What an executed notebook shows, as text: cell by cell, output by output, then what stands behind its numbers."""

import base64
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from analysis.machinery.press.numbers import Entry, Register, register, sources
from tests.published.markup import brief, lines
from tests.published.rounded import MOST, in_full, rounded, thinned
from tests.published.workbook import workbook

FEW = 16  # rows of a long table
APART = ("numbers", "csv", "kind", "name", "file", "conclusions")


def notebook(executed: Any, *, derivations: bool = True) -> str:
    """Return all that a notebook shows, and its register of numbers.

    Args:
        executed: The notebook; its pictures are texts already.
        derivations: Whether the register tells of numbers that an equation made, too.
    """
    numbers = register(executed)
    told = [one for one in numbers.values() if derivations or not one.formula]
    said = ["", "# Numbers", "", *_numbers(told, numbers), "", "# Sources", "", *_sources(numbers), ""]
    return "\n".join([*_outputs(executed), *said]).lstrip()


def _outputs(executed: Any) -> Iterator[str]:
    for place, cell in enumerate(executed.cells, start=1):
        if cell["cell_type"] == "markdown":
            yield from (f"\n{line}" for line in cell["source"].splitlines() if line.startswith("#"))
        for output in cell.get("outputs", ()):
            report = output["metadata"]["report"]
            named = f" {report['name']}" if "name" in report else ""
            yield f"\ncell {place}: {report['kind']}{named}, {len(report['numbers'])} numbers in its trail"
            yield from _indented(_output(report, output["data"]))


def _output(report: Mapping[str, Any], data: Mapping[str, str]) -> Iterator[str]:
    yield from lines(data["text/html"])
    yield from (f"{key}: {brief(str(found))}" for key, found in report.items() if key not in APART and found)
    yield from (f"conclusion: {brief(str(dict(one)))}" for one in report.get("conclusions", ()))
    if "text/latex" in data:
        yield data["text/latex"]
    if "image/svg+xml" in data:
        yield from _indented(data["image/svg+xml"].splitlines())
    if "csv" in report:
        yield from _indented(table(report["csv"]))
    if "file" in report:
        yield f"file {report['file']['name']}, {report['file']['mime']}"
        yield from _indented(workbook(base64.b64decode(report["file"]["base64"])))


def table(text: str) -> Iterator[str]:
    """Yield the rows of a table as CSV, its numbers rounded; of many rows an even choice, and each column's mean."""
    head, *rows = csv.reader(io.StringIO(text))
    yield _row(head)
    yield from (_row([in_full(one) for one in row]) for row in thinned(rows, FEW if len(rows) > MOST else MOST))
    if len(rows) > MOST:
        yield f"of {len(rows)} rows; means: {_row([_mean(column) for column in zip(*rows, strict=True)])}"


def _mean(column: tuple[str, ...]) -> str:
    """The mean of the numbers of a column, or how many different words it has."""
    try:
        numbers = [float(one) for one in column if one]
    except ValueError:
        return f"{len(set(column))} words"
    return rounded(sum(numbers) / max(len(numbers), 1))


def _row(words: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(words)
    return line.getvalue()


def _numbers(told: Iterable[Entry], numbers: Register) -> Iterator[str]:
    for one in told:
        yield f"{' '.join(filter(None, (one.text, one.unit)))}: {one.name}"
        yield from _indented(_behind(one, numbers))


def _behind(one: Entry, numbers: Register) -> Iterator[str]:
    value = "none" if one.value is None else rounded(one.value)
    told = [value, one.status, *(f"but {caution}" for caution in one.cautions), one.as_of, one.place]
    told += [", ".join(dict.fromkeys(source.id for source in one.sources)), "shown" if one.shown else ""]
    yield "; ".join(filter(None, told))
    if one.formula:
        yield f"{one.formula} = {one.substitution}"
    elif one.inputs:
        yield f"from {', '.join(numbers[name].text for name in one.inputs)}"
    if one.note:
        yield one.note


def _sources(numbers: Register) -> Iterator[str]:
    return (f"{one.id}: {one.title} {one.url}" for one in sources(numbers))


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)
