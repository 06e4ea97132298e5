"""What an owner pays is checked, and nothing counts twice."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.library.values import Status
from analysis.studies.ownership.finance import ALL_IN, CRITICAL_IT, Finance
from tests.support.owned import FACILITY, FINANCE, finance


@pytest.mark.parametrize(("key", "amount"), [
    ("economic_life", 0), ("cost_of_capital", -1), ("pue", 0.9), ("electricity_price", -0.1), ("residual_value", 1.1),
    ("availability", 0), ("capital_per_gpu", float("nan")), ("average_load", "most of it"),
])  # fmt: skip
def test_an_impossible_amount_is_refused_with_its_key(key, amount):
    with pytest.raises(InputError, match=f"^{key}: found .* allowed is"):
        finance(**{key: amount})


def test_overhead_is_not_applied_to_power_that_holds_it():
    with pytest.raises(InputError, match=r"^pue: found 1\.25, allowed is 1: all-in provisioned power holds"):
        finance(power_boundary=ALL_IN)
    with pytest.raises(InputError, match=r"^pue: found 1\.3"):
        finance(power_boundary=ALL_IN, pue=np.array([1.0, 1.3]))
    assert finance(power_boundary=ALL_IN, pue=1).power_boundary == ALL_IN


def test_an_unknown_boundary_is_answered_with_the_nearest():
    with pytest.raises(InputError, match=r"unknown 'critical power'; did you mean 'critical IT power'\?"):
        finance(power_boundary="critical power")


def test_a_power_that_states_its_boundary_cannot_be_given_another(library):
    power = library.power("h200", "2026-07")
    with pytest.raises(InputError, match="power_boundary: found 'critical IT power', allowed is 'all-in"):
        finance(power_per_gpu=power, power_boundary=CRITICAL_IT)
    assert finance(power_per_gpu=power, power_boundary=ALL_IN, pue=1).numbers()["power_per_gpu"] == 1.37


def test_space_is_rented_or_owned_but_not_both():
    with pytest.raises(InputError, match="facility_capital: found beside colocation"):
        finance(**FACILITY | {"colocation": 130})
    assert finance(**FACILITY).facility_life == 15


def test_an_own_facility_needs_a_life():
    with pytest.raises(InputError, match="facility_life: found none beside facility_capital"):
        finance(colocation=0, facility_capital=12_000)


def test_what_is_not_given_costs_nothing_and_loses_nothing():
    needed = ("capital_per_gpu", "economic_life", "cost_of_capital", "power_per_gpu", "power_boundary", "pue",
              "electricity_price")  # fmt: skip
    numbers = Finance(**{key: FINANCE[key] for key in needed}).numbers()
    rest = {key: number for key, number in numbers.items() if key not in needed}
    assert rest.pop("facility_life") == FINANCE["economic_life"]
    ones = {"average_load", "payments_per_year", "depreciation_present_value", "availability"}
    assert rest == {key: float(key in ones) for key in rest}


def test_a_number_without_a_source_becomes_an_assumption_and_a_value_keeps_its_own(library):
    power = library.power("h200", "2026-07")
    values = finance(power_per_gpu=power, power_boundary=ALL_IN, pue=1).values("HGX H200")
    assert values["power_per_gpu"] is power
    assert values["economic_life"].status is Status.ASSUMED
    assert values["economic_life"].subject == "HGX H200"
    assert {key: value.quantity.key for key, value in values.items()} == {key: key for key in values}


def test_finance_cannot_be_changed():
    with pytest.raises(AttributeError):
        finance().pue = 2  # type: ignore[misc]
