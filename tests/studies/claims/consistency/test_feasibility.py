"""A table of printed figures is feasible exactly when unrounded inputs exist that print as it says."""

from itertools import combinations
from math import exp, inf, log, nan, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.studies.claims.consistency import Give, Joint, Statement, agree, check, system
from analysis.studies.claims.rounding import printed

EXACT = {"rel": 1e-8}
PER_MILLION_PER_HOUR = 1e6 / 3600

# The comparison that NVIDIA published in 2026. A ratio is a quotient of the same quantity of two platforms.
PUBLISHED = [
    ("price-h200", "price", "h200", "", "$1.41", "equal"),
    ("price-gb300", "price", "gb300", "", "$2.65", "equal"),
    ("price-ratio", "price", "gb300", "h200", "2x", "about"),
    ("flops-h200", "flops per dollar", "h200", "", "2.8 PFLOPS", "equal"),
    ("flops-gb300", "flops per dollar", "gb300", "", "5.6 PFLOPS", "equal"),
    ("flops-ratio", "flops per dollar", "gb300", "h200", "2x", "equal"),
    ("throughput-h200", "throughput", "h200", "", "90", "equal"),
    ("throughput-gb300", "throughput", "gb300", "", "6,000", "equal"),
    ("throughput-ratio", "throughput", "gb300", "h200", "65x", "equal"),
    ("power-h200", "throughput per megawatt", "h200", "", "54K", "equal"),
    ("power-gb300", "throughput per megawatt", "gb300", "", "2.8M", "equal"),
    ("power-ratio", "throughput per megawatt", "gb300", "h200", "50x", "equal"),
    ("power-ratio-prose", "throughput per megawatt", "gb300", "h200", "50x", "at least"),
    ("cost-h200", "cost", "h200", "", "$4.20", "equal"),
    ("cost-gb300", "cost", "gb300", "", "$0.12", "equal"),
    ("cost-ratio", "cost", "h200", "gb300", "35x", "equal"),
    ("cost-ratio-prose", "cost", "h200", "gb300", "35x", "nearly"),
]
# Exponents of the inputs per platform and the conversion of units; power in kW.
QUANTITIES = {
    "price": ({"price": 1}, 1),
    "throughput": ({"throughput": 1}, 1),
    "flops per dollar": ({"flops": 1, "price": -1}, 1),
    "throughput per megawatt": ({"throughput": 1, "power": -1}, 1000),
    "cost": ({"price": 1, "throughput": -1}, PER_MILLION_PER_HOUR),
}


def published(reading):
    statements = []
    for name, quantity, subject, baseline, text, bound in PUBLISHED:
        powers, constant = QUANTITIES[quantity]
        exponents = {f"{key}_{subject}": power for key, power in powers.items()}
        if baseline:
            exponents |= {f"{key}_{baseline}": -power for key, power in powers.items()}
        interval = getattr(printed(text, bound), reading).interval
        statements.append(Statement(name, *interval, exponents, 1 if baseline else constant))
    return statements


def without(statements, *names):
    return [statement for statement in statements if statement.id not in names]


def price_throughput_cost(throughput):
    return [
        Statement("price", 1.405, 1.415, {"c": 1}),
        Statement("throughput", *throughput, {"t": 1}),
        Statement("cost", 4.195, 4.205, {"c": 1, "t": -1}, PER_MILLION_PER_HOUR),
    ]


def random_table(seed, *, variables=4, statements=7, spread=0.8):
    """Statements scattered around one point: with a small spread they agree, with a large one they do not."""
    generator = np.random.default_rng(seed)
    truth = dict(zip("abcdefgh"[:variables], generator.normal(size=variables), strict=True))
    table = []
    for number in range(statements):
        chosen = generator.choice(list(truth), size=generator.integers(1, min(3, variables) + 1), replace=False)
        exponents = {str(name): float(generator.choice([-1, 1, 2])) for name in chosen}
        half = float(generator.uniform(0.05, 0.3))
        middle = sum(truth[name] * power for name, power in exponents.items()) + generator.normal() * half * spread
        lower, upper = exp(middle - half), exp(middle + half)
        open_side = generator.random()
        lower, upper = (0.0 if open_side < 0.1 else lower), (inf if open_side > 0.9 else upper)
        table.append(Statement(f"s{number}", lower, upper, exponents, float(generator.choice([1, 1000]))))
    # The constant shifts the quantity, so it shifts the interval too.
    return [Statement(s.id, s.lower * s.constant, s.upper * s.constant, s.exponents, s.constant) for s in table]


