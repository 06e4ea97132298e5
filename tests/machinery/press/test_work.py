"""What an executor is given for a report is what the report is rendered with."""

from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis.machinery.press import work
from analysis.machinery.press.front import Order
from analysis.machinery.press.publish import Job
from analysis.machinery.press.work import Work, called

JOB = Job("scenario", "report", b"", {}, Order())


@pytest.fixture
def asked(monkeypatch):
    found = []
    monkeypatch.setattr(work, "render", lambda job, **options: found.append((job, options)) or {"a": b"b"})
    return found


def test_where_nothing_is_said_a_kernel_has_ten_minutes_for_a_cell_and_is_forked_where_it_can_be(asked):
    assert Work() == Work(cold=False, timeout=600, version="", data=b"", executed=None, again=False, elsewhere=called)
    assert Work()(JOB) == {"a": b"b"}
    assert asked == [(JOB, {"cold": False, "timeout": 600, "executed": None, "again": False})]


def test_how_a_kernel_starts_and_its_time_are_as_asked_for(asked, monkeypatch):
    monkeypatch.setattr(work, "version", lambda: "here")
    assert Work(True, 5, "here", executed=Path("kept"), again=True)(JOB) == {"a": b"b"}
    assert asked == [(JOB, {"cold": True, "timeout": 5, "executed": Path("kept"), "again": True})]


def test_it_is_done_where_it_is_told_to_be(asked):
    assert Work(elsewhere=lambda function: {**function(), "there": b""})(JOB) == {"a": b"b", "there": b""}


def test_data_that_travel_with_the_work_are_those_that_it_is_done_with(asked, monkeypatch):
    @contextmanager
    def unpacked(data):
        assert data == b"packed"
        yield Path("/elsewhere")

    monkeypatch.setattr(work, "unpacked", unpacked)
    assert Work(True, 5, "", b"packed")(JOB) == {"a": b"b"}
    assert asked == [(JOB, {"timeout": 5, "data": Path("/elsewhere")})]
