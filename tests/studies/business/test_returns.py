"""Returns agree with published examples, and an owner who sells at the levelized cost earns the cost of capital."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.library.sources import load
from analysis.library.values import Status
from analysis.studies.business.cash_flows import Path, chosen, falling, internal_rate_of_return, nearest
from analysis.studies.business.returns import bought, returns
from analysis.studies.ownership.operating_costs import ANY_OWNER
from tests.support.economies import by_platform

VINTAGE = "2026-04"


@pytest.fixture(scope="module")
def sides(library):
    return by_platform(library)


@pytest.fixture(scope="module")
def owned(library, sides):
    return {one.platform.key: one for one in bought(library, sides.values(), VINTAGE, falling(0.0))}


# The examples of NumPy Financial's documentation, and those of Excel's help on its function IRR.
@pytest.mark.parametrize(
    ("flows", "rate", "digit"),
    [
        ([-100, 39, 59, 55, 20], 0.28095, 5e-6),
        ([-100, 0, 0, 74], -0.0955, 5e-5),
        ([-100, 100, 0, 7], 0.06206, 5e-6),
        ([-70_000, 12_000, 15_000, 18_000, 21_000], -0.021, 5e-4),
        ([-70_000, 12_000, 15_000, 18_000, 21_000, 26_000], 0.087, 5e-4),
        ([-70_000, 12_000, 15_000], -0.444, 5e-4),
    ],
)
def test_published_examples_are_found_again(flows, rate, digit):
    assert internal_rate_of_return(flows) == pytest.approx(rate, abs=digit)


def test_the_rate_is_the_nearest_float_wherever_the_search_for_it_began():
    flows = [-52_350.0, 21_000.5, 20_111.25, 19_000.0, 17_500.0]
    rate = internal_rate_of_return(flows)
    near = [Fraction(one) for one in (math.nextafter(rate, -1), rate, math.nextafter(rate, 1))]
    worth = [sum(Fraction(flow) / (1 + one) ** year for year, flow in enumerate(flows)) for one in near]
    assert abs(worth[1]) == min(map(abs, worth))
    assert {nearest(rate * (1 + off), flows) for off in (-1e-9, -1e-15, 0, 1e-15, 1e-9)} == {rate}


@given(capital=st.floats(1, 1e6), flows=st.lists(st.floats(0.01, 1e6), min_size=1, max_size=8))
def test_cash_flows_are_worth_nothing_at_the_internal_rate_of_return(capital, flows):
    rate = internal_rate_of_return([-capital, *flows])
    worth = sum(flow / (1 + rate) ** year for year, flow in enumerate(flows, start=1))
    assert worth == pytest.approx(capital, rel=1e-6)


@pytest.mark.parametrize("flows", [[-100, -1, -1], [-100], [-100, 230, -132], [-52_083, 376_181, 71_333, -1_853]])
def test_flows_with_no_rate_or_several_have_none(flows):
    assert np.isnan(internal_rate_of_return(flows))


PRICES = st.floats(0.05, 20)
DECLINES = st.floats(0, 0.95)


@pytest.fixture(scope="module")
def at_price(library, sides):
    def sold(price, decline):
        token_price = replace(sides["gb300"]["token_price"], number=price)
        return returns(library, sides["gb300"].under(token_price=token_price), VINTAGE, falling(decline))

    return sold


@settings(max_examples=12)
@given(low=PRICES, factor=st.floats(1.01, 3), decline=DECLINES)
def test_the_rate_never_falls_with_the_price(at_price, low, factor, decline):
    cheap, dear = at_price(low, decline), at_price(low * factor, decline)
    assert dear.worth.number >= cheap.worth.number
    if cheap.rate is not None:
        assert dear.rate.number >= cheap.rate.number


@settings(max_examples=12)
@given(price=PRICES, decline=DECLINES)
def test_the_rate_exceeds_the_cost_of_capital_just_where_the_net_present_value_is_positive(at_price, price, decline):
    one = at_price(price, decline)
    earns = one.rate is not None and one.rate.number > one["cost_of_capital"].number
    assert earns == (one.worth.number > 0)


def test_a_gpu_is_idled_before_the_year_that_would_cost_more_than_it_earns(library, sides, owned):
    fallen = returns(library, sides["gb300"], VINTAGE, falling(0.8))
    flows = [flow.number for flow in fallen.cash_flows]
    assert flows == pytest.approx([-52_083, 376_181, 71_333, 10_363], rel=2e-3)
    assert fallen.idled_after == 3
    assert fallen.worth.number == pytest.approx(341_500, rel=5e-3)
    assert fallen.rate.number == pytest.approx(6.41, abs=0.01)
    assert owned["gb300"].idled_after is None


def test_at_the_levelized_cost_an_owner_earns_the_cost_of_capital(library, sides, owned):
    """Two ways to the same figure: NREL's levelized cost, and the internal rate of return of the cash flows."""
    for key, one in owned.items():
        cost = one["cost_per_million_tokens"]
        price = replace(sides[key]["token_price"], number=cost.number)
        at_cost = returns(library, sides[key].under(token_price=price), VINTAGE, falling(0.0))
        assert at_cost.rate.number == pytest.approx(one["cost_of_capital"].number, rel=1e-9)
        assert at_cost["bearable_fall"].number == pytest.approx(0, abs=1e-9)


