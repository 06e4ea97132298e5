"""From measured rows to curves and operating points, compared with what was published."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.formulas import cost_per_million_tokens, energy_per_token, tokens_per_dollar
from analysis.frontier import PlatformCurve, measured_operating_point, platform_curve, throughput_curve
from analysis.frontier.constraints import CAMPAIGN, NEWEST, SOUND, Constraints
from analysis.frontier.crossings import highest_interactivity, interactivity_at, leads, ratio
from analysis.frontier.limits import InfeasibleError
from analysis.frontier.tokens import throughput
from analysis.library.loading.schemas import SERIES
from tests.support.benchmark_rows import apply, shipped
from tests.support.strategies import POINTS, everywhere

PUBLISHED = "2026-04-15"
CHAT = {"input_tokens": 1024, "output_tokens": 1024}
WORKLOADS = [(1024, 1024), (8192, 1024), (1024, 8192)]


def published(hardware: str, **filters) -> PlatformCurve:
    return platform_curve(shipped(), hardware, **CHAT | {"as_of": PUBLISHED} | filters)


MEASURED = ["hardware", "input_tokens", "output_tokens"]
SHIPPED = sorted(
    {place for place in shipped()[MEASURED].itertuples(index=False, name=None) if place[1:] in WORKLOADS}
)


@cache
def shipped_curve(hardware, inputs, outputs):
    return platform_curve(shipped(), hardware, input_tokens=inputs, output_tokens=outputs)


class TestThroughputCurve:
    @given(POINTS, st.randoms(use_true_random=False))
    def test_order_of_points_does_not_matter(self, points, random):
        shuffled = list(points)
        random.shuffle(shuffled)
        one, other = throughput_curve(*zip(*points, strict=True)), throughput_curve(*zip(*shuffled, strict=True))
        np.testing.assert_array_equal(one.interactivity, other.interactivity)
        np.testing.assert_array_equal(one(everywhere(one)), other(everywhere(one)))

    @given(POINTS, st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)), max_size=5), st.data())
    def test_dominated_points_do_not_matter(self, points, shares, data):
        worse = [
            (point[0] * share[0], point[1] * share[1])
            for share in shares
            for point in [data.draw(st.sampled_from(points))]
        ]
        one = throughput_curve(*zip(*points, strict=True))
        other = throughput_curve(*zip(*points + worse, strict=True))
        np.testing.assert_array_equal(one(everywhere(one)), other(everywhere(one)))

    @pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf, 0, -5])
    def test_value_that_cannot_be_is_refused_by_its_place(self, wrong):
        with pytest.raises(InputError, match=f"interactivity, row 1: found {float(wrong)}"):
            throughput_curve([10, wrong, 30], [3, 2, 1])
        with pytest.raises(InputError, match=f"throughput, row 2: found {float(wrong)}"):
            throughput_curve([10, 20, 30], [3, 2, wrong])

    @pytest.mark.parametrize(
        ("interactivity", "throughput", "message"),
        [
            ([], [], "at least one number"),
            ([1, 2], [1], "2 values of interactivity and 1 of throughput"),
            ([[1, 2]], [[2, 1]], r"shape \(1, 2\)"),
            (3, 4, r"shape \(\)"),
        ],
    )
    def test_what_is_not_one_throughput_for_each_interactivity_is_refused(self, interactivity, throughput, message):
        with pytest.raises(InputError, match=message):
            throughput_curve(interactivity, throughput)

    @given(POINTS, st.floats(0.1, 50), st.floats(0.1, 5))
    def test_cost_times_throughput_is_price_and_energy_times_throughput_is_power(self, points, price, power):
        curve = throughput_curve(*zip(*points, strict=True))
        x = np.random.default_rng(len(points)).uniform(curve.low, curve.high, 50)
        throughput = curve(np.append(x, [curve.low, curve.high]))
        throughput = throughput[~np.isnan(throughput)]
        cost = cost_per_million_tokens(price, throughput)
        np.testing.assert_allclose(cost / 1e6 * throughput * 3600, price, rtol=1e-12)
        np.testing.assert_allclose(tokens_per_dollar(price, throughput) * cost, 1e6, rtol=1e-12)
        np.testing.assert_allclose(energy_per_token(throughput, power) * throughput, 1000 * power, rtol=1e-12)


class TestPlatformCurve:
    @pytest.mark.parametrize("place", SHIPPED, ids=str)
    def test_shipped_curves_are_the_best_of_their_series_and_meet_their_rows(self, place):
        curve = shipped_curve(*place)
        x = everywhere(curve)
        reached = np.array([member.at_or_above(x) for member in curve.members])
        np.testing.assert_array_equal(np.fmax.reduce(reached), curve(x))
        assert (curve(curve.knots["interactivity"]) >= curve.knots["throughput"] * (1 - 1e-12)).all()
        for number, rows in curve.knots.groupby("curve"):
            member = curve.members[number]
            np.testing.assert_allclose(member(rows["interactivity"]), rows["throughput"], rtol=1e-12)
            np.testing.assert_array_equal(member.slopes, rows["slope"])
            assert set(rows["series"]) == {curve.series[number]}
            assert rows.groupby(list(SERIES)).ngroups == 1

    def test_no_shipped_row_lies_above_the_curve_of_its_platform(self):
        for place in SHIPPED:
            (_, inputs, outputs), curve = place, shipped_curve(*place)
            rows = shipped()
            rows = rows[(rows["hardware"] == curve.hardware) & (rows["input_tokens"] == inputs)]
            rows = apply(rows[rows["output_tokens"] == outputs], Constraints())[0]
            rows = rows.loc[~rows["older"]]
            # A series' own frontier holds at its interactivity, or begins only above it.
            fastest = [highest_interactivity(curve, value) for value in rows["throughput_per_gpu"]]
            assert (np.array(fastest) >= rows["interactivity_median"] * (1 - 1e-9)).all()

    def test_best_series_is_named_where_it_is_best(self):
        curve = published("gb300")
        assert curve.series_at(117.0) == "dynamo-trt fp4 mtp"
        assert curve.series_at([20, 117, 1e4]).tolist() == ["dynamo-trt fp4 mtp", "dynamo-trt fp4 mtp", ""]
        for x in np.linspace(curve.low, curve.high, 40):
            member = curve.members[curve.series.index(curve.series_at(x))]
            assert member(curve.served_at(x)) == curve(x)

    def test_filters_by_word_give_the_series_that_they_name(self):
        assert published("h200", precision="fp8", speculative_decoding="mtp", framework="trt").series == (
            "trt fp8 mtp",
        )
        assert published("gb300", precision=("fp4", "fp8"), framework="dynamo-sglang").series == (
            "dynamo-sglang fp4",
            "dynamo-sglang fp8",
        )

    def test_cut_off_leaves_later_rows_out(self):
        assert (published("b200").knots["date"] <= PUBLISHED).all()
        late = platform_curve(shipped(), "b300", **CHAT)
        assert (late.knots["date"] > PUBLISHED).any()
        assert [step.constraint for step in late.removed] == [NEWEST, SOUND, CAMPAIGN]

    def test_days_may_be_text(self):
        text = shipped().assign(date=shipped()["date"].dt.strftime("%Y-%m-%d"))
        curve = platform_curve(text, "b200", **CHAT, as_of=PUBLISHED)
        np.testing.assert_array_equal(curve.knots.index, published("b200").knots.index)

    def test_order_of_rows_does_not_matter(self):
        shuffled = shipped().sample(frac=1, random_state=3)
        one, other = published("b200"), platform_curve(shuffled, "b200", **CHAT, as_of=PUBLISHED)
        np.testing.assert_array_equal(one(everywhere(one)), other(everywhere(one)))
        assert one.series == other.series

    def test_constraints_of_a_service_hold_for_all_knots(self):
        asked = Constraints(maximum_ttft_p99=5, minimum_accuracy=0.93, disaggregated=True)
        curve = platform_curve(shipped(), "mi355x", **CHAT, constraints=Constraints(maximum_ttft_p99=5))
        assert (curve.knots["ttft_p99"] <= 5).all()
        with pytest.raises(InfeasibleError, match="constraint minimum_accuracy"):
            platform_curve(
                shipped(),
                "mi355x",
                **CHAT,
                constraints=Constraints(minimum_accuracy=0.97),
            )
        assert (published("h200", constraints=asked).knots["disaggregated"]).all()

    def test_output_tokens_are_told_for_all_rows_but_those_without_halves(self):
        rows = shipped()[lambda table: table["date"] == "2025-10-06"]
        old = rows[rows["output_throughput_per_decode_gpu"].isna()].iloc[0]
        lengths = {"input_tokens": old["input_tokens"], "output_tokens": old["output_tokens"]}
        curve = platform_curve(shipped(), old["hardware"], **lengths, tokens="output")
        assert not curve.knots["output_throughput_per_decode_gpu"].isna().any()
        assert curve.counts.startswith("output tokens over all GPUs, ")
        with pytest.raises(InputError, match="no row has output tokens over all GPUs: prefill and decode were not"):
            platform_curve(shipped().loc[[old.name]], old["hardware"], **lengths, tokens="output")

    @pytest.mark.parametrize(("tokens", "gpus"), [("output", "all"), ("output", "decode"), ("input", "prefill")])
    def test_curve_of_a_kind_of_tokens_is_through_the_throughputs_of_that_kind(self, tokens, gpus):
        curve = published("h200", tokens=tokens, gpus=gpus)
        expected = throughput(curve.knots, tokens, gpus)
        np.testing.assert_array_equal(curve.knots["throughput"], expected)
        assert (curve.knots["throughput"] != curve.knots["throughput_per_gpu"]).all()
        for name, knots in curve.knots.groupby("curve"):
            member = curve.members[name]
            np.testing.assert_array_equal(member.throughput, expected[knots.index])

    def test_kinds_and_workloads_are_not_compared_with_each_other(self):
        with pytest.raises(InputError, match="cannot be compared"):
            ratio(published("gb300"), published("h200", tokens="output"))
        with pytest.raises(InputError, match="cannot be compared"):
            leads(published("gb300"), published("h200", input_tokens=8192))
        with pytest.raises(InputError, match="mix two kinds"):
            published("gb300", tokens="total", gpus="decode")

    @pytest.mark.parametrize(
        ("hardware", "asked", "message"),
        [
            ("gb30", {}, "no rows of hardware 'gb30'; did you mean 'gb300'"),
            (
                "h200",
                {"input_tokens": 2048},
                r"no rows of workload 2048/1024 .*measured: 1024/1024, 1024/8192, 8192/1024",
            ),
            ("h200", {"precision": "fp4"}, "constraint precisions: none of .* precision fp4, the nearest is fp8"),
            ("h200", {"as_of": "2025-01-01"}, "^h200, 1024/1024 input/output tokens: constraint as_of"),
            (
                "h200",
                {"precision": "fp8", "constraints": Constraints(precisions=("fp8",))},
                "precisions is asked twice",
            ),
        ],
    )
    def test_question_without_answer_says_why(self, hardware, asked, message):
        with pytest.raises(InputError, match=message):
            published(hardware, **asked)


class TestPublishedFigures:
    """NVIDIA's comparison of 2026: 6,000 against 90 tok/s/GPU, throughput ratio 65x; "116" tok/s/user."""

    @pytest.mark.parametrize(
        ("hardware", "interactivity", "throughput", "printed"),
        [("h200", 116.71943, 93.153164, 90), ("gb300", 116.86029, 5970.2614, 6000)],
    )
    def test_operating_points_are_the_two_measured_rows(self, hardware, interactivity, throughput, printed):
        curve = published(hardware)
        row = measured_operating_point(curve, 116)
        assert (row["interactivity_median"], row["throughput_per_gpu"]) == (interactivity, throughput)
        assert shipped().loc[row.name, "run_id"] == row["run_id"]
        assert row["throughput"] == pytest.approx(printed, rel=0.04)
        assert curve(interactivity) == pytest.approx(throughput, rel=1e-12)
        best = curve.members[int(curve.best(interactivity))]
        assert interactivity_at(best, throughput) == pytest.approx(interactivity)

    def test_ratio_of_the_curves_is_that_of_the_rows(self):
        ratio_curve = ratio(published("gb300"), published("h200"))
        assert pytest.approx(64.1, abs=0.05) == 5970.2614 / 93.153164
        assert ratio_curve(116.8) == pytest.approx(64.1, abs=0.3)

    @pytest.mark.parametrize(("inputs", "highest"), [(1024, 64.8), (8192, 35.9)])
    def test_headline_is_near_the_maximum_for_chat_and_never_reached_with_long_prompts(self, inputs, highest):
        against = ratio(published("gb300", input_tokens=inputs), published("h200", input_tokens=inputs))
        x = np.concatenate([np.linspace(low, high, 20_001) for low, high in against.ranges])
        assert against(x).max() == pytest.approx(highest, abs=0.05)


