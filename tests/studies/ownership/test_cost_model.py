"""Two platforms as one function of named inputs: common ones move both, own ones move one."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.studies.ownership.cost_model import KEYS, RATIO, CostModel
from analysis.studies.ownership.levelized import levelized
from tests.support.owned import FINANCE, platform

H200 = platform(throughput_per_gpu=93.153164, capital_per_gpu=34_698.0)
GB300 = platform(throughput_per_gpu=5970.2614, capital_per_gpu=52_083.0, utilization=0.8)
MODEL = CostModel("h200", "gb300", {"h200": H200, "gb300": GB300})
COST = "cost_per_million_tokens"


def test_with_nothing_varied_the_platforms_are_as_they_are():
    found = MODEL({})
    for name, owned in (("h200", H200), ("gb300", GB300)):
        alone = levelized(owned.finance, owned.performance)
        assert found[f"{name}.{COST}"] == alone[COST]
        assert found[f"{name}.price_per_gpu_hour"] == alone["price_per_gpu_hour"]
    assert found[RATIO] == found[f"h200.{COST}"] / found[f"gb300.{COST}"]


def test_a_common_input_moves_both_and_an_own_input_moves_one():
    before, both, one = MODEL({}), MODEL({"electricity_price": 0.2}), MODEL({"gb300.electricity_price": 0.2})
    assert both[f"h200.{COST}"] > before[f"h200.{COST}"]
    assert both[f"gb300.{COST}"] == one[f"gb300.{COST}"] > before[f"gb300.{COST}"]
    assert one[f"h200.{COST}"] == before[f"h200.{COST}"]


def test_an_own_input_goes_before_the_common_one():
    found = MODEL({"utilization": 0.5, "gb300.utilization": 1.0})
    assert found[f"gb300.{COST}"] == MODEL({"gb300.utilization": 1.0})[f"gb300.{COST}"]
    assert found[f"h200.{COST}"] == MODEL({"utilization": 0.5})[f"h200.{COST}"]


def test_network_adds_its_share_to_the_capital_of_one_platform():
    shared = MODEL({"gb300.network_share": np.array([0.0, 0.25])})
    alone = MODEL({"gb300.capital_per_gpu": np.array([1.0, 1.25]) * 52_083.0})
    assert shared[f"gb300.{COST}"] == pytest.approx(alone[f"gb300.{COST}"], rel=1e-14)
    assert shared[f"gb300.{COST}"][1] > shared[f"gb300.{COST}"][0]
    assert shared[f"h200.{COST}"] == MODEL({})[f"h200.{COST}"]


def test_a_common_utilization_leaves_the_ratio_alone():
    assert MODEL({"utilization": 0.2})[RATIO] == pytest.approx(MODEL({"utilization": 0.9})[RATIO], rel=1e-12)


def test_performance_and_finance_vary_in_one_call():
    found = MODEL({"h200.throughput_per_gpu": np.array([80.0, 100.0]), "economic_life": np.array([3.0, 5.0])})
    for place, (throughput, life) in enumerate(((80.0, 3.0), (100.0, 5.0))):
        alone = MODEL({"h200.throughput_per_gpu": throughput, "economic_life": life})
        assert found[RATIO][place] == pytest.approx(alone[RATIO], rel=1e-14)


@pytest.mark.parametrize(("name", "hint"), [
    ("electricity_prize", "did you mean 'electricity_price'"), ("h200.electricity_prize", "'h200.electricity_price'"),
    ("b200.utilization", "did you mean"), ("h200.", "allowed|did you mean"),
])  # fmt: skip
def test_an_unknown_input_is_answered_with_the_nearest(name, hint):
    with pytest.raises(InputError, match=rf"^unknown input '{name}'; .*({hint})"):
        MODEL({name: 1.0})


def test_an_impossible_amount_is_refused_with_its_key():
    with pytest.raises(InputError, match=r"^utilization: found 1\.2"):
        MODEL({"gb300.utilization": np.array([0.5, 1.2])})


def test_an_unknown_platform_is_refused():
    with pytest.raises(InputError, match=r"unknown platform 'gb30'; did you mean 'gb300'\?"):
        CostModel("h200", "gb30", {"h200": H200, "gb300": GB300})


def test_the_base_is_where_the_inputs_are_now():
    assert MODEL.base(["electricity_price", "gb300.utilization"]) == {
        "electricity_price": FINANCE["electricity_price"], "gb300.utilization": 0.8,
    }  # fmt: skip
    assert MODEL(MODEL.base([f"gb300.{key}" for key in KEYS if not key.startswith("facility")])) == MODEL({})


def test_a_common_input_in_which_the_platforms_differ_has_no_base():
    with pytest.raises(InputError, match=r"'utilization': found h200\.utilization 0\.6 and gb300\.utilization 0\.8"):
        MODEL.base(["utilization"])


def test_each_input_has_the_domain_of_its_key():
    found = MODEL.domains(["h200.utilization", "pue"])
    assert (found["h200.utilization"].high, found["pue"].low) == (1, 1)
