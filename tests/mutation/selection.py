"""Which mutants are tried? All of some parts of `analysis/`, and a random share of the others."""

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from tests.mutation.mutants import Mutant, count, mutants

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "analysis"


@dataclass(frozen=True)
class Selection:
    """What is tried of a part: a package or a module of `analysis/`.

    Attributes:
        part: Its name, a module's with the suffix.
        every: How many mutants it has.
        mutants: Those that are tried.
    """

    part: str
    every: int
    mutants: list[Mutant]


def parts() -> dict[str, list[Path]]:
    """Return the files of each part."""
    found: dict[str, list[Path]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        found.setdefault(path.relative_to(PACKAGE).parts[0], []).append(path)
    return found


def select(whole: Collection[str], share: float, seed: int) -> list[Selection]:
    """Return what is tried: every mutant of some parts, and of each other part a random share.

    Args:
        whole: The parts to be tried whole.
        share: The share of the others, from 0 to 1, rounded up to whole mutants.
        seed: Of the choice.
    """
    found = []
    for part, files in parts().items():
        if part not in whole and not share:
            continue
        numbers = {path: range(count(path)) for path in files}
        every = [(path, number) for path in files for number in numbers[path]]
        drawn = random.Random(f"{seed} {part}").sample(every, ceil(share * len(every)))
        wanted: Mapping[Path, Collection[int]] = numbers
        if part not in whole:
            wanted = {path: {number for file, number in drawn if file == path} for path in files}
        chosen = [mutant for path in files if wanted[path] for mutant in mutants(path, ROOT, wanted[path])]
        if chosen:
            found.append(Selection(part, len(every), chosen))
    return found
