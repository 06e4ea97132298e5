"""The marks by which a reader sees that a number is not simply measured or computed."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A letter beside a number, and the words that explain it."""

    letter: str
    meaning: str


MARKS = {
    "placeholder": Mark("p", "a placeholder, called temporary by its own source, or computed from one"),
    "estimate": Mark("e", "an estimate, or computed from one"),
    "interpolated": Mark("i", "interpolated between measured points, or computed from such a value"),
    "assumed": Mark("a", "assumed for this analysis, or computed from an assumption"),
}


def of(classes: str) -> list[Mark]:
    """Return the marks of a number with these classes."""
    return [MARKS[word] for word in classes.split() if word in MARKS]


def shown(html: str) -> list[str]:
    """Return which marks the numbers of a text carry, in the order of `MARKS`."""
    classes = {word for found in re.findall(r'<span class="(number[^"]*)"', html) for word in found.split()}
    return [word for word in MARKS if word in classes]
