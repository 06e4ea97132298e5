"""Equal terms bind both sides, and a side that cannot keep them is said to be missing, never replaced."""

import pytest

from analysis.comparison.advantage import Advantage
from analysis.frontier.limits import InfeasibleError
from analysis.scenario import Parameters
from analysis.studies.benchmark.like_for_like import NOT_MEASURED, NOT_SERVED, TERMS, like_for_like, serving

THROUGHPUT = "throughput_per_gpu"


@pytest.fixture(scope="module")
def matches(library):
    return {match.terms: match for match in like_for_like(library, Parameters())}


@pytest.fixture(scope="module")
def of_amd(library):
    return like_for_like(library, Parameters(baseline="b200", subject="mi355x"))


def test_every_term_is_answered_in_order(matches):
    assert list(matches) == list(TERMS)


def test_best_against_best_is_the_headline(matches):
    assert matches["Best against best"].ratio(THROUGHPUT, 116).number == pytest.approx(64.1, abs=0.1)
    assert matches["Best against best"].missing(116) == ""


def test_same_precision_and_decoding_leave_far_less_of_it(matches):
    alike = matches["FP8 without MTP on both sides"]
    assert alike.ratio(THROUGHPUT, 50).number < matches["Best against best"].ratio(THROUGHPUT, 50).number


def test_the_suspect_rows_of_gb300_in_fp8_with_mtp_answer_nothing(matches):
    alike = matches["FP8 and MTP on both sides"]
    assert serving(alike.baseline, 116) == "dynamo-trt fp8 mtp"
    assert serving(alike.subject, 116) == "no sound row"


def test_side_that_is_too_slow_is_not_served(matches):
    slow = matches["FP8 without MTP on both sides"]
    assert slow.ratio(THROUGHPUT, 116) is None
    assert slow.missing(116) == serving(slow.baseline, 116) == NOT_SERVED
    assert serving(slow.subject, 116) != NOT_SERVED
    assert slow.ratio(THROUGHPUT, 50) is not None


def test_side_without_such_rows_is_not_measured(matches):
    for terms in ("FP4 and MTP on both sides", "FP4 without MTP on both sides"):
        assert matches[terms].baseline is None
        assert matches[terms].missing(50) == serving(None, 50) == NOT_MEASURED
    single = matches["Best single node against best single node"]
    assert single.subject is None


def test_terms_bind_every_row_of_both_sides(of_amd):
    for match in of_amd:
        asked = TERMS[match.terms]
        for side in (match.baseline, match.subject):
            knots = side.curve.knots
            if asked.precisions:
                assert set(knots["precision"]) <= set(asked.precisions)
            if asked.speculative_decoding:
                assert set(knots["speculative_decoding"]) <= set(asked.speculative_decoding)
            if asked.multinode is not None:
                assert (knots["multinode"] == asked.multinode).all()


def test_no_terms_leave_more_than_the_best(of_amd):
    best, *others = of_amd
    for place in (35.0, 50.0, 75.0, 100.0):
        for match in others:
            for side, of_all in ((match.baseline, best.baseline), (match.subject, best.subject)):
                reached = side.at(place).get(THROUGHPUT)
                assert reached is None or reached.number <= of_all.at(place)[THROUGHPUT].number * (1 + 1e-12)


def test_ratio_of_a_match_is_that_of_its_sides(of_amd):
    for match in of_amd:
        expected = Advantage(match.baseline, match.subject)("cost_per_million_tokens", 50.0)
        assert match.ratio("cost_per_million_tokens", 50.0).number == pytest.approx(float(expected))


def test_accuracy_that_is_asked_is_asked_on_both_sides(library):
    careful = {match.terms: match for match in like_for_like(library, Parameters(minimum_accuracy=0.93))}
    assert careful["FP8 and MTP on both sides"].subject is None
    assert careful["Best against best"].ratio(THROUGHPUT, 116).number == pytest.approx(64.1, abs=0.1)


def test_day_before_any_row_is_refused(library):
    with pytest.raises(InfeasibleError, match="as_of"):
        like_for_like(library, Parameters(as_of="2025-10-07"))
