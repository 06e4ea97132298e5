"""Tests of the reports as nbconvert exporters: what the press calls is what `jupyter nbconvert` calls."""

import os
import subprocess
import sys
from pathlib import Path

import nbconvert
import nbformat
import pytest
from nbconvert.nbconvertapp import NbConvertApp
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.library.places import ROOT
from analysis.machinery.press.check import UnbackedNumeralError
from analysis.machinery.press.front import Order
from analysis.machinery.press.publish import publish
from tests.support.report_notebook import notebook

MODULE = "analysis.machinery.press.exporters"
COUNTED = """from analysis.exhibits.statements import say, show
from analysis.library.values import counted
show(say("There are {n} of them.", n=counted(number, "things")))"""


def exporter(name: str) -> nbconvert.exporters.Exporter:
    return nbconvert.get_exporter(f"{MODULE}.{name}")()


def test_the_press_and_nbconvert_make_the_same_of_the_same_order() -> None:
    order = Order({"subtitle": "Below"}, (("Rebuild", "again"),), ("html", "pdf"))
    made = publish("example", notebook(), order)
    for name, file in (("Page", "example.html"), ("Paper", "example.pdf")):
        content, resources = exporter(name).from_notebook_node(
            notebook(), {"metadata": {"name": "example"}, "order": order}
        )
        assert resources["output_extension"] == Path(file).suffix
        assert set(made) - set(resources["outputs"]) == {"example.html", "example.pdf"}
        if name == "Paper":  # whose pages hold no links to other forms
            assert content == made[file]


@pytest.mark.parametrize(
    ("name", "suffix", "kind", "offered"),
    [("Page", ".html", "text/html", "Report (HTML)"), ("Paper", ".pdf", "application/pdf", "Report (PDF)")],
)
def test_jupyter_offers_each_by_what_it_is(name: str, suffix: str, kind: str, offered: str) -> None:
    made = exporter(name)
    assert (made.file_extension, made.output_mimetype, made.export_from_notebook) == (suffix, kind, offered)


@pytest.mark.parametrize("resources", [{"metadata": {"name": "example 5"}}, {}, None])
def test_a_notebook_without_a_heading_is_titled_by_its_name(resources: dict | None) -> None:
    plain = new_notebook(cells=[new_markdown_cell("Prose.")])
    page, _ = exporter("Page").from_notebook_node(plain, resources)
    title = "example 5" if resources else "Notebook"
    assert f"<title>{title}</title>" in page


@pytest.mark.parametrize("name", ["Page", "Paper"])
def test_a_numeral_that_nothing_stands_behind_stops_either_form(name: str) -> None:
    typed = new_notebook(cells=[new_markdown_cell("It is 35 times cheaper.")])
    with pytest.raises(UnbackedNumeralError, match="'35'"):
        exporter(name).from_notebook_node(typed)


def test_warnings_of_a_notebook_are_no_part_of_it_and_are_passed_on(capsys) -> None:
    outputs = [new_output("stream", name="stderr", text="beware of 35\n"), new_output("stream", text="words")]
    warned = new_notebook(cells=[new_markdown_cell("# T"), new_code_cell("", outputs=outputs)])
    page, _ = exporter("Page").from_notebook_node(warned, {"metadata": {"name": "own"}})
    assert "words" in page
    assert "beware" not in page
    assert capsys.readouterr().err == "own, cell 2: beware of 35\n"


def test_jupyter_nbconvert_runs_a_notebook_and_writes_page_paper_and_what_lies_beside_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = [new_markdown_cell("# A count"), new_code_cell("number = 3"), new_code_cell(COUNTED)]
    nbformat.write(new_notebook(cells=cells), tmp_path / "own.ipynb")
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", f"{MODULE}.Page", "--execute", "own.ipynb"]
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
    made = subprocess.run(command, cwd=tmp_path, env=around, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    page = (tmp_path / "own.html").read_text()
    assert "<h1>A count</h1>" in page
    assert 'href="own/numbers.json"' in page
    assert '"value": 3.0' in (tmp_path / "own/numbers.json").read_text()
    monkeypatch.chdir(tmp_path)
    program = NbConvertApp()  # what `jupyter nbconvert` calls, in this process, which has it loaded
    program.initialize(["--to", f"{MODULE}.Paper", "own.ipynb"])
    program.start()
    assert (tmp_path / "own.pdf").read_bytes().startswith(b"%PDF")
