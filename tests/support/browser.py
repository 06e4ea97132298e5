"""A headless Chromium that tests drive through its DevTools protocol."""

import atexit
import itertools
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import websocket

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-proxy-server",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0",
)  # fmt: skip
PATIENCE = 30  # seconds


def chromium():
    """Return the path of a Chromium; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Tab:
    """A page in the browser."""

    def __init__(self, address):
        self._socket = websocket.create_connection(address, timeout=PATIENCE, suppress_origin=True)
        self._numbers = itertools.count(1)
        self.events = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.command(f"{domain}.enable")

    def command(self, method, **parameters):
        """Send a command of the protocol and return its result."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (message := json.loads(self._socket.recv())).get("id") != number:
            self.events.append(message)
        assert "error" not in message, message
        return message["result"]

    def open(self, address, *, until="document.readyState === 'complete'"):
        """Go to an address and wait until something holds there."""
        self.command("Page.navigate", url="about:blank")
        self.events.clear()
        self.command("Page.navigate", url=address)
        self.wait(f"location.href !== 'about:blank' && {until}")

    def wait(self, condition):
        """Wait until a JavaScript expression is true."""
        self.until(lambda: self.evaluate(f"Boolean({condition})"), condition)

    def until(self, holds, said="it"):
        """Wait until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"waited in vain for {said}"
            time.sleep(0.02)

    def resize(self, width, height):
        """Give the window a size; a narrow one is a phone's."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.command("Emulation.setDeviceMetricsOverride", **size)

    def words(self):
        """Return the text that is laid out, as a reader sees it, also where scripts may not run."""
        strings = self.command("DOMSnapshot.captureSnapshot", computedStyles=[])
        laid_out = strings["documents"][0]["layout"]["text"]
        return " ".join(strings["strings"][place] for place in laid_out if place >= 0)

    def evaluate(self, expression):
        """Return the value of a JavaScript expression, or what its promise is resolved with."""
        result = self.command("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def press(self, key, code=0, text="", modifiers=0):
        """Press and release a key, named as `KeyboardEvent.key` names it."""
        keyed = {"key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        self.command("Input.dispatchKeyEvent", type="keyDown", text=text, **keyed)
        self.command("Input.dispatchKeyEvent", type="keyUp", **keyed)

    def complaints(self):
        """Return what the browser wrote to its console as errors, thrown or reported."""
        self.evaluate("1")
        thrown = [event["params"] for event in self.events if event["method"] == "Runtime.exceptionThrown"]
        logged = [event["params"]["entry"] for event in self.events if event["method"] == "Log.entryAdded"]
        return thrown + [entry for entry in logged if entry["level"] == "error"]

    def requests(self):
        """Return the addresses that the page asked for."""
        asked = [event["params"] for event in self.events if event["method"] == "Network.requestWillBeSent"]
        return [one["request"]["url"] for one in asked]


@contextmanager
def tab():
    """Yield a page of its own in the browser that this process has started, which is started once."""
    opened = _asked("new?about:blank", method="PUT")
    try:
        yield Tab(opened["webSocketDebuggerUrl"])
    finally:
        _asked(f"close/{opened['id']}")


def _asked(what, method="GET"):
    request = urllib.request.Request(f"http://127.0.0.1:{_port()}/json/{what}", method=method)
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        content = answer.read()
    return json.loads(content) if content.startswith(b"{") else None


@cache
def _port():
    profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    process = subprocess.Popen(
        [chromium(), *FLAGS, f"--user-data-dir={profile.name}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(_end, process, profile)
    file, end = Path(profile.name) / "DevToolsActivePort", time.monotonic() + PATIENCE
    while not (file.is_file() and (lines := file.read_text().split())):
        assert time.monotonic() < end, "Chromium did not start"
        time.sleep(0.02)
    return int(lines[0])


def _end(process, profile):
    process.terminate()
    process.wait(timeout=PATIENCE)
    profile.cleanup()
