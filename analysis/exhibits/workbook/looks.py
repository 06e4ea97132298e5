"""How the cells of a workbook look, and what their looks mean."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

_LINE = 15  # height of a line of text, in points
_HEAD = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF2F6"}
_TO_CHANGE = {"font_color": "#0000FF", "valign": "top"}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 12, "font_color": "#0B5C7A"},
    "head": _HEAD | {"align": "left", "indent": 1},
    "number head": _HEAD | {"align": "right"},
    "text": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "label": {"valign": "top", "text_wrap": True},
    "part": {"bold": True, "valign": "top"},
    "given": _TO_CHANGE | {"bg_color": "#FFFBE6"},
    "doubtful": _TO_CHANGE | {"bg_color": "#FFE3C2"},
    "fixed": {"font_color": "#59626D", "bg_color": "#D9D9D9", "valign": "top"},
    "made": {"valign": "top", "align": "right"},
}
LEGEND = {
    "given": "A given figure. Change it, and everything that rests on it follows.",
    "doubtful": "A given figure that is a placeholder, an estimate, interpolated, modeled or assumed, or found by a "
    "search. Change it likewise.",
    "made": "Computed from other cells by an equation of the analysis.",
    "fixed": "Fixed: the analysis found it in a way that no cell can follow; its note says how. It stays as it is.",
}
"""What the colors mean, by style."""


class Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Begin with none."""
        self._book = book
        self._formats: dict[tuple[str, str], Format] = {}

    def format(self, style: str, pattern: str = "General") -> Format:
        """Return the format of a style; one that is told, not used, wraps as a text does."""
        if (style, pattern) not in self._formats:
            key, _, told = style.partition(", ")
            wrapped = {"text_wrap": True, "align": "left"} if told else {}
            self._formats[style, pattern] = self._book.add_format({**_STYLES[key], **wrapped, "num_format": pattern})
        return self._formats[style, pattern]


def height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Return the height of a row that shows its texts whole, in points; not every spreadsheet sets it by itself."""
    lines = (ceil(len(text) / (width - 2)) for text, width in zip(texts, widths, strict=False))
    return _LINE * max(lines, default=1) or _LINE
