"""Sets pages with Typst, always by the same fonts and standards, and says what cannot be set.

The fonts come from packages, so that every machine sets the same pages.
"""

import json
import re
import shutil
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analysis.errors import InputError
from analysis.library.loading.outside import excerpt

STANDARDS: list[Any] = ["ua-1", "a-2a"]
MAIN, FONTS, WORDS = "main.typ", "fonts", "words.json"
MISSING = re.compile(r"the text `(.*?)` could not be displayed")
ADVICE = "leave it out or build HTML only"
STYLES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
# Package, folder in it, files. Source Serif and Sans set the text, DejaVu Sans lends signs that they lack.
FACES = (
    ("font_source_serif_pro", "files", tuple(f"SourceSerifPro-{style}.otf" for style in STYLES)),
    ("font_source_sans_pro", "files", tuple(f"SourceSansPro-{style}.otf" for style in STYLES)),
    ("matplotlib", "mpl-data/fonts/ttf", ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")),
)
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

    _copy_fonts(folder / FONTS)
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


def _copy_fonts(folder: Path) -> None:
    """Copy the faces into a new folder; the packages' own folders hold other cuts of the same names."""
    folder.mkdir()
    for package, inside, names in FACES:
        found = find_spec(package)
        assert found is not None, f"{package} is not installed"
        assert found.origin is not None
        for name in names:
            shutil.copyfile(Path(found.origin).parent / inside / name, folder / name)