def test_platforms_without_a_public_capital_are_left_out(owned):
    assert list(owned) == ["h200", "gb200", "gb300"]


def test_capital_is_that_of_the_table(owned):
    assert owned["h200"]["capital_per_gpu"].number == 34_698
    assert owned["gb300"]["capital_per_gpu"].number == pytest.approx(3_750_000 / 72, rel=1e-12)
    assert owned["gb300"].cash_flows[0].number == -owned["gb300"]["capital_per_gpu"].number


def test_a_life_of_four_years_earns_four_times_the_same_at_a_price_that_stays(owned):
    for one in owned.values():
        flows = [flow.number for flow in one.cash_flows[1:]]
        assert len(flows) == 4
        assert len(set(flows)) == 1
        hour = one["revenue_per_gpu_hour"].number - one["running_cost_per_gpu_hour"].number
        assert flows[0] == pytest.approx(8760 * hour, rel=1e-12)


def test_payback_is_the_capital_over_the_cash_flow_of_a_month(owned):
    one = owned["gb300"]
    month = one.cash_flows[1].number / 12
    assert one.payback.number == pytest.approx(one["capital_per_gpu"].number / month, rel=1e-12)


def test_what_comes_back_within_the_life_has_a_positive_rate(owned):
    assert {key: one.pays_back for key, one in owned.items()} == {"h200": False, "gb200": True, "gb300": True}
    for one in owned.values():
        assert one.pays_back == (one.rate.number >= 0)


def test_a_price_that_falls_each_year_lowers_the_return_and_not_the_first_year(library, sides, owned):
    less = returns(library, sides["gb200"], VINTAGE, falling(0.5))
    still = owned["gb200"]
    assert less.cash_flows[1].number == still.cash_flows[1].number
    revenue = still["revenue_per_gpu_hour"].number * 8760
    fallen = [still.cash_flows[1].number - flow.number for flow in less.cash_flows[1:]]
    assert fallen == pytest.approx([0, revenue / 2, revenue * 3 / 4, revenue * 7 / 8], rel=1e-12, abs=1e-6)
    assert less.rate.number < still.rate.number


def test_a_gpu_that_costs_more_to_run_than_it_earns_has_neither_payback_nor_rate(library, sides):
    cheap = replace(sides["h200"]["token_price"], number=0.01)
    one = returns(library, sides["h200"].under(token_price=cheap), VINTAGE, falling(0.0))
    assert one.payback is None
    assert one.rate is None
    assert not one.pays_back


def test_what_is_the_same_for_all_owners_is_one_value(owned):
    for name in ("electricity_price", "colocation", "cost_of_capital", "economic_life", "tax_rate", "staff_cost"):
        assert len({one[name].id for one in owned.values()}) == 1
        assert owned["h200"][name].subject == ANY_OWNER


