"""The three layers of doubt stand apart, in their order, and are never summed."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.studies.uncertainty.layers import Layer, by_layer, spread

SPREADS = [
    spread(Layer.STRUCTURE, "curve method", 34.1, [33.0, 35.2]),
    spread(Layer.ASSUMPTION, "price tier", 34.1, [25.9, 39.8]),
    spread(Layer.ASSUMPTION, "vintage", 34.1, [33.8]),
    spread(Layer.MEASUREMENT, "repeated runs", 34.1, np.array([34.0, 34.3])),
]


def test_layers_come_in_their_order_and_the_widest_swing_first():
    table = by_layer(SPREADS)
    assert table["cause"].tolist() == ["repeated runs", "price tier", "vintage", "curve method"]
    assert table["layer"].astype(str).tolist() == ["measurement", "assumption", "assumption", "structure"]
    assert table["swing"].to_numpy() == pytest.approx([0.3, 13.9, 0.3, 2.2])


def test_no_row_sums_the_others():
    assert len(by_layer(SPREADS)) == len(SPREADS)
    assert by_layer(SPREADS)["swing"].max() < sum(one.high - one.low for one in SPREADS)
    assert by_layer([]).empty


def test_the_reported_result_lies_within_its_spread():
    one = spread(Layer.ASSUMPTION, "vintage", 34.1, [33.8])
    assert (one.low, one.base, one.high) == (33.8, 34.1, 34.1)


@pytest.mark.parametrize("results", [[1.0, float("nan")], [float("inf")]])
def test_a_result_that_is_not_known_is_no_end_of_a_spread(results):
    with pytest.raises(InputError, match="vintage: found a result that is not known"):
        spread(Layer.ASSUMPTION, "vintage", 1.0, results)