def moved(statement, give):
    lower, upper = statement.lower, statement.upper
    outward = 1 + give.relative + (1e-7 if give.relative > 0 else -1e-7)
    lower, upper = (lower, upper * outward) if give.relative > 0 else (lower * outward, upper)
    return Statement(statement.id, lower, upper, statement.exponents, statement.constant)


def quantity(statement, point):
    return statement.constant * prod(point[name] ** power for name, power in statement.exponents.items())


# The published table


def test_the_published_table_is_infeasible_if_every_digit_counts():
    joint = check(published("narrow"))
    assert not joint.feasible
    assert list(joint.conflict) == ["price-h200", "throughput-h200", "cost-h200"]
    assert joint.implied == {}
    # By hand: 1.405 USD/h at 4.205 USD per million tokens needs 1.405e6 / (3600 * 4.205) tok/s, above 90.5.
    assert joint.conflict["throughput-h200"].end == 90.5
    assert joint.conflict["throughput-h200"].reach == pytest.approx(1.405e6 / (3600 * 4.205), **EXACT)
    assert joint.conflict["throughput-h200"].in_units_of(1) == pytest.approx(2.3128, abs=1e-4)
    assert joint.conflict["cost-h200"].reach == pytest.approx(1.405e6 / (3600 * 90.5), **EXACT)
    assert joint.conflict["price-h200"].reach == pytest.approx(4.205 * 3600 * 90.5 / 1e6, **EXACT)


def test_no_single_statement_saves_the_published_table_if_every_digit_counts():
    # 90 contradicts 1.41 and 4.20 as well as 6,000 and 65x; 6,000 contradicts 2.65, 4.20 and 35x: nothing is in all.
    assert not any(agree(without(published("narrow"), name)) for name, *_ in PUBLISHED)


def test_the_published_table_is_feasible_with_wide_zeros_and_implies_its_inputs():
    joint = check(published("wide"))
    assert joint.feasible
    # By hand, each end from the fewest printed figures that force it.
    throughput_h200 = (1.405e6 / (3600 * 4.205), 1.415e6 / (3600 * 4.195))
    throughput_gb300 = (34.5 * 2.645e6 / (3600 * 4.205), 65.5 * throughput_h200[1])
    power_h200 = (1000 * throughput_h200[0] / 54.5e3, 1000 * throughput_h200[1] / 53.5e3)
    power_gb300 = (1000 * throughput_gb300[0] / 2.85e6, 1000 * throughput_gb300[1] / 2.75e6)
    assert joint.implied["throughput_h200"] == pytest.approx(throughput_h200, **EXACT)
    assert joint.implied["throughput_gb300"] == pytest.approx(throughput_gb300, **EXACT)
    assert joint.implied["power_h200"] == pytest.approx(power_h200, **EXACT)
    assert joint.implied["power_gb300"] == pytest.approx(power_gb300, **EXACT)
    assert joint.implied["power_h200"] == pytest.approx((1.7030, 1.7513), abs=1e-4)
    assert joint.implied["power_gb300"] == pytest.approx((2.1151, 2.2317), abs=1e-4)
    assert joint.implied["throughput-h200"] == joint.implied["throughput_h200"]
    assert joint.conflict == {}


def test_the_power_of_april_2026_contradicts_the_published_table_through_35x():
    known = {"price_h200": (1.41, 1.41), "price_gb300": (2.652, 2.652), "power_h200": (1.73, 1.73)}
    assert check(published("wide"), known).feasible
    known |= {"power_gb300": (2.1, 2.1)}
    joint = check(published("wide"), known)
    assert list(joint.conflict) == ["power-gb300", "cost-h200", "cost-ratio"]
    # By hand: 35x and $4.20 need 34.5 * 2.652e6 / (3600 * 4.205) tok/s, which 2.1 kW turns into more than 2.85M.
    needed = 1000 * 34.5 * 2.652e6 / (3600 * 4.205) / 2.1
    assert joint.conflict["power-gb300"].reach == pytest.approx(needed, **EXACT)
    assert joint.conflict["power-gb300"].in_units_of(1e5) == pytest.approx(0.281, abs=1e-3)
    assert [name for name, *_ in PUBLISHED if agree(without(published("wide"), name), known)] == ["power-gb300"]


