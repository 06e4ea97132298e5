"""The files around the code agree: dependencies have one bound each, notebooks keep their rules, nothing is local."""

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from analysis.library.loading import plain_yaml
from analysis.machinery.press.parameter_cell import parameter_values
from analysis.scenario import Parameters

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
NOTEBOOKS = sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("analysis/machinery/starter/*.ipynb")])
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)

# A word that begins as a number does. "H200" and "FP8" are names; "1k/1k", "$4.20" and "2026" are figures.
FIGURE = re.compile(r"(?<![\w.,/-])[-+−±~≈<>≤≥]*[$€£]?\.?\d[^\s]*")
NOT_PROSE = re.compile(
    r"""(?mx)
    ^```.*?^```                 # code blocks
    | ``.+?`` | `[^`]*`         # code spans
    | (?<=\])\([^)]*\)          # targets of links and pictures
    | <[^>]*>                   # addresses and markup
    | ^\s*\#+\s+\d+(\.\d+)*\.?\s  # numbers of headings
    | ^\s*\d+[.)]\s             # numbers of lists
    | \[\^\w+\]                 # footnotes
    """,
    re.DOTALL,
)
PLACE = re.compile(r"\{[^{}]*\}")
LOCAL_PATH = re.compile(r"(?<![\w.~-])[/\\](?:home|root|Users|work|private|var/folders)[/\\][\w.-]+")
INDEX = re.compile(r"https?://\S+[/]simple\b|pythonhosted[.]org|--(extra-)?index[-]url[= ]|--find[-]links[= ]", re.I)
SENTENCE = re.compile(r"[A-Z{]\S*\s")


def requirements():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    texts = [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]
    return project, [Requirement(text) for text in texts]


def bounds(found):
    return {canonicalize_name(one.name): one.specifier for one in found}


def locked():
    """The pins of the lock: their requirements, and how many hashes each has."""
    pins, hashes = [], []
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if line.startswith("    --hash="):
            hashes[-1] += 1
        else:
            pins.append(Requirement(line.removesuffix("\\")))
            hashes.append(0)
    return pins, hashes


def tracked():
    if not (ROOT / ".git").exists():
        pytest.skip("a copy without its history does not say what is tracked")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def cells(path, kind):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell | {"source": "".join(cell["source"])} for cell in notebook["cells"] if cell["cell_type"] == kind]


def parameter_cells(path):
    return [cell for cell in cells(path, "code") if "parameters" in cell["metadata"].get("tags", [])]


def prose(text):
    return NOT_PROSE.sub(" ", text)


def test_no_requirement_stands_twice():
    _, found = requirements()
    assert len(bounds(found)) == len(found)


def test_every_requirement_has_a_lower_bound():
    _, found = requirements()
    assert all([clause.operator for clause in one.specifier] == [">="] for one in found)


def test_conda_names_the_same_packages_and_bounds():
    project, found = requirements()
    entries = plain_yaml.read(ROOT / "environment.yml")["dependencies"]
    (through_pip,) = [entry["pip"] for entry in entries if isinstance(entry, dict)]
    conda = [Requirement(entry) for entry in entries if isinstance(entry, str) and entry != "pip"]
    named = bounds([*conda, *map(Requirement, through_pip)])
    assert len(named) == len(conda) + len(through_pip)
    assert str(named.pop("python")) == str(Requirement(f"python{project['project']['requires-python']}").specifier)
    assert named == bounds(found)


def test_conda_is_said_not_to_look_elsewhere():
    content = plain_yaml.read(ROOT / "environment.yml")
    assert content["channels"] == ["conda-forge"]
    assert content["name"] == requirements()[0]["project"]["name"]


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_lock_holds_every_requirement_once_within_its_bound(python, platform):
    machine = {"python_version": python, "python_full_version": f"{python}.9", "sys_platform": platform}
    pins, _ = locked()
    for one in requirements()[1]:
        here = [
            pin
            for pin in pins
            if canonicalize_name(pin.name) == canonicalize_name(one.name)
            and (pin.marker is None or pin.marker.evaluate(machine))
        ]
        versions = [clause.version for pin in here for clause in pin.specifier]
        assert len(versions) == 1, one
        assert one.specifier.contains(versions[0]), one


