"""Factors multiply to the ratio, orders agree in product, and the published ratio is made of what the rows say."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.library.values import Status
from analysis.scenario import Parameters
from analysis.studies.attribution.accuracy import suspects
from analysis.studies.attribution.factors import OPENS, UNSERVED, attribute, doubts, in_order, undoubted
from analysis.studies.attribution.orders import along, in_all_orders
from analysis.studies.attribution.points import points
from analysis.studies.attribution.stacks import measured_stacks
from analysis.studies.attribution.steps import (
    HARDWARE,
    KINDS,
    PLATFORM,
    PRECISION,
    RACK,
    SPECULATION,
    UNDIVIDED,
    Stack,
    change,
    paths,
    taken,
    waypoints,
    ways,
)

EXACT = {"rel": 1e-12}
ALL = ["gb300 dynamo-trt fp8 mtp", "mi355x mori-sglang fp4 mtp"]
"""A suspect series, let in: with it more than one order can be told."""
PUBLISHED = Parameters(suspect_series=ALL)
LONG = Parameters(input_tokens=8192, minimum_interactivity=50.0, suspect_series=ALL)
PAIRS = [("h200", "gb300"), ("b200", "mi355x"), ("gb200", "gb300"), ("gb300", "h200"), ("mi355x", "b300")]
START = Stack("h200", "TensorRT-LLM", "fp8", "none", disaggregated=False)
END = Stack("gb300", "SGLang", "fp4", "mtp", disaggregated=True)
ROUTE = ("h200", "b300", "gb300")


@pytest.fixture(scope="module")
def published(library):
    return points(library, PUBLISHED)


@pytest.fixture(scope="module")
def chat(library):
    return measured_stacks(library, PUBLISHED)


def numbers(attribution):
    return [factor.value.number for factor in attribution.factors if factor.value]


class TestSteps:
    def test_between_a_node_and_a_rack_the_way_leads_over_the_node_with_the_rack_s_gpu(self, library):
        assert waypoints(library, "h200", "gb300") == ROUTE
        assert waypoints(library, "gb200", "mi355x") == ("gb200", "b200", "mi355x")
        assert waypoints(library, "b300", "gb300") == ("b300", "gb300")

    def test_between_platforms_of_one_size_and_of_one_itself_there_is_nothing_on_the_way(self, library):
        assert waypoints(library, "gb200", "gb300") == ("gb200", "gb300")
        assert waypoints(library, "b200", "mi355x") == ("b200", "mi355x")
        assert waypoints(library, "h200", "h200") == ("h200",)

    def test_an_unknown_platform_is_refused_with_what_is_near(self, library):
        with pytest.raises(InputError, match="did you mean 'gb300'"):
            waypoints(library, "h200", "gb30")

    def test_the_finest_way_changes_one_feature_at_a_time(self):
        finest = ways(START, END, ROUTE)[0]
        assert [step.kind for step in finest] == [
            "disaggregated serving", SPECULATION, "serving engine", HARDWARE, RACK, PRECISION,
        ]  # fmt: skip
        assert all(len(step.before) == len(step.after) == 1 for step in finest)

    def test_each_way_leads_from_the_first_stack_to_the_last(self):
        for changes in ways(START, END, ROUTE):
            assert all(path[0] == START and path[-1] == END for path in paths(START, changes))

    def test_the_coarsest_way_is_one_step(self):
        (step,) = ways(START, END, ROUTE)[-1]
        assert step.kind == UNDIVIDED
        assert step.of(START) == END

    def test_an_engine_can_change_together_with_the_platform(self):
        joined = ways(START, END, ROUTE)[2]
        assert PLATFORM in [step.kind for step in joined]
        assert [step.of(replace(START, hardware="b300")) for step in joined if step.kind == PLATFORM] == [None]

    def test_stacks_that_are_the_same_need_no_step(self):
        assert ways(START, START, ("h200",)) == ((),)

    def test_all_orders_are_walked_once_and_the_platforms_keep_their_order(self):
        changes = ways(START, END, ROUTE)[0]
        every = list(paths(START, changes))
        assert len(every) == len(set(every)) == math.factorial(6) // 2
        for path in every:
            hardware = [stack.hardware for stack in path]
            assert sorted(hardware, key=ROUTE.index) == hardware

    def test_the_given_order_comes_first(self):
        changes = ways(START, END, ROUTE)[0]
        first = next(iter(paths(START, changes)))
        assert [taken(changes, *pair) for pair in pairwise(first)] == list(changes)

    def test_a_change_is_said_from_what_to_what(self, library):
        words = [change(library, step) for step in ways(START, END, ROUTE)[0]]
        assert words == [
            "aggregated to disaggregated", "no MTP to MTP", "TensorRT-LLM to SGLang", "HGX H200 to HGX B300",
            "HGX B300 to GB300 NVL72", "FP8 to FP4",
        ]  # fmt: skip


class TestOrders:
    changes = ways(START, END, ROUTE)[0]

    def stacks(self):
        return sorted({stack for path in paths(START, self.changes) for stack in path})

    @settings(max_examples=25, deadline=None)
    @given(st.data())
    def test_every_order_has_the_same_product(self, data):
        reached = {stack: data.draw(st.floats(1e-3, 1e5)) for stack in self.stacks()}
        orders = in_all_orders(START, self.changes, reached.__getitem__)
        assert orders.complete
        ratio = reached[END] / reached[START]
        for path in orders.admissible[::37]:
            assert math.prod(orders.factor(pair) for pair in pairwise(path)) == pytest.approx(ratio, rel=1e-9)
        assert math.prod(orders.average(step) for step in self.changes) == pytest.approx(ratio, rel=1e-9)

    def test_where_no_change_depends_on_another_every_order_says_the_same(self):
        gain = {"b300": 2.0, "gb300": 6.0, "fp4": 3.0, "mtp": 5.0, "SGLang": 0.5, True: 1.25}

        def throughput(stack):
            values = (stack.hardware, stack.precision, stack.speculative_decoding, stack.engine, stack.disaggregated)
            return math.prod(gain.get(value, 1.0) for value in values)

        orders = in_all_orders(START, self.changes, throughput)
        for step in self.changes:
            low, high = orders.range(step)
            assert orders.factor(low) == pytest.approx(orders.factor(high), **EXACT)
            assert orders.average(step) == pytest.approx(orders.factor(low), **EXACT)

    def test_the_average_of_two_changes_is_half_of_what_they_make_together(self):
        """The textbook case: each of two players brings its own and half of the surplus."""
        end = replace(START, precision="fp4", speculative_decoding="mtp")
        changes = ways(START, end, ("h200",))[0]
        reached = {
            START: 1.0, end: 12.0, replace(START, precision="fp4"): 2.0,
            replace(START, speculative_decoding="mtp"): 3.0,
        }  # fmt: skip
        orders = in_all_orders(START, changes, reached.__getitem__)
        average = {step.kind: orders.average(step) for step in changes}
        assert average == {PRECISION: pytest.approx(math.sqrt(2 * 4)), SPECULATION: pytest.approx(math.sqrt(3 * 6))}

    def test_an_order_over_a_stack_that_does_not_serve_is_not_admissible(self):
        end = replace(START, hardware="b300", precision="fp4")
        changes = ways(START, end, ("h200", "b300"))[0]
        no_fp4 = replace(START, precision="fp4")
        reached = {START: 1.0, end: 8.0, replace(START, hardware="b300"): 2.0, no_fp4: math.nan}
        orders = in_all_orders(START, changes, reached.__getitem__)
        assert (len(orders.admissible), orders.possible) == (1, 2)
        assert no_fp4 not in orders.admissible[0]
        assert not orders.complete
        assert math.isnan(orders.average(changes[0]))

    def test_the_default_order_is_the_one_in_which_most_stacks_serve(self):
        end = replace(START, disaggregated=True, speculative_decoding="mtp")
        changes = ways(START, end, ("h200",))[0]
        early = replace(START, speculative_decoding="mtp")
        reached = {START: math.nan, replace(START, disaggregated=True): math.nan, early: 1.0, end: 3.0}
        orders = in_all_orders(START, changes, reached.__getitem__)
        assert orders.admissible[0] == (START, early, end)
        assert orders.range(changes[1]) is None
        assert not orders.complete


class TestThePublishedPoint:
    def test_fp8_against_fp8_with_mtp_on_both_sides_is_about_14_of_the_64(self, published):
        start, end, ratio = published[0].equal_software
        assert start.software == end.software == "TensorRT-LLM, FP8, MTP, disaggregated"
        assert (start.hardware, end.hardware) == ("h200", "gb300")
        assert ratio.number == pytest.approx(14.4, abs=0.1)
        assert published[0].best.total.number == pytest.approx(64.2, abs=0.1)

    def test_the_rows_give_the_published_ratio_and_the_curves_at_equal_interactivity_nearly_it(self, published):
        here = published[0]
        assert here.pair.ratio("throughput_per_gpu").number == pytest.approx(64.09, abs=0.01)
        assert here.row_against_curve.number == pytest.approx(0.999, abs=0.001)
        assert here.row_against_curve.number * here.best.total.number == pytest.approx(64.09, abs=0.01)

    def test_the_factors_are_platform_rack_and_precision(self, published):
        assert [factor.step.kind for factor in published[0].best.factors] == [HARDWARE, RACK, PRECISION]
        assert numbers(published[0].best) == pytest.approx([4.33, 3.33, 4.45], abs=0.005)
        assert numbers(published[1].best) == pytest.approx([3.69, 1.43, 1.92], abs=0.005)

    def test_h200_has_no_fp4_so_one_order_of_three_is_not_admissible(self, published):
        orders = published[0].best.orders
        assert (len(orders.admissible), orders.possible) == (2, 3)

    def test_a_plain_stack_does_not_serve_it_and_mtp_opens_it(self, published):
        ladder = published[0].from_plain
        assert [factor.words for factor in ladder.factors] == [UNSERVED, OPENS, "", "", ""]
        assert ladder.opened == published[0].ends[0]
        assert math.prod(numbers(ladder)) == pytest.approx(ladder.total.number, **EXACT)
        assert ladder.total.number == pytest.approx(published[0].best.total.number, **EXACT)

    def test_at_8k_1k_and_50_the_plain_stack_serves_and_every_change_has_a_factor(self, published):
        ladder = published[1].from_plain
        assert (published[1].workload, published[1].at.number) == ("8k/1k", 50.0)
        assert len(numbers(ladder)) == 5
        assert math.prod(numbers(ladder)) == pytest.approx(32.2, abs=0.05)

    def test_price_and_power_complete_the_product(self, published):
        for place in published:
            for key, published_ratio in (("cost_per_million_tokens", 34.1), ("throughput_per_megawatt", 52.9)):
                factor, ratio = place.metric(key)
                assert factor.number * place.best.total.number == pytest.approx(ratio.number, **EXACT)
                if place is published[0]:
                    assert ratio.number == pytest.approx(published_ratio, abs=0.1)

    def test_each_stack_names_its_measured_series(self, published):
        best = published[0].best
        assert best.series(best.start) == "dynamo-trt fp8 mtp"
        assert best.series(best.start, best.end) == "dynamo-trt fp8 mtp to dynamo-trt fp4 mtp"
        assert best.series(replace(START, precision="fp4")) == ""


class TestIdentities:
    @pytest.mark.parametrize("conditions", [PUBLISHED, LONG])
    @pytest.mark.parametrize("pair", PAIRS)
    def test_factors_multiply_to_the_ratio_in_every_order(self, library, conditions, pair):
        here = points(library, conditions.model_copy(update=dict(zip(("baseline", "subject"), pair, strict=True))))[0]
        for attribution in (here.best, here.from_plain):
            for path in attribution.orders.admissible[::29]:
                other = in_order(attribution, path)
                assert math.prod(numbers(other)) == pytest.approx(other.total.number, **EXACT)
            for factor in attribution.factors:
                if factor.value and factor.low and factor.high:
                    slack = 1e-12 * factor.value.number
                    assert factor.low.number - slack <= factor.value.number <= factor.high.number + slack

    def test_a_platform_against_itself_is_one_and_has_no_factor(self, library):
        for place in points(library, Parameters(baseline="h200", subject="h200")):
            assert place.best.factors == ()
            assert place.best.total.number == 1
            assert place.equal_software[2].number == 1
            assert [ratio.number for ratio in place.metric("cost_per_million_tokens")] == [1, 1]

    def test_the_way_back_is_the_reciprocal(self, library, published):
        back = points(library, Parameters(baseline="gb300", subject="h200"))[0]
        assert back.best.total.number * published[0].best.total.number == pytest.approx(1, **EXACT)

    def test_where_the_rows_do_not_tell_changes_apart_the_ratio_stays_whole(self, chat):
        start, end = chat.best("mi355x", 116.0)[0], chat.best("gb300", 116.0)[0]
        whole = attribute(chat, start, end, ("mi355x", "b300", "gb300"), 116.0)
        assert [factor.step.kind for factor in whole.factors] == [PLATFORM]
        assert numbers(whole) == [pytest.approx(whole.total.number, **EXACT)]

    def test_each_factor_stands_on_measured_rows(self, published):
        for factor in published[0].best.factors:
            rows = [value for value in factor.value.trail() if value.status == Status.MEASURED]
            assert len(rows) >= 2
            assert all("line" in row.place for row in rows)

    def test_an_average_is_given_only_where_every_order_has_a_factor(self, library):
        own = points(library, Parameters(input_tokens=8192, minimum_interactivity=50.0, subject="h200"))[0].from_plain
        averages = [factor.average.number for factor in own.factors]
        assert math.prod(averages) == pytest.approx(own.total.number, **EXACT)
        assert all(factor.average is None for factor in points(library, PUBLISHED)[0].best.factors)

    def test_an_end_that_does_not_serve_is_refused(self, chat):
        end = chat.best("gb300", 116.0)[0]
        with pytest.raises(InputError, match="GB300 NVL72, TensorRT-LLM, FP4, MTP, disaggregated: not measured"):
            attribute(chat, chat.best("h200", 116.0)[0], end, ROUTE, 900.0)


class TestAlong:
    @pytest.mark.parametrize("pair", [*PAIRS, ("h100", "mi300x")])
    @pytest.mark.parametrize("lengths", [(1024, 1024), (8192, 1024)])
    def test_factors_multiply_to_the_ratio_everywhere(self, library, pair, lengths):
        stacks = measured_stacks(library, PUBLISHED, lengths=lengths)
        grid = np.linspace(5, 330, 400)
        table = along(stacks, *pair, waypoints(library, *pair), grid)
        np.testing.assert_array_equal(table["interactivity"], grid)
        np.testing.assert_allclose(table[list(KINDS)].prod(axis=1, skipna=False), table["ratio"], rtol=1e-10)
        expected = stacks.curve(pair[1])(grid) / stacks.curve(pair[0])(grid)
        np.testing.assert_allclose(table["ratio"], expected, rtol=1e-10)

    def test_at_a_point_the_factors_are_those_of_the_point(self, published):
        here = published[0]
        (row,) = along(here.stacks, "h200", "gb300", here.route, [116.0]).to_dict("records")
        assert [row[HARDWARE], row[RACK], row[PRECISION]] == pytest.approx(numbers(here.best), **EXACT)

    def test_a_platform_against_itself_is_all_ones(self, chat):
        table = along(chat, "gb300", "gb300", ("gb300",), np.linspace(25, 300, 50))
        assert (table[["ratio", *KINDS]] == 1).all(axis=None)

    def test_where_one_does_not_serve_there_is_no_number(self, chat):
        table = along(chat, "h200", "gb300", ROUTE, [1.0, 116.0, 300.0])
        assert table["ratio"].isna().tolist() == [False, False, True]
        assert table["baseline"].tolist()[2] == ""


class TestPoints:
    def test_the_scenario_s_point_comes_first_and_other_lengths_follow(self, library, published):
        assert [place.workload for place in published] == ["1k/1k", "8k/1k"]
        assert [place.workload for place in points(library, LONG)] == ["8k/1k", "1k/1k"]

    def test_below_both_curves_the_lowest_common_interactivity_is_taken(self, library):
        here = points(library, Parameters(minimum_interactivity=5.0))[0]
        assert here.at.number == pytest.approx(20.32, abs=0.01)
        assert "5 tok/s/user on" in here.at.note

    def test_a_chosen_point_that_one_side_does_not_serve_is_left_out(self, library):
        served = points(library, Parameters(baseline="mi300x", minimum_interactivity=30.0))
        assert [place.workload for place in served] == ["1k/1k"]

    def test_a_scenario_that_one_side_does_not_serve_is_refused(self, library):
        with pytest.raises(InputError, match="mi300x: no row reaches 116"):
            points(library, Parameters(baseline="mi300x"))

    def test_a_price_of_one_s_own_changes_cost_and_not_throughput(self, library, published):
        own = points(library, Parameters(subject_price=1.41))[0]
        assert own.best.total.number == published[0].best.total.number
        factor, ratio = own.metric("cost_per_million_tokens")
        assert factor.number == 1
        assert ratio.number == pytest.approx(own.best.total.number, **EXACT)


@pytest.fixture(scope="module")
def best(library):
    return points(library, Parameters(suspect_series=["gb300 dynamo-trt fp8 mtp"]))[0].best


def test_the_published_division_stands_on_a_suspect_stack_and_another_order_does_not(library, best):
    (doubt,) = doubts(best, suspects(library))
    assert (doubt.stack.hardware, doubt.stack.precision, doubt.is_end) == ("gb300", "fp8", False)
    assert (doubt.series, round(doubt.accuracy.number, 3)) == ("dynamo-trt fp8 mtp", 0.882)
    other = undoubted(best, suspects(library))
    assert [factor.value.number for factor in other.factors] == pytest.approx([4.33, 3.73, 3.98], abs=0.005)
    assert doubts(other, suspects(library)) == []


def test_where_every_order_stands_on_a_suspect_stack_there_is_no_other(library, best):
    accuracy = next(iter(suspects(library).values()))
    stacks = (best.start, *(factor.after for factor in best.factors))
    everything = {(stack.hardware, best.series(stack)): accuracy for stack in stacks}
    ends = [doubt.is_end for doubt in doubts(best, everything)]
    assert ends == [True, *[False] * (len(stacks) - 2), True]
    assert undoubted(best, everything) is None


def test_without_suspects_the_default_order_is_the_undoubted_one(best):
    assert doubts(best, {}) == []
    assert undoubted(best, {}).factors == best.factors
