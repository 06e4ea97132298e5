"""The typefaces of a report on paper: from packages, so that every machine sets the same pages."""

import shutil
from importlib.util import find_spec
from pathlib import Path

STYLES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
# Package, folder in it, files. Source Serif and Sans set the text, DejaVu Sans lends signs that they lack.
FACES = (
    ("font_source_serif_pro", "files", tuple(f"SourceSerifPro-{style}.otf" for style in STYLES)),
    ("font_source_sans_pro", "files", tuple(f"SourceSansPro-{style}.otf" for style in STYLES)),
    ("matplotlib", "mpl-data/fonts/ttf", ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")),
)


def copy_to(folder: Path) -> None:
    """Copy the faces into a new folder; the packages' own folders hold other cuts of the same names."""
    folder.mkdir()
    for package, inside, names in FACES:
        found = find_spec(package)
        assert found is not None, f"{package} is not installed"
        assert found.origin is not None
        for name in names:
            shutil.copyfile(Path(found.origin).parent / inside / name, folder / name)
