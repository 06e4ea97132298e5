"""Whatever a command cannot use ends with exit code 2, one line that says so, and nothing written."""

import os
import shutil
from pathlib import Path

import pytest

from analysis.library.sources import DATA

BAD, LONG = "__import__('os').system('id')", "x" * 300
NOTEBOOK = "01-published-comparison"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
# Files that lie in the folder of the command.
BESIDE = {
    "good.yaml": "title: x\n",
    "tag.yaml": "title: !!python/object/apply:os.system [id]\n",
    "twice.yaml": "title: a\ntitle: b\n",
    "bomb.yaml": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "bidi.yaml": 'title: "\\u202e35x"\n',
    "formula.yaml": "quotes: [{provider: =cmd|x, platform: h200, price: 2}]\n",
    "script.yaml": "logo: script.svg\n",
    "script.svg": SVG.format("<script>alert(1)</script>"),
    "uses.yaml": "logo: uses.svg\n",
    "uses.svg": SVG.format('<g id="a"><use href="#a"/></g>'),
    "lost.yaml": "logo: lost.svg\n",
    "many.yaml": "product: {horizon: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], seed: " + str(list(range(2_000))) + "}\n",
    "claims.yaml": "claims: [{id: a, printed: x65x, statement: s, quantity: power_per_gpu, subject: b200,source: s}]",
    "claims.csv": "id,printed\n=1+1,$-\n",
    "rows.json": "[" * 1_000,
    "rows.csv": "hardware\n=1+1\n",
}
REFUSED = {
    "a name that is code": (["report", "-p", f"{BAD}=1"], f'-p: unknown parameter "{BAD}"'),
    "a value that is code": (["report", "-p", f"title=!!python/name:{BAD}"], "a tag (tag:yaml.org,2002:python/name"),
    "more than a number can be": (["report", "-p", "subject_price=1e400"], "-p: subject_price: found inf; "),
    "the smallest number": (["report", "-p", "subject_price=5e-324"], "must be at least 1e-09"),
    "a platform in Cyrillic letters": (["report", "-p", "subject=gb3\u043e0"], "CYRILLIC SMALL LETTER O"),
    "bytes that are no text": (["report", "-p", "title=\udcff"], "not UTF-8 text (invalid start byte"),
    "a scenario elsewhere": (["report", "-s", "../../etc/passwd"], "no scenario '../../etc/passwd'; allowed: "),
    "a scenario of a long name": (["report", "-s", LONG], "no scenario 'xxxx"),
    "a scenario that is a pipe": (["report", "-s", "pipe.yaml"], "no scenario 'pipe.yaml'"),
    "a scenario of ten gigabytes": (["report", "-s", "huge.yaml"], "huge.yaml: 10,000,000,000 bytes, allowed are 20"),
    "a scenario with a tag": (["report", "-s", "tag.yaml"], "tag.yaml, line 1: a tag ("),
    "a scenario that says it twice": (["report", "-s", "twice.yaml"], "twice.yaml, line 2: 'title' stands twice"),
    "a scenario that explodes": (["report", "-s", "bomb.yaml"], "bomb.yaml, line 1: an anchor or an alias"),
    "a title turned around": (["report", "-s", "bidi.yaml"], "bidi.yaml: title: found '\\u202e35x'; the control"),
    "a provider that is a formula": (["report", "-s", "formula.yaml"], "quotes[0].provider: found '=cmd|x'; a sprea"),
    "a logo with a script": (["report", "-s", "script.yaml"], "logo script.svg: found the element 'script'"),
    "a logo that explodes": (["report", "-s", "uses.yaml"], "logo uses.svg: elements are nested or use one another"),
    "a logo that is not there": (["report", "-s", "lost.yaml"], "logo lost.svg: No such file; allowed is an SVG or"),
    "a good scenario and a bad one": (["report", "-s", "good.yaml", "-s", "tag.yaml"], "tag.yaml, line 1: a tag ("),
    "a notebook elsewhere": (["report", "/etc/passwd"], "no notebook '/etc/passwd'; allowed: 01-published-compariso"),
    "a grid of 20,000": (["report", "--grid", "many.yaml"], "many.yaml: found 20,000 scenarios, allowed are 10,000"),
    "a grid that is a pipe": (["report", "--grid", "pipe.yaml"], "pipe.yaml: not readable: found a folder or a devi"),
    "a grid of a long name": (["report", "--grid", LONG], "not readable: File name too long"),
    "a grid and a scenario": (["report", "--grid", "many.yaml", "-s", "amd"], "found --scenario and --grid"),
    "a ledger of nonsense": (["verify", "--ledger", "claims.yaml"], "claims.yaml, claim 1: printed figure 'x65x'"),
    "a ledger of formulas": (["verify", "--ledger", "claims.csv"], "claims.csv, line 2, id: found '=1+1'"),
    "a ledger of ten gigabytes": (["verify", "--ledger", "huge.yaml"], "huge.yaml: 10,000,000,000 bytes, allowed ar"),
    "a ledger elsewhere": (["verify", "--ledger", "../claims/published"], "no ledger '../claims/published'; did you"),
    "a vintage of two lines": (["verify", "--vintage", "x\ntitle: y"], "found 2 values, allowed is one"),
    "measurements that nest": (["import", "rows.json"], "rows.json: not readable as JSON: recursion limit exceeded"),
    "measurements of formulas": (["import", "rows.csv"], "rows.csv, line 1: missing column framework"),
    "measurements of no file": (["import", "pipe.json"], "pipe.json: not readable: found a folder or a device"),
    "measurements of ten gigabytes": (["import", "huge.json"], "huge.json: 10,000,000,000 bytes, allowed are 100,00"),
    "measurements for a name elsewhere": (["import", "rows.json", "--name", "../own"], "snapshot name '../own-"),
    "measurements beside another place": (["import", "rows.json", "--base", "../x"], "no such benchmark snapshot"),
    "an address of a file": (["fetch", "--base-url", "file:///etc"], "allowed is an address of https or http"),
    "an address with a password": (["fetch", "--base-url", "https://a:secret@b/"], "found a name or a password in t"),
    "a snapshot elsewhere": (["fetch", "--against", "../../x"], "no such benchmark snapshot; allowed: "),
    "a page of a snapshot elsewhere": (["what-if", "--snapshot", "../../x"], "no such benchmark snapshot; allowed: "),
    "a page in a file": (["diff", "2026-04", "2026-08", "--page", "good.yaml/x.html"], "x.html: cannot be written"),
    "reports on no cluster": (["report", "--dask", "nowhere"], "--dask nowhere: no scheduler answers (missing port "),
    "a sweep on no cluster": (["sweep", "map", "--dask", "tls://a:1"], "--dask tls://a:1: no scheduler answers (TLS"),
    "a sweep into no kind of folder": (["sweep", "map", "--location", "no://x"], "--location 'no://x': Protocol not"),
    "a sweep into half an address": (["sweep", "map", "--location", "github://x"], "--location 'github://x': Github"),
    "a sweep of a long name": (["sweep", LONG], "no grid 'xxxx"),
    "a build of a long name": (["diff", LONG, LONG], "is no folder of reports, no snapshot and no vintage; al"),
    "a sweep of a grid elsewhere": (["sweep", "../../etc/passwd"], "no grid '../../etc/passwd'; allowed: "),
    "a notebook in a folder of a long name": (["new", "own", "--folder", LONG], "xxxx: no such folder"),
    "a notebook in no folder": (["new", "own", "--folder", "nowhere"], "nowhere: no such folder"),
    "a notebook's name that leads up": (["new", "../own"], "notebook name '../own': allowed are lower-case letters"),
    "a notebook's title of two lines": (["new", "own", "--title", "a\nb"], "title 'a\\nb': allowed are words"),
    "a notebook's title turned around": (
        ["new", "own", "--title", "\u202ea"],
        "title, in all: found '\\u202ea'; the ",
    ),
    "a notebook's title that colors": (["new", "own", "--title", "\x1b[31ma"], "title, in all: found '\\x1b[31ma'; "),
}
WITH_DATA = ("import", "fetch")
MISUSED = {
    "no such command": ["destroy"],
    "no such option": ["report", "--destroy"],
    "an option without its value": ["report", "-p"],
    "no workers": ["report", "--workers", "0"],
    "workers in Arabic digits and more": ["report", "--workers", "\u0662x"],
    "no such form": ["verify", "--format", "html"],
    "nothing to import": ["import"],
}


