"""What a reader has set for themselves, or the machine around, is no part of a report."""

import os

import pytest

from analysis.library.places import ROOT
from tests.machinery.press.test_preloaded_reports import WORK, outputs, text

CODE = """
import os, sys
import analysis, matplotlib, pandas
print(analysis.__file__, pandas.__file__, matplotlib.rcParams["font.size"], sys.flags.optimize, sys.path)
print(sorted(os.environ.keys() - {"IPYTHONDIR", "MATPLOTLIBRC"}))
"""
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


def test_code_that_others_have_put_in_the_way_of_python_is_not_run(home, monkeypatch):
    usual = text(CODE)
    others = home / "others"
    (others / "analysis").mkdir(parents=True)
    for name in ("analysis/__init__", "sitecustomize", "usercustomize", "pandas", "startup"):
        (others / f"{name}.py").write_text(f"import pathlib\npathlib.Path(r'{home / 'ran'}').touch()\n")
    (others / "matplotlibrc").write_text("font.size: 30\n")
    kernel = home / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text('{"argv": ["false"], "display_name": "own", "language": "python"}')
    for name, value in {
        "PYTHONPATH": others,
        "PYTHONSTARTUP": others / "startup.py",
        "PYTHONOPTIMIZE": 2,
        "MATPLOTLIBRC": others,
        "JUPYTER_PATH": home,
        "SOURCE_DATE_EPOCH": 0,
        "HTTPS_PROXY": "http://192.0.2.1:1",
    }.items():
        monkeypatch.setenv(name, str(value))
    assert text(CODE) == usual
    assert str(ROOT / "analysis") in usual
    assert not (home / "ran").exists()


def test_a_home_that_cannot_be_written_is_not_needed(monkeypatch, capfd):
    monkeypatch.setenv("HOME", "/proc/none")
    assert text("import matplotlib.pyplot\nprint('drawn')") == "drawn\n"
    assert capfd.readouterr().err == ""
