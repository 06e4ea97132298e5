"""What must hold of the whole chain, from tables to ratios and verdicts, whatever the figures are.

Each law changes the tables in a way whose effect is known without any calculation: another currency, another unit of
time, names exchanged, rows in another order, twice, or without meaning.
"""

from dataclasses import replace
from functools import cache
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparison.advantage import Advantage
from analysis.comparison.contenders import contender
from analysis.comparison.head_to_head import compare
from analysis.comparison.metrics import METRICS, listed
from analysis.frontier import measured_operating_point, platform_curve
from analysis.frontier.crossings import ratio
from analysis.frontier.limits import InfeasibleError
from analysis.library.loading import new_snapshots, snapshots
from analysis.library.sources import Library, load
from analysis.scenario import Parameters
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.ledgers import ledger
from analysis.studies.claims.verdicts import judge
from analysis.studies.ownership.levelized import levelized, token_parts
from analysis.studies.ownership.owners import owners
from tests.support.benchmark_rows import shipped, table
from tests.support.owned import FACILITY, platform
from tests.support.units import units

EXACT = {"rel": 1e-12}
PRICED = ("price_per_gpu_hour", "cost_per_million_tokens")
SERVED = [key for key, metric in METRICS.items() if metric.is_served]
THROUGHPUTS = ["throughput_per_gpu", "input_throughput_per_prefill_gpu", "output_throughput_per_decode_gpu"]
MONEY = "capital_per_gpu electricity_price colocation staff_cost software_licenses facility_capital".split()
CONDITIONS = [
    Parameters(),
    Parameters(vintage="2026-08", price_tier="neocloud", minimum_interactivity=50),
    Parameters(baseline="b200", subject="mi355x", baseline_rate="fp8_dense", subject_rate="fp8_dense"),
    Parameters(input_tokens=8192, minimum_interactivity=40, price_tier="rental_3yr"),
]
under_conditions = pytest.mark.parametrize("conditions", CONDITIONS, ids=["published", "neocloud", "amd", "8k/1k"])
factors = st.floats(1e-3, 1e3)


def scaled(library: Library, parameter: str, factor: float) -> Library:
    """The library with every assumption of this kind multiplied."""
    rows = library.tables["assumptions"]
    value = rows["value"].where(~rows["parameter"].str.startswith(parameter), rows["value"] * factor)
    return replace(library, tables={**library.tables, "assumptions": rows.assign(value=value)})


def measured(library: Library, rows: pd.DataFrame) -> Library:
    return replace(library, benchmark=rows)


def numbers(pair):
    """Levels of both sides, and ratios, of every metric."""
    levels = {key: [value.number for value in pair.levels(key)] for key in pair.metrics}
    return levels, {key: pair.ratio(key).number for key in pair.metrics}


@cache
def under_each_condition(library):
    return [numbers(compare(library, conditions)) for conditions in CONDITIONS]


def as_it_is(library, conditions):
    """The figures of the library as it is, which the examples of a law are compared with."""
    return under_each_condition(library)[CONDITIONS.index(conditions)]


# Another currency, another unit


@under_conditions
@given(factor=factors)
@settings(max_examples=10)
def test_in_another_currency_ratios_stay_and_costs_are_converted(library, conditions, factor):
    levels, ratios = as_it_is(library, conditions)
    other_levels, other_ratios = numbers(compare(scaled(library, "price_", factor), conditions))
    for key in levels:
        power = 1 if key in PRICED else -1 if key == "flops_per_dollar" else 0
        assert other_levels[key] == pytest.approx(np.multiply(levels[key], factor**power), **EXACT)
        assert other_ratios[key] == pytest.approx(ratios[key], **EXACT)


@under_conditions
def test_in_another_currency_a_statement_about_ratios_is_judged_alike(library, conditions):
    """Two thirds of a dollar for a dollar: levels are misprinted then, ratios are not."""
    claims = [claim for claim in ledger(library) if claim.is_ratio]
    words = [
        [(one.verdict, one.under, one.remark) for one in judge(claims, Evidence(each, compare(each, conditions)))]
        for each in (library, scaled(library, "price_", 2 / 3))
    ]
    assert words[0] == words[1]


@under_conditions
@given(factor=factors)
@settings(max_examples=10)
def test_in_another_unit_of_power_only_what_is_per_megawatt_is_converted(library, conditions, factor):
    levels, ratios = as_it_is(library, conditions)
    other_levels, other_ratios = numbers(compare(scaled(library, "provisioned_power", factor), conditions))
    for key in levels:
        power = -1 if key == "throughput_per_megawatt" else 0
        assert other_levels[key] == pytest.approx(np.multiply(levels[key], factor**power), **EXACT)
        assert other_ratios[key] == pytest.approx(ratios[key], **EXACT)


