"""A claim is an interval on a product of powers, and a table of claims says what its inputs must have been."""

import datetime
from dataclasses import replace
from inspect import signature

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparison.metrics import METRICS, inputs
from analysis.errors import InputError
from analysis.exhibits.symbolic import elasticity, expression, symbols
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.studies.claims.claim import Claim, Point, independent, jointly, monomial
from analysis.studies.claims.ledgers import ledger
from analysis.studies.claims.rounding import printed

FORMULAS = {key: metric.formula for key, metric in METRICS.items() if metric.formula}
amounts = st.floats(1e-3, 1e6)


def claim(name, key, subject, text, *, baseline="", bound="equal", **point):
    figure = printed(text, bound)
    value = Value(figure.value, quantity("ratio" if baseline else key), subject, Status.QUOTED, printed=text)
    day = datetime.date(2026, 4, 15)
    return Claim(name, "table", name, key, subject, baseline, figure, "", Point(**point), day, value)


def known(**numbers):
    """Inputs by variable: `price_per_gpu_hour__h200=1.41`."""
    given = {}
    for name, number in numbers.items():
        key, _, platform = name.partition("__")
        given[f"{key} {platform}"] = Value(number, quantity(key), platform, Status.QUOTED)
    return given


@pytest.fixture(scope="module")
def table(library):
    return ledger(library)


@pytest.mark.parametrize("key", FORMULAS)
def test_the_exponents_of_a_quantity_are_its_elasticities(key):
    constant, powers = monomial(key)
    assert powers == {name: float(elasticity(FORMULAS[key], name)) for name in signature(FORMULAS[key]).parameters}
    ones = dict.fromkeys(symbols(FORMULAS[key]).values(), 1)
    assert constant == float(expression(FORMULAS[key]).subs(ones))


@pytest.mark.parametrize("key", FORMULAS)
@given(data=st.data())
def test_a_quantity_is_its_constant_times_the_powers_of_its_inputs(key, data):
    constant, powers = monomial(key)
    numbers = {name: data.draw(amounts) for name in powers}
    product = constant
    for name, power in powers.items():
        product *= numbers[name] ** power
    assert FORMULAS[key](**numbers) == pytest.approx(product, rel=1e-12)


def test_an_input_is_itself():
    for key in inputs():
        assert monomial(key) == (1.0, {key: 1.0})


@pytest.mark.parametrize("key", ["interactivity", "blended_token_price", "ratio", "cost"])
def test_a_quantity_that_is_no_product_of_the_inputs_is_refused(key):
    with pytest.raises(InputError, match=f"quantity '{key}' cannot be judged; "):
        monomial(key)


def test_a_level_is_an_interval_with_the_constant_of_its_units():
    statement = claim("cost", "cost_per_million_tokens", "h200", "$4.20").as_statement()
    assert (statement.lower, statement.upper) == pytest.approx((4.195, 4.205))
    assert statement.constant == pytest.approx(1e6 / 3600)
    assert statement.exponents == {"price_per_gpu_hour h200": 1.0, "throughput_per_gpu h200": -1.0}


def test_in_a_ratio_the_units_cancel():
    statement = claim("cost", "cost_per_million_tokens", "h200", "35x", baseline="gb300").as_statement()
    assert statement.constant == 1.0
    assert statement.exponents == {
        "price_per_gpu_hour h200": 1.0,
        "throughput_per_gpu h200": -1.0,
        "price_per_gpu_hour gb300": -1.0,
        "throughput_per_gpu gb300": 1.0,
    }


def test_throughput_is_one_input_per_operating_point_and_price_is_not():
    fast = claim("fast", "cost_per_million_tokens", "gb300", "$0.12", interactivity=116.0, input_tokens=1024)
    assert set(fast.as_statement().exponents) == {"price_per_gpu_hour gb300", "throughput_per_gpu gb300 1024 116.0"}


def test_what_both_sides_of_a_ratio_share_cancels():
    one = claim(
        "fp4", "cost_per_million_tokens", "gb300", "2x", baseline="gb300", subject_precision="fp8",
        baseline_precision="fp4",
    )  # fmt: skip
    assert one.as_statement().exponents == {
        "price_per_gpu_hour gb300": 0.0,
        "throughput_per_gpu gb300 fp8": -1.0,
        "throughput_per_gpu gb300 fp4": 1.0,
    }


