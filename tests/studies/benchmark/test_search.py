"""The search finds the published point without being told, and misses no nearer one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.frontier import crossings, measured_operating_point
from analysis.frontier.tokens import KINDS
from analysis.studies.benchmark.search import CANDIDATE, on_curves, on_rows, rows_inside
from analysis.studies.benchmark.targets import Target, compatible
from analysis.studies.benchmark.workloads import fields
from analysis.studies.claims.ledgers import ledger
from tests.support.benchmark_rows import shipped, table

DAY = "2026-04-15"
TOTAL = "total tokens over all GPUs"


@pytest.fixture(scope="module")
def wanted(library):
    return compatible(library, ledger(library), "h200", "gb300")["2026-04", "hyperscaler"]


@pytest.fixture(scope="module")
def searched():
    return fields(shipped(), "h200", "gb300", DAY)


@pytest.fixture(scope="module")
def rows(wanted, searched):
    return on_rows(wanted, searched)


@pytest.fixture(scope="module")
def best(wanted, searched):
    return on_curves(wanted, searched, crossings.best_stretches)


@pytest.fixture(scope="module")
def whole(wanted, searched):
    return on_curves(wanted, searched, crossings.own_stretches)


def lines(*points, hardware):
    """Rows on a falling line of one series; the series' name is in the framework."""
    return [
        {"hardware": hardware, "framework": name, "interactivity_median": float(x), "throughput_per_gpu": float(y)}
        for name, x, y in points
    ]


def field(*rows):
    """The only field of a small table: totals, since its halves do not add up."""
    return [one for one in fields(table(*rows), "h200", "gb300") if one.counts == TOTAL]


# Both fall on a line: 120 - 2 x and 6000 - 100 x.
PARALLEL = field(
    *lines(("trt", 10, 100), ("trt", 50, 20), hardware="h200"),
    *lines(("trt", 10, 5000), ("trt", 50, 1000), hardware="gb300"),
)


class TestPublishedPoint:
    def test_one_pair_of_measured_rows_fits_every_printed_level(self, rows):
        (fit,) = rows[rows["departure"] == 0].to_dict("records")
        assert (fit["input_tokens"], fit["output_tokens"], fit["counts"]) == (1024, 1024, TOTAL)
        assert fit["baseline_series"] == "dynamo-trt fp8 mtp"
        assert fit["subject_series"] == "dynamo-trt fp4 mtp"
        assert fit["baseline_throughput"] == pytest.approx(93.153164)
        assert fit["subject_throughput"] == pytest.approx(5970.2614)
        assert fit["lowest_floor"] < 116 < fit["interactivity"] == pytest.approx(116.7, abs=0.1)

    def test_next_pair_of_rows_is_far(self, rows):
        assert rows["departure"].iloc[1] > 0.1

    def test_no_other_row_of_either_platform_has_such_a_throughput_in_any_kind(self, wanted, rows):
        for hardware, interval, place in (
            ("h200", wanted.baseline, rows["baseline_row"].iloc[0]),
            ("gb300", wanted.subject, rows["subject_row"].iloc[0]),
        ):
            inside = rows_inside(shipped(), hardware, interval)
            assert inside.index.tolist() == [place]
            assert inside["counts"].tolist() == [TOTAL]

    def test_best_against_best_the_same_point_is_nearest(self, best):
        nearest = best.iloc[0]
        assert (nearest["input_tokens"], nearest["output_tokens"], nearest["counts"]) == (1024, 1024, TOTAL)
        assert nearest["interactivity"] == pytest.approx(117, abs=0.5)
        assert nearest["departure"] < 2e-5
        assert best["departure"].iloc[1] > 0.03

    def test_pairs_of_series_that_fit_elsewhere_are_not_the_best_of_their_platforms(self, whole):
        fits = whole[whole["departure"] == 0]
        assert len(fits)
        assert not fits["both_best"].any()


