"""The conclusions of a released version, and what CHANGELOG.md says of those that are others since."""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from analysis.errors import InputError, nearest
from analysis.library.places import ROOT
from analysis.machinery.drift.changes import NEW, flipped
from analysis.machinery.press.conclusions import Conclusion

FOLDER, CHANGES = Path(__file__).parent, ROOT / "CHANGELOG.md"
UNRELEASED = "Unreleased"
SECTION = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)
LINE = re.compile(r"^- Conclusion `([^`]*)`: *(\S?)", re.MULTILINE)


def version() -> str:
    """The version of the project, which is the last one released."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def recorded(release: str, folder: Path = FOLDER) -> dict[str, str]:
    """The words of each conclusion of a released version, by its name."""
    return json.loads((folder / f"{release}.json").read_text(encoding="utf-8"))


def record(release: str, found: Mapping[str, str], changes: str, folder: Path = FOLDER) -> Path:
    """Write the conclusions of a version that is released, and return the path of the record.

    Raises:
        InputError: The changes have no heading of that version, or it has a record already.
    """
    path = folder / f"{release}.json"
    if release not in [heading.split(",")[0].strip() for heading in sections(changes) if "unreleased" not in heading]:
        raise InputError(
            f"CHANGELOG.md: found no heading `## {release}, DAY`; conclusions are recorded with a release"
        )
    if path.exists():
        raise InputError(f"{path.name}: exists; the conclusions of a released version stay as they were")
    path.write_text(json.dumps(dict(found), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path


def problems(before: Mapping[str, str], after: Mapping[str, str], changes: str) -> list[str]:
    """What is wrong: conclusions that are others and have no line, and lines without such a conclusion.

    A line that names a ledger stands for all verdicts that are new in it.

    Args:
        before: Words by name, of the released version.
        after: As they are now.
        changes: The text of CHANGELOG.md.
    """
    differing = {flip.id: flip for flip in flipped("", _conclusions(before), _conclusions(after))}
    lines = dict(LINE.findall(sections(changes).get(UNRELEASED, "")))
    found = [
        f"{name} {flip.state}: {_words(flip.before)} -> {_words(flip.after)}; CHANGELOG.md, {UNRELEASED}, needs the"
        f" line `- Conclusion `{name}`: why`"
        for name, flip in differing.items()
        if not (lines.get(name) or (flip.state == NEW and lines.get(_ledger(name))))
    ]
    of_new_ledgers = {_ledger(name) for name, flip in differing.items() if flip.state == NEW}
    for name in lines.keys() - differing.keys() - of_new_ledgers:
        known = {*before, *after}
        said = "is what it was" if name in known else f"is none; {nearest(name, known)}"
        found.append(f"CHANGELOG.md, {UNRELEASED}: the conclusion `{name}` {said}")
    return found


def _ledger(name: str) -> str:
    """The ledger that a verdict is on; the whole name of a finding."""
    return name.partition("/")[0]


def sections(changes: str) -> dict[str, str]:
    """The text below each heading of the second level."""
    _, *parts = SECTION.split(changes)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _conclusions(words: Mapping[str, str]) -> dict[str, Conclusion]:
    return {name: Conclusion(id=name, words=one) for name, one in words.items()}


def _words(one: Conclusion | None) -> str:
    return repr(one.words) if one else "none"
