"""The tidy table of curves says what a comparison on the curves says, at prices of the asker's own, too."""

import math

import pytest

from analysis.comparison.head_to_head import compare
from analysis.comparison.tidy import COLUMNS, cost, curves, tariff
from analysis.errors import InputError
from analysis.library.choices import value
from analysis.scenario import Parameters

SPEEDS = [40.0, 116.0]


@pytest.fixture(scope="module")
def table(library):
    return curves(library, ["h200", "gb300"], interactivity=[*SPEEDS, 250.0])


def test_the_columns_have_units_and_a_speed_that_is_not_served_has_no_row(table):
    assert [*table.columns] == [*table.attrs["units"]] == [*COLUMNS]
    assert [*table["platform"]] == ["HGX H200", "HGX H200", "GB300 NVL72", "GB300 NVL72", "GB300 NVL72"]


@pytest.mark.parametrize("speed", SPEEDS)
def test_each_row_is_what_compare_answers_on_the_curves(library, table, speed):
    pair = compare(library, Parameters(minimum_interactivity=speed), "curve")
    rows = table[table["interactivity"] == speed].to_dict("records")
    for row, side in zip(rows, pair.sides, strict=True):
        cost = side.levels["cost_per_million_tokens"]
        assert row["cost"] == cost.number
        assert row["throughput"] == side.levels["throughput_per_gpu"].number
        assert (row["series"], row["platform"]) == (side.series, side.platform.name)
        assert (row["cost_low"], row["cost_high"]) == (cost.bracket or (cost.number, cost.number))
        assert row["accuracy"] == side.service["accuracy"].number
    assert {row["status"] for row in rows} <= {"measured", "interpolated"}


def test_the_whole_curve_holds_its_measured_rows_and_never_gets_cheaper_with_speed(library):
    whole = curves(library, ["h200"])
    assert whole["interactivity"].is_monotonic_increasing
    assert whole["cost"].is_monotonic_increasing
    assert {"measured", "interpolated"} == {*whole["status"]}
    assert whole["interactivity"].max() == pytest.approx(174.8246)


def test_own_prices_are_numbers_or_values_and_the_cost_is_in_their_proportion(library):
    asked = {"interactivity": SPEEDS, "input_tokens": 8192, "output_tokens": 1024}
    at_one = curves(library, ["h100"], price={"h100": 1.0}, **asked)
    quoted = curves(library, ["h100"], price={"h100": value(1.99, "USD/GPU/h", source="my quote")}, **asked)
    assert [*quoted["cost"]] == pytest.approx([1.99 * cost for cost in at_one["cost"]])
    assert math.isclose(at_one["cost"][0] * at_one["throughput"][0] * 3600, 1e6)


def test_lengths_that_nobody_measured_are_modeled_and_said_to_be(library):
    assert {*curves(library, ["h200"], interactivity=40, input_tokens=3000)["status"]} == {"modeled"}


@pytest.mark.parametrize(
    ("platform", "conditions", "words"),
    [("h10", {}, "did you mean 'h100'"), ("h100", {"input_token": 8192}, "did you mean 'input_tokens'")],
)
def test_a_wrong_name_is_refused_with_the_nearest(library, platform, conditions, words):
    with pytest.raises(InputError, match=words):
        curves(library, [platform], **conditions)


def test_a_price_in_another_unit_is_refused(library):
    with pytest.raises(InputError, match="is in USD/GPU/h, found"):
        curves(library, ["h100"], price={"h100": value(1.0, "USD/Mtok", source="my quote")})


def test_the_cost_of_one_platform_is_that_of_its_row_in_the_table(library, table):
    for key, name in (("h200", "HGX H200"), ("gb300", "GB300 NVL72")):
        for speed in SPEEDS:
            (row,) = table[(table["platform"] == name) & (table["interactivity"] == speed)].to_dict("records")
            assert cost(library, key, speed).number == row["cost"]


def test_a_table_of_values_holds_the_same_numbers_with_their_origin(library, table):
    values = curves(library, ["h200", "gb300"], interactivity=[*SPEEDS, 250.0], values=True)
    numbers = ["interactivity", "throughput", "cost", "cost_low", "cost_high", "accuracy"]
    assert values[numbers].astype(float).equals(table[numbers])
    assert {value.quantity.key for value in values["cost"]} == {"cost_per_million_tokens"}
    assert all(value.sources for value in values["cost"])


def test_a_tariff_adds_up_to_the_cost_at_a_measured_workload_and_goes_with_the_price(library):
    own = {"input_tokens": 8192, "output_tokens": 1024}
    made = tariff(library, "h200", 40, price=2.0, **own)
    parts = 8192 / 1e6 * made.input_cost + 1024 / 1e6 * made.output_cost
    assert float(made.request_cost) == pytest.approx(parts)
    assert float(made.cost) == pytest.approx(float(cost(library, "h200", 40, price=2.0, **own)), rel=1e-4)
    quote = value(4.0, "USD/GPU/h", source="my quote")
    assert float(tariff(library, "h200", 40, price=quote, **own).cost) == pytest.approx(2 * made.cost)


def test_a_speed_that_nothing_serves_is_refused(library):
    for ask in (cost, tariff):
        with pytest.raises(InputError, match="h200: no"):
            ask(library, "h200", 4000)
