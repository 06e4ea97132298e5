"""The tables of trust count the rows of the two platforms, and name the series that answered wrongly."""

from analysis.studies.attribution.accuracy import suspects
from analysis.studies.benchmark import tables
from tests.support.shown import heads, rows


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
