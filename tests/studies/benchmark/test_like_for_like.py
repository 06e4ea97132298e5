"""Equal terms bind both sides, and a side that cannot keep them is said to be missing, never replaced."""

from datetime import date

import pandas as pd
import pytest

from analysis.comparison.advantage import Advantage
from analysis.frontier.limits import InfeasibleError
from analysis.library.loading.quality import quality_table, with_quality
from analysis.scenario import Parameters
from analysis.studies.benchmark.like_for_like import (
    NOT_MEASURED,
    NOT_SERVED,
    TERMS,
    age,
    like_for_like,
    serving,
    trust_table,
)
from tests.support.benchmark_rows import table

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


def test_rows_with_the_traps_of_the_source_are_counted(library):
    found = trust_table(library.benchmark, date(2026, 4, 15))
    assert found["rows"].sum() == len(library.benchmark) == 1729
    assert (library.benchmark["doubts"] != "").sum() == len(library.benchmark) - found["no_doubt"].sum()
    h200 = found[(found["hardware"] == "h200") & (found["framework"] == "trt")].iloc[0]
    assert (h200["rows"], h200["misleading_gpus"], h200["no_doubt"]) == (51, 36, 15)


def test_columns_are_those_of_the_quality_table_and_two_more(library):
    found = trust_table(library.benchmark, date(2026, 4, 15))
    quality = quality_table(library.benchmark)
    pd.testing.assert_frame_equal(found[quality.columns], quality)
    assert list(found.columns[len(quality.columns) :]) == ["misleading_gpus", "left_out"]


@pytest.mark.parametrize(("day", "left_out"), [("2026-02-28", 2), ("2026-03-01", 1), ("2026-03-02", 0)])
def test_rows_after_the_day_are_left_out(day, left_out):
    rows = with_quality(table({}, {"date": "2026-03-02"}, {"date": "2026-03-01"}, {"date": "2026-01-01"}))
    rows = rows.iloc[1:]
    assert trust_table(rows, date.fromisoformat(day))["left_out"].item() == left_out


def test_gpu_columns_that_hold_a_product_mislead():
    told = {"prefill_gpus": 64, "decode_gpus": 64, "prefill_ep": 8, "decode_ep": 8}
    rows = with_quality(table({}, told))
    assert trust_table(rows, date(2026, 4, 15))["misleading_gpus"].item() == 1


def test_age_is_the_median_on_the_day(library):
    days = pd.Series(pd.to_datetime(["2026-04-01", "2026-04-11", "2026-01-01"]))
    source = library.sources["inferencex-rows"]
    value = age(days, date(2026, 4, 15), "rows of a test", (source,))
    assert (value.number, value.show(), value.quantity.unit) == (14, "14", "days")
    assert (value.as_of, value.sources) == ("2026-04-15", (source,))


def test_age_says_whose_it_is_and_on_which_day(library):
    sources = tuple(library.sources.values())[:2]
    found = age(library.benchmark["date"], date(2026, 5, 5), "rows of H200", sources)
    assert (found.quantity.key, found.quantity.unit, found.subject) == ("age", "days", "rows of H200")
    assert (found.as_of, str(found.status), found.sources) == ("2026-05-05", "derived", sources)
