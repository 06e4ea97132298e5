"""Tests of the script that draws charts: it is put together once, and once only where two ask at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis.machinery.whatif import vega


def test_it_is_put_together_once_for_all_who_ask_and_an_older_one_goes(tmp_path, monkeypatch):
    made = []

    def together():
        made.append("again")
        return b"let vegaEmbed;"

    monkeypatch.setattr(vega, "_together", together)
    monkeypatch.setattr(vega, "SHARED", tmp_path / "none")
    older = tmp_path / "kept" / "vega-0.js"
    older.parent.mkdir()
    older.write_text("old", encoding="utf-8")
    with ThreadPoolExecutor(2) as both:
        assert [*both.map(vega.vega, [tmp_path / "kept"] * 4)] == ["let vegaEmbed;"] * 4
    assert made == ["again"]
    assert not older.exists()
    assert vega.vega() == "let vegaEmbed;"


def test_what_an_environment_keeps_is_taken_and_nothing_is_put_together(tmp_path, monkeypatch):
    monkeypatch.setattr(vega, "SHARED", tmp_path / "share")
    subprocess.run([sys.executable, "-I", vega.__file__, tmp_path / "share"], check=True)
    monkeypatch.setattr(vega, "_together", lambda: pytest.fail("it is there"))
    assert "vegaEmbed" in vega.vega(tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
