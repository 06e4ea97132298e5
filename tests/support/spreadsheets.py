"""Reads workbooks without a spreadsheet, changes their figures, and has LibreOffice compute them anew."""

import io
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as Xml
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Cells = dict[tuple[str, str], tuple[str, float | str]]
"""By sheet and cell: the formula, empty where there is none, and the number or text."""

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="no LibreOffice here to compute workbooks: install libreoffice-calc",
)


@lru_cache(maxsize=16)
def cells(workbook: bytes) -> Cells:
    """Return what stands in the cells of a workbook; it is read once for all who ask."""
    found: Cells = {}
    with ZipFile(io.BytesIO(workbook)) as archive:
        texts = []
        if "xl/sharedStrings.xml" in archive.namelist():
            shared = Xml.fromstring(archive.read("xl/sharedStrings.xml"))
            texts = ["".join(item.itertext()) for item in shared.iter(f"{SPREADSHEET}si")]
        for sheet, path in _sheets(archive).items():
            for cell in Xml.fromstring(archive.read(path)).iter(f"{SPREADSHEET}c"):
                formula, value = cell.find(f"{SPREADSHEET}f"), cell.find(f"{SPREADSHEET}v")
                if value is None or value.text is None:
                    continue
                kind = cell.get("t", "n")
                content = texts[int(value.text)] if kind == "s" else value.text if kind != "n" else float(value.text)
                found[sheet, cell.attrib["r"]] = ((formula.text or "") if formula is not None else "", content)
    return found


def edited(workbook: bytes, numbers: Mapping[tuple[str, str], float]) -> bytes:
    """Return a workbook with other figures in some cells, and without any result that was computed before."""
    changed = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as archive, ZipFile(changed, "w", ZIP_DEFLATED) as fresh:
        sheets = {path: sheet for sheet, path in _sheets(archive).items()}
        for name in archive.namelist():
            text = archive.read(name)
            if name in sheets:
                text = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text)
                for (sheet, cell), number in numbers.items():
                    if sheet == sheets[name]:
                        pattern = rf'(<c r="{cell}"[^>/]*)(?:/>|><v>[^<]*</v></c>)'.encode()
                        text, count = re.subn(pattern, rb"\g<1>><v>" + repr(number).encode() + b"</v></c>", text)
                        assert count == 1, f"no figure in {sheet}!{cell}"
            fresh.writestr(name, text)
    return changed.getvalue()


def named(workbook: bytes) -> dict[str, tuple[str, str]]:
    """Return the sheet and cell of each name of a workbook."""
    with ZipFile(io.BytesIO(workbook)) as archive:
        book = Xml.fromstring(archive.read("xl/workbook.xml"))
    places = {name.attrib["name"]: name.text or "" for name in book.iter(f"{SPREADSHEET}definedName")}
    split = {name: place.replace("$", "").split("!") for name, place in places.items()}
    return {name: (sheet, cell) for name, (sheet, cell) in split.items() if not name.startswith("_")}


def computed(folder: Path, *workbooks: bytes) -> list[Cells]:
    """Return what LibreOffice makes of workbooks, in one run of it."""
    results = folder / "computed"
    paths = [folder / f"workbook-{place}.xlsx" for place in range(len(workbooks))]
    for path, content in zip(paths, workbooks, strict=True):
        path.write_bytes(content)
    profile = (folder / "profile").as_uri()  # its own, so that runs beside it do not wait for one another
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(results), *map(str, paths)], check=True, capture_output=True, timeout=300)
    return [cells((results / path.name).read_bytes()) for path in paths]


def _sheets(archive: ZipFile) -> dict[str, str]:
    """The paths of the sheets in the archive, by name."""
    book = Xml.fromstring(archive.read("xl/workbook.xml"))
    related = Xml.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {one.attrib["Id"]: one.attrib["Target"].removeprefix("/xl/") for one in related}
    sheets = book.iter(f"{SPREADSHEET}sheet")
    return {sheet.attrib["name"]: f"xl/{targets[sheet.attrib[RELATION]]}" for sheet in sheets}
