"""What the headline leaves out is said of any pair: the market's own speed, and the wait for the first token."""

from dataclasses import replace

import pytest

from analysis.comparison.head_to_head import compare
from analysis.comparison.market import at_the_market
from analysis.scenario import Parameters
from analysis.studies.claims import service
from tests.support.shown import words

LONG = {"input_tokens": 8192, "output_tokens": 1024, "minimum_interactivity": 50.0}


def market(library, asked: Parameters) -> str:
    return words(service.market(library, asked, "their lengths"))


def test_the_published_pair_is_about_four_times_apart_where_the_market_is(library):
    said = market(library, Parameters())
    assert said.startswith("At 35 tok/s/user, where the middle of the market was served as of 2026-02-16")
    assert "HGX H200 cost 4.14x as much as on GB300 NVL72" in said


@pytest.mark.parametrize("other", [LONG, {"baseline": "mi355x"}, {"baseline": "h100", "subject": "b200"}])
def test_the_ratio_at_the_market_is_computed_for_any_pair(library, other):
    asked = Parameters(**other)
    assert at_the_market(library, asked).show() in market(library, asked)


def test_a_pair_that_was_not_measured_there_is_not_compared(library):
    assert "are not compared" in market(library, Parameters(as_of="2025-12-01"))


def test_where_the_market_is_asked_for_nothing_stands_beside_it(library):
    assert service.market(library, Parameters(minimum_interactivity=35.0), "1k/1k") is None


@pytest.mark.parametrize("other", [{}, LONG, {"baseline": "mi355x", "minimum_interactivity": 50.0}])
def test_the_wait_for_the_first_token_is_that_of_the_two_rows(library, other):
    pair = compare(library, Parameters(**other))
    before, after = (side.row["ttft_median"] for side in pair.sides)
    assert f"takes {after / before:.3g}x as long as {pair.baseline.platform.name}" in words(
        service.waits(library, pair)
    )


def test_the_published_rows_wait_five_times_as_long_on_the_faster_platform(library):
    said = words(service.waits(library, compare(library, Parameters())))
    assert "5.47x as long as HGX H200 at these rows: 1.56 s against 0.285 s in the median, and at least" in said
    assert "at least 8.41 s against 4.50 s for the slowest hundredth" in said


def test_a_wait_that_was_not_recorded_is_not_told(library):
    pair = compare(library, Parameters())
    silent = replace(pair.subject, row=pair.subject.row.copy())
    silent.row["ttft_p99"] = float("nan")
    assert service.waits(library, replace(pair, subject=silent)) is None
