"""The manifest of a folder of reports: written at its top, read back as the list of its files."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from analysis.errors import InputError
from analysis.library.loading.fields import checked, parse_json
from analysis.library.places import COMMAND
from analysis.library.writing import put
from analysis.machinery.receipts import folder
from analysis.machinery.receipts.crate import NAME, SPECIFICATION, crate
from analysis.machinery.receipts.reports import Sum, json_bytes, reports

PAGES = ("index.html", "what-if.html", "*/scenarios/part-*.parquet")  # files of the folder that no receipt lists


def write_manifest(output: Path) -> Path:
    """Write the manifest of all finished reports that lie in a folder, of this run or an earlier one.

    The SHA-256 of a report's file is taken from the report's receipt, not computed again: building one report does
    not hide that a file of another was changed.
    """
    finished = reports(output)
    sums = {path: sum_ for report in finished for path, sum_ in report.files.items()}
    for pattern in PAGES:
        for page in output.glob(pattern):
            path = page.relative_to(output).as_posix()
            if sum_ := folder.digest(output, path):
                sums[path] = sum_
    files = {path: (sum_, _size(output / path)) for path, sum_ in sorted(sums.items())}
    content = json_bytes(crate(finished, files))
    if folder.content(output, NAME) != content:
        put(output / NAME, content)
    return output / NAME


def read_manifest(output: Path) -> tuple[dict[str, str], bytes]:
    """Return the SHA-256 that the manifest states of each file of a folder, by path, and the manifest itself.

    Raises:
        InputError: There is no manifest, it is not RO-Crate metadata, or it names a file outside of the folder.
    """
    place = str(output / NAME)
    content = folder.content(output, NAME)
    if content is None:
        raise InputError(f"{place}: no such file; `{COMMAND} report` writes it beside the reports")
    graph = _graph(parse_json(content, place), place)
    sums: dict[str, str] = {}
    for position, entity in enumerate(graph):
        where, identifier = f"{place}, @graph[{position}]", entity.get("@id")
        if entity.get("@type") != "File" or not isinstance(identifier, str) or identifier.startswith("#"):
            continue
        path = folder.checked_path(unquote(identifier), where)
        if path in sums or path == NAME:
            raise InputError(f"{where}: the file {path!r} stands here again")
        sums[path] = checked(Sum, entity.get("sha256"), f"{where}, sha256")
    return sums, content


def _graph(document: Any, place: str) -> list[dict[str, Any]]:
    graph = document.get("@graph") if isinstance(document, dict) else None
    if not isinstance(graph, list) or not all(isinstance(entity, dict) for entity in graph):
        raise InputError(f"{place}: found no @graph of entities; allowed is RO-Crate metadata")
    about: dict[str, Any] = next((entity for entity in graph if entity.get("@id") == NAME), {})
    if about.get("conformsTo") != {"@id": SPECIFICATION}:
        raise InputError(f"{place}: does not say that it conforms to {SPECIFICATION}")
    return graph


def _size(path: Path) -> int | None:
    try:
        return path.lstat().st_size
    except OSError:
        return None
