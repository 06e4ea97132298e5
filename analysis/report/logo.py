"""Reads the picture of an organization and refuses one that is not just a picture."""

import io
import re
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.report.document import Logo

LARGEST_BYTES, LARGEST_PIXELS = 500_000, 4_000_000
SVG, PNG = "image/svg+xml", "image/png"
NAMESPACE = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs use symbol clipPath mask"
    " linearGradient radialGradient stop".split()
)
# An address that is not within the picture itself, in an attribute or a style.
OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(|javascript:", re.IGNORECASE)


def read(path: Path) -> Logo:
    """Return a PNG or SVG file as a logo.

    Raises:
        InputError: There is no such file, it is too large, or it is not a plain picture: an SVG with script, style
            sheets, animation, entities or addresses outside of itself, or anything that is neither SVG nor PNG.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"logo {path}: {error.strerror or error}; allowed is an SVG or PNG file") from None
    if len(content) > LARGEST_BYTES:
        raise InputError(f"logo {path}: {len(content):,} bytes, allowed are {LARGEST_BYTES:,}")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        _check_png(content, str(path))
        return Logo(content, PNG)
    _check_svg(content, str(path))
    return Logo(content, SVG)


def _check_png(content: bytes, place: str) -> None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise InputError(
                    f"logo {place}: {picture.width} x {picture.height} pixels, allowed are {LARGEST_PIXELS:,} in all"
                )
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"logo {place}: not a readable PNG: {error}") from None


def _check_svg(content: bytes, place: str) -> None:
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise InputError(f"logo {place}: neither a PNG nor a plain SVG: {error}") from None
    if root.tag != f"{NAMESPACE}svg":
        raise InputError(
            f"logo {place}: the document is {root.tag!r}, allowed is an svg element of the SVG namespace"
        )
    for element in root.iter():
        _check_element(element, place)


def _check_element(element: Any, place: str) -> None:
    name = str(element.tag).removeprefix(NAMESPACE)
    if name not in ELEMENTS:
        raise InputError(f"logo {place}: found the element {name!r}, allowed are {', '.join(sorted(ELEMENTS))}")
    for attribute, value in element.attrib.items():
        plain = attribute.rsplit("}", 1)[-1].lower()
        if plain.startswith("on") or (plain == "href" and not value.startswith("#")) or OUTSIDE.search(value):
            raise InputError(f"logo {place}: {name} has {plain}={value[:60]!r}, which is not part of a plain picture")
