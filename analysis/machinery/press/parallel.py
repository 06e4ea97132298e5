"""Hands tasks to an executor, a few ahead of those that are done, so that neither they nor their results pile up."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from threading import Thread
from typing import TypeVar

Task = TypeVar("Task")
Made = TypeVar("Made")


def completed(
    executor: Executor, work: Callable[[Task], Made], tasks: Iterable[Task], ahead: int
) -> Iterator[tuple[Task, Future[Made]]]:
    """Yield each task with what becomes of it, as they finish; of those that have finished by then, in their order.

    Whoever stops asking cancels the tasks that have not begun.

    Args:
        executor: Where the work is done.
        work: What is done with a task; it travels there with each.
        tasks: Asked for one by one.
        ahead: How many wait or run at most.
    """
    waiting: dict[Future[Made], Task] = {}
    try:
        for task in tasks:
            waiting[executor.submit(work, task)] = task
            if len(waiting) >= ahead:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)
    finally:
        for future in waiting:
            future.cancel()


def _done(waiting: dict[Future[Made], Task]) -> Iterator[tuple[Task, Future[Made]]]:
    done = wait(waiting, return_when=FIRST_COMPLETED).done
    for future in [one for one in waiting if one in done]:
        yield waiting.pop(future), future


def ends_with_parent() -> None:
    """Make a worker process end when the one that started it does, however that one ends; it would wait forever."""
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=follow, daemon=True).start()