def test_the_measured_gb300_throughput_needs_other_ratios_than_65x_and_35x():
    known = {"throughput_gb300": (5970.26, 5970.26)}
    assert not check(published("wide"), known).feasible
    assert not check(without(published("wide"), "throughput-ratio"), known).feasible
    assert not check(without(published("wide"), "cost-ratio"), known).feasible
    assert check(without(published("wide"), "throughput-ratio", "cost-ratio"), known).feasible


# Small tables with known answers


def test_price_throughput_and_cost_contradict_each_other_at_90_and_agree_at_93():
    joint = check(price_throughput_cost((89.5, 90.5)))
    assert not joint.feasible
    assert list(joint.conflict) == ["price", "throughput", "cost"]
    joint = check(price_throughput_cost((85, 95)))
    assert joint.feasible
    assert joint.implied["t"] == pytest.approx((92.8128, 93.6962), abs=1e-4)


def test_two_levels_imply_their_ratio_and_product_exactly():
    table = [
        Statement("level", 2, 3, {"x": 1}),
        Statement("other", 5, 7, {"y": 1}),
        Statement("ratio", 0, inf, {"x": 1, "y": -1}),
        Statement("product", 0, inf, {"x": 2, "y": 0.5}, 10),
    ]
    implied = check(table).implied
    assert implied["x"] == pytest.approx((2, 3))
    assert implied["ratio"] == pytest.approx((2 / 7, 3 / 5))
    assert implied["product"] == pytest.approx((10 * 4 * 5**0.5, 10 * 9 * 7**0.5))
    assert list(implied) == ["x", "y", "level", "other", "ratio", "product"]


def test_a_ratio_and_one_level_imply_the_other_level():
    table = [Statement("level", 2, 3, {"x": 1}), Statement("ratio", 4, 5, {"y": 1, "x": -1})]
    assert check(table).implied["y"] == pytest.approx((8, 15))


def test_what_nothing_bounds_runs_from_zero_to_infinity():
    table = [
        Statement("level", 2, inf, {"x": 1}),
        Statement("yz", 1, 1, {"y": 1, "z": 1}),
        Statement("nothing", 0, inf, {"w": 1}),
    ]
    implied = check(table).implied
    assert implied["x"] == pytest.approx((2, inf))
    assert implied["y"] == implied["z"] == implied["w"] == (0, inf)
    assert implied["yz"] == (1, 1)


def test_an_empty_table_is_feasible():
    assert check([]) == Joint(feasible=True)


def test_statements_that_touch_at_one_point_agree_there():
    table = [Statement("low", 1, 2.5, {"x": 1}), Statement("high", 2.5, 4, {"x": 1})]
    assert check(table).implied["x"] == pytest.approx((2.5, 2.5), **EXACT)
    beyond = [table[0], Statement("high", 2.5 * (1 + 1e-8), 4, {"x": 1})]
    assert list(check(beyond).conflict) == ["low", "high"]


@given(
    st.dictionaries(st.sampled_from("abcd"), st.floats(1e-12, 1e12), min_size=4),
    st.lists(st.dictionaries(st.sampled_from("abcd"), st.sampled_from([-2, -1, 1, 2, 0.5]), min_size=1), max_size=8),
)
@settings(max_examples=12)
def test_statements_of_equal_ends_agree_if_one_point_gives_them_all(point, exponents):
    table = []
    for number, powers in enumerate(exponents):
        value = prod(point[name] ** power for name, power in powers.items())
        table.append(Statement(f"s{number}", value, value, powers))
    joint = check(table, {name: (point[name],) * 2 for powers in exponents for name in powers})
    assert joint.feasible
    for name, (low, high) in joint.implied.items():
        if name in point:
            assert low == high == point[name]


def test_a_statement_at_the_border_of_the_others_agrees_and_beyond_it_does_not():
    border = PER_MILLION_PER_HOUR * 1.405 / 4.205
    for reading in ((80, border), (border, border)):
        joint = check(price_throughput_cost(reading))
        assert joint.feasible
        assert joint.implied["c"] == pytest.approx((1.405, 1.405), **EXACT)
    assert not check(price_throughput_cost((80, border * (1 - 1e-8)))).feasible


