"""Builds again whenever a file is saved, and shows the page in a browser that reloads it: on this machine alone."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from analysis.library.loading.file import files
from analysis.library.places import DATA, PACKAGE

OPTION = "--watch"
EVERY_SECONDS = 0.2
COUNT = "/.builds"
FRAME = """<!doctype html><meta charset="utf-8"><title>Watched</title>
<style>html,body,iframe{margin:0;border:0;width:100%;height:100%;display:block}</style>
<iframe title="Report" src="PAGE"></iframe>
<script>
let before = "";
setInterval(async () => {
  const now = await fetch("COUNT", {cache: "no-store"}).then((answer) => answer.text(), () => before);
  if (before && now !== before) document.querySelector("iframe").contentWindow.location.reload();
  before = now;
}, 500);
</script>
"""


class _Pages(SimpleHTTPRequestHandler):
    """The folder of all reports, a frame around a page, and how often it was built."""

    def __init__(self, *given: Any, frame: str, built: list[int], **more: Any) -> None:
        self.own = {"/": ("text/html; charset=utf-8", frame), COUNT: ("text/plain", "")}
        self.built = built
        super().__init__(*given, **more)

    def do_GET(self) -> None:
        kind, text = self.own.get(self.path, ("", ""))
        if not kind:
            del self.headers["If-Modified-Since"]  # it counts whole seconds, in which a page can be built twice
            super().do_GET()
            return
        content = (text or str(len(self.built))).encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""


def watch(page: str, output: Path, also: Sequence[Path], told: Callable[[str], None]) -> None:
    """Build as this process was told to, again at each change, until the process is stopped.

    Each build is a process of its own, so that changed modules count.
    """
    built: list[int] = []
    frame = FRAME.replace("PAGE", page).replace("COUNT", COUNT)
    output.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, directory=str(output), frame=frame, built=built))
    Thread(target=server.serve_forever, daemon=True).start()
    command = [sys.executable, "-m", PACKAGE.name, *(word for word in sys.argv[1:] if word != OPTION)]
    told(f"watching; http://127.0.0.1:{server.server_port}/ shows the page; Ctrl-C ends it")
    for _ in changes(also):
        subprocess.run(command, check=False)  # noqa: S603 - this very command
        built.append(1)


def changes(also: Iterable[Path], every: float = EVERY_SECONDS) -> Iterator[None]:
    """Yield at once, and again after each change of a file of data or code, or another one that matters."""
    before: dict[Path, tuple[int, int]] = {}
    while True:
        now = dict(_seen([*files(PACKAGE), *files(DATA), *also]))
        if now != before:
            yield
        before = now
        time.sleep(every)


def _seen(paths: Iterable[Path]) -> Iterator[tuple[Path, tuple[int, int]]]:
    for path in paths:
        try:
            about = path.stat()
            yield path, (about.st_mtime_ns, about.st_size)
        except OSError:  # it is being replaced
            continue
