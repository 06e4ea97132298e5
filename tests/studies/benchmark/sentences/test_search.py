"""The search is told with its counts, and where there is nothing to search for that is said instead."""

from dataclasses import replace

from analysis.studies.benchmark import sentences
from analysis.studies.benchmark.point import ANY, BEST, ROWS
from tests.support.shown import words


def test_the_intervals_that_the_print_leaves_are_said_of_both_platforms(point):
    text = words(sentences.target(point))
    assert (
        "Of 11 combinations of vintage and kind of price that both platforms have, 1 lets the printed levels be true"
        in text
    )
    # By hand: 1.41e6 / (3600 x 4.205) and 1.41e6 / (3600 x 4.195).
    assert "leave HGX H200 93.14 to 93.37 tok/s/GPU" in text


def test_where_several_prices_fit_the_first_is_named(point):
    several = replace(point.search, prices=(("2026-04", "hyperscaler"), ("2026-07", "hyperscaler")))
    text = words(sentences.target(replace(point, search=several)))
    assert "2 let the printed levels be true together; the first is hyperscaler ownership as of 2026-04." in text


def test_without_printed_levels_nothing_is_searched(elsewhere):
    assert "so there is nothing to search for" in words(sentences.target(elsewhere))
    assert sentences.matches(elsewhere) == []


def test_the_only_pair_of_rows_that_fits_is_named(point):
    text = words(*sentences.matches(point))
    tried = len(point.search.candidates[ROWS])
    assert f"Of {tried} pairs of measured rows" in text
    assert (
        "1 fits every printed level: HGX H200 with dynamo-trt fp8 mtp and GB300 NVL72 with dynamo-trt fp4 mtp" in text
    )


def test_that_rows_fit_where_curves_miss_is_explained_only_of_the_published_point(point):
    assert "The curves miss where the rows fit" in words(*sentences.matches(point))
    other = point.pair.baseline.row.copy()
    other.name = -1
    unpublished = replace(point, pair=replace(point.pair, baseline=replace(point.pair.baseline, row=other)))
    assert "The curves miss where the rows fit" not in words(*sentences.matches(unpublished))


def test_where_no_series_fit_none_is_said_to_be_the_best(point):
    candidates = dict(point.search.candidates)
    for kind in (ROWS, BEST, ANY):
        table = candidates[kind]
        candidates[kind] = table[table["departure"] > 0]
    text = words(*sentences.matches(replace(point, search=replace(point.search, candidates=candidates))))
    assert "none fits every printed level; the nearest is HGX H200" in text
    assert "both series are the best" not in text
