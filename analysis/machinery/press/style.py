"""The style sheet of a page, in any accent color that is moved until it can be read."""

import re

from markupsafe import Markup

from analysis.errors import InputError
from analysis.machinery.press import templates

PAPER, NIGHT = "#ffffff", "#14181d"

RATIO = 4.8  # a little above the 4.5 of WCAG 2.2, success criterion 1.4.3
STEPS = 50


def style(accent: str) -> Markup:
    """Return the style sheet with the accent made readable on paper and at night."""
    values = {"accent": readable(accent, PAPER), "accent-at-night": readable(accent, NIGHT)}
    sheet = templates.text("report.css")
    for name, value in values.items():
        sheet = sheet.replace(f"var(--{name})", value)
    return Markup(sheet)  # noqa: S704 - the file is ours and the colors are checked


def readable(color: str, background: str) -> str:
    """Return the color, moved towards black or white until its contrast with the background suffices for text.

    Raises:
        InputError: One of them is not such a color.
    """
    start, ground = _channels(color), _channels(background)
    end = 0.0 if _luminance(ground) > 0.18 else 255.0
    for step in range(STEPS + 1):
        share = step / STEPS
        mixed = tuple(round(channel + (end - channel) * share) for channel in start)
        if _contrast(mixed, ground) >= RATIO:
            break
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colors, 1 to 21: (L1 + 0.05) / (L2 + 0.05) of their relative luminances.

    Source: WCAG 2.2, definition of contrast ratio.
    """
    return _contrast(_channels(first), _channels(second))


def _contrast(first: tuple[int, ...], second: tuple[int, ...]) -> float:
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(channels: tuple[int, ...]) -> float:
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (c / 255 for c in channels)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _channels(color: str) -> tuple[int, ...]:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", color):
        raise InputError(f"accent: {color!r} is not a color; write it as '#rrggbb'")
    return tuple(int(color[place : place + 2], 16) for place in (1, 3, 5))
