"""In a real JupyterLab the guide opens unchanged, a moved slider answers, and the file stays as it is stored."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.library.places import ROOT
from analysis.machinery.starter.stored import stored
from tests.support import browser

pytestmark = pytest.mark.skipif(browser.chromium() is None, reason="no Chromium on this system")

PATIENCE = 120  # seconds, on a machine that does other things, too
GUIDE = "notebooks/guide.ipynb"
PANEL = "jupyterapp.shell.currentWidget"
READY = f"window.jupyterapp && {PANEL} && {PANEL}.sessionContext && {PANEL}.sessionContext.isReady"
BELOW = "document.querySelector('.widget-html-content')"
HANDLE = "document.querySelector('.widget-slider .noUi-handle')"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a JupyterLab whose root is a folder with the guide in it, and the folder."""
    home = tmp_path_factory.mktemp("home")
    root = home / "project"
    (root / "notebooks").mkdir(parents=True)
    shutil.copy(ROOT / GUIDE, root / GUIDE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"--ServerApp.port={port}", f"--ServerApp.root_dir={root}", "--IdentityProvider.token="]
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--expose-app-in-browser",
        *options,
    ]
    around = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "settings")}
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(command, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"{address}/api/status")
        yield address, root
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def tab(lab: tuple[str, Path]) -> Iterator[browser.Tab]:
    with browser.tab() as tab, pytest.MonkeyPatch.context() as patch:
        patch.setattr(browser, "PATIENCE", PATIENCE)
        tab.resize(1440, 1000)
        tab.command("Emulation.setFocusEmulationEnabled", enabled=True)
        tab.open(f"{lab[0]}/lab/tree/{GUIDE}?reset", until=READY)
        yield tab


def command(tab: browser.Tab, name: str) -> None:
    tab.evaluate(f"jupyterapp.commands.execute('{name}').then(() => null)")


def test_the_guide_opens_without_becoming_dirty(lab: tuple[str, Path], tab: browser.Tab) -> None:
    tab.wait(f"{PANEL}.sessionContext.kernelDisplayStatus === 'idle'")
    command(tab, "docmanager:save")
    assert stored((lab[1] / GUIDE).read_bytes()) == (ROOT / GUIDE).read_bytes()
    if sys.version_info[:3] == (3, 11, 7):  # the version that the stored notebooks name
        assert tab.evaluate(f"{PANEL}.context.model.dirty") is False
        assert (lab[1] / GUIDE).read_bytes() == (ROOT / GUIDE).read_bytes()


def test_a_slider_that_is_moved_shows_another_number_and_another_picture(tab: browser.Tab) -> None:
    command(tab, "notebook:run-all-cells")
    tab.wait(f"{HANDLE} && {BELOW} && {BELOW}.querySelector('img')")
    tab.wait(f"{BELOW}.textContent.includes('at least 116 tok/s/user')")
    picture = tab.evaluate(f"{BELOW}.querySelector('img').src")
    tab.evaluate(f"{HANDLE}.focus()")
    tab.press("ArrowLeft", 37)
    tab.wait(f"{BELOW}.textContent.includes('at least 115.5 tok/s/user')")
    assert tab.evaluate(f"{BELOW}.querySelector('img').alt").startswith("Cost along both curves; at 115.5 tok/s/user")
    assert tab.evaluate(f"{BELOW}.querySelector('img').src") != picture


def test_what_lab_saves_after_running_is_stored_as_it_was(lab: tuple[str, Path], tab: browser.Tab) -> None:
    command(tab, "docmanager:save")
    saved = (lab[1] / GUIDE).read_bytes()
    assert b'"execution_count": 1' in saved
    assert stored(saved) == (ROOT / GUIDE).read_bytes()


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()
            return
        except OSError:
            assert time.monotonic() < end, f"waited in vain for {address}"
            time.sleep(0.2)
