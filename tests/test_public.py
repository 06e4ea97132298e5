"""What `import analysis` offers is there, documented, and named once."""

import ast
import inspect
import re

import pytest

import analysis
from analysis.library.places import DATA, ROOT

ROW = re.compile(r"^\| `(\w+)` \| (.*?) \|", re.MULTILINE)


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_public_name_is_there_and_documented(name):
    assert getattr(analysis, name).__doc__


def test_the_public_names_are_few_enough_to_be_read():
    assert 5 <= len(analysis.__all__) <= 15
    assert analysis.__all__ == sorted(analysis.__all__)


def test_the_page_of_the_interface_lists_every_name_with_what_it_takes():
    rows = dict(ROW.findall((ROOT / "docs/interface.md").read_text(encoding="utf-8").partition("## A value")[0]))
    assert sorted(rows) == analysis.__all__
    for name, takes in rows.items():
        thing = getattr(analysis, name)
        asked = [*inspect.signature(thing).parameters] if inspect.isfunction(thing) else []
        assert [word for word in re.findall("`(\\w+)`", takes) if asked] == asked, name


def test_the_lines_of_the_page_run_and_answer_as_the_curves_do():
    page = (ROOT / "docs/interface.md").read_text(encoding="utf-8")
    lines = "\n".join(line.strip() for line in page.partition("\n| name")[0].splitlines() if line.startswith("    "))
    known: dict[str, object] = {}
    tree = ast.parse(lines)
    imports, *asked = tree.body
    exec(compile(ast.Module([imports], []), "page", "exec"), known)
    cost, pair, table = (eval(ast.unparse(each), known) for each in asked)
    assert cost.subject == "GB300 NVL72"
    assert pair.ratio("cost_per_million_tokens").number == pytest.approx(
        float(pair.levels("cost_per_million_tokens")[0]) / float(pair.levels("cost_per_million_tokens")[1])
    )
    assert {*table["platform"]} == {"HGX H100", "Instinct MI355X"}


def test_a_library_is_loaded_by_its_folder_or_by_the_name_of_a_snapshot():
    name = "inferencex-deepseek-r1-2026-06-11"
    by_name, by_folder = analysis.load(name), analysis.load(str(DATA), name)
    assert by_name.snapshot == by_folder.snapshot == name
    assert by_name.benchmark.equals(by_folder.benchmark)


def test_a_word_that_is_neither_folder_nor_snapshot_is_refused():
    with pytest.raises(analysis.InputError, match="no such benchmark snapshot"):
        analysis.load("nowhere")
