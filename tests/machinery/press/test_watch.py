"""While somebody writes, each save is a build, and the page that is open shows it."""

import subprocess
import sys
import threading
import urllib.request

import pytest

from analysis.machinery.press import watch
from analysis.machinery.press.watch import changes
from tests.support import browser


class StoppedError(Exception):
    """Somebody pressed Ctrl-C."""


def test_a_change_is_one_build_and_no_change_is_none(tmp_path, monkeypatch):
    path, waited = tmp_path / "notebook.ipynb", []
    monkeypatch.setattr(watch, "files", lambda folder: [])

    def wait(seconds):
        waited.append(seconds)
        if len(waited) == 3:
            path.write_text("saved")
        if len(waited) > 6:
            raise StoppedError

    monkeypatch.setattr(watch.time, "sleep", wait)
    path.write_text("")
    seen = []
    with pytest.raises(StoppedError):
        seen.extend(len(waited) for _ in changes([path, tmp_path / "not there"]))
    assert seen == [0, 3]


def test_the_page_stands_in_a_frame_that_knows_how_often_it_was_built(tmp_path, monkeypatch):
    output, built, told = tmp_path / "output", [], []

    def run(command, check):
        built.append((command, {path: get(path) for path in ("/", "/.builds")}))
        (output / "published").mkdir(exist_ok=True)
        (output / "published/one.html").write_text(f"<p>Build {len(built)}")

    def get(path):
        address = told[0].split()[1] + path.removeprefix("/")
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address) as answer:
            return answer.read().decode()

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(watch, "changes", lambda also: iter([None, None]))
    monkeypatch.setattr(sys, "argv", ["analysis", "report", "one", "--watch", "--html-only"])
    watch.watch("published/one.html", output, [], told.append)
    assert [command[1:] for command, _ in built] == [["-m", "analysis", "report", "one", "--html-only"]] * 2
    assert [answers["/.builds"] for _, answers in built] == ["0", "1"]
    assert 'src="published/one.html"' in built[0][1]["/"]
    assert get("/.builds") == "2"
    assert get("/published/one.html") == "<p>Build 2"
    address = f"{told[0].split()[1]}published/one.html"
    later = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}  # as of a page built in the same second
    with urllib.request.urlopen(urllib.request.Request(address, headers=later)) as answer:
        assert answer.status == 200


@pytest.mark.skipif(browser.chromium() is None, reason="no Chromium on this system")
def test_the_page_that_is_open_shows_a_word_that_is_saved(tmp_path, monkeypatch):
    words, page, told, over = tmp_path / "words.md", tmp_path / "output/one.html", [], threading.Event()
    words.write_text("written")

    def until_over(also):
        for _ in changes(also, every=0.05):
            if over.is_set():
                return
            yield

    monkeypatch.setattr(watch, "files", lambda folder: [])
    monkeypatch.setattr(watch, "changes", until_over)
    watching = threading.Thread(target=watch.watch, args=("one.html", page.parent, [words], told.append), daemon=True)
    with browser.tab() as tab:
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: page.write_text(f"<p>{words.read_text()}"))
        watching.start()
        tab.until(page.exists)
        tab.open(told[0].split()[1])
        shown = "document.querySelector('iframe').contentDocument.body?.innerText.includes('{}')"
        tab.wait(shown.format("written"))
        tab.wait("before !== ''")  # the page knows how often it was built
        words.write_text("mended, and saved")
        tab.wait(shown.format("mended, and saved"))
    over.set()
    words.write_text("")
    watching.join()
