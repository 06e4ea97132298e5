"""Software gains are told from changes of accounting, and the life of the hardware averages them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import formulas
from analysis.library.values import Status
from analysis.scenario import Parameters
from analysis.studies.attribution.software import apart, by_framework, frameworks, software_gains
from analysis.studies.attribution.stacks import measured_stacks

GAINS, SHARES = st.floats(0.1, 10), st.floats(0, 1)


def test_throughput_gain_is_interactivity_gain_times_what_is_unexplained(library):
    table = software_gains(library)
    assert len(table) == 277
    product = table["interactivity_gain"] * table["unexplained"]
    assert product.to_numpy() == pytest.approx(table["throughput_gain"].to_numpy(), rel=1e-12)


def test_a_throughput_that_doubles_at_the_same_interactivity_is_a_change_of_accounting(library):
    table = software_gains(library)
    run = table[(table[["hardware", "framework", "precision", "input_tokens", "concurrency"]]
                 == ["b200", "sglang", "fp4", 8192, 4]).all(axis=1)].iloc[0]  # fmt: skip
    assert run["throughput_gain"] == pytest.approx(2.04, abs=0.005)
    assert run["interactivity_gain"] == pytest.approx(1.07, abs=0.005)
    assert run["accounting"]


def test_a_gain_in_both_alike_is_none(library):
    table = software_gains(library)
    alike = table[(table["throughput_gain"] / table["interactivity_gain"] - 1).abs() < 0.05]
    assert not alike["accounting"].any()


def test_every_repeated_run_is_counted_once(library):
    gained = by_framework(library)
    assert sum(software.configurations.number for software in gained) == 277
    assert len({(software.hardware, software.framework) for software in gained}) == len(gained)


def test_the_gain_over_the_life_lies_between_none_and_the_last(library):
    for software in by_framework(library):
        low, high = sorted((1.0, software.interactivity.number))
        assert low <= software.lifetime.number <= high
        assert software.first <= software.last


def test_runs_of_a_few_days_are_no_later_runs(library):
    later = {(software.hardware, software.framework): software.is_later for software in by_framework(library)}
    assert later["h200", "dynamo-trt"]
    assert not later["gb300", "dynamo-trt"]  # its six configurations were run twice within two days


@given(gain=GAINS, share=SHARES)
def test_the_mean_over_the_life_goes_from_half_way_to_all_of_the_gain(gain, share):
    assert formulas.lifetime_gain(gain, 0.0) == gain
    assert formulas.lifetime_gain(gain, 1.0) == pytest.approx((1 + gain) / 2)
    low, high = sorted(((1 + gain) / 2, gain))
    assert low * (1 - 1e-12) <= formulas.lifetime_gain(gain, share) <= high * (1 + 1e-12)


@given(cost=st.floats(0.01, 10), other=st.floats(0.01, 10), share=st.floats(0.01, 1))
def test_at_the_break_even_utilization_both_tokens_cost_the_same(cost, other, share):
    limit = formulas.break_even_utilization(cost, other, share)
    assert cost / limit == pytest.approx(other / share, rel=1e-12)


def test_what_repeated_runs_say_is_told_with_its_place_days_and_source(library):
    (gained,) = [
        software
        for software in by_framework(library)
        if (software.hardware, software.framework) == ("h200", "sglang")
    ]
    name, place = "HGX H200, sglang", "data/software_gains.csv"
    assert (gained.first, gained.last) == ("2025-12-10", "2026-05-17")
    assert (gained.configurations.number, gained.configurations.subject) == (11, f"configurations of {name}")
    assert gained.unexplained.subject == f"configurations of {name} whose accounting changed"
    for what, number in (("throughput", 1.0691), ("interactivity", 1.0654)):
        gain = getattr(gained, what)
        assert gain.number == pytest.approx(number, abs=5e-5)
        assert (gain.quantity.key, gain.subject, gain.kinds) == ("speed_gain", name, {"gain": what})
        assert (gain.as_of, gain.place, gain.status) == ("2026-05-17", place, Status.DERIVED)
        assert gain.note == f"median of 11 configurations, last over first measured {what}"
        assert [source.id for source in gain.sources] == ["inferencex-rows"]
    assert (gained.lifetime.quantity.key, gained.lifetime.subject) == ("lifetime_gain", name)
    assert gained.lifetime.number == pytest.approx(1.0619, abs=5e-5)


CONDITIONS = Parameters()


@pytest.fixture(scope="module")
def by_name(library):
    stacks = measured_stacks(library, CONDITIONS)
    return {framework.name: framework for framework in frameworks(library, CONDITIONS, stacks, 116.0)}


def test_the_engines_and_coordinators_of_the_field_are_named(by_name):
    assert {"vLLM", "SGLang", "TensorRT-LLM", "Dynamo"} <= set(by_name)


def test_vllm_has_no_row_and_the_table_says_so(by_name):
    assert by_name["vLLM"].rows.number == 0
    assert (by_name["vLLM"].platforms, by_name["vLLM"].disaggregated) == ((), "no row")


def test_every_row_belongs_to_one_engine(library, by_name):
    rows = library.benchmark
    until = rows[rows["date"] <= CONDITIONS.as_of.isoformat()]
    engines = [by_name[name].rows.number for name in ("vLLM", "SGLang", "TensorRT-LLM", "ATOM")]
    assert sum(engines) == len(until)


def test_at_the_published_point_tensorrt_llm_under_dynamo_is_fastest_on_the_platforms_of_the_comparison(by_name):
    assert by_name["TensorRT-LLM"].fastest.number == by_name["Dynamo"].fastest.number == 6
    assert by_name["Dynamo"].disaggregated == "always"


def test_dynamo_and_disaggregation_cannot_be_told_apart(library):
    assert not apart(library, CONDITIONS)
