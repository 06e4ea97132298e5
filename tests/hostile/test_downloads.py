"""A server that lies, loops or floods leaves a refusal with its address, and no snapshot."""

import gzip
import json

import pytest

from analysis.library.loading.fields import parse_json
from analysis.library.measurements.download import Limits, download
from tests.hostile.refusals import refusal, tree
from tests.support.answers import results, shipped
from tests.support.loopback import serving

QUICK = Limits(
    step_seconds=1, total_seconds=5, content_bytes=100_000, attempts=2, first_wait_seconds=0.01, redirects=3
)
ADDRESSES = {
    "a port beyond all": ("http://127.0.0.1:99999/", "found port 99999, allowed are 1 to 65,535"),
    "port 0": ("http://127.0.0.1:0/", "found port 0, allowed are 1 to 65,535"),
    "a port below 0": ("http://127.0.0.1:-1/", "found port -1, allowed are"),
    "a name and a password": ("http://user:secret@127.0.0.1/", "found a name or a password in the address"),
    "a name alone": ("https://user@example.org/", "found a name or a password in the address"),
    "a host turned around": ("http://\u202egro.elpmaxe/", "not an address: Invalid IDNA hostname: '\\u202egro.elpma"),
    "a host in wide digits": ("http://\uff11\uff12\uff17.0.0.1/", "not an address: Invalid IDNA hostname"),
    "a host in a code of no letters": ("http://xn--a/", "not an address: Codepoint U+0080"),
    "half a character": ("http://127.0.0.1/\ud800", "not an address: "),
    "an open bracket": ("http://[::1", "not an address: "),
    "a bracket of letters": ("http://[zz]/", "not an address: Invalid IPv6 address"),
    "a second head": ("http://127.0.0.1\r\nX: y/", "not an address: Invalid non-printable ASCII character in URL"),
    "an address that colors": ("http://127.0.0.1/\x1b[31m", "not an address: Invalid non-printable ASCII character"),
    "an address without end": (f"http://127.0.0.1/{'x' * 100_000}", "not an address: URL too long"),
    "no host": ("http:///etc/passwd", "allowed is an address of https or http"),
    "no scheme": ("//127.0.0.1/", "allowed is an address of https or http"),
    "data": ("data:application/json,[]", "allowed is an address of https or http"),
    "a script": ("javascript:alert(1)", "allowed is an address of https or http"),
    "another transport": ("gopher://127.0.0.1/", "allowed is an address of https or http"),
}
GZIP = {"Content-Encoding": "gzip"}
ANSWERS = {
    "what is not packed": (b"[]", GZIP, "DecodingError: "),
    "packed twenty times": (gzip.compress(b"[]"), {"Content-Encoding": ", ".join(["gzip"] * 20)}, "allowed is gzi"),
    "a packed megabyte of blanks": (gzip.compress(b" " * 10**6), GZIP, "more than the 100,000 bytes that are allowe"),
    "packed twice to a megabyte": (
        gzip.compress(gzip.compress(b" " * 10**6)), {"Content-Encoding": "gzip, gzip"},
        "found content packed as 'gzip, gzip'; allowed is gzip, once",
    ),
    "cut off while packed": (gzip.compress(b"[" + b"0," * 9_000)[:30], GZIP, "not readable as JSON: "),
    "another packing": (b"\x28\xb5\x2f\xfd", {"Content-Encoding": "zstd"}, "found content packed as 'zstd'"),
    "a page of the web": (b"<html>\x1b[31mbusy</html>", {"Content-Type": "text/html"}, "not readable as JSON: expec"),
    "Latin-1": ('["\xe9"]'.encode("latin-1"), {"Content-Type": "application/json; charset=latin-1"}, "not readable"),
    "UTF-16": ("[]".encode("utf-16"), {"Content-Type": "application/json; charset=utf-16"}, "not readable as JSON: "),
    "nothing": (b"", {}, "not readable as JSON: EOF while parsing"),
    "the first half": (b'[{"model": "dsr1", "hard', {}, "not readable as JSON: EOF while parsing"),
    "a key twice": (b'[{"conc": 1, "conc": 2}]', {}, "not readable as JSON: the key 'conc' stands twice"),
    "a number that is none": (b"[NaN]", {}, "not readable as JSON: expected value"),
    "more than a number can be": (b"[1e400]", {}, "not readable as JSON: found the number 1e400"),
    "brackets without end": (b"[" * 50_000, {}, "not readable as JSON: recursion limit exceeded"),
    "a head without end": (b"[]", {"X": "y" * 200_000}, "RemoteProtocolError: "),
}  # fmt: skip
REDIRECTS = {
    "a file": ("file:///etc/passwd", "leads to 'file://"),
    "a script": ("javascript:alert(1)", "InvalidURL: "),
    "data": ("data:application/json,[]", "InvalidURL: "),
    "a port beyond all": ("http://127.0.0.1:99999/", "found port 99999, allowed are 1 to 65,535"),
    "a name and a password": ("http://user:secret@127.0.0.1/", "found a name or a password in the address"),
    "itself": ("", "more than 3 redirects, the last one to http://127.0.0.1:"),
    "an address without end": ("/x?" + "y" * 60_000, "answered 404"),
}


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(scope="module")
def server():
    with serving() as running:
        yield running


