"""Figures: one function per kind, one theme; each comes with caption, alternative text and its data."""

from analysis.charts.figure import (
    NARROW,
    THEME,
    canvas,
    drawn,
    inputs_against_outputs,
    published_against_recomputed,
    times_axis,
)
from analysis.palette import COLORS, GRID, INK, INPUT_COLOR, MUTED, OUTPUT_COLOR, PUBLISHED_COLOR

__all__ = [
    "COLORS",
    "GRID",
    "INK",
    "INPUT_COLOR",
    "MUTED",
    "NARROW",
    "OUTPUT_COLOR",
    "PUBLISHED_COLOR",
    "THEME",
    "canvas",
    "drawn",
    "inputs_against_outputs",
    "published_against_recomputed",
    "times_axis",
]
