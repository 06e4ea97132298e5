"""A modeled curve meets the measured one, falls, costs less with a cache, and answers inside of its region only."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.frontier.own_lengths import modeled_curve
from analysis.frontier.stacks import rule, stacks
from analysis.frontier.tariff import Request, mixed
from analysis.library.sources import load

PLATFORMS = ("h200", "b200", "gb300", "mi355x")
DAY = "2026-04-15"
AGENT = Request(12_000, 600)


@pytest.fixture(scope="module")
def library():
    return load()


@pytest.mark.parametrize("hardware", PLATFORMS)
def test_at_a_measured_workload_every_stack_has_its_measured_throughput(library, hardware):
    curve = modeled_curve(library, hardware, Request(8192, 1024), as_of=DAY)
    for member, stack in zip(curve.members, curve.stacks, strict=True):
        if (8192, 1024) in stack.curves:
            places = stack.curves[8192, 1024].knots["interactivity"].to_numpy()
            places = places[places <= member.high]
            measured = stack.curves[8192, 1024](places)
            assert member.at_or_above(places) == pytest.approx(measured, rel=5e-3)


@pytest.mark.parametrize("hardware", PLATFORMS)
def test_the_curve_is_the_tariff_of_its_point(library, hardware):
    curve = modeled_curve(library, hardware, AGENT, as_of=DAY)
    for speed in (35.0, 50.0, 100.0):
        point = curve.point(speed)
        assert point.interactivity >= speed * (1 - 1e-9)
        tokens = AGENT.input_tokens + AGENT.output_tokens
        assert tokens / point.tariff.seconds(AGENT)[0] == pytest.approx(float(curve(speed)), rel=5e-3)
        assert point.error > 1


@pytest.mark.parametrize("hardware", PLATFORMS)
def test_throughput_falls_with_speed_and_a_cache_never_lowers_it(library, hardware):
    plain = modeled_curve(library, hardware, AGENT, as_of=DAY)
    cached = modeled_curve(library, hardware, Request(12_000, 600, 0.9), as_of=DAY)
    speeds = np.linspace(10, min(plain.high, cached.high), 200)
    assert (np.diff(plain(speeds)) <= 0).all()
    assert (cached(speeds) >= plain(speeds)).all()


def test_above_what_two_workloads_reached_nothing_is_known(library):
    curve = modeled_curve(library, "h200", AGENT, as_of=DAY)
    assert curve.point(curve.high * 1.01) is None
    assert all(stack.places.size for stack in curve.stacks)


@pytest.mark.parametrize("asked", [Request(100_000, 600), Request(12_000, 100), Request(16_384, 20_000)])
def test_lengths_outside_of_the_region_are_refused_and_the_region_is_named(library, asked):
    with pytest.raises(InputError, match="512 to 16,384 input and 512 to 16,384 output tokens"):
        modeled_curve(library, "gb300", asked, as_of=DAY)


def test_every_part_of_a_mix_lies_in_the_region(library):
    with pytest.raises(InputError, match="100,000/600"):
        modeled_curve(library, "gb300", mixed([0.99, 0.01], [AGENT, Request(100_000, 600)]), as_of=DAY)


def test_a_platform_whose_stacks_have_one_workload_is_refused(library):
    rows = library.benchmark
    alone = load()
    object.__setattr__(alone, "benchmark", rows[(rows["input_tokens"] == 1024) & (rows["output_tokens"] == 1024)])
    with pytest.raises(InputError, match="nobody knows how wrong"):
        modeled_curve(alone, "gb300", AGENT, as_of=DAY)
    with pytest.raises(InputError, match="no tariff is known"):
        rule(alone, DAY)


def test_a_stack_has_a_curve_of_its_own_rows_for_each_workload(library):
    for stack in stacks(library, "b200", as_of=DAY):
        for (inputs, outputs), curve in stack.curves.items():
            assert curve.series == (stack.series,)
            assert set(curve.knots["input_tokens"]) == {inputs}
            assert set(curve.knots["output_tokens"]) == {outputs}


def test_an_input_token_usually_takes_a_fraction_of_an_output_token(library):
    assert 0.05 < rule(library, DAY).ratio < 0.5
