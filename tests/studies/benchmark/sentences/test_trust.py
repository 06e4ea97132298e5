"""Equal terms, doubts, repeated runs, ages and the cut-off are told as the tables have them."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.comparison.spread import spread
from analysis.studies.benchmark import sentences
from analysis.studies.benchmark.like_for_like import like_for_like
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
