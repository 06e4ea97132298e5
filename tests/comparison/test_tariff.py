"""What requests cost: measured where they were measured, modeled and said so elsewhere, and the parts add up."""

import pytest

from analysis import formulas
from analysis.comparison.advantage import Advantage
from analysis.comparison.contenders import contender
from analysis.comparison.head_to_head import compare
from analysis.comparison.requests import in_words, is_measured, request_of
from analysis.comparison.row_for import first_token
from analysis.comparison.tariff import serving, tariff
from analysis.errors import InputError
from analysis.frontier.tariff import Request
from analysis.library.sources import load
from analysis.library.values import Status
from analysis.scenario import Parameters

COST = "cost_per_million_tokens"
PUBLISHED = Parameters()
PLATFORMS = ("h200", "b200", "gb300", "mi355x")
SPEEDS = (35.0, 50.0, 100.0)


def agent(cache_hit_rate=0.0):
    return Request(12_000, 600, cache_hit_rate)


@pytest.fixture(scope="module")
def library():
    return load()


@pytest.mark.parametrize("hardware", PLATFORMS)
def test_at_a_measured_workload_the_answer_is_the_measured_one(library, hardware):
    found, measured = serving(library, PUBLISHED, hardware), contender(library, PUBLISHED, hardware)
    assert found.at(50.0)[COST] == measured.at(50.0)[COST]
    assert Status.MODELED not in found.at(50.0)[COST].cautions


@pytest.mark.parametrize("hardware", PLATFORMS)
@pytest.mark.parametrize("speed", SPEEDS)
def test_the_tariff_of_a_measured_workload_adds_up_to_what_was_measured(library, hardware, speed):
    parts = tariff(library, PUBLISHED, hardware, interactivity=speed)
    measured = contender(library, PUBLISHED, hardware).at(speed)[COST].number
    assert (parts.input_cost.number + parts.output_cost.number) / 2 == pytest.approx(measured, rel=1e-3)
    assert parts.cost.number == pytest.approx(measured, rel=1e-3)


@pytest.mark.parametrize("hardware", PLATFORMS)
def test_a_request_costs_its_tokens_and_what_a_cache_holds_costs_nothing(library, hardware):
    for rate in (0.0, 0.5, 0.9, 1.0):
        parts = tariff(library, PUBLISHED, hardware, interactivity=50.0, request=agent(rate))
        sum_of_parts = 12_000 * (1 - rate) * parts.input_cost.number + 600 * parts.output_cost.number
        assert 1e6 * parts.request_cost.number == pytest.approx(sum_of_parts)
        assert parts.cost.number == pytest.approx(1e6 * parts.request_cost.number / 12_600)


@pytest.mark.parametrize("hardware", PLATFORMS)
def test_what_is_modeled_says_so_and_carries_its_error_as_a_band(library, hardware):
    value = serving(library, PUBLISHED, hardware, agent(0.5)).at(50.0)[COST]
    low, high = value.bracket
    assert Status.MODELED in value.cautions
    assert low < value.number < high
    assert value.number / low == pytest.approx(high / value.number)
    assert "50% of the input cached" in value.name


def test_a_modeled_platform_is_compared_like_a_measured_one(library):
    sides = [serving(library, PUBLISHED, hardware, agent()) for hardware in ("h200", "gb300")]
    over = Advantage(*sides)
    ratio = over.at(COST, 50.0)
    assert ratio.number == pytest.approx(sides[0].at(50.0)[COST].number / sides[1].at(50.0)[COST].number)
    assert ratio.number == pytest.approx(float(over(COST, 50.0)), rel=5e-3)


def test_output_alone_pays_twice_the_published_cost_of_equal_lengths(library):
    """$4.20 a million tokens of 1k/1k is $8.41 a million output tokens where input is free."""
    row = contender(library, PUBLISHED, "h200")
    cost = row.at(116.71943)[COST].number
    assert formulas.output_price_for_all(cost, 1024, 1024) == pytest.approx(8.41, abs=0.005)


def test_a_mix_of_workloads_is_its_mean_request():
    parts = [
        {"share": 0.7, "input_tokens": 12_000, "output_tokens": 600, "cache_hit_rate": 0.6},
        {"share": 0.3, "input_tokens": 1024, "output_tokens": 4096},
    ]
    found = request_of(Parameters(workloads=parts))
    assert found.input_tokens == pytest.approx(0.7 * 12_000 + 0.3 * 1024)
    assert found.computed_tokens == pytest.approx(0.7 * 12_000 * 0.4 + 0.3 * 1024)
    assert "mean of 2 workloads" in in_words(found)


def test_a_cache_makes_a_measured_workload_another_one(library):
    assert is_measured(library, "h200", Request(8192, 1024))
    assert not is_measured(library, "h200", Request(8192, 1024, 0.5))
    assert not is_measured(library, "h200", agent())


def test_the_wait_for_the_first_token_shrinks_with_what_a_cache_holds(library):
    waits = [
        first_token(library, tariff(library, PUBLISHED, "gb300", interactivity=50.0, request=agent(rate)))
        for rate in (0.0, 0.5, 0.9)
    ]
    assert [wait.number / waits[0].number for wait in waits] == pytest.approx([1.0, 0.5, 0.1])
    assert all(Status.MODELED in wait.cautions for wait in waits)


def test_the_wait_at_a_measured_workload_is_that_of_its_row(library):
    wait = first_token(library, tariff(library, PUBLISHED, "gb300", interactivity=50.0))
    assert wait.number == wait.inputs["ttft_median"].number


def test_lengths_outside_of_the_region_are_refused_for_curves_and_points_alike(library):
    for ask in (serving, tariff):
        with pytest.raises(InputError, match="512 to 16,384 input"):
            ask(library, PUBLISHED, "h200", request=Request(100_000, 600))


def test_above_the_measured_speeds_there_is_no_tariff(library):
    assert tariff(library, PUBLISHED, "h200", interactivity=900.0) is None
    assert serving(library, PUBLISHED, "h200", agent()).at(900.0) == {}


@pytest.mark.parametrize("rate", [0.0, 0.5, 0.9])
def test_compare_answers_for_lengths_that_nobody_measured_and_says_that_it_models(library, rate):
    conditions = Parameters(input_tokens=12_000, output_tokens=600, cache_hit_rate=rate, minimum_interactivity=50.0)
    pair = compare(library, conditions)
    assert pair.basis == "curve"
    assert all(side.is_modeled for side in pair.sides)
    for side in pair.sides:
        expected = tariff(library, conditions, side.platform.key)
        assert side.levels[COST].number == pytest.approx(expected.cost.number)
        assert side.service["ttft_median"] == first_token(library, expected)
    assert [caution.word for caution in pair.cautions].count("modeled") == 2
    assert "modeled" in repr(pair)


def test_a_measured_side_stands_beside_a_modeled_one_and_each_says_which_it_is(library):
    conditions = Parameters(baseline="b200", subject="gb200", output_tokens=2048, minimum_interactivity=50.0)
    pair = compare(library, conditions)
    assert "modeled" in pair.ratio(COST).cautions
    with pytest.raises(InputError, match="no row reaches 900"):
        compare(library, conditions.model_copy(update={"minimum_interactivity": 900.0}))
