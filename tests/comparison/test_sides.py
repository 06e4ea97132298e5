"""A platform at a speed: at its best row, or on its curve, with what its users get beside the tokens."""

import pytest

from analysis.comparison.contenders import contender
from analysis.comparison.sides import side
from analysis.errors import InputError
from analysis.library.values import Status
from analysis.scenario import Parameters

SPEED = 40.0


@pytest.fixture(scope="module")
def h100(library):
    return contender(library, Parameters(input_tokens=8192, as_of="2026-05-03"), "h100")


@pytest.fixture(scope="module")
def sides(h100):
    return {basis: side(h100, SPEED, "fp8_dense", basis) for basis in ("rows", "curve")}


def test_a_row_serves_the_speed_or_more_with_what_was_measured_there(sides, h100):
    at_row, row = sides["rows"], sides["rows"].row
    assert at_row.given["throughput_per_gpu"].status == Status.MEASURED
    assert at_row.given["interactivity"].number == row["interactivity_median"] >= SPEED
    assert row["throughput"] == h100.curve.knots.query("interactivity >= @SPEED")["throughput"].max()


def test_the_curve_answers_at_the_speed_itself_within_the_bracket_of_its_rows(sides, h100):
    throughput = sides["curve"].given["throughput_per_gpu"]
    assert throughput.number == float(h100.curve(SPEED))
    assert sides["curve"].given["interactivity"].number == SPEED
    low, high = throughput.bracket
    assert low <= throughput.number <= high
    assert low == sides["rows"].given["throughput_per_gpu"].number


def test_the_curve_never_gives_less_than_the_row(h100):
    for speed in (10.0, 25.0, 39.0, 40.0, 60.0, 78.0):
        at_row, on_curve = (side(h100, speed, "fp8_dense", basis) for basis in ("rows", "curve"))
        assert at_row.levels["throughput_per_gpu"].number <= on_curve.levels["throughput_per_gpu"].number


def test_below_the_slowest_row_the_curve_is_that_row_at_the_speed_that_it_serves(h100):
    slowest = side(h100, h100.curve.low / 2, "fp8_dense", "curve")
    assert slowest.given["throughput_per_gpu"].status == Status.MEASURED
    assert slowest.given["interactivity"].number > h100.curve.low / 2


def test_users_get_a_speed_a_wait_and_an_accuracy_as_far_as_they_are_known(sides):
    known = sides["rows"].service
    assert known.keys() == {"interactivity", "ttft_median", "ttft_tail", "accuracy"}
    assert known["ttft_median"].number == sides["rows"].row["ttft_median"]


def test_an_unknown_basis_is_refused_by_its_name(h100):
    with pytest.raises(InputError, match="basis: found 'row'; did you mean 'rows'"):
        side(h100, SPEED, "fp8_dense", "row")
