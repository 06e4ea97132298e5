"""Sets pages with Typst, always by the same fonts and standards, and says what cannot be set."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analysis.errors import InputError
from analysis.library.loading.outside import excerpt
from analysis.machinery.press import fonts

STANDARDS: list[Any] = ["ua-1", "a-2a"]
MAIN, FONTS, WORDS = "main.typ", "fonts", "words.json"
MISSING = re.compile(r"the text `(.*?)` could not be displayed")
ADVICE = "leave it out or build HTML only"
LINE = f'#set document(title: "Words")\n#json("{WORDS}")'


def typeset(folder: Path, moment: datetime | int = 0) -> bytes:
    """Return a folder's `main.typ` as a PDF that meets PDF/UA-1 and PDF/A-2a; the fonts are put beside it.

    Args:
        folder: All that it is made from.
        moment: When the file says that it was made, so that no clock enters it.

    Raises:
        InputError: No font has a sign, or Typst cannot set something else in it.
    """
    import typst

    fonts.copy_to(folder / FONTS)
    try:
        content = typst.compile(
            folder / MAIN,
            root=folder,
            font_paths=[folder / FONTS],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=moment,
        )
    except typst.TypstError as error:
        raise InputError(_said(str(error))) from None
    return bytes(content)


def demand(found: object, place: str) -> None:
    """Refuse words that paper cannot show, before there is a report.

    Args:
        found: A text, or plain values that hold some at any depth.
        place: How messages name it.

    Raises:
        InputError: The message names the place of the text.
    """
    if isinstance(found, str):
        if said := _refusal(found):
            raise InputError(f"{place}: found {excerpt(found)}; {said}; {ADVICE}")
    elif isinstance(found, Mapping):
        for key, one in found.items():
            demand(one, f"{place}, {key}")
    elif isinstance(found, list | tuple):
        for number, one in enumerate(found, start=1):
            demand(one, f"{place} {number}")


@lru_cache(maxsize=10_000)
def _refusal(words: str) -> str:
    """Return why a line of text cannot be set; empty where it can."""
    if words.isascii():
        return ""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / WORDS).write_text(json.dumps(words), encoding="utf-8")
        (folder / MAIN).write_text(LINE, encoding="utf-8")
        try:
            typeset(folder)
        except InputError as error:
            return str(error)
    return ""


def _said(error: str) -> str:
    missing = MISSING.search(error)
    said = f"the PDF's fonts have no sign for {missing[1]}" if missing else error.removeprefix("assertion failed: ")
    return f"cannot be set on paper: {said}"
