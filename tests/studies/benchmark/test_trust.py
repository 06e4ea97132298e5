"""Trust is counted: every row stands in one group, and a row with misleading GPUs or a late day is seen."""

from datetime import date

import pandas as pd
import pytest

from analysis.library.loading.quality import quality_table, with_quality
from analysis.studies.benchmark.trust import age, trust_table
from tests.support.benchmark_rows import table


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
