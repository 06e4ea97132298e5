import gzip
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from socket import create_server

import pytest

from analysis.errors import InputError
from analysis.library.measurements.download import DownloadError, Limits, download
from tests.support.loopback import MEGABYTE, Server, serving

QUICK = Limits(
    step_seconds=1, total_seconds=5, content_bytes=MEGABYTE, attempts=3, first_wait_seconds=0.01, redirects=3
)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(good=b"good", full=b"x" * MEGABYTE, over=b"x" * (MEGABYTE + 1)) as running:
        yield running


def test_unless_told_otherwise_a_download_goes_no_further_than_this() -> None:
    assert Limits() == Limits(
        step_seconds=20, total_seconds=180, content_bytes=100_000_000, attempts=4, first_wait_seconds=1, redirects=5
    )


def test_a_document_comes_as_it_was_sent(server: Server) -> None:
    assert download(f"{server.url}/good", QUICK) == b"good"


def test_a_server_error_is_tried_again_and_the_next_answer_taken(server: Server) -> None:
    assert download(f"{server.url}/recovers", QUICK) == b"good"
    assert server.requests["/recovers"] == 2


def test_a_lasting_server_error_is_tried_no_more_than_allowed(server: Server) -> None:
    with pytest.raises(DownloadError, match=r"/broken: answered 500 Internal Server Error; attempts: 3"):
        download(f"{server.url}/broken", QUICK)
    assert server.requests["/broken"] == 3


def test_waits_double_from_one_attempt_to_the_next(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("analysis.library.measurements.download.asyncio.sleep", sleep)
    with pytest.raises(DownloadError):
        download(f"{server.url}/broken", Limits(attempts=5, first_wait_seconds=0.5))
    assert waited == [0.5, 1, 2, 4]


def test_a_page_that_is_not_there_is_asked_for_once_and_its_words_are_told(server: Server) -> None:
    with pytest.raises(DownloadError, match=r"answered 404 Not Found: '\{\"error\": \"no such page\"\}'"):
        download(f"{server.url}/missing", QUICK)
    assert server.requests["/missing"] == 1


@pytest.mark.parametrize("path", ["/hangs-up", "/cut-short"])
def test_a_connection_that_breaks_is_tried_again_and_never_taken_for_an_answer(server: Server, path: str) -> None:
    with pytest.raises(DownloadError, match=r"RemoteProtocolError: .*; attempts: 3"):
        download(server.url + path, QUICK)
    assert server.requests[path] == 3


def test_a_server_that_is_not_there_is_named(server: Server) -> None:
    with closing(create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(DownloadError, match=rf"127.0.0.1:{port}/: ConnectError: .*; attempts: 3"):
        download(f"http://127.0.0.1:{port}/", QUICK)


def test_a_document_of_the_allowed_size_comes_and_one_byte_more_does_not(server: Server) -> None:
    assert len(download(f"{server.url}/full", QUICK)) == MEGABYTE
    with pytest.raises(DownloadError, match="more than the 1,000,000 bytes that are allowed"):
        download(f"{server.url}/over", QUICK)


def test_three_hundred_megabytes_are_left_after_the_first(server: Server) -> None:
    with pytest.raises(DownloadError, match="more than the 1,000,000 bytes"):
        download(f"{server.url}/spaces", QUICK)
    assert server.requests["/spaces"] == 1
    assert server.bytes_sent < 30 * MEGABYTE  # what fits into the socket's buffers is sent before anybody reads


def test_the_limit_holds_for_what_a_compressed_answer_unpacks_to(server: Server) -> None:
    packed = gzip.compress(b" " * (20 * MEGABYTE))
    assert len(packed) < MEGABYTE
    server.bodies["/bomb"] = packed
    server.headers["/bomb"] = {"Content-Encoding": "gzip"}
    with pytest.raises(DownloadError, match="more than the 1,000,000 bytes"):
        download(f"{server.url}/bomb", QUICK)


def test_as_many_redirects_as_allowed_are_followed(server: Server) -> None:
    assert download(f"{server.url}/hop/2", QUICK) == b"good"
    with pytest.raises(DownloadError, match=r"more than 3 redirects, the last one to .*/hop/0"):
        download(f"{server.url}/hop/4", QUICK)


def test_a_redirect_loop_ends(server: Server) -> None:
    with pytest.raises(DownloadError, match="more than 3 redirects"):
        download(f"{server.url}/loop", QUICK)
    assert server.requests["/loop"] == 4


def test_a_redirect_leads_only_to_the_web(server: Server) -> None:
    with pytest.raises(DownloadError, match=r"leads to 'file://.*'; allowed is an address of https or http"):
        download(f"{server.url}/to-file", QUICK)


@pytest.mark.parametrize("path", ["/drips-body", "/drips-head"])
def test_a_server_that_drips_does_not_outlast_the_whole_time(server: Server, path: str) -> None:
    with pytest.raises(DownloadError, match=r"not finished within 0.2 s"):
        download(server.url + path, Limits(step_seconds=1, total_seconds=0.2))
    assert server.requests[path] == 1


def test_a_server_that_says_nothing_is_left_after_a_step(server: Server) -> None:
    with pytest.raises(DownloadError, match="ReadTimeout"):
        download(f"{server.url}/silent", Limits(step_seconds=0.1, total_seconds=5))
    assert server.requests["/silent"] == 1


def test_waiting_counts_as_time(server: Server) -> None:
    with pytest.raises(DownloadError, match=r"not finished within 0.1 s"):
        download(f"{server.url}/broken", Limits(total_seconds=0.1, first_wait_seconds=60))


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/", "file:///etc/hostname", "inferencex", "http://", "http://host:port/", ""]
)
def test_only_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(InputError, match="address"):
        download(url, QUICK)


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Server]:
    if not (openssl := shutil.which("openssl")):
        pytest.skip("needs the openssl command to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subprocess.run(
        [openssl, "req", "-x509", *kind, *subject, "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(tls=context, good=b"good") as running:
        yield running


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(secure: Server) -> None:
    with pytest.raises(DownloadError, match=r"CERTIFICATE_VERIFY_FAILED.*; attempts: 1"):
        download(f"{secure.url}/good", QUICK)
    assert not secure.requests


def test_https_is_never_left_for_http(secure: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    assert download(f"{secure.url}/good", QUICK) == b"good"
    with pytest.raises(DownloadError, match=r"https://.* leads to 'http://.*'; allowed is an address of https"):
        download(f"{secure.url}/to-plain", QUICK)