@under_conditions
def test_in_tokens_per_hour_every_ratio_is_what_it_is_in_tokens_per_second(library, conditions):
    hourly = library.benchmark.assign(**{name: library.benchmark[name] * 3600 for name in THROUGHPUTS})
    levels, ratios = as_it_is(library, conditions)
    other_levels, other_ratios = numbers(compare(measured(library, hourly), conditions))
    assert other_ratios == pytest.approx(ratios, **EXACT)
    cost = "cost_per_million_tokens"
    assert other_levels[cost] == pytest.approx(np.divide(levels[cost], 3600), **EXACT)


def test_the_whole_curve_of_a_ratio_does_not_know_the_currency(library):
    sides = ("h200", "gb300")
    one = Advantage(*(contender(library, Parameters(), side) for side in sides))
    other = Advantage(*(contender(scaled(library, "price_", 0.92), Parameters(), side) for side in sides))
    for key in SERVED:
        np.testing.assert_allclose(one(key, one.places), other(key, one.places), rtol=1e-12)
    assert one.highest == other.highest


@under_conditions
def test_in_cents_watts_hours_and_joules_the_levels_are_the_same(library, conditions):
    """The bare physics, without any constant, on inputs in units that the project never uses."""
    for side in compare(library, conditions).sides:
        given = {key: value.number for key, value in side.given.items()}
        price = units.Quantity(given["price_per_gpu_hour"] * 100 / 3600, "cent / GPU / second")
        speed = units.Quantity(given["throughput_per_gpu"] * 60, "token / GPU / minute")
        power = units.Quantity(given["power_per_gpu"] * 1000, "joule / second / GPU")
        found = {key: value.number for key, value in side.levels.items()}
        assert (price / speed).to("USD / megatoken").magnitude == pytest.approx(
            found["cost_per_million_tokens"], **EXACT
        )
        assert (speed / power).to("token / second / megawatt").magnitude == pytest.approx(
            found["throughput_per_megawatt"], **EXACT
        )


@given(factor=factors)
@settings(max_examples=25)
@pytest.mark.parametrize("space", [{}, FACILITY], ids=["rented", "owned"])
def test_an_owner_who_counts_in_another_currency_has_the_same_cost_and_the_same_shares(space, factor):
    one = platform(**space)
    rich = {key: factor * getattr(one.finance, key) for key in MONEY}
    other = replace(one, finance=replace(one.finance, **rich))
    known, converted = (levelized(each.finance, each.performance) for each in (one, other))
    for key in PRICED:
        assert converted[key] == pytest.approx(factor * known[key], **EXACT)
    parts, other_parts = (
        {name: part.number for name, part in token_parts(each, "HGX H200").items()} for each in (one, other)
    )
    assert other_parts == pytest.approx({name: factor * part for name, part in parts.items()}, rel=1e-9)


def test_an_account_in_watts_years_and_cents_gives_the_levelized_price():
    """The owner's price of an hour once more, by a units library and without one constant of the formulas."""
    owner = platform(**FACILITY).finance
    capital = units.Quantity(owner.capital_per_gpu * 100, "cent / GPU")
    power = units.Quantity(owner.power_per_gpu * 1000, "watt / GPU")

    def recovery(life, often):
        """The share paid in each period so that all periods together are worth the capital."""
        rate = owner.cost_of_capital / often
        worth = sum((1 + rate) ** -period for period in range(1, round(life * often) + 1))
        return often / worth / units.Quantity(1, "calendar_year")

    often, life = int(owner.payments_per_year), owner.economic_life
    resale = owner.residual_value / (1 + owner.cost_of_capital / often) ** (life * often)
    tax = (1 - owner.tax_rate * owner.depreciation_present_value) / (1 - owner.tax_rate)
    yearly = [
        capital * recovery(life, often) * (tax - resale),
        power * units.Quantity(owner.facility_capital, "USD / kilowatt") * recovery(owner.facility_life, often),
        power * owner.pue * owner.average_load * units.Quantity(owner.electricity_price, "USD / kilowatt_hour"),
        capital * units.Quantity(owner.support_rate, "1 / calendar_year"),
        units.Quantity(owner.staff_cost + owner.software_licenses, "USD / GPU / calendar_year"),
    ]
    hour = sum(one.to("USD / GPU / hour").magnitude for one in yearly) / owner.availability
    assert levelized(owner, platform().performance)["price_per_gpu_hour"] == pytest.approx(hour, **EXACT)


# Names exchanged


def renamed(library: Library, names: dict[str, str]) -> Library:
    """The library in which the figures of one platform bear another's name."""
    tables = {
        name: rows.assign(hardware=rows["hardware"].replace(names)) if "hardware" in rows else rows
        for name, rows in library.tables.items()
    }
    benchmark = library.benchmark.assign(hardware=library.benchmark["hardware"].replace(names))
    return replace(library, benchmark=benchmark, tables=tables)


