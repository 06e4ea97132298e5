"""A tornado shows what each range alone does."""

import pytest

from analysis.errors import InputError
from analysis.library.values import Status
from analysis.studies.ownership.cost_model import RATIO, CostModel
from analysis.studies.uncertainty.sensitivity import Reach, tornado
from tests.support.owned import platform

MODEL = CostModel("h200", "gb300", {
    "h200": platform(throughput_per_gpu=93.153164), "gb300": platform(capital_per_gpu=52_083.0),
})  # fmt: skip
REACHES = {
    "electricity_price": Reach(0.0737, 0.1729, Status.THIRD_PARTY),
    "gb300.capital_per_gpu": Reach(48_611, 55_556, Status.THIRD_PARTY),
    "utilization": Reach(0.3, 1.0, Status.ESTIMATE),
    "h200.power_per_gpu": Reach(1.2, 1.2, Status.QUOTED),
}


def swings(result):
    return tornado(lambda inputs: MODEL(inputs)[result], MODEL.base(REACHES), REACHES)


@pytest.mark.parametrize("result", [RATIO, "h200.cost_per_million_tokens", "gb300.price_per_gpu_hour"])
def test_each_row_is_the_result_with_that_input_alone_moved(result):
    table = swings(result)
    assert (table["result"] == MODEL({})[result]).all()
    for row in table.itertuples():
        for end, found in ((row.low, row.result_at_low), (row.high, row.result_at_high)):
            assert found == pytest.approx(MODEL({row.input: end})[result], rel=1e-13)
        assert row.swing == abs(row.result_at_high - row.result_at_low)


def test_the_widest_swing_stands_first_and_says_how_far_its_range_can_be_trusted():
    table = swings("h200.cost_per_million_tokens")
    assert table["swing"].is_monotonic_decreasing
    assert table.loc[0, ["input", "status"]].tolist() == ["utilization", "estimate"]
    assert swings(RATIO).loc[0, "input"] == "gb300.capital_per_gpu"


def test_what_both_platforms_share_hardly_moves_their_ratio():
    table = swings(RATIO).set_index("input")
    assert table.loc["utilization", "swing"] == pytest.approx(0, abs=1e-9)
    assert table.loc["h200.power_per_gpu", "swing"] == 0
    assert table.loc["gb300.capital_per_gpu", "swing"] > 4


def test_the_function_is_called_once_with_arrays():
    calls = []

    def function(inputs):
        calls.append(inputs)
        return inputs["a"] * inputs["b"] + inputs["fixed"]

    reaches = {"a": Reach(1, 3, Status.ASSUMED), "b": Reach(0, 20, Status.ASSUMED)}
    table = tornado(function, {"a": 2.0, "b": 10.0, "fixed": 5.0}, reaches)
    assert len(calls) == 1
    assert table["input"].tolist() == ["b", "a"]
    assert table[["result_at_low", "result", "result_at_high"]].to_numpy().tolist() == [[5, 25, 45], [15, 25, 35]]


@pytest.mark.parametrize(("name", "reach", "said"), [
    ("utilisation", Reach(0.3, 1, Status.ASSUMED), "no such input; did you mean 'utilization'"),
    ("utilization", Reach(1.0, 0.3, Status.ASSUMED), "found 1 to 0.3, allowed is low to high"),
    ("utilization", Reach(float("nan"), 0.3, Status.ASSUMED), "found nan to 0.3"),
])  # fmt: skip
def test_a_range_that_cannot_be_is_refused(name, reach, said):
    with pytest.raises(InputError, match=said):
        tornado(lambda inputs: 1.0, {"utilization": 0.6}, {name: reach})
