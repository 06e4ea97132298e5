"""Where tasks are done: threads here, a Dask cluster that runs already, or worker processes started here."""

import re
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from analysis.errors import InputError

LOCAL = re.compile(r"local:([1-9][0-9]{0,3})")
AHEAD = 4  # how many tasks wait or run for each thread of the cluster: enough to keep it busy
SECONDS_TO_CONNECT = 30
EXTRA = "'dask[distributed]' cryptography"


def optional(module: str, wanted_by: str) -> Any:
    """Return an optional module.

    Raises:
        InputError: It is not installed; the message says how to.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise InputError(
            f"{wanted_by} needs the package {error.name}, which is not installed; "
            f"install it with: uv pip install {EXTRA}"
        ) from None


@contextmanager
def threads(workers: int) -> Iterator[tuple[Executor, int]]:
    """Yield threads of this process, and how many tasks they are given at a time."""
    with ThreadPoolExecutor(workers) as executor:
        yield executor, 2 * workers


@contextmanager
def connected(address: str) -> Iterator[tuple[Executor, int]]:
    """Yield an executor of a cluster, and how many tasks it is given at a time.

    A task of a worker that dies is done again by another worker.

    Args:
        address: Of a scheduler, such as "tcp://10.0.0.1:8786", or "local:N" for N processes here, which talk by TLS
            with keys of their own. What runs at an address is believed, and anybody who reaches it can run code
            there: without TLS it is for a trusted network.

    Raises:
        InputError: Dask is not installed, the address cannot be read, or no scheduler answers.
    """
    distributed = optional("distributed", "--dask")
    with _client(distributed, address) as client:
        threads = sum(client.nthreads().values())
        with client.get_executor(pure=False, retries=2) as executor:
            yield executor, AHEAD * max(threads, 1)


@contextmanager
def _client(distributed: Any, address: str) -> Iterator[Any]:
    local = LOCAL.fullmatch(address)
    if local:
        optional("cryptography", "--dask local:N")
        options = {"n_workers": int(local[1]), "threads_per_worker": 1, "dashboard_address": None}
        with (
            # With keys of its own: who else is on this machine reaches the ports, too, and could run code here.
            distributed.LocalCluster(**options, security=True) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = distributed.Client(address, timeout=SECONDS_TO_CONNECT)
    except (OSError, TypeError, ValueError) as error:  # as its kinds of address complain
        reason = str(error) or type(error).__name__
        raise InputError(
            f"--dask {address}: no scheduler answers ({reason}); allowed is its address, or local:N"
        ) from None
    with client:
        yield client