def test_known_variables_hold_and_are_no_part_of_a_conflict():
    table = price_throughput_cost((85, 95))
    price = (4.195 * 3600 * 93.153 / 1e6, 4.205 * 3600 * 93.153 / 1e6)
    assert check(table, {"t": (93.153, 93.153)}).implied["c"] == pytest.approx(price, **EXACT)
    assert check(table, {"c": (0, inf)}) == check(table)
    joint = check(table, {"t": (90, 90)})
    assert list(joint.conflict) == ["price", "cost"]
    assert joint.conflict["cost"].reach == pytest.approx(1.405e6 / (3600 * 90), **EXACT)
    assert list(check(table, {"t": (100, 200)}).conflict) == ["throughput"]


def test_what_is_known_does_not_give_way_even_where_that_were_the_least():
    """A statement must move to what is known, though two of them say otherwise."""
    table = [Statement("one", 1, 1, {"x": 1}), Statement("other", 1, 1, {"x": 1})]
    (give,) = check(table, {"x": (2, 2)}).conflict.values()
    assert give.reach == pytest.approx(2)


def test_an_empty_table_agrees():
    assert agree([])
    assert not agree([Statement("one", 1, 1, {"x": 1})], {"x": (2, 2)})


# Properties


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_statements_does_not_matter(seed):
    table = random_table(seed, spread=0.4 * seed)
    joint, mirrored = check(table), check(table[::-1])
    assert joint.feasible == mirrored.feasible
    assert set(joint.conflict) == set(mirrored.conflict)
    assert joint.implied.keys() == mirrored.implied.keys()
    assert [s.id for s in table if s.id in joint.conflict] == list(joint.conflict)
    for name, interval in joint.implied.items():
        assert mirrored.implied[name] == pytest.approx(interval, **EXACT)
    for name, give in joint.conflict.items():
        assert give.relative == pytest.approx(mirrored.conflict[name].relative, rel=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_the_units_of_a_variable_do_not_matter(seed):
    table = random_table(seed, spread=0.4 * seed)
    units = {"a": 1e6, "b": 1e-9, "c": 3600.0, "d": 1.0}
    rescaled = [
        Statement(s.id, s.lower, s.upper, s.exponents, s.constant / quantity(Statement("", 1, 1, s.exponents), units))
        for s in table
    ]
    joint, other = check(table), check(rescaled)
    assert joint.feasible == other.feasible
    assert list(joint.conflict) == list(other.conflict)
    for name, interval in joint.implied.items():
        assert np.array(other.implied[name]) / units.get(name, 1) == pytest.approx(interval, **EXACT)
    for name, give in joint.conflict.items():
        assert give.relative == pytest.approx(other.conflict[name].relative, rel=1e-5)


@pytest.mark.parametrize("seed", range(8))
def test_sampled_points_fill_the_implied_intervals_and_never_leave_them(seed):
    table = random_table(seed, variables=2, statements=5, spread=0.35 * seed)
    joint = check(table)
    axis = np.linspace(-4, 4, 801)
    first, second = np.meshgrid(axis, axis)
    logs = {"a": first, "b": second}
    inside = np.ones_like(first, dtype=bool)
    values = dict(logs)
    for statement in table:
        values[statement.id] = sum(logs[name] * power for name, power in statement.exponents.items()) + log(
            statement.constant
        )
        inside &= (values[statement.id] >= np.log(max(statement.lower, 1e-300))) & (
            values[statement.id] <= np.log(statement.upper)
        )
    assert joint.feasible == inside.any()
    for name, interval in joint.implied.items():
        low, high = (log(end) if end > 0 else -inf for end in interval)
        sampled = values[name][inside]
        assert sampled.min() >= low - 1e-9
        assert sampled.max() <= high + 1e-9
        if np.isfinite([low, high]).all() and max(abs(first[inside]).max(), abs(second[inside]).max()) < 3.9:
            assert sampled.min() - low < 0.05
            assert high - sampled.max() < 0.05


@pytest.mark.parametrize("seed", range(5))
def test_no_smaller_set_of_statements_is_a_conflict(seed):
    table = random_table(seed, variables=3, statements=6, spread=2)
    joint = check(table)
    # Any smaller conflict would be part of a set that is one statement smaller.
    one_fewer = combinations(table, max(len(joint.conflict) - 1, 0))
    assert all(check(chosen).feasible for chosen in one_fewer)
    assert joint.feasible or not check([s for s in table if s.id in joint.conflict]).feasible


def test_of_equally_small_conflicts_the_widest_gap_is_named():
    table = [
        Statement("a", 1, 2, {"x": 1}),
        Statement("b", 2.1, 3, {"x": 1}),
        Statement("c", 5, 6, {"y": 1}),
        Statement("d", 9, 10, {"y": 1}),
    ]
    assert list(check(table).conflict) == ["c", "d"]
    assert list(check(table[::-1]).conflict) == ["d", "c"]


@pytest.mark.parametrize("seed", range(5))
def test_a_large_table_has_an_irreducible_conflict(seed, monkeypatch):
    table = random_table(seed, spread=4)
    monkeypatch.setattr(system, "SMALLEST_UP_TO", 0)
    names = list(check(table).conflict)
    chosen = [statement for statement in table if statement.id in names]
    assert chosen
    assert not check(chosen).feasible
    assert all(check(without(chosen, name)).feasible for name in names)


@pytest.mark.parametrize("seed", range(5))
def test_a_statement_that_gives_as_far_as_said_makes_the_rest_agree_and_no_less_does(seed):
    table = random_table(seed, spread=1.5)
    conflict = check(table).conflict
    chosen = [statement for statement in table if statement.id in conflict]
    for statement in chosen:
        rest, give = without(chosen, statement.id), conflict[statement.id]
        assert check([*rest, moved(statement, give)]).feasible
        assert not check([*rest, moved(statement, Give(give.end, give.relative * 0.99))]).feasible


def test_the_same_table_has_the_same_answer_twice():
    assert check(random_table(5, spread=2)) == check(random_table(5, spread=2))
    assert check(published("wide")) == check(published("wide"))


# Refusals


@pytest.mark.parametrize(
    ("lower", "upper", "message"),
    [
        (-1, 2, "lower end -1, allowed: from 0, finite"),
        (nan, 2, "lower end nan, allowed: from 0, finite"),
        (inf, inf, "lower end inf, allowed: from 0, finite"),
        (0, 0, "upper end 0, allowed: above 0 and not below the lower end 0"),
        (2, 1, "upper end 1, allowed: above 0 and not below the lower end 2"),
        (1, nan, "upper end nan, allowed: above 0 and not below the lower end 1"),
    ],
)
def test_an_interval_without_positive_numbers_is_refused_by_name(lower, upper, message):
    with pytest.raises(InputError, match=f"statement 'cost-h200': {message}"):
        Statement("cost-h200", lower, upper, {"x": 1})
    with pytest.raises(InputError, match=f"known variable 'x': {message}"):
        check([Statement("s", 1, 2, {"x": 1})], {"x": (lower, upper)})


@pytest.mark.parametrize("constant", [0, -1, nan, inf])
def test_a_constant_that_is_not_positive_is_refused_by_name(constant):
    with pytest.raises(InputError, match=f"statement 's': constant {constant}, allowed: above 0 and finite"):
        Statement("s", 1, 2, {"x": 1}, constant)


def test_exponents_must_be_finite_and_move_something():
    with pytest.raises(InputError, match="statement 's': exponent nan of 'x', allowed: finite"):
        Statement("s", 1, 2, {"x": nan})
    for exponents in ({}, {"x": 0}):
        with pytest.raises(InputError, match=r"statement 's': exponents .*, allowed: one or more not 0"):
            Statement("s", 1, 2, exponents)


def test_a_name_stands_for_one_thing():
    statement = Statement("s", 1, 2, {"x": 1})
    with pytest.raises(InputError, match="statement 's': the id is used 2 times"):
        check([statement, statement])
    with pytest.raises(InputError, match="statement 'x': the id is used 2 times"):
        check([Statement("x", 1, 2, {"x": 1})])


def test_a_known_variable_that_no_statement_has_names_the_nearest():
    table = [Statement("s", 1, 2, {"power_h200": 1})]
    with pytest.raises(InputError, match="known variable 'power_h20': in no statement; did you mean 'power_h200'"):
        check(table, {"power_h20": (1, 2)})
