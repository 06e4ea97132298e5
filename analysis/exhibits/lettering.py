"""Ticks and words of a picture are worked out once: laying it out and drawing it ask for the same again and again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from operator import attrgetter
from typing import Any

from matplotlib.axis import Axis
from matplotlib.text import Text
from matplotlib.textpath import TextToPath

_TEXT: Any = Text
_PATHS: Any = TextToPath
_AXIS: Any = Axis
_layout, _glyphs, _ticks = _TEXT._get_layout, _PATHS.get_glyphs_with_font, _AXIS._update_ticks
_OWN = attrgetter("_wrap", "_transform_rotates_text")
"""What makes a text lie as only it does: it ends where the picture does, or turns with its axes."""
_DECIDING = attrgetter(
    "_text", "_rotation", "_rotation_mode", "_horizontalalignment", "_verticalalignment", "_multialignment",
    "_linespacing", "_usetex", "_parse_math",
)  # fmt: skip
"""What else decides how a text lies around its place, beside its font and who draws it how finely."""
_kept_layouts: dict[Any, Any] = {}
_kept_glyphs: dict[Any, Any] = {}


@contextmanager
def measured_once() -> Iterator[None]:
    """Keep how texts lie, the outlines of their letters and, until then, where ticks are, and use what is kept.

    Nothing but its limits, scales and places may change in a picture meanwhile.
    """
    before = _TEXT._get_layout, _PATHS.get_glyphs_with_font, _AXIS._update_ticks
    placed: dict[Any, tuple[Any, Any]] = {}

    def ticks_once(self: Any) -> Any:
        told_by = self.major.locator, self.major.formatter, self.minor.locator
        decide = (*self.get_view_interval(), *self.axes.bbox.bounds, *told_by)
        if placed.get(self, ("", ()))[0] != decide:
            placed[self] = decide, _ticks(self)
        return placed[self][1]

    _TEXT._get_layout, _PATHS.get_glyphs_with_font, _AXIS._update_ticks = _layout_once, _glyphs_once, ticks_once
    try:
        yield
    finally:
        _TEXT._get_layout, _PATHS.get_glyphs_with_font, _AXIS._update_ticks = before


def _layout_once(self: Any, renderer: Any) -> Any:
    if any(_OWN(self)):
        return _layout(self, renderer)
    drawn_by = type(getattr(renderer, "_renderer", renderer))  # that of SVG stands within another one
    key = (hash(self.get_fontproperties()), drawn_by, self.get_figure(root=True).dpi, *_DECIDING(self))
    if key not in _kept_layouts:
        _kept_layouts[key] = _layout(self, renderer)
    return _kept_layouts[key]


def _glyphs_once(
    self: Any, font: Any, s: str, glyph_map: Any = None, return_new_glyphs_only: bool = False, **how: Any
) -> Any:
    key = (font, s, *how.items())
    if key not in _kept_glyphs:
        _kept_glyphs[key] = _glyphs(self, font, s, **how)
    places, outlines, lines = _kept_glyphs[key]
    known: Mapping[str, Any] = glyph_map or {}
    new = {glyph: outline for glyph, outline in outlines.items() if glyph not in known}
    return places, new if return_new_glyphs_only else {**known, **new}, lines
