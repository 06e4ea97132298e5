"""What cannot be is refused with the input, what was found and what is allowed."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.formulas.steps import inputs
from analysis.library.quantities import QUANTITIES
from analysis.studies.ownership.domains import DOMAINS, Domain, reckoned
from analysis.studies.ownership.levelized import COST_STEPS

IMPOSSIBLE = [
    ("economic_life", 0.0),
    ("economic_life", -4.0),
    ("facility_life", 0.0),
    ("utilization", 0.0),
    ("utilization", 1.0001),
    ("utilization", -0.1),
    ("cost_of_capital", -1.0),
    ("cost_of_capital", -1.5),
    ("pue", 0.99),
    ("electricity_price", -0.01),
    ("capital_per_gpu", -1.0),
    ("colocation", -130.0),
    ("staff_cost", -1.0),
    ("token_price", -0.5),
    ("residual_value", 1.01),
    ("availability", 0.0),
    ("availability", 1.5),
    ("average_load", 1.2),
    ("tax_rate", 1.0),
    ("power_per_gpu", 0.0),
    ("throughput_per_gpu", 0.0),
    ("payments_per_year", 0.0),
]


@pytest.mark.parametrize(("key", "amount"), IMPOSSIBLE)
def test_what_cannot_be_is_refused_by_name(key, amount):
    with pytest.raises(InputError, match=rf"^{key}: found {amount:g}, allowed is (at least|more than)"):
        DOMAINS[key].check(key, amount)


@pytest.mark.parametrize("key", DOMAINS)
@pytest.mark.parametrize("amount", [math.nan, math.inf, -math.inf])
def test_only_finite_numbers_are_amounts(key, amount):
    with pytest.raises(InputError, match=f"^{key}: found"):
        DOMAINS[key].check(key, amount)


@pytest.mark.parametrize("key", DOMAINS)
@pytest.mark.parametrize("amount", ["four", None, [1.0, "x"], 1j])
def test_only_numbers_are_amounts(key, amount):
    with pytest.raises(InputError, match=f"^{key}: found"):
        DOMAINS[key].check(key, amount)


def test_an_array_is_refused_for_one_amount_in_it():
    with pytest.raises(InputError, match=r"^pue: found 0\.5, allowed is at least 1$"):
        DOMAINS["pue"].check("pue", np.array([1.1, 0.5, 1.2]))


@pytest.mark.parametrize(("key", "amount"), [("utilization", 1.0), ("residual_value", 0.0), ("residual_value", 1.0),
                                             ("pue", 1.0), ("cost_of_capital", 0.0), ("cost_of_capital", -0.02),
                                             ("electricity_price", 0.0), ("tax_rate", 0.0)])  # fmt: skip
def test_the_ends_that_can_be_are_allowed(key, amount):
    DOMAINS[key].check(key, amount)
    DOMAINS[key].check(key, np.full(3, amount))


@given(low=st.floats(-10, 10), width=st.floats(0.1, 10), where=st.floats(-1, 2))
def test_a_domain_holds_what_is_between_its_ends(low, width, where):
    domain, amount = Domain(low, low + width), low + where * width
    assert bool(domain.holds(amount)) == (low <= amount <= low + width)
    assert not Domain(low, low + width, low_included=False).holds(low)
    assert not Domain(low, low + width, high_included=False).holds(low + width)


@given(st.sampled_from([*map(reckoned, DOMAINS), *DOMAINS.values()]),
       st.sampled_from([*map(reckoned, DOMAINS), *DOMAINS.values()]),
       st.floats() | st.sampled_from([-1.0, -0.9, 0.0, 1.0, 1e-6, 1e12]))  # fmt: skip
def test_what_two_domains_both_hold_is_a_domain(one, other, amount):
    assert bool(one.within(other).holds(amount)) == bool(one.holds(amount) and other.holds(amount))


@pytest.mark.parametrize("key", DOMAINS)
def test_what_is_reckoned_with_is_in_the_domain_and_neither_lost_nor_too_large(key):
    assert reckoned(key).within(DOMAINS[key]) == reckoned(key)
    for amount in (5e-324, 1e-320, 9e-7, 1.1e12, 1e300):
        assert not reckoned(key).holds(amount)
    assert reckoned(key).holds(0) == DOMAINS[key].holds(0)


def test_what_is_allowed_is_said_in_words():
    assert str(reckoned("economic_life")) == "more than 0 and at most 200, from 1e-06 in size"
    assert str(reckoned("colocation")) == "at least 0 and at most 1e+12, 0 or from 1e-06 in size"
    assert str(reckoned("payments_per_year")) == "at least 1 and at most 1e+12"
    assert str(DOMAINS["utilization"]) == "more than 0 and at most 1"
    assert str(DOMAINS["tax_rate"]) == "at least 0 and less than 1"
    assert str(DOMAINS["cost_of_capital"]) == "more than -1"


def test_every_input_of_the_model_has_a_domain_and_every_domain_is_of_a_quantity():
    assert set(inputs(COST_STEPS)) <= set(DOMAINS) <= set(QUANTITIES)
