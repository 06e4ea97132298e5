"""Equal terms, doubts, repeated runs, ages and the cut-off are told as the tables have them."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.comparison.spread import spread
from analysis.scenario import Parameters
from analysis.studies.benchmark import sentences
from analysis.studies.benchmark.like_for_like import like_for_like
from analysis.studies.benchmark.point import measured_point
from analysis.studies.benchmark.sentences.trust import repeated_runs, second_runs
from tests.support.shown import words


@pytest.fixture(scope="module")
def matches(library, point):
    return like_for_like(library, point.pair.conditions)


def test_the_first_equal_terms_that_both_keep_are_told(matches, point):
    kept = [match for match in matches[1:] if match.ratio("throughput_per_gpu", 116.0)]
    told = sentences.on_equal_terms(matches, point)
    assert (told is None) == (not kept)
    assert sentences.on_equal_terms(matches[:1], point) is None
    assert sentences.doubted_matches(matches, point, {}) is None


def test_rows_and_doubts_are_counted_as_they_are(point, library):
    text = words(sentences.trust(point, spread(library)))
    rows = library.benchmark
    assert f"Of all {len(rows):,} rows, {(rows['doubts'] != '').sum():,} are in doubt" in text
    assert "Doubts of the two rows of the published point: HGX H200 none; GB300 NVL72 none." in text


def test_ages_are_days_until_the_cut_off(point, library):
    text = words(sentences.trust(point, spread(library)))
    for platform, measured in (("HGX H200", "2026-03-23"), ("GB300 NVL72", "2026-02-03")):
        days = (pd.Timestamp("2026-04-15") - pd.Timestamp(measured)).days
        assert f"the row of {platform} was {days} days old" in text


def test_a_snapshot_that_holds_replaced_rows_says_so(point, library):
    assert ": it holds the latest run of each only." in words(sentences.trust(point, spread(library)))
    again = library.benchmark.tail(1).assign(date=library.benchmark["date"].max() + pd.Timedelta(days=1))
    twice = replace(library, benchmark=pd.concat([library.benchmark, again], ignore_index=True))
    text = words(sentences.trust(replace(point, library=twice), spread(library)))
    assert "1 row is of a configuration that a newer row measured again." in text


def test_the_two_readings_are_the_same_where_no_own_row_is_left_out(point, library):
    last_day = library.benchmark["date"].max().date()
    conditions = point.pair.conditions.model_copy(update={"as_of": last_day})
    text = words(sentences.cut_off(replace(point, pair=replace(point.pair, conditions=conditions))))
    assert text.startswith("The cut-off leaves out 0 of ")
    assert text.endswith(", so the two readings are the same.")


def test_no_repeated_run_of_a_few_days_is_of_the_stacks_of_the_two_rows(point, library):
    runs = spread(library)
    text = words(repeated_runs(point, runs))
    counted = {key: int((runs.repeats["hardware"] == key).sum()) for key in ("h200", "gb300")}
    assert counted["h200"] == 0
    assert f"None of them are of HGX H200 and {counted['gb300']} of GB300 NVL72; none have the framework" in text
    assert "90% of them differ by at most 7.7% in throughput" in text  # what verdicts allow, without a slope
    assert text.endswith("so that the band is one of other stacks.")


def test_repeats_of_the_stacks_of_a_pair_are_counted(library):
    conditions = Parameters(baseline="b200", subject="gb200", minimum_interactivity=50.0)
    other = measured_point(library, conditions, ())
    text = words(repeated_runs(other, spread(library)))
    alike = sum(
        int((spread(library).repeats[list(stack)] == list(stack.values())).all(axis=1).sum())
        for stack in (
            {name: side.row[name] for name in ("hardware", "framework", "precision", "speculative_decoding")}
            for side in other.pair.sides
        )
    )
    assert f"; {alike or 'none'} have the framework" in text


def test_the_published_row_was_run_twice_and_differs_by_half_a_percent(point):
    baseline, subject = (words(shown) for shown in second_runs(point))
    assert "of 2026-02-14, on as many GPUs at the same concurrency: 92.69 tok/s/GPU at 115.6 tok/s/user" in baseline
    assert "row over other run 1.005x" in baseline
    assert subject == "The row of GB300 NVL72 itself has no second run among these rows."