@pytest.fixture
def folder(tmp_path):
    for name, content in BESIDE.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    for name in ("pipe.yaml", "pipe.json"):
        os.mkfifo(tmp_path / name)
    for name in ("huge.yaml", "huge.json"):
        (tmp_path / name).touch()
        os.truncate(tmp_path / name, 10**10)
    return tmp_path


def arguments(given: list[str], folder: Path) -> list[str]:
    """Point a command that writes into the data folder to a copy, and one that builds to a single notebook."""
    if given[0] in WITH_DATA:
        shutil.copytree(DATA / "benchmarks", folder / "data/benchmarks", copy_function=shutil.copyfile)
        shutil.copyfile(DATA / "platforms.csv", folder / "data/platforms.csv")
        return [*given, "--data", str(folder / "data")]
    if given[0] == "report":
        return [*given, "--output", "out", *([] if "/etc/passwd" in given else [NOTEBOOK])]
    return [*given, "--folder", "."] if given[0] == "new" and "--folder" not in given else given


@pytest.mark.parametrize(("given", "said"), REFUSED.values(), ids=REFUSED)
def test_input_that_cannot_be_used_is_exit_code_2_and_one_line(folder, run, given, said):
    told = run(*arguments(given, folder))
    assert told.code == 2
    assert told.out == ""
    assert told.err.startswith("error: ")
    assert told.err.count("\n") == 1
    assert told.err.strip().isprintable()
    assert said in told.err
    assert "Traceback" not in told.err
    assert "secret" not in told.err
    assert told.changed == ()


@pytest.mark.parametrize("given", MISUSED.values(), ids=MISUSED)
def test_a_command_that_is_none_is_exit_code_2_and_its_usage(folder, run, given):
    told = run(*given)
    assert told.code == 2
    assert "Error: " in told.err
    assert "Traceback" not in told.err
    assert told.changed == ()
