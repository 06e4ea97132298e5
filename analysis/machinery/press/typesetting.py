"""Sets pages with Typst, always by the same faces and standards, and says what cannot be set.

The faces come from packages, so that every machine sets the same pages; for signs that they lack see `signs`.
"""

import re
import shutil
from collections.abc import Iterable
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analysis.errors import InputError

STANDARDS: list[Any] = ["ua-1", "a-2a"]
MAIN, FONTS = "main.typ", "fonts"
MISSING = re.compile(r"the text `(.*?)` could not be displayed")
ADVICE = "leave it out or build HTML only"
STYLES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
# Package, folder in it, files. Source Serif and Sans set the text, DejaVu Sans lends signs that they lack.
FACES = (
    ("font_source_serif_pro", "files", tuple(f"SourceSerifPro-{style}.otf" for style in STYLES)),
    ("font_source_sans_pro", "files", tuple(f"SourceSansPro-{style}.otf" for style in STYLES)),
    ("matplotlib", "mpl-data/fonts/ttf", ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")),
)


class MissingSignError(InputError):
    """A font lacks signs that are to be set.

    Attributes:
        signs: Those of the text that could not be set.
    """

    def __init__(self, message: str, signs: str) -> None:
        """Say which."""
        super().__init__(message)
        self.signs = signs


def typeset(folder: Path, moment: datetime | int = 0, fonts: Iterable[Path] = ()) -> bytes:
    """Return a folder's `main.typ` as a PDF that meets PDF/UA-1 and PDF/A-2a; the faces are put beside it.

    Args:
        folder: All that it is made from.
        moment: When the file says that it was made, so that no clock enters it.
        fonts: Files of fonts that lend signs which the faces lack.

    Raises:
        MissingSignError: No font has a sign.
        InputError: Typst cannot set something else in it.
    """
    import typst

    _copy_fonts(folder / FONTS, fonts)
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
        raise _refusal(str(error)) from None
    return bytes(content)


def face_files() -> list[Path]:
    """Return the files of the faces."""
    files = []
    for package, inside, names in FACES:
        spec = find_spec(package)
        assert spec is not None, f"{package} is not installed"
        assert spec.origin is not None
        files += [Path(spec.origin).parent / inside / name for name in names]
    return files


def _refusal(error: str) -> InputError:
    missing = MISSING.search(error)
    if missing:
        return MissingSignError(f"cannot be set on paper: no font here has a sign for {missing[1]}", missing[1])
    return InputError(f"cannot be set on paper: {error.removeprefix('assertion failed: ')}")


def _copy_fonts(folder: Path, fonts: Iterable[Path]) -> None:
    """Copy the faces into a folder; the packages' own folders hold other cuts of the same names."""
    folder.mkdir(exist_ok=True)
    for number, path in enumerate([*face_files(), *fonts]):
        shutil.copyfile(path, folder / f"{number:02}-{path.name}")
