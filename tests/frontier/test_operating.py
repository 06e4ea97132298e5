"""A throughput between two measured rows says which rows it was made from, and is of neither of them."""

import pytest

from analysis.frontier.operating import library_curve, throughput_at
from analysis.library.quantities import counts
from analysis.library.values import Status

LENGTHS = (1024, 1024)
KINDS = counts("DeepSeek-R1-0528", 1024, 1024)


@pytest.fixture(scope="module")
def curve(library):
    return library_curve(library, "h200", LENGTHS, as_of="2026-04-15")


def test_between_two_rows_both_are_its_inputs(library, curve):
    found = throughput_at(library, curve, 100.0, KINDS)
    below, above = found.inputs["row below"], found.inputs["row above"]
    assert list(found.inputs) == ["row below", "row above"]
    assert below.number > found.number > above.number
    assert found.number == pytest.approx(float(curve(100.0)), rel=1e-12)
    assert (found.status, found.kinds, found.subject) == (Status.INTERPOLATED, KINDS, "HGX H200")
    assert found.quantity.key == "throughput_per_gpu"
    assert found.as_of == max(below.as_of, above.as_of)
    assert set(found.sources) == {*below.sources, *above.sources}
    name = curve.series_at(100.0)
    assert found.note == f"{name}, at 100 tok/s/user on the curve through the measured rows"


def test_the_rows_are_neighbors_of_one_series(library, curve):
    found = throughput_at(library, curve, 100.0, KINDS)
    rows = curve.knots[curve.knots["series"] == curve.series_at(100.0)].sort_values("interactivity")
    outputs = [found.inputs[end].number for end in ("row below", "row above")]
    place = rows["throughput"].tolist().index(outputs[0])
    assert rows["throughput"].iloc[place + 1] == outputs[1]
    assert rows["interactivity"].iloc[place] < 100 < rows["interactivity"].iloc[place + 1]


def test_at_a_row_it_is_that_row(library, curve):
    row = curve.knots.loc[1183]
    found = throughput_at(library, curve, row["interactivity"], KINDS)
    assert (found.number, found.status, found.inputs) == (row["throughput"], Status.MEASURED, {})


def test_above_what_was_measured_there_is_none(library, curve):
    assert throughput_at(library, curve, curve.high * 1.001, KINDS) is None


def test_below_the_slowest_row_it_is_that_row(library, curve):
    slowest = curve.knots.loc[curve.knots["throughput"].idxmax()]
    found = throughput_at(library, curve, curve.low * 0.9, KINDS)
    assert (found.number, found.status) == (slowest["throughput"], Status.MEASURED)


def test_an_interpolated_value_says_between_which_rows_it_lies(library, curve):
    found = throughput_at(library, curve, 100.0, KINDS)
    assert found.bracket == tuple(float(end) for end in curve.rows_around(100.0))
    assert found.bracket[0] < found.number < found.bracket[1]
    assert throughput_at(library, curve, curve.knots.loc[1183, "interactivity"], KINDS).bracket is None


def test_the_names_of_series_are_an_array_of_text_of_any_length(curve):
    assert curve.series_at([100.0, 1e6]).dtype == object
    assert curve.series_at([100.0, 1e6])[1] == ""
