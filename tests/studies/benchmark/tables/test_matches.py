"""The tables of matches show the candidates that fit first, and equal terms with what is missing of them."""

import pytest

from analysis.studies.attribution.accuracy import suspects
from analysis.studies.benchmark import tables
from analysis.studies.benchmark.like_for_like import TERMS, like_for_like
from analysis.studies.benchmark.point import ANY, BEST, ROWS
from tests.support.shown import heads, rows


@pytest.fixture(scope="module")
def matches(library, point):
    return like_for_like(library, point.pair.conditions)


def test_the_published_rows_are_the_only_pair_that_fits(point):
    shown = rows(tables.candidates(point))
    of_rows = [row for row in shown if row[0] == ROWS]
    assert [row[-2] == "fits" for row in of_rows] == [True, False, False]
    assert [float(cell) for cell in of_rows[0][4:6]] == pytest.approx([93.153, 5970.261], rel=1e-5)
    assert {row[0] for row in shown} == {ROWS, BEST, ANY}


def test_what_does_not_fit_is_shown_nearest_first(point):
    for kind in (ROWS, BEST, ANY):
        misses = [float(row[-2]) for row in rows(tables.candidates(point)) if row[0] == kind and row[-2] != "fits"]
        assert misses == sorted(misses)
        assert min(misses) > 0


def test_without_printed_levels_there_are_no_candidates(elsewhere):
    assert elsewhere.search is None
    assert tables.candidates(elsewhere) is None


def test_equal_terms_have_the_ratio_of_both_throughputs(matches, point):
    shown = rows(tables.like_for_like(matches, point))
    assert [row[0] for row in shown] == list(TERMS)
    for _, _, before, _, after, ratio, _ in shown:
        if "–" not in (before, after):
            assert float(ratio) == pytest.approx(float(after) / float(before))
        else:
            assert ratio in ("not served", "no sound row")


def test_only_terms_that_both_platforms_have_rows_for_are_followed_along_the_curve(matches, point):
    shown = tables.like_for_like_levels(matches, point)
    assert heads(shown)[1:] == [match.terms for match in matches if match.baseline and match.subject]
    assert len(rows(shown)) == len(point.levels)
    assert "no sound row" not in {cell for row in rows(shown) for cell in row}


def test_the_rows_of_both_platforms_are_counted_once_each(point, library):
    shown = rows(tables.trust(point))
    own = library.benchmark[library.benchmark["hardware"].isin(["h200", "gb300"])]
    assert sum(float(row[1]) for row in shown) == len(own)
    assert {row[0].partition(", ")[0] for row in shown} == {"HGX H200", "GB300 NVL72"}
    assert heads(tables.trust(point))[-2:] == ["First", "Last"]


def test_no_check_is_passed_by_more_rows_than_there_are(point):
    for _, count, *passed, first, last in rows(tables.trust(point)):
        assert all(float(number) <= float(count) for number in passed)
        assert first <= last


def test_series_in_doubt_say_whether_the_two_rows_are_of_them(point, library):
    doubted = suspects(library)
    shown = rows(tables.accuracy(point, doubted))
    assert [float(row[1]) for row in shown] == [value.number for value in doubted.values()]
    assert {row[2] for row in shown} == {"no"}
    own = {point.series[0]: next(iter(doubted.values()))}
    assert rows(tables.accuracy(point, own))[0][2] == "yes"
