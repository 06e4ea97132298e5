"""A statement about every sourced combination holds, or it does not, and the extremes are named."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.studies.uncertainty.robustness import robustness, sourced_ratios

RATIO, PER_MEGAWATT = "cost_per_million_tokens", "throughput_per_megawatt"


@pytest.fixture(scope="module")
def ratios(library):
    return sourced_ratios(library, "h200", "gb300", 93.153164, 5970.2614)


def test_every_sourced_price_and_power_is_combined(ratios, library):
    assert len(ratios) == 3 * len(library.vintages) == 9
    assert ratios.index.names == ["vintage", "tier"]
    assert not ratios.isna().any(axis=None)


def test_the_published_ratios_are_among_them(ratios):
    assert ratios.loc[("2026-04", "hyperscaler"), RATIO] == pytest.approx(34.07, abs=0.01)
    assert ratios.loc[("2026-04", "hyperscaler"), PER_MEGAWATT] == pytest.approx(52.80, abs=0.005)
    assert ratios.loc[("2026-07", "hyperscaler"), PER_MEGAWATT] == pytest.approx(41.4, abs=0.05)
    assert ratios.loc[("2026-08", "hyperscaler"), RATIO] == pytest.approx(33.8, abs=0.05)


def test_a_claim_that_holds_everywhere_holds(ratios):
    found = robustness(ratios[RATIO], 25, 40)
    assert found.holds
    assert found.combinations == 9
    assert (found.lowest, found.highest) == pytest.approx((25.9, 39.8), abs=0.05)
    assert (found.lowest_at, found.highest_at) == (("2026-04", "rental_3yr"), ("2026-08", "rental_3yr"))


@pytest.mark.parametrize(("low", "high"), [(26, 40), (25, 39), (35, np.inf)])
def test_a_claim_that_one_combination_breaks_does_not_hold(ratios, low, high):
    assert not robustness(ratios[RATIO], low, high).holds


def test_the_bounds_belong_to_the_claim(ratios):
    lowest, highest = ratios[RATIO].min(), ratios[RATIO].max()
    assert robustness(ratios[RATIO], lowest, highest).holds
    assert robustness(ratios[RATIO]).holds


def test_a_result_that_is_not_known_breaks_the_claim():
    found = robustness(pd.Series([30.0, np.nan, 35.0], index=["a", "b", "c"]), 20, 40)
    assert not found.holds
    assert found.combinations == 3
    assert (found.lowest_at, found.highest_at) == (("a",), ("c",))


@pytest.mark.parametrize(("results", "low", "high", "said"), [
    ([], 1, 2, "found no result"), ([np.nan], 1, 2, "found no result"), ([1.0], 2, 1, "found 2 to 1"),
    ([1.0], np.nan, 1, "found nan to 1"),
])  # fmt: skip
def test_a_claim_about_nothing_is_refused(results, low, high, said):
    with pytest.raises(InputError, match=said):
        robustness(pd.Series(results, dtype=float), low, high)


def test_an_unknown_platform_or_tier_is_refused(library):
    with pytest.raises(InputError, match="unknown platform 'gb30'"):
        sourced_ratios(library, "h200", "gb30", 90, 6000)
    with pytest.raises(InputError, match="unknown price tier 'spot'"):
        sourced_ratios(library, "h200", "gb300", 90, 6000, ["spot"])
