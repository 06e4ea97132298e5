"""What happens when somebody stops a command: kernels and workers end at once, and the process soon after."""

import os
import signal
import sys
from contextlib import suppress
from threading import Timer
from types import FrameType

SECONDS_TO_CLEAN_UP = 0.5
STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

TRACKER = "multiprocessing.resource_tracker"
"""How the process starts that tidies up after the others; it ends by itself, after them."""


def stop_at_once() -> None:
    """Let each signal that asks a process to end do so, with all that it has started; exit code 128 and its number.

    Temporary files are removed where half a second is enough for it. Reports that are done stand: each file of one is
    replaced whole, and its receipt last.
    """
    for number in STOPS:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    for other in STOPS:
        signal.signal(other, signal.SIG_IGN)
    import psutil

    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # it has ended meanwhile
            if not any(TRACKER in part for part in child.cmdline()):
                child.kill()
    sys.stderr.write("stopped\n")
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what has been cut off complains of it
    last = Timer(SECONDS_TO_CLEAN_UP, os._exit, [128 + number])
    last.daemon = True
    last.start()
    raise SystemExit(128 + number)
