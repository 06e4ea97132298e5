"""Tasks are handed out a few ahead, and come back as they finish."""

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import Event

from analysis.machinery.press.parallel import completed


class Here(Executor):
    """Does what it is given at once."""

    def submit(self, work, /, *arguments, **named):
        future = Future()
        future.set_result(work(*arguments, **named))
        return future


def test_what_has_finished_comes_in_the_order_of_the_tasks():
    found = [task for task, _ in completed(Here(), str, range(200), 50)]
    assert found == list(range(200))


def test_what_finishes_first_comes_first():
    gate = Event()
    with ThreadPoolExecutor(2) as executor:
        results = completed(executor, lambda task: gate.wait() if task == 0 else task, range(2), 2)
        assert next(results)[0] == 1
        gate.set()
        assert [task for task, _ in results] == [0]