def test_the_supported_pythons_are_those_of_the_lock_and_the_door():
    project, _ = requirements()
    supported = Requirement(f"python{project['project']['requires-python']}").specifier
    assert all(supported.contains(f"{python}.0") for python in PYTHONS)
    assert not supported.contains("3.10.9")
    assert not supported.contains("3.14.0")
    assert all(f"python{python}" in (ROOT / "run").read_text(encoding="utf-8") for python in PYTHONS)


def test_the_lock_pins_one_version_with_hashes_and_names_no_place():
    pins, hashes = locked()
    assert all([clause.operator for clause in pin.specifier] == ["=="] for pin in pins)
    assert all(pin.url is None and not pin.extras for pin in pins)
    assert all(hashes)
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[a-z0-9-]+==[\w.+!-]+( ; [^/:]+?)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


def test_there_is_a_notebook():
    assert [path.stem for path in NOTEBOOKS if path.stem.startswith("01")] == ["01-published-comparison"]


@each_notebook
def test_the_cells_of_a_notebook_are_named_in_order(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    expected = [f"cell-{number:02d}" for number in range(1, len(notebook["cells"]) + 1)]
    assert [cell["id"] for cell in notebook["cells"]] == expected


OF_NO_SCENARIO = {"07-claims-since"}
"""Judges each claim under the conditions that it names itself."""


@each_notebook
def test_the_parameter_cell_of_a_notebook_holds_known_names_at_their_defaults(path):
    if not parameter_cells(path):
        assert not path.stem[0].isdigit() or path.stem in OF_NO_SCENARIO, "a report needs a parameter cell"
        return
    defaults = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in Parameters().model_dump().items()
    }
    values = parameter_values(path.read_bytes(), path.name)
    assert values == {name: defaults[name] for name in values}
    assert [*map(type, values.values())] == [type(defaults[name]) for name in values]


@each_notebook
def test_the_prose_of_a_notebook_holds_no_typed_figure(path):
    for cell in cells(path, "markdown"):
        assert not FIGURE.findall(prose(cell["source"])), cell["id"]


@each_notebook
def test_the_sentences_in_the_code_of_a_notebook_hold_no_typed_figure(path):
    for cell in cells(path, "code"):
        if cell in parameter_cells(path):
            continue
        for node in ast.walk(ast.parse(cell["source"])):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SENTENCE.match(node.value):
                assert not FIGURE.findall(PLACE.sub("x", prose(node.value))), (cell["id"], node.value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("costs $4.20 a token", ["$4.20"]),
        ("about 34x cheaper, in 2026", ["34x", "2026"]),
        ("at 1k/1k and ~117 tok/s", ["1k/1k", "~117"]),
        ("HGX H200, GB300 NVL72, FP8, DeepSeek-R1-0528, v5.1", []),
        ("## 3. Method\n\n1. first\n2. second `x[3]` and [a table](../data/1.csv)", []),
        ("```\nprint(3)\n```\nbut -5%", ["-5%"]),
    ],
)
def test_a_figure_is_told_from_a_name(text, found):
    assert FIGURE.findall(prose(text)) == found


def test_no_tracked_file_names_a_path_of_a_machine_or_an_index():
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="replace")
        assert not LOCAL_PATH.findall(text), path
        assert not INDEX.findall(text), path


def test_nothing_that_is_built_is_tracked():
    ignored = {".venv", "output", "__pycache__", ".ipynb_checkpoints", "uv.lock", ".hypothesis"}
    assert not [path for path in tracked() if ignored & set(path.relative_to(ROOT).parts)]


@pytest.mark.parametrize("root", ["home", "root", "Users", "work", "private"])
def test_a_path_of_a_machine_is_told_from_other_paths(root):
    for path in ("/{}/ada/project", "file:///{}/ada", "C:\\{}\\ada", "'/{}/ada'"):
        assert LOCAL_PATH.search(path.format(root))
    for path in ("{}/ada", "docs/{}/ada", "~/{}/ada", "https://example.org/{}/ada", "/{} and more"):
        assert not LOCAL_PATH.search(path.format(root))


@pytest.mark.parametrize("text", ["https://example.org/team/{}/", "--{}-url=x", "--extra-{}-url x"])
def test_an_index_is_noticed(text):
    word = "index" if "url" in text else "simple"
    assert INDEX.search(text.format(word))


def test_briefs_say_that_they_are():
    briefs = list((ROOT / "notebooks").glob("*-brief.ipynb"))
    assert len(briefs) == 2
    assert all(json.loads(path.read_text())["metadata"]["report"]["brief"] for path in briefs)
