"""How near the model comes to the published prices, and what would close the gap, honestly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.studies.ownership.calibration import closing_amounts
from analysis.studies.ownership.finance import ALL_IN, sourced_finance
from analysis.studies.ownership.levelized import Performance, levelized
from tests.support.owned import FACILITY, FINANCE, finance, pair

# Computed once from the sourced inputs: platform, vintage of power, published price, modeled price.
GAPS = [
    ("h200", "2026-04", "hyperscaler", 1.41, 1.7986),
    ("h200", "2026-07", "hyperscaler", 1.41, 1.7031),
    ("h200", "2026-07", "neocloud", 1.74, 1.7031),
    ("gb300", "2026-04", "hyperscaler", 2.652, 2.5680),
    ("gb300", "2026-04", "neocloud", 3.30, 2.5680),
]
# Next to all that an input could be, where it could be anything.
EVERYWHERE = {
    "average_load": (0.001, 1), "availability": (0.001, 1), "residual_value": (0, 1), "tax_rate": (0, 0.999),
    "electricity_price": (0, 1e4), "colocation": (0, 1e6), "staff_cost": (0, 1e8), "pue": (1, 1e4),
    "support_rate": (0, 1e3), "depreciation_present_value": (0, 1), "power_per_gpu": (1e-6, 1e4),
}  # fmt: skip


def price(**changes):
    return levelized(finance(**changes), Performance(throughput_per_gpu=1))["price_per_gpu_hour"]


@pytest.mark.parametrize(("hardware", "vintage", "tier", "published", "modeled"), GAPS)
def test_the_gap_to_the_published_price_is_what_it_is(library, hardware, vintage, tier, published, modeled):
    owner = pair(library, vintage=vintage).owners[hardware]
    price = library.price(hardware, tier, vintage)
    assert price.number == published
    assert owner.levels["price_per_gpu_hour"].number == pytest.approx(modeled, abs=5e-5)
    assert owner.gap(price).number == pytest.approx(modeled / published - 1, abs=5e-5)


def test_the_modeled_price_by_hand(library):
    """Published inputs alone: 34,698 USD at 13.3% over 4 years, 1.37 kW at 130 USD/kW/month and 0.087 USD/kWh."""
    recovery = 0.133 * 1.133**4 / (1.133**4 - 1)
    by_hand = 34_698 * recovery / 8760 + 1.37 * 130 * 12 / 8760 + 1.37 * 0.087
    modeled = levelized(sourced_finance(library, "h200", "2026-07"), Performance(throughput_per_gpu=1))
    assert modeled["price_per_gpu_hour"] == pytest.approx(by_hand, rel=1e-12)


@settings(max_examples=20)
@given(published=st.floats(0.3, 8))
def test_each_closing_amount_alone_closes_the_gap(published):
    closing = closing_amounts(finance(), published)
    assert any(amount is not None for amount in closing.values())
    for key, amount in closing.items():
        if amount is not None:
            assert price(**{key: amount}) == pytest.approx(published, rel=1e-8), key


@settings(max_examples=20)
@given(published=st.floats(0.3, 8))
def test_where_none_is_said_to_close_it_none_does(published):
    closing = closing_amounts(finance(), published)
    for key, (low, high) in EVERYWHERE.items():
        if closing[key] is None:
            gaps = price(**{key: np.geomspace(max(low, 1e-9), high, 60)}) - published
            assert (np.sign(gaps) == np.sign(price() - published)).all(), key


def test_a_price_below_electricity_and_space_is_closed_by_no_capital():
    closing = closing_amounts(finance(), 0.2)
    assert closing["capital_per_gpu"] is None
    assert closing["economic_life"] is None
    assert closing["power_per_gpu"] is None


def test_a_price_that_is_met_is_closed_by_what_is():
    closing = closing_amounts(finance(), price())
    assert closing == {key: FINANCE[key] for key in closing}


def test_only_what_an_owner_can_answer_for_moves():
    rented = set(closing_amounts(finance(), 2.0))
    assert "colocation" in rented
    assert not {"facility_capital", "facility_life", "payments_per_year"} & rented
    owned = set(closing_amounts(finance(**FACILITY), 2.0))
    assert {"facility_capital", "facility_life"} <= owned
    assert "colocation" not in owned
    assert "pue" not in closing_amounts(finance(power_boundary=ALL_IN, pue=1), 2.0)
    assert "depreciation_present_value" not in closing_amounts(finance(tax_rate=0.0), 2.0)


def test_free_money_does_not_bring_h200_to_its_published_price(library):
    """With the power in force when the comparison was published the interest would have to be below zero."""
    closing = closing_amounts(sourced_finance(library, "h200", "2026-04"), 1.41)
    assert closing["cost_of_capital"] < 0
    assert closing["capital_per_gpu"] == pytest.approx(24_636, abs=1)
    assert closing["economic_life"] == pytest.approx(6.46, abs=0.005)
    assert closing["residual_value"] == pytest.approx(0.478, abs=0.0005)
    assert closing["colocation"] is None
    assert closing["electricity_price"] is None


@pytest.mark.parametrize("published", [0, -1.41, float("nan")])
def test_a_published_price_is_a_positive_number(published):
    with pytest.raises(InputError, match=r"^published: found"):
        closing_amounts(finance(), published)
