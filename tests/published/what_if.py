"""What the what-if page holds, as text: its markup, the arithmetic made for it, and what it computes from."""

import json
import re
from collections.abc import Iterator
from typing import Any

from analysis.library.sources import load
from analysis.machinery.whatif.page import PARTS, TEMPLATES, page
from analysis.scenario import read
from tests.published.markup import lines
from tests.published.rounded import rounded, several, thinned

SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL)
FEW = {re.compile(r"stacks$"): 16, re.compile(r"versions\.\w+$"): 2}  # of what there is much of


def what_if() -> str:
    """Return what the page holds that is opened by the published scenario."""
    made = page(load(), read("published"))
    data, script, *_ = sorted(SCRIPT.findall(made), key=lambda one: not one.lstrip().startswith("{"))
    written = {line for name in PARTS for line in (TEMPLATES / f"{name}.js").read_text(encoding="utf-8").splitlines()}
    arithmetic = [line for line in script.splitlines() if line not in written]
    return "\n".join([*lines(made), "", *arithmetic, "", *_tree("", json.loads(data))]) + "\n"


def _tree(place: str, found: Any) -> Iterator[str]:
    """Everything by its place, a line each."""
    if isinstance(found, dict) and found:
        for key, one in found.items():
            yield from _tree(f"{place}.{key}".lstrip("."), one)
    elif isinstance(found, list) and found and not _numbers(found):
        few = next((most for pattern, most in FEW.items() if pattern.search(place)), len(found))
        for number, one in thinned(list(enumerate(found)), few):
            yield from _tree(f"{place}[{number}]", one)
    else:
        yield f"{place}: {_leaf(found)}"


def _leaf(found: Any) -> str:
    if isinstance(found, list):
        return several(thinned(found), 6)
    return rounded(found) if isinstance(found, float) else str(found)


def _numbers(found: list[Any]) -> bool:
    return all(isinstance(one, int | float) and not isinstance(one, bool) for one in found)
