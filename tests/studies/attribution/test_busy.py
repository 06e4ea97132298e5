"""How busy GPUs are follows from the day, and goodput from rows that keep both limits."""

import csv
import io

import pytest

from analysis.studies.attribution import tables


def rows(shown):
    return list(csv.DictReader(io.StringIO(shown.report["csv"])))


@pytest.fixture(scope="module")
def busy(study):
    return study("published").busy


def test_the_busiest_day_needs_most_gpus_and_uses_them_least(busy):
    found = [row for row in rows(tables.busy.day(busy)) if row["Platform"] == "HGX H200"]
    peaks, gpus, used = (
        [float(row[head]) for row in found] for head in ("Peak over mean", "GPUs at the peak", "Utilization")
    )
    assert len(found) == 5
    assert peaks.index(max(peaks)) == gpus.index(max(gpus)) == used.index(min(used))
    assert all(float(row["Quietest hour (tok/s/user)"]) >= 116 for row in found)


def test_goodput_within_a_wait_is_at_most_that_without(busy):
    for tails in busy.tails:
        loose, strict = tails.speed_kept, tails.both_kept
        assert loose.row["interactivity_p99"] >= tails.level.number
        if strict:
            assert strict.row["ttft_p99"] <= busy.wait.number
            assert strict.throughput.number <= loose.throughput.number
    assert len(rows(tables.busy.goodput(busy))) == 6


def test_where_nothing_serves_there_is_no_day(study):
    beyond = study("published").busy
    none = type(beyond)(beyond.library, beyond.conditions.model_copy(update={"minimum_interactivity": 9e5}))
    assert tables.busy.day(none) is None
