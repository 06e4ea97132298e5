"""A real HTTP server on this machine that answers, and misbehaves in every way that a download must survive."""

import json
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

MEGABYTE = 1_000_000


class Server(ThreadingHTTPServer):
    """Answers by path; `bodies` are answered as they are, everything else is a fault of its own."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme = "https" if tls else "http"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.bodies: dict[str, bytes] = {}
        self.headers: dict[str, dict[str, str]] = {}
        self.requests: Counter[str] = Counter()
        self.queries: list[str] = []
        self.bytes_sent = 0

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error of the server."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.server.requests[address.path] += 1
        self.server.queries.append(address.query)
        if address.path in self.server.bodies:
            more = self.server.headers.get(address.path, {})
            self._answer(200, self.server.bodies[address.path], *more.items())
        elif fault := getattr(self, f"fault_{address.path.split('/')[1].replace('-', '_')}", None):
            with suppress(OSError):
                fault()
        else:
            self._answer(404, b'{"error": "no such page"}')

    def fault_broken(self) -> None:
        self._answer(500, b"broken")

    def fault_recovers(self) -> None:
        first = self.server.requests[self.path] == 1
        self._answer(500 if first else 200, b"broken" if first else b"good")

    def fault_hangs_up(self) -> None:
        self.connection.close()

    def fault_cut_short(self) -> None:
        self._head(200, ("Content-Length", "1000"))
        self.wfile.write(b"[1, 2")

    def fault_spaces(self) -> None:
        self._head(200, ("Content-Length", str(300 * MEGABYTE)))
        for _ in range(300):
            self.wfile.write(b" " * MEGABYTE)
            self.server.bytes_sent += MEGABYTE

    def fault_loop(self) -> None:
        self._redirect("/loop")

    def fault_hop(self) -> None:
        left = int(self.path.rsplit("/", 1)[1])
        self._redirect(f"/hop/{left - 1}" if left else "/good")

    def fault_to_file(self) -> None:
        self._redirect("file:///etc/hostname")

    def fault_to_plain(self) -> None:
        self._redirect(f"http://127.0.0.1:{self.server.server_port}/good")

    def fault_drips_body(self) -> None:
        self._head(200)
        self._drip(b" ")

    def fault_drips_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self._drip(b"x")

    def fault_silent(self) -> None:
        time.sleep(2)

    def _drip(self, piece: bytes) -> None:
        for _ in range(100):
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(0.02)

    def _redirect(self, target: str) -> None:
        self._head(302, ("Location", target), ("Content-Length", "0"))

    def _answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self._head(status, ("Content-Length", str(len(body))), *headers)
        self.wfile.write(body)

    def _head(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Stay quiet."""


@contextmanager
def serving(tls: ssl.SSLContext | None = None, **bodies: object) -> Iterator[Server]:
    """A running server; a keyword `name=value` answers `/name` with the value as JSON, or with bytes as they are."""
    server = Server(tls)
    for name, body in bodies.items():
        server.bodies[f"/{name}"] = body if isinstance(body, bytes) else json.dumps(body).encode()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
