"""Pictures of the first page of each published report, for who reads on a forge, and of which words each one is."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from analysis.library.places import ROOT
from analysis.machinery.press.jobs import jobs, notebooks
from analysis.machinery.press.publish import render
from analysis.scenario import read_scenario
from tests.published.records import COMMAND, FOLDER, RECORDS

PICTURES = ROOT / "docs" / "published"
PAGE = PICTURES / "README.md"
REPORTS = [name for name in RECORDS if name.startswith("published/")]
WIDTH, COLORS = 900, 32
HEAD = f"""# The published reports

The first page of each report at the published scenario, as `./run report` builds it; that command writes the whole of
it, with the derivation of every number. (Where a first page says other words, `{COMMAND} NAME` draws it anew.)
"""


def opening(name: str, folder: Path = FOLDER) -> str:
    """Return the words of a record down to its second section: those of a report's first page."""
    return "\n## ".join((folder / f"{name}.txt").read_text(encoding="utf-8").split("\n## ")[:2])


def is_current(name: str) -> bool:
    """Return whether the picture of a report is of the words that its record opens with."""
    if not path_of(name).is_file():
        return False
    with Image.open(path_of(name)) as picture:
        return picture.info.get("words") == _hash(name)


def draw(name: str) -> Path:
    """Build a report, draw its first page and return the picture's path."""
    (notebook,) = notebooks([Path(name).name])
    (job,) = jobs(read_scenario("published"), [], [notebook])
    first = pypdfium2.PdfDocument(render(job)[f"{job.notebook}.pdf"])[0]
    drawn = first.render(scale=WIDTH / first.get_width()).to_pil().convert("RGB")
    told = PngInfo()
    told.add_text("words", _hash(name))
    PICTURES.mkdir(parents=True, exist_ok=True)
    drawn.quantize(COLORS, method=Image.Quantize.MEDIANCUT).save(path_of(name), optimize=True, pnginfo=told)
    return path_of(name)


def page() -> str:
    """Return the page that shows the pictures, as Markdown."""
    return "\n".join([HEAD, *(part for name in REPORTS for part in _part(name))])


def path_of(name: str) -> Path:
    """Return where the picture of a report lies."""
    return PICTURES / f"{Path(name).name}.png"


def _part(name: str) -> Iterator[str]:
    title, *_ = opening(name).removeprefix("# ").splitlines()
    yield f"## {title}\n"
    yield f"![First page of the report “{title}”]({path_of(name).name})\n"


def _hash(name: str) -> str:
    return hashlib.sha256(opening(name).encode()).hexdigest()