class TestOnCurves:
    def test_tables_say_what_they_promise(self, rows, best, whole):
        for found in (rows, best, whole):
            assert set(CANDIDATE) <= set(found.columns)
            assert found["departure"].is_monotonic_increasing
            assert (found["departure"] >= 0).all()

    def test_candidates_are_numbered_from_the_nearest(self, rows, best, whole):
        for found in (rows, best, whole):
            assert found.index.equals(pd.RangeIndex(len(found)))
            ranks = found[["departure", "interactivity"]].apply(tuple, axis=1)
            assert ranks.is_monotonic_increasing

    def test_best_is_best_on_both_sides(self, best):
        inside = best[best["departure"] < 1]
        assert inside["both_best"].all()

    def test_throughputs_are_those_of_the_series_at_that_interactivity(self, searched, whole):
        for _, one in whole.head(40).iterrows():
            (place,) = [field for field in searched if field.place == one[list(field.place)].to_dict()]
            for side in ("baseline", "subject"):
                curve = getattr(place, side)
                member = curve.members[curve.series.index(one[f"{side}_series"])]
                assert float(member(one["interactivity"])) == pytest.approx(one[f"{side}_throughput"], rel=1e-9)

    def test_no_interactivity_comes_nearer(self, wanted, searched, whole):
        for place in searched:
            found = whole[(whole[list(place.place)] == list(place.place.values())).all(axis=1)]
            for first in crossings.own_stretches(place.baseline):
                for second in crossings.own_stretches(place.subject):
                    low, high = max(first.low, second.low), min(first.high, second.high)
                    names = place.baseline.series[first.member], place.subject.series[second.member]
                    own = found[(found[["baseline_series", "subject_series"]] == list(names)).all(axis=1)]
                    assert len(own) == (low <= high)
                    if low <= high:
                        x = np.linspace(low, high, 200)
                        nearest = wanted.departure(first.curve(x), second.curve(x)).min()
                        assert own["departure"].item() <= nearest * (1 + 1e-9) + 1e-12

    @given(st.floats(12, 48), st.floats(0.001, 0.2))
    def test_point_that_was_hidden_is_found(self, hidden, width):
        levels = 120 - 2 * hidden, 6000 - 100 * hidden
        box = Target(*((level * (1 - width), level * (1 + width)) for level in levels), ())
        found = on_curves(box, PARALLEL, crossings.own_stretches).iloc[0]
        assert found["departure"] == 0
        assert box.departure(np.array(found["baseline_throughput"]), np.array(found["subject_throughput"])) == 0

    def test_miss_is_measured_at_the_point_where_both_are_equally_far(self):
        # At 30 the throughputs are 60 and 3000: the first 20 % too high, the second 20 % too low.
        found = on_curves(Target((40, 50), (3600, 4000), ()), PARALLEL, crossings.own_stretches).iloc[0]
        assert found["interactivity"] == pytest.approx(30)
        assert found["departure"] == pytest.approx(0.2)

    def test_common_range_ends_the_search(self):
        (place,) = field(
            *lines(("trt", 10, 100), ("trt", 20, 90), hardware="h200"),
            *lines(("trt", 15, 5000), ("trt", 50, 1000), hardware="gb300"),
        )
        fast = on_curves(Target((1, 2), (1, 2), ()), [place], crossings.own_stretches).iloc[0]
        slow = on_curves(Target((1e6, 2e6), (1e6, 2e6), ()), [place], crossings.own_stretches).iloc[0]
        assert (fast["interactivity"], slow["interactivity"]) == (pytest.approx(20), pytest.approx(15))

    def test_series_without_a_common_speed_are_no_candidates(self):
        (place,) = field(
            *lines(("trt", 10, 100), ("trt", 20, 90), ("sglang", 60, 5), hardware="h200"),
            *lines(("trt", 30, 5000), ("trt", 70, 1000), hardware="gb300"),
        )
        found = on_curves(Target((1, 2), (1, 2), ()), [place], crossings.own_stretches)
        assert found["baseline_series"].tolist() == ["sglang fp8"]

    def test_nothing_searched_finds_nothing(self):
        assert on_curves(Target((1, 2), (1, 2), ()), [], crossings.own_stretches).empty


class TestOnRows:
    def test_every_floor_selects_a_pair_that_is_listed(self, searched, rows):
        for place in searched:
            found = rows[(rows[list(place.place)] == list(place.place.values())).all(axis=1)]
            top = min(place.baseline.high, place.subject.high)
            for floor in np.linspace(5, top, 8):
                chosen = [measured_operating_point(curve, floor) for curve in (place.baseline, place.subject)]
                own = found[(found["lowest_floor"] < floor) & (floor <= found["interactivity"])]
                assert own[["baseline_row", "subject_row"]].to_numpy().tolist() == [[row.name for row in chosen]]
                assert own["baseline_throughput"].item() == chosen[0]["throughput"]

    def test_row_that_another_beats_in_both_is_never_selected(self):
        (place,) = field(
            *lines(("trt", 10, 100), ("sglang", 20, 110), hardware="h200"),
            *lines(("trt", 15, 5000), hardware="gb300"),
        )
        (only,) = on_rows(Target((1, 2), (1, 2), ()), [place]).to_dict("records")
        assert only["baseline_series"] == "sglang fp8"
        assert (only["lowest_floor"], only["interactivity"]) == (0, 15)


def test_row_is_inside_once_for_each_kind_that_is():
    rows = table(
        {"throughput_per_gpu": 100.0, "output_throughput_per_decode_gpu": 50.0},
        {
            "throughput_per_gpu": 51.0,
            "output_throughput_per_decode_gpu": 25.0,
            "input_throughput_per_prefill_gpu": 26.0,
        },
    )
    inside = rows_inside(rows, "h200", (50, 60))
    assert inside["counts"].tolist() == [
        TOTAL,
        "output tokens over all GPUs",
        "output tokens over decode GPUs",
        "input tokens over prefill GPUs",
    ]
    assert rows_inside(rows, "gb300", (50, 60)).empty
    assert len(rows_inside(rows, "h200", (1, 1000))) == len(KINDS) * len(rows)


def test_the_throughputs_of_a_pair_are_those_of_its_two_curves_to_the_last_digit(whole, searched):
    by_place = {tuple(one.place.values()): one for one in searched}
    for pair in whole.to_dict("records"):
        place = by_place[pair["input_tokens"], pair["output_tokens"], pair["counts"]]
        for side, curve in (("baseline", place.baseline), ("subject", place.subject)):
            member = curve.members[curve.series.index(pair[f"{side}_series"])]
            assert pair[f"{side}_throughput"] == member(pair["interactivity"])
