"""The colors of every picture, on paper and on the page that a reader can change."""

from colorsys import hls_to_rgb
from zlib import crc32

from analysis.library.sources import Platform

INK, MUTED, GRID = "#1f2933", "#5f6b7a", "#d9dee5"
INPUT_COLOR, OUTPUT_COLOR, PUBLISHED_COLOR = "#8a94a3", "#0b5c7a", "#c2410c"
_HUES = {"NVIDIA": 204, "AMD": 29}  # degrees
_OTHER_HUES = (164, 312, 54, 264)  # told apart from those, and by the color-blind
_DARKEST, _LIGHTEST, _SATURATION = 0.25, 0.65, 0.5


def color(platform: Platform) -> str:
    """Return the color of a platform: the one that its row in the data states, else a shade of its vendor's hue.

    A row states one hue for each vendor, darker with each generation. The shade of a platform without one depends on
    its own generation and key alone, so that it stays when others are added.
    """
    if platform.color:
        return platform.color
    hue = _HUES.get(platform.vendor, _OTHER_HUES[crc32(platform.vendor.encode()) % len(_OTHER_HUES)])
    place = crc32(f"{platform.generation} {platform.key}".encode()) / 2**32
    shade = hls_to_rgb(hue / 360, _DARKEST + (_LIGHTEST - _DARKEST) * place, _SATURATION)
    return "#" + "".join(f"{round(255 * part):02x}" for part in shade)
