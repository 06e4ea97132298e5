"""Figures: one function per kind, one theme; each comes with caption, alternative text and its data."""

from analysis.exhibits.figure import NARROW, THEME, canvas, drawn, plain_ticks, times_axis
from analysis.exhibits.palette import GRID, INK, INPUT_COLOR, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR, color

__all__ = [
    "GRID", "INK", "INPUT_COLOR", "MUTED", "NARROW", "OUTPUT_COLOR", "PUBLISHED_COLOR", "THEME", "canvas", "color",
    "drawn", "plain_ticks", "times_axis",
]  # fmt: skip
