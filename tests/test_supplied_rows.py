"""Rows that a vendor supplied say so, and give what was published of them."""

import pytest

from analysis.comparison.head_to_head import compare
from analysis.library.sources import DATA, load
from analysis.library.values import Status
from analysis.scenario import read_scenario

SUPPLIED = [
    ("deepseek-r1-jalapeno", "gb200", 100, 1.65, 1.87),
    ("gpt-oss-120b-jalapeno", "b200", 98, 1.69, None),
    ("kimi-k2.5-jalapeno", "gb200", 61, 1.9, None),
]
"""Published with the rows: the ratio per dollar and per megawatt over a platform at tok/s/user, vintage 2026-09."""


@pytest.mark.parametrize(("name", "baseline", "at", "per_dollar", "per_megawatt"), SUPPLIED)
def test_supplied_rows_give_the_published_ratios_and_say_that_they_are_supplied(
    name, baseline, at, per_dollar, per_megawatt
) -> None:
    changes = {
        "snapshot": f"inferencex-{name}-2026-08", "as_of": "2026-11-30", "baseline": baseline, "subject": "jalapeno",
        "input_tokens": 8192, "minimum_interactivity": at, "vintage": "2026-09",
    }  # fmt: skip
    asked = read_scenario("published", [f"{key}={value}" for key, value in changes.items()])
    pair = compare(load(snapshot=asked.snapshot), asked, "curve")
    assert pair.ratio("cost_per_million_tokens").number == pytest.approx(per_dollar, rel=0.02)
    assert Status.SUPPLIED in pair.ratio("throughput_per_gpu").cautions
    if per_megawatt:
        assert pair.ratio("throughput_per_megawatt").number == pytest.approx(per_megawatt, rel=0.02)


def test_no_chart_point_is_a_row() -> None:
    for snapshot in (path.stem for path in (DATA / "benchmarks").glob("*.csv")):
        assert not (load(snapshot=snapshot).benchmark["hardware"] == "vr200").any(), snapshot
