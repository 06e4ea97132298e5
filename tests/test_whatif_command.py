"""The command writes the page where it is asked to, and says where."""

import typer
from typer.testing import CliRunner

from analysis.commands import what_if as command
from analysis.sources import SNAPSHOT


def invoked(monkeypatch, folder, *arguments):
    monkeypatch.chdir(folder)
    asked = []

    def write(output, snapshot, *, force):
        asked.append((str(output), snapshot, force))
        return output / "what-if.html"

    monkeypatch.setattr(command, "write", write)
    application = typer.Typer()
    application.command()(command.what_if)
    result = CliRunner().invoke(application, arguments)
    assert result.exit_code == 0, result.output
    return asked, result.output


def test_the_page_lies_beside_the_reports(monkeypatch, tmp_path):
    asked, said = invoked(monkeypatch, tmp_path)
    assert asked == [("output", SNAPSHOT, False)]
    assert said == "output/what-if.html\n"


def test_another_folder_and_a_fresh_page_can_be_asked_for(monkeypatch, tmp_path):
    asked, said = invoked(monkeypatch, tmp_path, "--output", "elsewhere", "--snapshot", "mine", "--force")
    assert asked == [("elsewhere", "mine", True)]
    assert said == "elsewhere/what-if.html\n"