def test_results_are_of_their_platform_and_marked_by_what_they_rest_on(owned):
    one = owned["gb300"]
    assert {flow.subject for flow in (*one.cash_flows, one.rate, one.payback)} == {"GB300 NVL72"}
    assert one.rate.cautions == {Status.ESTIMATE, Status.ASSUMED, Status.PLACEHOLDER}
    assert {source.id for source in one.rate.sources} >= {"price-lists-2026", "inferencex-v2-2026-02"}


def test_a_rate_can_be_followed_to_all_of_its_cash_flows(owned):
    one = owned["h200"]
    assert [*one.rate.inputs.values()] == [*one.cash_flows]


def test_a_life_that_is_not_of_whole_years_is_refused(data):
    path = data / "operating_costs.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("neocloud ownership,,4,,year", "neocloud ownership,,4.5,,year"), encoding="utf-8")
    library = load(data)
    with pytest.raises(InputError, match=r"economic_life of HGX H200: found 4\.5 years, allowed are whole years"):
        bought(library, by_platform(library).values(), VINTAGE, falling(0.0))


@settings(max_examples=12)
@given(decline=DECLINES)
def test_at_the_first_year_s_price_the_net_present_value_is_nothing_under_any_decline(at_price, decline):
    needed = at_price(1.0, decline).first_price.number
    assert at_price(needed * (1 + 1e-9), decline).worth.number == pytest.approx(0, abs=1)
    assert at_price(needed * 1.01, decline).worth.number > 0 > at_price(needed * 0.99, decline).worth.number


def test_the_first_price_rises_with_the_decline_and_is_the_levelized_cost_without_one(at_price, owned):
    prices = [at_price(1.0, decline).first_price.number for decline in (0.0, 0.3, 0.6, 0.9)]
    assert prices == sorted(prices)
    assert prices[0] == pytest.approx(owned["gb300"]["cost_per_million_tokens"].number, rel=1e-9)


def test_with_tax_and_a_residual_value_the_levelized_cost_still_earns_the_cost_of_capital(library, sides):
    """The cash flows after tax are those that NREL's project finance factor stands for."""
    taxed = {"tax_rate": 0.25, "depreciation_present_value": 0.8, "residual_value": 0.1, "staff_cost": 500.0}
    (one,) = bought(library, [sides["gb300"]], VINTAGE, falling(0.0), taxed)
    price = replace(sides["gb300"]["token_price"], number=one["cost_per_million_tokens"].number)
    (at_cost,) = bought(library, [sides["gb300"].under(token_price=price)], VINTAGE, falling(0.0), taxed)
    assert at_cost.worth.number == pytest.approx(0, abs=1e-6 * one["capital_per_gpu"].number)
    assert at_cost.rate.number == pytest.approx(one["cost_of_capital"].number, rel=1e-9)
    assert at_cost.first_price.number == pytest.approx(one["cost_per_million_tokens"].number, rel=1e-9)


def test_an_own_capital_brings_in_a_platform_that_the_library_knows_none_of(library, sides):
    own = bought(library, sides.values(), VINTAGE, falling(0.0), {"mi355x.capital_per_gpu": 30_000.0})
    assert "mi355x" in {one.platform.key for one in own}
    with pytest.raises(InputError, match="unknown input 'staff'"):
        bought(library, sides.values(), VINTAGE, falling(0.0), {"staff": 1.0})


def test_software_gains_work_against_the_decline_and_a_next_chip_cuts_once(library, sides):
    fall = chosen("annual_price_decline", 0.5, "token price")
    gain = chosen("annual_throughput_gain", 0.2, "software")
    year, cut = chosen("next_chip_year", 3, "next chip"), chosen("next_chip_price_cut", 0.4, "next chip")
    path = Path(fall, gain, year, cut)
    assert [path.left(passed) for passed in range(4)] == pytest.approx([1, 0.6, 0.6**2 * 0.6, 0.6**3 * 0.6])
    one = returns(library, sides["gb300"], VINTAGE, path)
    revenue, running = 8760 * one["revenue_per_gpu_hour"].number, 8760 * one["running_cost_per_gpu_hour"].number
    flows = [flow.number for flow in one.cash_flows[1:]]
    assert flows == pytest.approx([revenue * path.left(passed) - running for passed in range(4)], rel=1e-9)
