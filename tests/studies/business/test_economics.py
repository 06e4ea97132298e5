"""Unit economics stand on measured rows, say what they count, and end where cost meets price."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.comparison.requests import floor
from analysis.errors import InputError
from analysis.formulas.steps import inputs
from analysis.library.values import Status
from analysis.studies.business.economics import ECONOMICS, utilizations
from tests.support.economies import by_platform, conditions, price

HOURS, CRUSOE = 8760, 3.375


@pytest.fixture(scope="module")
def published(library):
    return by_platform(library)


@pytest.fixture(scope="module")
def full(library):
    return by_platform(library, utilization=1.0)


@pytest.mark.parametrize(("hardware", "printed"), [("h200", 4.20), ("gb300", 0.12)])
def test_the_published_cost_is_found_again_at_full_load(full, hardware, printed):
    assert full[hardware]["cost_per_million_tokens"].number == pytest.approx(printed, abs=0.005)


def test_tokens_earn_price_times_throughput(full):
    """5,970.26 tok/s x 3,600 s x $3.375 per million."""
    assert full["gb300"]["revenue_per_gpu_hour"].number == pytest.approx(5970.2614 * 3600 * CRUSOE / 1e6, rel=1e-12)


def test_all_platforms_that_serve_the_point_are_there_in_the_tables_order(library, published):
    assert list(published) == ["h100", "h200", "b200", "b300", "gb200", "gb300", "mi355x"]
    assert all(side["interactivity"].number >= 116 for side in published.values())
    assert len(by_platform(library, minimum_interactivity=35.0)) == len(library.with_rows)


def test_each_platform_runs_at_its_best_row_of_that_speed(published):
    for side in published.values():
        rows = side.contender.curve.knots
        fast = rows[rows["interactivity"] >= 116]
        assert side["throughput_per_gpu"].number == fast["throughput"].max()


def test_the_estimate_of_utilization_is_used_unless_one_is_asked_for(library):
    estimated = utilizations(library, conditions())
    assert [load.number for load in estimated] == [0.6, 0.3, 1.0]
    assert {load.status for load in estimated} == {Status.ESTIMATE}
    asked = utilizations(library, conditions(utilization=0.8))
    assert [load.number for load in asked] == [0.8, 0.3, 1.0]
    assert asked[0].status is Status.ASSUMED
    assert [load.number for load in utilizations(library, conditions(utilization=1.0))] == [1.0, 0.3]


def test_what_rests_on_the_estimate_is_marked_as_such(published, full):
    assert Status.ESTIMATE in published["h200"]["gross_margin"].cautions
    assert full["h200"]["gross_margin"].cautions == {Status.ASSUMED}
    assert full["gb300"]["gross_margin"].cautions == {Status.ASSUMED, Status.PLACEHOLDER}


def test_a_megawatt_year_earns_what_its_gpus_earn_in_its_hours(published):
    for side in published.values():
        gpus = 1000 / side["power_per_gpu"].number
        expected = gpus * HOURS * side["revenue_per_gpu_hour"].number
        assert side["revenue_per_megawatt_year"].number == pytest.approx(expected, rel=1e-12)


def test_results_are_of_their_platform_and_count_what_their_inputs_count(published):
    side = published["gb300"]
    for step in ECONOMICS:
        assert side[step.name].subject == "GB300 NVL72"
    assert side["revenue_per_gpu_hour"].kinds == {
        "model": "DeepSeek-R1-0528",
        "tokens": "input and output tokens",
        "gpus": "all GPUs",
        "workload": "1k/1k",
    }
    assert side["gross_margin"].kinds["price"] == "hyperscaler ownership"


def test_other_givens_change_what_rests_on_them_and_nothing_else(library, published):
    side = published["gb300"]
    dear = side.under(price_per_gpu_hour=published["h100"]["price_per_gpu_hour"])
    assert dear["revenue_per_gpu_hour"] == side["revenue_per_gpu_hour"]
    assert dear["cost_per_million_tokens"].number < side["cost_per_million_tokens"].number
    half = side.under(utilization=utilizations(library, conditions())[1])
    assert half["revenue_per_gpu_hour"].number == pytest.approx(side["revenue_per_gpu_hour"].number / 2, rel=1e-12)
    assert half["interactivity"] == side["interactivity"]


def test_the_price_that_a_scenario_states_is_used(library):
    side = by_platform(library, subject_price=5.0)["gb300"]
    assert side["price_per_gpu_hour"].number == 5
    assert side["price_per_gpu_hour"].status is Status.ASSUMED


def test_the_margin_along_the_curve_meets_that_of_the_measured_row(published):
    for side in published.values():
        there = float(side.margin(side["interactivity"].number))
        # Another series may be better at this speed; none is worse.
        assert there >= side["gross_margin"].number - 1e-12
    side = published["gb300"]
    assert float(side.margin(side["interactivity"].number)) == pytest.approx(side["gross_margin"].number, rel=1e-9)


def test_margins_keep_the_shape_asked_and_are_unknown_where_nothing_was_measured(published):
    margins = published["h200"].margin(np.array([[30.0, 80.0], [170.0, 1000.0]]))
    assert margins.shape == (2, 2)
    assert np.isnan(margins).tolist() == [[False, False], [False, True]]


def test_the_margin_ends_at_the_fastest_interactivity(published):
    for side in published.values():
        fastest = side.fastest.number
        assert float(side.margin(fastest)) == pytest.approx(0, abs=1e-6)
        beyond = np.linspace(fastest * 1.001, side.contender.curve.high, 200)
        assert np.nanmax(side.margin(beyond)) < 0


def test_a_platform_that_costs_more_than_the_price_everywhere_has_no_fastest(library, published):
    idle = utilizations(library, conditions(utilization=0.001))[0]
    assert published["h100"].under(utilization=idle).fastest is None


def test_a_platform_that_earns_everywhere_is_as_fast_as_it_was_measured(published):
    side = published["gb300"]
    cheap = side.under(price_per_gpu_hour=replace(side["price_per_gpu_hour"], number=1e-6))
    assert cheap.fastest.number == side.contender.curve.high


def test_a_lower_price_of_tokens_ends_the_margin_earlier(library, published):
    cheap = price(library, conditions(token_provider="DeepSeek"))
    for side in published.values():
        assert side.under(token_price=cheap).fastest.number < side.fastest.number


def test_a_margin_of_the_published_point_is_earned_by_blackwell_and_not_by_hopper(published):
    assert {key: side.earns for key, side in published.items() if key in ("h100", "h200", "gb200", "gb300")} == {
        "h100": False,
        "h200": False,
        "gb200": True,
        "gb300": True,
    }


def test_a_service_that_nobody_reaches_is_refused_with_what_was_asked(library):
    with pytest.raises(
        InputError, match=r"no platform was measured at 900 tok/s/user or more with 1024/1024"
    ) as error:
        by_platform(library, minimum_interactivity=900.0)
    reasons = str(error.value).split("\n  ")[1:]
    assert [reason.partition(":")[0] for reason in reasons] == list(library.with_rows)
    assert "the highest measured is 174.8246 tok/s/user" in reasons[1]


def test_the_interactivity_asked_for_is_shown_as_it_was_written():
    assert floor(conditions(minimum_interactivity=116.0)).show() == "116"
    assert floor(conditions(minimum_interactivity=37.5)).show() == "37.5"


def test_everything_that_the_steps_take_is_given(published):
    assert set(inputs(ECONOMICS)) <= set(published["h200"].amounts)
