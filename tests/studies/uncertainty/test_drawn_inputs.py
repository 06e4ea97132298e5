"""A drawn input's range is that of its own source where the table of distributions states none."""

import pytest

from analysis.studies.uncertainty.distributions import Uniform
from analysis.studies.uncertainty.drawn_inputs import drawn_inputs, sourced_range
from tests.support.owned import pair

KEYS = ("capital_per_gpu", "power_per_gpu", "electricity_price", "utilization")


@pytest.mark.parametrize("hardware", ["h200", "gb300"])
def test_sourced_ranges_hold_their_values_and_are_said_of_their_platform(library, hardware):
    ranges = [sourced_range(library, key, hardware) for key in KEYS]
    assert all(known.low <= known.value.number <= known.high for known in ranges)
    assert {known.value.subject for known in ranges} == {library.platform(hardware).name}


def test_the_power_ranges_over_the_vintages_and_a_capital_nobody_names_has_no_range(library):
    power = sourced_range(library, "power_per_gpu", "h200")
    assert (power.low, power.high) == (1.37, 1.73)
    assert sourced_range(library, "capital_per_gpu", "b300") is None


def test_a_throughput_between_rows_lies_in_its_bracket(library):
    lengths = {"input_tokens": 3000, "output_tokens": 1000, "minimum_interactivity": 50.0}
    owned = pair(library, **lengths)
    drawn = {each.name: each for each in drawn_inputs(owned, 1, lambda key: False)}
    figure = owned.subject.side.given["throughput_per_gpu"]
    assert drawn["gb300.throughput_per_gpu"].distribution == Uniform(*figure.bracket)


def test_one_price_alone_is_not_drawn(library):
    assert "price_basis" not in {each.name for each in drawn_inputs(pair(library), 1, lambda key: False)}