def test_platforms_that_exchange_their_names_have_reciprocal_ratios(library):
    conditions = Parameters(baseline_rate="fp8_dense", subject_rate="fp8_dense")
    _, ratios = numbers(compare(library, conditions))
    _, exchanged = numbers(compare(renamed(library, {"h200": "gb300", "gb300": "h200"}), conditions))
    assert ratios.keys() == exchanged.keys() == set(listed())
    assert exchanged == pytest.approx({key: 1 / number for key, number in ratios.items()}, **EXACT)


@pytest.mark.parametrize("key", ["throughput_per_gpu", "cost_per_million_tokens", "throughput_per_megawatt"])
def test_going_round_three_platforms_leads_back_to_one(library, key):
    for three in permutations(("h200", "b200", "gb300")):
        round_trip = 1.0
        for baseline, subject in zip(three, (*three[1:], three[0]), strict=True):
            rates = {"baseline_rate": "fp8_dense", "subject_rate": "fp8_dense"}
            pair = compare(library, Parameters(baseline=baseline, subject=subject, minimum_interactivity=60, **rates))
            round_trip *= pair.ratio(key).number
        assert round_trip == pytest.approx(1, **EXACT)


# Utilization


@given(one=st.floats(0.01, 1), other=st.floats(0.01, 1))
@settings(max_examples=10)
def test_cost_times_utilization_does_not_depend_on_it_and_the_price_of_an_hour_neither(library, one, other):
    found = []
    for utilization in (one, other):
        pair = compare(library, Parameters(utilization=utilization))
        known = owners(library, pair)["h200"].levels
        found.append([known["cost_per_million_tokens"].number * utilization, known["price_per_gpu_hour"].number])
    assert found[0] == pytest.approx(found[1], **EXACT)


# Rows in another order, in two files, twice, or without meaning


@under_conditions
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=4)
def test_in_any_order_of_rows_the_same_rows_are_compared(library, conditions, seed):
    shuffled = measured(library, library.benchmark.sample(frac=1, random_state=seed))
    one, other = compare(library, conditions), compare(shuffled, conditions)
    assert [side.row.name for side in one.sides] == [side.row.name for side in other.sides]
    assert numbers(one) == numbers(other)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["first half first", "second half first"])
def test_rows_that_are_split_into_two_files_and_merged_change_no_figure(library, tmp_path, data, order):
    whole = snapshots.read_snapshot(data / "benchmarks", library.snapshot)
    (origin,) = whole.origins
    odd = np.arange(len(whole.rows)) % 2 == 1
    halves = [
        replace(
            whole,
            rows=rows.reset_index(drop=True),
            origins=(origin.model_copy(deep=True, update={"rows": len(rows)}),),
        )
        for rows in (whole.rows[odd], whole.rows[~odd])
    ]
    merged = new_snapshots.merged(halves[order[0]], halves[order[1]])
    new_snapshots.write_snapshot(merged, data / "benchmarks", "merged")
    found = load(data, "merged")
    for conditions in CONDITIONS:
        assert numbers(compare(found, conditions)) == as_it_is(library, conditions)


def curve_of(rows, hardware="h200", **how):
    return platform_curve(rows, hardware, input_tokens=1024, output_tokens=1024, **how)


@cache
def curve_as_shipped(hardware="h200"):
    return curve_of(shipped(), hardware)


def same(one, other):
    speed = np.linspace(one.low, one.high, 500)
    np.testing.assert_array_equal(one(speed), other(speed))
    assert (one.low, one.high, one.series) == (other.low, other.high, other.series)


@pytest.mark.parametrize("hardware", ["h200", "gb300", "b200", "mi355x"])
def test_rows_that_stand_twice_count_once(hardware):
    rows = shipped()
    twice = pd.concat([rows, rows.sample(frac=0.5, random_state=1)], ignore_index=True)
    same(curve_as_shipped(hardware), curve_of(twice, hardware))


@given(
    place=st.integers(0, 10**6), slower=st.floats(0.01, 1), less=st.floats(0.01, 1),
    hardware=st.sampled_from(["h200", "gb300"]),
)  # fmt: skip
@settings(max_examples=40)
def test_a_row_that_is_worse_in_both_respects_moves_no_frontier(place, slower, less, hardware):
    rows = shipped()
    mine = rows[(rows["hardware"] == hardware) & (rows["input_tokens"] == 1024) & (rows["output_tokens"] == 1024)]
    worse = mine.iloc[[place % len(mine)]].copy()
    worse["concurrency"] = 7777
    worse["interactivity_median"] *= slower
    worse["throughput_per_gpu"] *= less
    same(curve_as_shipped(hardware), curve_of(pd.concat([rows, worse], ignore_index=True), hardware))


