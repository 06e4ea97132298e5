"""What README.md and the pages of `docs/` tell a reader to do works, and what README.md says is so."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from analysis import Parameters, compare
from analysis.__main__ import COMMANDS, application
from analysis.library.places import ROOT
from analysis.machinery.press.jobs import jobs, notebooks
from analysis.machinery.press.publish import render
from analysis.scenario import read_scenario
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.judgment import Verdict, count
from analysis.studies.claims.ledgers import ledger
from analysis.studies.claims.verdicts import judge
from tests.support.tools import loaded

README = ROOT / "README.md"
README_TEXT = " ".join(README.read_text(encoding="utf-8").split())
PAGES = [README, ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md")), *(ROOT / "data").rglob("*.md")]
SHELL = {"test", "lab", "setup", "bench", "sbom", "audit", "help"}
BLOCK = re.compile(r"(?:^    .*\n|^\n(?=    ))+", re.MULTILINE)


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def command_lines(page: Path) -> list[list[str]]:
    """The words of each call of `./run` in a page, without its remark."""
    joined = text(page).replace("\\\n", " ")
    found = re.findall(r"(?:^\s+(?:\S+\$\s+)?|`)\./run ([^`\n#]+)", joined, re.MULTILINE)
    return [shlex.split(line) for line in found]


def options(words: list[str]) -> set[str]:
    return {word.partition("=")[0] for word in words if word.startswith("-")} - {"--help"}


def yaml(name: str) -> str:
    """The block of README.md that follows the file's name."""
    block = BLOCK.search(text(README), text(README).index(f"`{name}`"))
    assert block
    return re.sub("^    ", "", block[0], flags=re.MULTILINE)


def run(*words: object) -> str:
    listed = [str(word) for word in words]
    return CliRunner().invoke(application(listed[0]), listed, catch_exceptions=False).stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)\)", text(page)):
        assert "://" in target or (page.parent / target).exists(), target


def test_every_command_of_a_page_has_the_options_that_it_is_called_with():
    group: Any = typer.main.get_command(application(""))
    known = {name: {option for one in group.commands[name].params for option in one.opts} for name in COMMANDS}
    lines = [(page.name, words) for page in PAGES for words in command_lines(page)]
    assert len(lines) > 50
    wrong = [
        (page, words)
        for page, words in lines
        if words[0] not in {*COMMANDS, *SHELL, "--help", "COMMAND"}
        or {word.partition("=")[0] for word in words if word.startswith("-")}
        - known.get(words[0], set(words))
        - {"--help"}
    ]
    assert not wrong


def test_the_slide_is_judged_as_the_first_page_says(tmp_path):
    (tmp_path / "slide.yaml").write_text(yaml("slide.yaml"), encoding="utf-8")
    said = re.search(r"slide\.yaml +# (\S+): (\S+); the rows around it leave (\S+) to (\S+)\n", text(README))
    assert said
    (line,) = [
        line for line in run("verify", "--ledger", tmp_path / "slide.yaml").splitlines() if "slide-cost" in line
    ]
    assert all(word in line for word in said.groups())


def test_the_brief_of_the_first_page_is_built(tmp_path):
    path = tmp_path / "two-billion.yaml"
    path.write_text(yaml("two-billion.yaml"), encoding="utf-8")
    (job,) = jobs(read_scenario(str(path)), [], notebooks(["06-procurement-brief"]), ("html",))
    assert job.name == "two-billion/06-procurement-brief"
    assert "Example Buyer" in render(job)["06-procurement-brief.html"].decode()


def test_a_benchmark_of_ones_own_is_priced(tmp_path):
    line = next(words for words in command_lines(README) if words[0] == "cost")
    (tmp_path / "own.jsonl").write_text(json.dumps(loaded(64, 0.025)), encoding="utf-8")
    words = [tmp_path / "own.jsonl" if word == "results/*.json" else word for word in line]
    assert "630.8" in run(*words)


def test_the_lines_for_jupyter_give_the_ratio_where_the_market_buys():
    (lines,) = [block for block in BLOCK.findall(text(README)) if "compare(load()" in block]
    first, second = (line.strip() for line in lines.strip().splitlines() if line.strip())
    exec(first, names := {})
    assert f"costs {float(eval(second, names)):.2g}x less" in README_TEXT


def test_the_figures_of_the_first_page_are_those_of_the_package(library):
    def ratio(vintage, tier):
        conditions = Parameters(vintage=vintage, price_tier=tier)
        return float(compare(library, conditions).ratio("cost_per_million_tokens"))

    for sentence in (
        f"a token costs {ratio('2026-04', 'hyperscaler'):.1f}x less",
        f"owners get {ratio('2026-09', 'hyperscaler'):.1f}x",
        f"three-year renters {ratio('2026-09', 'rental_3yr'):.1f}x ({ratio('2026-04', 'rental_3yr'):.1f}x before)",
    ):
        assert sentence in README_TEXT


def test_the_first_page_counts_as_the_docket_does(library):
    judged = judge(ledger(library), Evidence(library, compare(library, Parameters())))
    assert f"{count(judged, Verdict.REPRODUCED)} are reproduced" in README_TEXT
    assert f"{count(judged, Verdict.WITHIN_REPEATABILITY)} (65x, 50x, 35x) within" in README_TEXT
