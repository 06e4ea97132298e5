"""A row answers for other lengths as the tariff of its stack says, and for its own as it was measured."""

import pytest

from analysis.comparison.row_for import row_for
from analysis.comparison.tariff import tariff
from analysis.frontier.stacks import stacks
from analysis.frontier.tariff import Request
from analysis.library.sources import load
from analysis.library.values import Status
from analysis.scenario import Parameters

ASKED = Parameters()
AGENT = Request(12_000, 600, 0.5)


@pytest.fixture(scope="module")
def library():
    return load()


@pytest.fixture(scope="module")
def rows(library):
    curve = next(
        stack for stack in stacks(library, "gb300", as_of=ASKED.as_of) if stack.series == "dynamo-trt fp4 mtp"
    )
    return library.benchmark.loc[curve.curves[8192, 1024].knots.index]


def test_at_its_own_lengths_a_row_delivers_what_was_measured(library, rows):
    for _, row in rows.iterrows():
        found = row_for(library, ASKED, row, Request(8192, 1024))["throughput_per_gpu"]
        assert found.number == row["throughput_per_gpu"]
        assert found.status == Status.MEASURED


def test_requests_in_flight_follow_littles_law(library, rows):
    """In flight are those that come in a second times the seconds that each stays, before and after."""
    for _, row in rows[rows["interactivity_median"].between(40, 200)].dropna(subset="ttft_median").iterrows():
        amounts = {key: value.number for key, value in row_for(library, ASKED, row, AGENT).items() if value}
        before = row["throughput_per_gpu"] / (8192 + 1024) * (row["ttft_median"] + 1024 / row["interactivity_median"])
        stay = amounts["ttft_median"] + 600 / row["interactivity_median"]
        after = amounts["throughput_per_gpu"] / (12_000 + 600) * stay
        assert amounts["concurrency"] / row["concurrency"] == pytest.approx(after / before, rel=1e-9)


def test_a_row_on_the_curve_gives_the_modeled_throughput_of_its_speed(library, rows):
    for _, row in rows[rows["interactivity_median"].between(40, 200)].iterrows():
        found = row_for(library, ASKED, row, AGENT)["throughput_per_gpu"]
        modeled = tariff(library, ASKED, "gb300", interactivity=row["interactivity_median"], request=AGENT)
        assert found.number == pytest.approx(modeled.throughput.number, rel=5e-3)
        assert found.bracket == pytest.approx(modeled.throughput.bracket, rel=2e-2)
        assert found.status == Status.MODELED


def test_what_a_cache_holds_raises_what_a_row_delivers(library, rows):
    row = rows.iloc[2]
    amounts = [
        row_for(library, ASKED, row, Request(12_000, 600, rate))["throughput_per_gpu"].number
        for rate in (0.0, 0.5, 0.9)
    ]
    assert amounts == sorted(amounts)


def test_where_the_tariff_does_not_answer_a_row_does_not_either(library, rows):
    assert row_for(library, ASKED, rows.iloc[0], Request(100_000, 600)) is None
