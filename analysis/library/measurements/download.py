"""Downloads one document within limits of time, size, attempts and redirects, or says why it could not."""

import asyncio
from dataclasses import dataclass

import httpx

from analysis.errors import InputError
from analysis.library.loading.fields import excerpt

HEADERS = {"User-Agent": "cost-per-token", "Accept-Encoding": "gzip"}
SHOWN_BYTES = 1_000
BROKEN = (httpx.NetworkError, httpx.ConnectTimeout, httpx.RemoteProtocolError)


class DownloadError(InputError):
    """A document could not be downloaded."""


class _PassingError(Exception):
    """A failure that another attempt may not meet."""


@dataclass(frozen=True)
class Limits:
    """How far a download may go."""

    step_seconds: float = 20  # for each step: to connect, and to wait for the next bytes
    total_seconds: float = 180  # for all of it, attempts and waits included
    content_bytes: int = 100_000_000  # size of the document, decompressed
    attempts: int = 4  # how often a server error or a broken connection is tried, at most
    first_wait_seconds: float = 1  # before the second attempt; doubled before each further one
    redirects: int = 5  # how many are followed


def download(url: str, limits: Limits | None = None) -> bytes:
    """Return the content of a document, decompressed. TLS certificates are verified.

    Must not be called from within a running event loop.

    Args:
        url: Its address, http or https; an https address is never left for http.
        limits: How far to go; as `Limits()` where not given.

    Raises:
        DownloadError: A limit was reached, or the server or the connection failed for good.
    """
    return asyncio.run(_within(url, limits or Limits()))


async def _within(url: str, limits: Limits) -> bytes:
    address = _allowed(url)
    try:
        # The client limits each step only, and a server that drips makes no end of steps.
        async with (
            asyncio.timeout(limits.total_seconds),
            httpx.AsyncClient(timeout=limits.step_seconds, headers=HEADERS) as client,
        ):
            return await _persistently(client, address, limits)
    except TimeoutError:
        raise DownloadError(f"{url}: not finished within {limits.total_seconds:g} s") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:  # where a redirect leads may be no address at all
        raise DownloadError(f"{address}: {_named(error)}") from None


async def _persistently(client: httpx.AsyncClient, address: httpx.URL, limits: Limits) -> bytes:
    attempt, wait = 1, limits.first_wait_seconds
    while True:
        try:
            return await _followed(client, address, limits)
        except (_PassingError, *BROKEN) as error:
            final = attempt == limits.attempts or "CERTIFICATE_VERIFY_FAILED" in str(error)
            if final:
                raise DownloadError(f"{address}: {_named(error)}; attempts: {attempt}") from None
        await asyncio.sleep(wait)
        attempt, wait = attempt + 1, 2 * wait


async def _followed(client: httpx.AsyncClient, address: httpx.URL, limits: Limits) -> bytes:
    start = address
    for _ in range(limits.redirects + 1):
        async with client.stream("GET", address) as response:
            if response.next_request is None:
                return await _content(response, limits)
            address = _allowed(str(response.next_request.url), before=address)
    raise DownloadError(f"{start}: more than {limits.redirects} redirects, the last one to {address}")


async def _content(response: httpx.Response, limits: Limits) -> bytes:
    # A packed chunk becomes at most a thousand times as large in memory; packed again, a million times.
    if (packing := response.headers.get("Content-Encoding", "identity").lower()) not in ("gzip", "identity"):
        raise DownloadError(f"{response.url}: found content packed as {excerpt(packing)}; allowed is gzip, once")
    status = f"answered {response.status_code} {response.reason_phrase}"
    if response.is_server_error:
        raise _PassingError(status)
    if response.status_code != httpx.codes.OK:
        beginning = await _up_to(response, SHOWN_BYTES)
        raise DownloadError(f"{response.url}: {status}: {excerpt(beginning.decode(errors='replace'))}")
    content = await _up_to(response, limits.content_bytes)
    if len(content) > limits.content_bytes:
        raise DownloadError(f"{response.url}: more than the {limits.content_bytes:,} bytes that are allowed")
    return content


async def _up_to(response: httpx.Response, size: int) -> bytes:
    """Return the content, or where it is longer than the size a beginning that is too; the rest is not read."""
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > size:
            break
    return bytes(content)


def _allowed(url: str, before: httpx.URL | None = None) -> httpx.URL:
    try:
        address = httpx.URL(url)
        host, port = address.host, address.port
    except (httpx.InvalidURL, UnicodeError) as error:  # the latter of names in other scripts
        raise DownloadError(f"{excerpt(url)}: not an address: {error}") from None
    if address.userinfo:
        raise DownloadError(f"{host}: found a name or a password in the address, allowed is one that all may see")
    if port is not None and not 0 < port < 65_536:
        raise DownloadError(f"{excerpt(url)}: found port {port}, allowed are 1 to 65,535")
    schemes = ("https",) if before and before.scheme == "https" else ("https", "http")
    if address.scheme not in schemes or not host:
        origin = f"{before} leads to " if before else ""
        raise DownloadError(f"{origin}{excerpt(url)}; allowed is an address of {' or '.join(schemes)}")
    return address


def _named(error: Exception) -> str:
    """Return what happened; the library leaves some messages empty."""
    is_foreign = isinstance(error, httpx.HTTPError | httpx.InvalidURL)
    return f"{type(error).__name__}: {error}" if is_foreign else str(error)