class TestMeasuredOperatingPoint:
    def test_it_is_the_row_that_a_plain_search_finds(self):
        rows = shipped()[lambda table: (table["hardware"] == "mi355x") & (table["input_tokens"] == 8192)]
        rows = apply(rows, Constraints())[0]
        curve = platform_curve(shipped(), "mi355x", input_tokens=8192, output_tokens=1024)
        for minimum in np.linspace(5, curve.high, 60):
            fast = rows[rows["interactivity_median"] >= minimum]
            best = fast.sort_values(["throughput_per_gpu", "interactivity_median"]).iloc[-1]
            assert measured_operating_point(curve, minimum).name == best.name

    def test_of_equal_throughputs_the_faster_service_is_taken(self):
        rows = shipped()[shipped()["hardware"] == "mi300x"].iloc[:4]
        other = rows.iloc[[0]].assign(
            framework="other", interactivity_median=999.0, throughput_per_gpu=rows["throughput_per_gpu"].max()
        )
        both = pd.concat([other, rows], ignore_index=True)
        lengths = {name: int(rows[name].iloc[0]) for name in ("input_tokens", "output_tokens")}
        assert measured_operating_point(platform_curve(both, "mi300x", **lengths), 1).name == 0

    def test_interactivity_that_nothing_reaches_names_the_highest(self):
        with pytest.raises(
            InfeasibleError,
            match=r"h200: no row reaches 500 tok/s/user; the highest measured is 174\.8246 tok/s/user \(total tokens",
        ) as error:
            measured_operating_point(published("h200"), 500)
        assert error.value.nearest == 174.8246