def test_the_published_table_can_all_be_true(table):
    joint = jointly(table)
    assert joint.feasible
    assert not joint.conflict


def test_the_published_table_bounds_the_throughputs_behind_90_and_6000(table):
    """By hand, from the printed costs and prices: t = c / (3600 C) x 1e6, and 34.5x of the lowest."""
    implied = jointly(table).implied
    lowest = 1.405e6 / (3600 * 4.205)
    assert implied["throughput_per_gpu h200"] == pytest.approx((lowest, 1.415e6 / (3600 * 4.195)), rel=1e-6)
    assert implied["throughput_per_gpu gb300"][0] == pytest.approx(34.5 * 2.645 * 1e6 / (3600 * 4.205), rel=1e-6)
    assert implied["price_per_gpu_hour h200"] == pytest.approx((1.405, 1.415))
    assert implied["price_per_gpu_hour gb300"] == pytest.approx((2.645, 2.655))


def test_the_published_table_bounds_the_power_that_the_publisher_used(table):
    low, high = jointly(table).implied["power_per_gpu h200"]
    assert low == pytest.approx(1000 * 1.405e6 / (3600 * 4.205) / 54500, rel=1e-6)
    assert high == pytest.approx(1000 * 1.415e6 / (3600 * 4.195) / 53500, rel=1e-6)
    assert low < 1.73 < high


def test_known_inputs_can_contradict_the_table(table):
    assert jointly(table, known(power_per_gpu__h200=1.73)).feasible
    corrected = jointly(table, known(power_per_gpu__h200=1.37))
    assert not corrected.feasible
    assert "power-h200" in corrected.conflict


def test_known_inputs_that_no_claim_uses_do_not_matter(table):
    assert jointly(table[:2], known(power_per_gpu__h200=1.37, price_per_gpu_hour__mi300x=1.0)).feasible


def test_a_statement_that_is_off_by_far_is_in_the_conflict(table):
    wrong = claim("wrong", "cost_per_million_tokens", "h200", "$9.00")
    joint = jointly([*table, wrong])
    assert not joint.feasible
    assert "wrong" in joint.conflict


def test_a_ratio_of_a_platform_with_itself_bounds_nothing():
    itself = claim("itself", "cost_per_million_tokens", "gb300", "5x", baseline="gb300")
    assert itself.is_of_itself
    assert jointly([itself]).feasible
    assert independent([itself]) == set()


def test_prices_that_claims_state_bound_their_table():
    ratio = claim("ratio", "tokens_per_dollar", "h200", "2.0x", baseline="gb300")
    levels = [
        claim("one", "throughput_per_gpu", "h200", "100.0"),
        claim("two", "throughput_per_gpu", "gb300", "100.0"),
    ]
    price = Value(1.0, quantity("price_per_gpu_hour"), "a", Status.QUOTED)
    for other, feasible in ((2.0, True), (3.0, False)):
        prices = {
            "subject": {"price_per_gpu_hour": price},
            "baseline": {"price_per_gpu_hour": replace(price, number=other)},
        }
        assert jointly([replace(ratio, stated=prices), *levels]).feasible == feasible


@settings(max_examples=15)
@given(price=st.floats(0.5, 20), tokens=st.floats(10, 9000))
def test_a_table_that_was_computed_and_then_rounded_can_all_be_true(price, tokens):
    cost = FORMULAS["cost_per_million_tokens"](price, tokens)
    claims = [
        claim("price", "price_per_gpu_hour", "h200", f"${price:.2f}"),
        claim("tokens", "throughput_per_gpu", "h200", f"{tokens:.0f}"),
        claim("cost", "cost_per_million_tokens", "h200", f"${cost:.3f}"),
    ]
    joint = jointly(claims)
    assert joint.feasible
    low, high = joint.implied["price_per_gpu_hour h200"]
    assert low * (1 - 1e-8) <= price <= high * (1 + 1e-8)