@pytest.mark.parametrize(("address", "said"), ADDRESSES.values(), ids=ADDRESSES)
def test_what_is_no_address_is_refused_unasked(address, said):
    message = refusal(download, address, QUICK)
    assert said in message
    assert "secret" not in message


@pytest.mark.parametrize(("body", "headers", "said"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_is_none_is_refused_with_its_address(server, body, headers, said):
    server.bodies["/answer"], server.headers["/answer"] = body, headers
    url = f"{server.url}/answer"
    message = refusal(lambda: parse_json(download(url, QUICK), url))
    assert message.startswith(url)
    assert said in message


def test_a_refused_page_that_is_packed_twice_is_not_unpacked(server, monkeypatch):
    handler = server.RequestHandlerClass
    twice = ("Content-Encoding", "gzip, gzip")
    packed = gzip.compress(gzip.compress(b" " * 10**6))
    monkeypatch.setattr(handler, "fault_packed", lambda self: self._answer(404, packed, twice), raising=False)
    assert "packed as 'gzip, gzip'" in refusal(download, f"{server.url}/packed", QUICK)


@pytest.mark.parametrize(("target", "said"), REDIRECTS.values(), ids=REDIRECTS)
def test_a_redirect_that_leads_astray_is_not_followed(server, monkeypatch, target, said):
    handler = server.RequestHandlerClass
    monkeypatch.setattr(handler, "fault_astray", lambda self: self._redirect(target), raising=False)
    message = refusal(download, f"{server.url}/astray", QUICK)
    assert said in message
    assert "secret" not in message


def answer(**changes):
    return [{**result, **changes} for result in results(shipped().head(2))]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "not readable as JSON: expected value"),
        (json.dumps(answer(hardware="gb3\u043e0")).encode(), "hardware gb3\u043e0: did you mean 'gb300'?"),
        (json.dumps(answer(model="=A1")).encode(), "[0].model: found '=A1'; a spreadsheet would compute it"),
        (json.dumps(answer(image="a\nb")).encode(), "[0].image: found 'a\\nb'; the control character"),
        (json.dumps(answer(date="9999-01-01")).encode(), "[0].date: found '9999-01-01'; must be a day"),
        (json.dumps({"results": answer()}).encode(), "found {'results': [{"),
    ],
)
def test_what_a_server_answers_wrongly_leaves_no_snapshot(server, data, run, content, said):
    server.bodies["/benchmarks"] = content
    before = tree(data)
    told = run("fetch", "--base-url", server.url, "--data", data)
    assert told.code == 2
    assert said in told.err
    assert tree(data) == before