@given(
    floor=st.floats(20, 170), speed=st.floats(10, 300), throughput=st.floats(1, 20_000),
    precision=st.sampled_from(["fp4", "fp8"]),
)  # fmt: skip
@settings(max_examples=40)
def test_one_more_row_never_lowers_what_is_measured_at_a_floor(floor, speed, throughput, precision):
    more = shipped().iloc[[0]].assign(
        hardware="h200", precision=precision, concurrency=7777, input_tokens=1024, output_tokens=1024,
        interactivity_median=speed, throughput_per_gpu=throughput,
    )  # fmt: skip
    before = measured_operating_point(curve_as_shipped(), floor)
    after = measured_operating_point(curve_of(pd.concat([shipped(), more], ignore_index=True)), floor)
    expected = max(before["throughput"], throughput if speed >= floor else 0)
    assert after["throughput"] == expected


@given(one=st.floats(10, 170), other=st.floats(10, 170))
@settings(max_examples=25)
def test_a_faster_service_never_costs_less(library, one, other):
    slow, fast = (
        compare(library, Parameters(minimum_interactivity=floor)).baseline.levels for floor in sorted((one, other))
    )
    assert slow["cost_per_million_tokens"].number <= fast["cost_per_million_tokens"].number
    assert slow["throughput_per_megawatt"].number >= fast["throughput_per_megawatt"].number


@pytest.mark.parametrize("seed", range(3))
def test_in_any_order_of_statements_each_has_its_verdict(library, seed):
    evidence = Evidence(library, compare(library, Parameters()))
    claims = ledger(library)
    shuffled = np.random.default_rng(seed).permutation(np.array(claims, dtype=object)).tolist()
    words = [{one.claim.id: one.words for one in judge(each, evidence)} for each in (claims, shuffled)]
    assert words[0] == words[1]


# Limits


def test_a_platform_of_one_row_is_known_up_to_it_and_no_further():
    curve = curve_of(table({"interactivity_median": 50.0, "throughput_per_gpu": 100.0}))
    assert (curve.low, curve.high) == (50, 50)
    assert curve(50.0) == 100
    assert curve(49.999) == 100
    assert np.isnan(curve(50.001))
    with pytest.raises(InfeasibleError, match=r"the highest measured is 50 tok"):
        measured_operating_point(curve, 50.001)


@given(low=st.floats(1, 99), high=st.floats(101, 300), worst=st.floats(1, 99), best=st.floats(101, 9000))
def test_between_two_rows_the_curve_is_the_straight_line(low, high, worst, best):
    rows = [(low, best), (high, worst)]
    curve = curve_of(
        table(*({"interactivity_median": speed, "throughput_per_gpu": output} for speed, output in rows))
    )
    share = np.linspace(0, 1, 21)
    line = best + share * (worst - best)
    np.testing.assert_allclose(curve(np.clip(low + share * (high - low), low, high)), line, rtol=1e-9)


def test_platforms_of_the_same_rows_are_once_as_good_everywhere():
    rows = shipped()
    twin = rows[rows["hardware"] == "h200"].assign(hardware="twin")
    both = pd.concat([rows, twin], ignore_index=True)
    one, other = curve_of(both), curve_of(both, "twin")
    found = ratio(one, other)
    assert found.ranges.tolist() == [[one.low, one.high]]
    assert (found(np.linspace(one.low, one.high, 999)) == 1).all()


def test_platforms_that_meet_in_one_interactivity_are_compared_there_only():
    rows = table(
        {"interactivity_median": 40.0, "throughput_per_gpu": 300.0},
        {"interactivity_median": 50.0, "throughput_per_gpu": 200.0},
        {"hardware": "gb300", "interactivity_median": 50.0, "throughput_per_gpu": 700.0},
        {"hardware": "gb300", "interactivity_median": 60.0, "throughput_per_gpu": 600.0},
    )
    found = ratio(curve_of(rows, "gb300"), curve_of(rows))
    assert found.ranges.tolist() == [[50, 50]]
    assert found(50.0) == 3.5
    assert np.isnan(found([50.001, 60.0])).all()


@pytest.mark.parametrize("hardware", ["h200", "gb300", "b200", "mi355x"])
def test_at_the_ends_of_its_range_a_platform_is_a_measured_row(library, hardware):
    one = contender(library, Parameters(), hardware)
    for end in (one.curve.low, one.curve.high):
        rows = one.curve.knots[one.curve.knots["interactivity"] >= end]
        assert float(one.metric("throughput_per_gpu", end)) == pytest.approx(rows["throughput"].max(), **EXACT)
        for key in SERVED:
            assert one.at(end)[key].number == pytest.approx(float(one.metric(key, end)), **EXACT)
    assert one.at(np.nextafter(one.curve.high, np.inf)) == {}
