"""How a piece of work ends in a process of its own, and how several of them share the processors."""

import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

KILLED, SURVIVED, TIMEOUT = "killed", "survived", "timeout"
TOO_LONG = (signal.SIGXCPU, signal.SIGALRM, signal.SIGPROF, signal.SIGKILL)
MEMORY = 6 * 2**30

Item = TypeVar("Item")


def outcome(work: Callable[[], int], seconds: float = 0) -> str:
    """Return how a piece of work ends in a forked process that may take so many seconds, 0 for any."""
    child = os.fork()
    if child == 0:
        end = 1
        try:
            if seconds:
                _limit(seconds)
                for stream in (1, 2):
                    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
            end = work()
        except BaseException as problem:  # a mutant may raise anything
            if not seconds:
                print(repr(problem), file=sys.__stderr__)
        finally:
            os._exit(end)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return TIMEOUT if os.WTERMSIG(status) in TOO_LONG else KILLED
    return SURVIVED if os.WEXITSTATUS(status) == 0 else KILLED


def shared(items: Sequence[Item], workers: int, work: Callable[[Iterable[Item]], None]) -> None:
    """Do the work on the items in so many forked processes; each takes every so-manieth item."""
    children = []
    for place in range(workers):
        child = os.fork()
        if child == 0:
            end = 1
            try:
                work(items[place::workers])
                end = 0
            except BaseException as problem:
                print(repr(problem), file=sys.__stderr__, flush=True)
            finally:
                os._exit(end)
        children.append(child)
    ends = [os.waitpid(child, 0)[1] for child in children]
    assert not any(ends), f"a process did not end well: {ends}"


def _limit(seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(int(4 * seconds) + 1)
