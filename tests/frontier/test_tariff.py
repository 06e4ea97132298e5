"""A tariff of two parts finds the parts that made the times, meets what was measured, and knows how wrong it is."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import nnls

from analysis.errors import InputError
from analysis.frontier.tariff import Request, error, fitted, meeting, missed, mixed, region, tariff_of

WORKLOADS = ((1024, 1024), (8192, 1024), (1024, 8192))
parts = st.floats(1e-6, 1e-2)
times = st.lists(st.floats(0.01, 100), min_size=3, max_size=3)


def times_of(first, second):
    return {lengths: np.array([first * lengths[0] + second * lengths[1]]) for lengths in WORKLOADS}


def as_seconds(numbers):
    return {lengths: np.array([number]) for lengths, number in zip(WORKLOADS, numbers, strict=True)}


@given(parts, parts)
def test_times_that_two_parts_made_give_these_parts(first, second):
    assume(1e-3 < first / second < 1e3)
    found = fitted(times_of(first, second), 0.2, 0.0)
    assert (found.input_token[0], found.output_token[0]) == pytest.approx((first, second), rel=1e-6)


@given(times)
def test_without_a_pull_it_is_the_least_relative_squares_that_are_not_negative(numbers):
    seconds = as_seconds(numbers)
    found = fitted(seconds, 0.3, 0.0)
    rows = np.array(WORKLOADS, dtype=float) / np.array(numbers)[:, None]
    expected, _ = nnls(rows, np.ones(3))
    ours = np.linalg.norm(rows @ [found.input_token[0], found.output_token[0]] - 1)
    assert ours == pytest.approx(np.linalg.norm(rows @ expected - 1), rel=1e-6, abs=1e-9)
    assert min(found.input_token[0], found.output_token[0]) >= 0


@given(times, st.floats(0.01, 1), st.floats(0.01, 2))
def test_it_is_positive_and_a_pull_draws_it_to_the_usual_ratio(numbers, ratio, pull):
    seconds = as_seconds(numbers)
    weak, strong = fitted(seconds, ratio, pull), fitted(seconds, ratio, 1e4)
    assert weak.input_token[0] >= 0 <= weak.output_token[0]
    assert strong.input_token[0] / strong.output_token[0] == pytest.approx(ratio, rel=1e-3)


def test_one_workload_gives_the_usual_ratio_and_its_own_time():
    seconds = {(8192, 1024): np.array([3.0])}
    found = fitted(seconds, 0.15, 0.25)
    assert found.input_token[0] / found.output_token[0] == pytest.approx(0.15)
    assert found.seconds(Request(8192, 1024))[0] == pytest.approx(3.0)


@given(times, st.sampled_from(WORKLOADS))
def test_at_a_measured_workload_it_gives_the_measured_time(numbers, lengths):
    seconds = as_seconds(numbers)
    found = tariff_of(seconds, Request(*lengths), 0.15, 0.25)
    assert found.seconds(Request(*lengths))[0] == pytest.approx(seconds[lengths][0])


@given(times, st.sampled_from(WORKLOADS))
def test_lengths_near_a_measured_workload_take_nearly_its_time(numbers, lengths):
    seconds = as_seconds(numbers)
    near = Request(lengths[0] * 1.0001, lengths[1] * 1.0001)
    found = meeting(fitted(seconds, 0.15, 0.25), seconds, near).seconds(near)[0]
    assert found == pytest.approx(seconds[lengths][0], rel=1e-3)


def test_a_stack_whose_times_are_of_two_parts_in_the_usual_ratio_misses_nothing():
    assert error(missed(times_of(2e-4, 1e-3), 0.2, 0.25))[0] == pytest.approx(1.0)


def test_what_is_missed_is_missed_by_the_tariff_of_the_others():
    seconds = {**times_of(2e-4, 1e-3), (1024, 8192): np.array([2 * (2e-4 * 1024 + 1e-3 * 8192)])}
    assert np.exp(missed(seconds, 0.2, 0.25)[1024, 8192][0]) == pytest.approx(0.5)


@given(parts, parts, st.floats(0, 1), st.floats(0.1, 0.9))
def test_a_mix_takes_the_mean_of_the_times_of_what_it_mixes(first, second, hit, share):
    tariff = fitted(times_of(first, second), 0.2, 0.25)
    one, other = Request(12000, 600, hit), Request(1024, 4096)
    mean = share * tariff.seconds(one)[0] + (1 - share) * tariff.seconds(other)[0]
    assert tariff.seconds(mixed([share, 1 - share], [one, other]))[0] == pytest.approx(mean)


def test_shares_add_up_and_there_is_one_for_each_request():
    with pytest.raises(InputError, match="add up to 1"):
        mixed([0.5, 0.4], [Request(1, 1), Request(1, 1)])
    with pytest.raises(InputError, match="add up to 1"):
        mixed([1.0], [Request(1, 1), Request(1, 1)])


@pytest.mark.parametrize("wrong", [(0, 1, 0), (1, 0, 0), (1, 1, 1.1), (1, 1, -0.1)])
def test_a_request_has_tokens_and_a_share_of_them_cached(wrong):
    with pytest.raises(InputError, match="above 0"):
        Request(*wrong)


def test_the_region_reaches_as_far_beyond_the_shortest_and_longest_as_is_said():
    assert region(WORKLOADS, 2.0) == ((512, 16384), (512, 16384))
    assert region(WORKLOADS[:2], 2.0) == ((512, 16384), (512, 2048))
