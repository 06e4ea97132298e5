"""What ran is kept beside the reports, so that other words, another front page or another form run nothing again."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.library.writing import put
from analysis.machinery.press.fingerprints import Sums
from analysis.machinery.press.made_from import versions

FOLDER = ".executed"
"""In the folder of all reports; it may be deleted at any time."""
INJECTED = "injected-parameters"


def run_key(content: bytes, parameters: Mapping[str, Any]) -> str:
    """Return a hash of what a run depends on besides files: the code, its parameters, the libraries."""
    code = [[cell.source, cell.metadata] for cell in _parsed(content).cells if cell.cell_type == "code"]
    parts = [code, dict(parameters), versions()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=repr).encode()).hexdigest()


def keep(path: Path, key: str, used: Sums, notebook: Any) -> None:
    """Keep what ran."""
    content = json.dumps({"key": key, "used": used, "notebook": notebook}, ensure_ascii=False)
    put(path, gzip.compress(content.encode(), compresslevel=1, mtime=0))


def kept(path: Path, key: str, now: Sums, content: bytes) -> Any | None:
    """Return the executed notebook with the words that it has now; None where it must run."""
    from nbformat import from_dict

    try:
        found = json.loads(gzip.decompress(path.read_bytes()))
        same = found["key"] == key and all(now.get(name) == tuple(sums) for name, sums in found["used"].items())
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if not same:
        return None
    notebook, words = from_dict(found["notebook"]), _parsed(content)
    notebook.metadata |= words.metadata
    notebook.cells = list(_together(words.cells, notebook.cells))
    return notebook


def _together(words: list[Any], ran: list[Any]) -> Iterator[Any]:
    """Yield the cells of prose from one notebook and of code from its run, which has one more."""
    code = [cell for cell in ran if cell.cell_type == "code"]
    more = not any(map(_is_injected, words))
    if more and code and _is_injected(code[0]):
        yield code.pop(0)
    for cell in words:
        yield cell if cell.cell_type != "code" else code.pop(0)
        if more and code and _is_injected(code[0]):
            yield code.pop(0)


def _is_injected(cell: Any) -> bool:
    return INJECTED in cell.metadata.get("tags", ())


def _parsed(content: bytes) -> Any:
    from nbformat import reads, v4

    notebook = reads(content.decode(), as_version=4)  # type: ignore[no-untyped-call, unused-ignore]
    return v4.upgrade(notebook) or notebook  # type: ignore[no-untyped-call, unused-ignore]
