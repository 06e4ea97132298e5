"""The finished reports of a folder, read through their receipts."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from analysis.errors import InputError
from analysis.library.loading.fields import checked, parse_json
from analysis.machinery.press.conclusions import Conclusion
from analysis.machinery.press.files import RECEIPT
from analysis.machinery.press.fingerprints import described
from analysis.machinery.press.made_from import RECORD
from analysis.machinery.receipts import folder

SUMMARY = "summary.json"
Sum = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class MadeFrom(BaseModel):
    """What a report was made from."""

    model_config = ConfigDict(frozen=True)

    scenario: str = ""
    parameters: dict[str, Any] = {}
    versions: dict[str, str] = {}
    files: dict[str, tuple[Sum, int]] = {}

    @property
    def texts(self) -> dict[str, str]:
        """The parameters as texts: words as they are, all else as JSON."""
        return {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
            for name, value in self.parameters.items()
        }


class Receipt(BaseModel):
    """The files that were written for a report, with their SHA-256, and a hash of all that it was made from."""

    key: str
    files: dict[str, Sum]


class ReportSummary(BaseModel):
    """Title, subtitle and conclusions of a report."""

    model_config = ConfigDict(frozen=True)

    title: str = ""
    subtitle: str = ""
    conclusions: list[Conclusion] = []


@dataclass(frozen=True)
class Report:
    """A finished report."""

    name: str  # scenario and notebook
    files: Mapping[str, str]  # SHA-256 by path below the folder of all reports
    summary: ReportSummary  # title, subtitle and conclusions
    made_from: MadeFrom | None  # what it was made from; None where that is not recorded


def reports(output: Path) -> list[Report]:
    """Return the finished reports of a folder, by name; a report without a readable receipt is not finished."""
    return list(_reports(output))


def read_as_written(output: Path, files: Mapping[str, str], path: str, kind: Any, otherwise: Any) -> Any:
    """Return the content of a JSON file as it was written; `otherwise` where the file is missing or has changed.

    Raises:
        InputError: The file has not changed, and is of another type.
    """
    content = folder.content(output, path) if path in files else None
    if content is None or described(content)[0] != files[path]:
        return otherwise
    return checked(kind, parse_json(content, path), path)


def _reports(output: Path) -> Iterator[Report]:
    for receipt in sorted(output.glob(f"*/*/{RECEIPT}")):
        try:
            yield _report(output, "/".join(receipt.parts[-3:-1]))
        except InputError:
            continue


def _report(output: Path, name: str) -> Report:
    place = folder.checked_path(f"{name}/{RECEIPT}", "the folder of the reports")
    content = folder.content(output, place)
    if content is None:
        raise InputError(f"{place}: not a file of the folder")
    sums = checked(Receipt, parse_json(content, place), place).files
    scenario = name.partition("/")[0]
    files = {folder.checked_path(f"{scenario}/{path}", place): sum_ for path, sum_ in sums.items()}
    files[place] = described(content)[0]
    summary = read_as_written(output, files, f"{name}/{SUMMARY}", ReportSummary, ReportSummary())
    return Report(name, files, summary, read_as_written(output, files, f"{name}/{RECORD}", MadeFrom, None))


def json_bytes(things: Any) -> bytes:
    """Return dictionaries, lists and plain values as JSON, the same bytes for the same content."""
    return (json.dumps(things, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()
