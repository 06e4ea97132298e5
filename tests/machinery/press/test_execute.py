"""What a reader has set for themselves, or the machine around, is no part of a report."""

import os

import pytest

from analysis.machinery.press.execute import execute
from tests.machinery.press.test_preloaded_reports import WORK, notebook, outputs, text

INTRUDER = "print('intruder' in dir(__builtins__), 'INTRUDER' in globals())"


@pytest.fixture
def home(tmp_path, monkeypatch):
    startup = tmp_path / ".ipython/profile_default/startup"
    startup.mkdir(parents=True)
    (startup / "00-own.py").write_text("INTRUDER = 1\nimport pandas\npandas.set_option('display.precision', 1)\n")
    settings = tmp_path / ".config/matplotlib"
    settings.mkdir(parents=True)
    (settings / "matplotlibrc").write_text("font.size: 30\nlines.linewidth: 9\naxes.facecolor: red\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return tmp_path


def test_settings_of_the_reader_change_no_number_and_no_picture(home):
    here = outputs(WORK)
    assert text(INTRUDER) == "False False\n"
    os.environ["HOME"] = "/"
    assert outputs(WORK) == here


def test_locale_and_time_zone_of_the_reader_change_nothing(monkeypatch):
    code = "import locale, os, time\nprint(locale.getlocale(), time.tzname, f'{1234.5:n}', open(os.devnull).encoding)"
    usual = text(code)
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("LANG", "de_DE.ISO-8859-1")
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    assert text(code) == usual


def test_a_home_that_cannot_be_written_is_not_needed(monkeypatch, capfd):
    monkeypatch.setenv("HOME", "/proc/none")
    assert text("import matplotlib.pyplot\nprint('drawn')") == "drawn\n"
    assert capfd.readouterr().err == ""


def test_a_warning_of_a_notebook_is_told_and_is_no_part_of_the_report(capfd):
    code = "import warnings\nwarnings.warn('odd data')\nprint('page')"
    made = execute("scenario/work", notebook(code), {})
    assert [output["name"] for output in made.cells[-1].outputs] == ["stdout"]
    said = capfd.readouterr().err
    assert said.startswith("scenario/work, cell 2: ")
    assert "odd data" in said
