"""What a workbook says of whom it is from and for, on every printed page and in its properties, and its paper."""

import io
import re
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile, is_zipfile

_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
_CORE = "docProps/core.xml"
_CODEC = "utf-8", "surrogateescape"
_PAPERS = {"a4": 9, "letter": 1}
_ROOM = {"&L": 55, "&C": 120, "&R": 55}  # signs of each part of a header, which spreadsheets take 255 of in all


def imprinted(
    workbook: bytes,
    *,
    paper: str = "a4",
    organization: str = "",
    confidentiality: str = "",
    authors: tuple[str, ...] = (),
    title: str = "",
    day: str = "",
) -> bytes:
    """Return a workbook with header, properties and size of paper, always the same bytes; another file as it is."""
    if not is_zipfile(io.BytesIO(workbook)):
        return workbook
    parts = {"&L": organization, "&C": confidentiality, "&R": " ".join(word for word in (title, day) if word)}
    head = "".join(f"{place}&8{_shown(text, _ROOM[place])}" for place, text in parts.items() if text)
    content = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as old, ZipFile(content, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            text = old.read(entry)
            if _SHEET.fullmatch(entry.filename):
                text = _on_paper(text.decode(*_CODEC), _PAPERS[paper], head).encode(errors="surrogateescape")
            elif entry.filename == _CORE:
                said = ", ".join(authors) or organization
                text = _with_properties(text.decode(*_CODEC), said, confidentiality).encode(errors="surrogateescape")
            new.writestr(entry, text)
    return content.getvalue()


def _on_paper(sheet: str, paper: int, head: str) -> str:
    sheet = sheet.replace("<pageSetup ", f'<pageSetup paperSize="{paper}" ')
    header = f"<oddHeader>{escape(head, quote=False)}</oddHeader>" if head else ""
    return sheet.replace("<headerFooter>", f"<headerFooter>{header}")


def _with_properties(core: str, creator: str, classification: str) -> str:
    creator, keywords = escape(creator, quote=False), escape(classification, quote=False)
    core = core.replace("<dc:creator></dc:creator>", f"<dc:creator>{creator}</dc:creator>")
    core = core.replace("<cp:lastModifiedBy>", f"<cp:lastModifiedBy>{creator}")
    said = f"<cp:keywords>{keywords}</cp:keywords><cp:category>{keywords}</cp:category>" if keywords else ""
    return core.replace("<cp:lastModifiedBy>", f"{said}<cp:lastModifiedBy>")


def _shown(text: str, room: int) -> str:
    """Return a text as a part of a header: its ampersands are no codes, and a digit first is no size."""
    shown = (text if len(text) <= room else f"{text[: room - 1]}…").replace("&", "&&")
    return f" {shown}" if shown[:1].isdigit() else shown
