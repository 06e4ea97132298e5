"""Reads the picture of an organization and refuses one that is not just a picture, or that no page can hold."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.errors import InputError
from analysis.library.loading.file import content_of
from analysis.machinery.press import plain_svg
from analysis.machinery.press.front import Logo
from analysis.machinery.press.typesetting import MAIN, typeset

LARGEST_BYTES, LARGEST_PIXELS = 500_000, 4_000_000
SVG, PNG = "image/svg+xml", "image/png"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
FILES = {SVG: "logo.svg", PNG: "logo.png"}
STRETCH = 20
"""How many times as long as the other a side can be: a line is no logo."""
PAGE = """#set document(title: "Logo")
#let logo = image("{file}", alt: "Logo")
#context {{
  let size = measure(logo)
  let stretch = calc.max(size.width / size.height, size.height / size.width)
  assert(stretch <= {stretch}, message: "one side is " + str(calc.round(stretch)) + " times as long as the other")
}}
#image("{file}", alt: "Logo", height: 22pt)
"""
ALLOWED = f"allowed is a picture that has a size, no side over {STRETCH} times the other, its words drawn as paths"
MISSING = "No such file; allowed is an SVG or PNG file"


def read(path: Path) -> Logo:
    """Return a PNG or SVG file as a logo.

    Raises:
        InputError: There is no such file, it is too large, it is no PNG and no SVG that is a picture and nothing
            else, or it cannot be set on paper.
    """
    place = f"logo {path}"
    content = content_of(path, place, most=LARGEST_BYTES, missing=MISSING)
    mime = PNG if content.startswith(SIGNATURE) else SVG
    (_check_png if mime == PNG else plain_svg.check)(content, place)
    _check_on_paper(content, mime, place)
    return Logo(content, mime)


def _check_png(content: bytes, place: str) -> None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            width, height = picture.size
            if width * height <= LARGEST_PIXELS:
                picture.load()
    except UnidentifiedImageError:
        raise InputError(f"{place}: not a readable PNG: its head is damaged, or it has no pixels") from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise InputError(f"{place}: not a readable PNG: {error}") from None
    if width * height > LARGEST_PIXELS:
        raise InputError(f"{place}: {width} x {height} pixels, allowed are {LARGEST_PIXELS:,} in all")


def _check_on_paper(content: bytes, mime: str, place: str) -> None:
    """Set the picture alone, as a report will, so that what cannot be set is refused before there is a report."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / FILES[mime]).write_bytes(content)
        (folder / MAIN).write_text(PAGE.format(file=FILES[mime], stretch=STRETCH))
        try:
            typeset(folder)
        except InputError as error:
            raise InputError(f"{place}: {error}; {ALLOWED}") from None
