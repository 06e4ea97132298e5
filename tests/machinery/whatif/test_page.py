"""The page is one file that asks for nothing, allows only its own two scripts, and is the same each time."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape

import pytest

from analysis.library.places import ROOT
from analysis.library.sources import SNAPSHOT
from analysis.machinery.press.page import Page
from analysis.machinery.whatif import keep
from analysis.machinery.whatif import page as pages
from analysis.machinery.whatif.page import PARTS, TEMPLATES, page
from analysis.scenario import read_scenario
from tests.support.whatif import html

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def policy():
    (found,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html())
    return {name: words for name, *words in (part.split() for part in unescape(found).split(";"))}


def test_it_is_small_enough_to_send():
    assert len(html().encode()) < 2_500_000


def test_nothing_is_allowed_but_its_own_two_scripts_and_its_style():
    scripts = SCRIPT.findall(html())
    sums = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts]
    assert len(scripts) == 2
    assert policy() == {
        "default-src": ["'none'"],
        "script-src": [f"'sha256-{one}'" for one in sums],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def test_nothing_is_loaded_from_anywhere():
    outside = re.sub(r"<script.*?</script>", "", html(), flags=re.DOTALL)
    assert re.findall(r'(?:src|srcset|data|poster)="([^"]*)"', outside) == []
    assert re.findall(r"url\(|@import|<link|<iframe|<object|<base", outside) == []
    assert re.findall(r"\bon[a-z]+=", outside) == []


def test_data_cannot_end_their_script():
    (held,) = re.findall(r'<script id="data" type="application/json">(.*?)</script>', html(), re.DOTALL)
    assert "<" not in held
    assert json.loads(held)["platforms"]["gb300"] == "GB300 NVL72"
    assert json.loads(pages._json({"name": "</script><b>"})) == {"name": "</script><b>"}


def test_nobody_writes_an_equation_of_the_economics_in_javascript():
    """The page's own parts hold places, widths and percent; the economics' constants stand in none of them."""
    for name in PARTS:
        text = (TEMPLATES / f"{name}.js").read_text(encoding="utf-8")
        assert not re.search(r"3600|86400|1000000|1e6|8760|_per_\w+\s*[*/]|[*/]\s*\w+_per_", text), name


def test_every_part_of_the_script_is_used():
    assert {f"{name}.js" for name in PARTS} == {path.name for path in TEMPLATES.glob("*.js")}


def test_the_vega_libraries_come_with_their_licenses_notice():
    bundle = SCRIPT.findall(html())[1]
    assert "BSD-3-Clause" in bundle[:600]
    assert "window.vegaEmbed" in bundle


def test_numerals_of_the_frame_are_none():
    """Prose around the results holds no figure but the constants of the formulas and dates of sources."""
    reading = html().partition('class="reading"')[2].partition("</section>")[0]
    prose = re.sub(r"<ul.*?</ul>", "", reading, flags=re.DOTALL)
    assert re.findall(r"\d", re.sub(r"<[^>]*>", "", prose)) == []


def test_the_same_figures_make_the_same_page_in_another_process(tmp_path):
    keep = "from analysis.machinery.whatif import keep"
    code = f"import pathlib, sys; {keep}; keep.write(pathlib.Path(sys.argv[1]), sys.argv[2])"
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    subprocess.run([sys.executable, "-c", code, tmp_path, SNAPSHOT], cwd=ROOT, check=True, env=environment)
    assert (tmp_path / "what-if.html").read_text(encoding="utf-8") == html()


def test_a_page_that_fails_leaves_the_last_one(tmp_path, monkeypatch):
    path = tmp_path / "what-if.html"
    path.write_text("the last good page")

    def fails(*_, **__):
        raise ValueError("no page")

    monkeypatch.setattr(pages, "page", fails)
    with pytest.raises(ValueError, match="no page"):
        keep.write(tmp_path, SNAPSHOT)
    assert [one.read_text() for one in tmp_path.iterdir() if one.is_file()] == ["the last good page"]


def test_text_from_the_data_is_escaped(library):
    sources = library.tables["sources"].copy()
    sources.loc[sources["id"] == "inferencex-evals", "title"] = "<script>alert(1)</script>"
    made = page(replace(library, tables={**library.tables, "sources": sources}), read_scenario("published"), "")
    assert "<script>alert" not in made
    assert "&lt;script&gt;alert" in made


def test_headings_and_sources_are_readable_as_a_page():
    words = " ".join(Page(html()).everything)
    for expected in ("How it is computed", "Where the figures were read", "Data from InferenceX"):
        assert expected in words
