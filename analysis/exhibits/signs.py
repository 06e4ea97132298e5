"""Signs that fonts lack: lent by another font of this machine, else in Latin letters or as boxes."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

BOX = "□"
LATIN = "latin"
_INVISIBLE = ("Cc", "Cf", "Zl", "Zp", "Zs")
_COLORED = ("CBDT", "COLR", "sbix", "SVG ")
_RESTRICTED = 2  # of OS/2 fsType: the font may not be embedded


@dataclass(frozen=True)
class Signs:
    """How the signs are set that the faces lack."""

    fonts: tuple[Path, ...] = ()  # of this machine, which hold some of them
    instead: Mapping[str, str] = field(default_factory=dict)  # what stands in place of each that none holds


def signs(text: str, faces: Iterable[Path], way: str = LATIN) -> Signs:
    """Return how the signs of a text are set that its faces lack; the same on a machine with the same fonts.

    Args:
        text: All that is to be set.
        faces: Files of the fonts that it is set in.
        way: "latin" for what no font holds in Latin letters, or "box".
    """
    lacking = {sign for sign in set(text) if not sign.isascii() and unicodedata.category(sign) not in _INVISIBLE}
    if lacking:
        lacking -= frozenset().union(*map(_held, faces))
    fonts: list[Path] = []
    while lacking:
        font = max(_system(), key=lambda path: len(lacking & _held(path)), default=None)
        if font is None or not lacking & _held(font):
            break
        fonts.append(font)
        lacking -= _held(font)
    return Signs(tuple(fonts), instead(lacking, way))


def instead(lacking: Iterable[str], way: str) -> dict[str, str]:
    """Return what stands in place of each sign that no font holds; a box where it has no Latin letters."""
    from anyascii import anyascii

    return {sign: (anyascii(sign) if way == LATIN else "") or BOX for sign in sorted(lacking)}


@lru_cache(maxsize=1)
def _system() -> tuple[Path, ...]:
    from matplotlib.font_manager import findSystemFonts

    return tuple(sorted({Path(name) for name in findSystemFonts()}))


@lru_cache(maxsize=1000)
def _held(path: Path) -> frozenset[str]:
    """Return the signs that a font holds; none of one that is colored, may not be embedded or cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            barred = font["OS/2"].fsType & _RESTRICTED or any(table in font for table in _COLORED)
            return frozenset() if barred else frozenset(map(chr, font.getBestCmap() or ()))
    except (TTLibError, OSError, KeyError):
        return frozenset()
