"""A comparison says by itself what the reports would warn of."""

from dataclasses import replace

import pytest

from analysis.comparison.head_to_head import compare, written
from analysis.frontier.limits import InfeasibleError
from analysis.scenario import Parameters, read_scenario

OWN = Parameters(
    baseline="h100", subject="mi355x", input_tokens=8192, minimum_interactivity=40.0, baseline_price=1.99,
    subject_price=2.6, vintage="2026-08", as_of="2026-05-03",
)  # fmt: skip
COST = "cost_per_million_tokens"


def words(library, conditions, basis="rows"):
    return [caution.word for caution in compare(library, conditions, basis).cautions]


def test_two_readings_stand_beside_each_other_where_a_row_is_much_faster_than_asked(library):
    pair = compare(library, OWN)
    assert words(library, OWN).count("faster than asked") == 2
    assert pair.beside.basis == "curve"
    assert pair.ratio(COST).number > 3 * pair.beside.ratio(COST).number
    for shown in (repr(pair), pair._repr_html_()):
        assert pair.ratio(COST).show() in shown
        assert pair.beside.ratio(COST).show() in shown
        assert "each at its best measured row" in shown
        assert "both on their curves" in shown


def test_where_the_rows_are_near_what_is_asked_one_reading_is_enough(library):
    assert compare(library, Parameters()).beside is None


def test_what_is_shown_names_speed_series_wait_and_accuracy_of_both(library):
    shown = written(compare(library, OWN))
    assert shown.loc["Series"].tolist()[:2] == ["dynamo-trt fp8 mtp", "atom fp4 mtp"]
    for label in ("Interactivity (tok/s/user)", "Median time to first token (s)", "Accuracy"):
        assert all(shown.loc[label].tolist()[:2])


def test_a_suspect_series_that_is_let_in_is_told_as_suspect(library):
    let_in = OWN.model_copy(update={"suspect_series": ["mi355x mori-sglang fp8 mtp"]})
    (reservation,) = [caution for caution in compare(library, let_in).cautions if caution.word == "suspect"]
    assert "Instinct MI355X" in reservation.text
    assert "GSM8K" in reservation.text
    assert "suspect rows left out" in words(library, OWN)


def test_platforms_whose_brackets_overlap_are_a_tie(library):
    rack = Parameters(baseline="gb200", subject="gb300")
    assert "tie" in words(library, rack)
    assert "tie" in words(library, rack, "curve")
    assert "tie" not in words(library, Parameters())


def test_the_fastest_row_is_told_as_the_end_of_its_curve(library):
    h200 = Parameters(minimum_interactivity=174.0)
    assert "end of range" in words(library, h200)
    assert "end of range" not in words(library, Parameters(minimum_interactivity=100.0), "curve")


def test_a_wait_that_nobody_measured_and_a_doubt_of_the_data_check_are_told(library):
    rows = library.benchmark
    without = rows.assign(ttft_median=float("nan"), label_doubt=True, doubts="prefill and decode do not add up")
    said = words(replace(library, benchmark=without), Parameters())
    assert {"no TTFT", "label in doubt", "data check"} <= set(said)


def test_the_table_of_a_comparison_carries_its_cautions(library):
    table = compare(library, OWN).to_frame()
    assert "faster than asked" in table.loc["cost per million tokens", "cautions"]
    assert table.attrs["basis"] == "rows"
    assert len(table.attrs["cautions"]) == len(compare(library, OWN).cautions)


LIMITS = {
    "maximum_ttft_median": ("ttft_median", 1.0), "maximum_ttft_p99": ("ttft_p99", 5.0),
    "minimum_interactivity_p99": ("interactivity_p99", 45.0), "minimum_accuracy": ("accuracy", 0.94),
}  # fmt: skip


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("basis", ["rows", "curve"])
def test_every_limit_of_a_service_is_kept(library, limit, basis):
    column, bound = LIMITS[limit]
    pair = compare(library, OWN.model_copy(update={limit: bound}), basis)
    for side in pair.sides:
        knots = side.contender.curve.knots[column]
        assert ((knots >= bound) if limit.startswith("minimum") else (knots <= bound)).all()


def test_a_limit_that_no_row_keeps_is_named(library):
    with pytest.raises(InfeasibleError, match="maximum_ttft_p99"):
        compare(library, OWN.model_copy(update={"maximum_ttft_p99": 1e-6}))


def test_what_a_scenario_asks_of_a_fleet_is_named_as_not_applied(library):
    (reservation,) = [
        caution for caution in compare(library, read_scenario("buyer")).cautions if caution.word == "not applied"
    ]
    for name in ("power_limit", "budget_per_month", "quotes", "peak_factor"):
        assert name in reservation.text
    assert "maximum_ttft_p99" not in reservation.text
    assert "not applied" not in words(library, Parameters())
