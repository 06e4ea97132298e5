"""The rooms of `analysis/` and the arrows between them are those that the design names: none back up, no circle."""

import ast
import re
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from analysis.library.places import ROOT

KNOWS = {
    "errors": set(),
    "formulas": set(),
    "library": {"errors", "formulas"},
    "exhibits": {"errors", "formulas", "library"},
    "frontier": {"errors", "formulas", "library"},
    "scenario": {"errors", "library"},
    "comparison": {"errors", "formulas", "library", "exhibits", "frontier", "scenario"},
    "studies": {"errors", "formulas", "library", "exhibits", "frontier", "scenario", "comparison"},
    "machinery": {"errors", "formulas", "library", "exhibits", "frontier", "scenario", "comparison", "studies"},
    "__main__": {"errors", "library", "machinery"},
    "analysis": {"errors", "library", "scenario", "comparison"},
}
"""What each room may import."""

STUDIES = {
    "claims": set(),
    "benchmark": {"claims"},
    "attribution": {"benchmark", "ownership"},
    "ownership": set(),
    "uncertainty": {"ownership", "benchmark", "attribution"},
    "models": set(),
    "business": {"ownership", "claims", "attribution", "procurement", "benchmark"},
    "procurement": {"ownership"},
}
"""What a study may import of another: targets and searches speak of claims; gains are drawn along the benchmark's
curves and paid at an owner's cost; what is uncertain is an owner's cost; a business owns what it sells from,
and its brief speaks of a published return, of equal terms, of what software gains and
of what capacity is offered for; who buys GPUs rather than rent them is their owner."""

MACHINERY = {
    "press": set(),
    "receipts": {"press"},
    "drift": {"press", "receipts"},
    "sweep": {"press"},
    "whatif": {"press"},
    "starter": set(),
    "commands": {"press", "receipts", "drift", "sweep", "whatif"},
}
"""What a part of the machinery may import of another."""


@cache
def modules() -> dict[str, Path]:
    return {
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): path
        for path in (ROOT / "analysis").rglob("*.py")
    }


@cache
def imports(path: Path, *, lazy: bool = True) -> set[str]:
    """The modules of the package that a file imports, within functions, too, and by name as a text."""
    known = modules()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree) if lazy else tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{one.name}" for one in node.names} & known.keys() or {node.module}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif (
            lazy
            and isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value in known
            and "." in node.value
        ):
            found.add(node.value)
    return found & known.keys()


def room(module: str, within: str = "analysis") -> str:
    """The room below a folder that a module stands in, or the folder itself."""
    below = module.removeprefix(within).removeprefix(".")
    return below.partition(".")[0] or within


def arrows(within: str = "analysis", *, lazy: bool = True) -> set[tuple[str, str]]:
    known = modules()
    return {
        (room(module, within), room(other, within))
        for module, path in known.items()
        for other in imports(path, lazy=lazy)
        if module.startswith(within) and other.startswith(within)
        if room(module, within) != room(other, within)
    }


CASES = {"analysis": KNOWS, "analysis.studies": STUDIES, "analysis.machinery": MACHINERY}


@pytest.mark.parametrize("within", CASES)
def test_no_room_knows_more_than_it_may(within):
    allowed = {(one, other) for one, others in CASES[within].items() for other in others}
    assert arrows(within) - allowed == set()


@pytest.mark.parametrize("within", CASES)
def test_every_room_is_named_with_what_it_may_know(within):
    assert {room(module, within) for module in modules() if module.startswith(f"{within}.")} <= CASES[within].keys()


def test_what_the_rooms_may_know_makes_no_circle():
    for knows in CASES.values():
        assert len(list(TopologicalSorter(knows).static_order())) == len(knows)


def test_no_files_import_one_another_in_a_circle_not_even_within_functions():
    known = modules()
    graph = {module: imports(path) - {module} for module, path in known.items()}
    packages = {module for module, path in known.items() if path.name == "__init__.py"}
    files = {module: others - packages for module, others in graph.items() if module not in packages}
    TopologicalSorter(files).prepare()


def test_a_lazy_import_hides_no_arrow():
    """What is imported late, for speed, is allowed only where it could be imported at once."""
    for within, knows in CASES.items():
        hidden = arrows(within) - arrows(within, lazy=False)
        assert all(other in knows[one] for one, other in hidden)


def test_the_page_about_the_house_names_every_room():
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = {module.rpartition(".")[2] for module in modules() if module.count(".") == 1} - {"__main__"}
    nested = {name for within in (STUDIES, MACHINERY) for name in within}
    assert {room for room in rooms | nested if f"`{room}`" not in page} == set()


def test_the_page_about_the_house_names_files_that_are_there():
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    places = (ROOT, ROOT / "analysis", ROOT / "analysis/machinery", ROOT / "data")
    named = set(re.findall(r"`((?:\w+/)*\w+\.(?:py|csv))`", page))
    assert named
    assert {name for name in named if not any((place / name).exists() for place in places)} == set()
