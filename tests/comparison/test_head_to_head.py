"""Two platforms at the measured rows that the conditions choose, with every metric, its ratio and what it counts."""

import datetime

import pytest

from analysis import formulas
from analysis.comparison.head_to_head import compare
from analysis.comparison.metrics import METRICS, listed
from analysis.errors import InputError
from analysis.frontier.series import newest
from analysis.library.values import Status, calculate
from analysis.scenario import Parameters

# Quantity: H200, GB300, ratio, from its prices, powers and rows.
PUBLISHED = {
    "price_per_gpu_hour": (1.41, 2.652, 1.881),
    "flops_per_dollar": (2.807, 5.656, 2.015),
    "throughput_per_gpu": (93.153, 5970.261, 64.09),
    "throughput_per_megawatt": (53_846, 2_842_982, 52.80),
    "cost_per_million_tokens": (4.2045, 0.12339, 34.075),
}


@pytest.fixture(scope="module")
def published(library):
    return compare(library, Parameters())


def test_the_conditions_choose_the_two_rows_of_the_publication(published):
    h200, gb300 = (side.row for side in published.sides)
    assert (h200["framework"], h200["precision"], h200["speculative_decoding"]) == ("dynamo-trt", "fp8", "mtp")
    assert (gb300["framework"], gb300["precision"], gb300["speculative_decoding"]) == ("dynamo-trt", "fp4", "mtp")
    assert (h200["prefill_gpus"], h200["decode_gpus"], h200["concurrency"]) == (8, 88, 44)
    assert (gb300["prefill_gpus"], gb300["decode_gpus"], gb300["concurrency"]) == (6, 32, 1229)
    assert (h200["date"], gb300["date"]) == (datetime.datetime(2026, 3, 23), datetime.datetime(2026, 2, 3))
    assert h200["interactivity_median"] == pytest.approx(116.72, abs=0.005)
    assert gb300["interactivity_median"] == pytest.approx(116.86, abs=0.005)


@pytest.mark.parametrize("key", PUBLISHED)
def test_levels_and_ratios_are_those_of_the_publication(published, key):
    levels = [value.number for value in published.levels(key)]
    assert [*levels, published.ratio(key).number] == pytest.approx(PUBLISHED[key], rel=2e-4)


def test_the_metrics_are_those_of_the_published_table(published):
    assert published.metrics == listed() == list(PUBLISHED)


def test_the_deployment_counts_the_gpus_of_both_roles(published):
    assert [side.given["gpus"].number for side in published.sides] == [96, 38]
    assert published.baseline.given["gpus"].name == "GPUs of the deployment, HGX H200"


def test_cost_times_throughput_is_price_on_both_sides(published):
    for side in published.sides:
        found = side.levels["cost_per_million_tokens"].number * side.levels["throughput_per_gpu"].number * 3600 / 1e6
        assert found == pytest.approx(side.levels["price_per_gpu_hour"].number, rel=1e-12)


def test_the_ratio_of_costs_is_the_ratio_of_throughputs_by_that_of_prices(published):
    found = published.ratio("throughput_per_gpu").number / published.ratio("price_per_gpu_hour").number
    assert published.ratio("cost_per_million_tokens").number == pytest.approx(found, rel=1e-12)


def test_a_ratio_says_which_platform_is_measured_against_which(published):
    assert published.ratio("throughput_per_gpu").subject == "GB300 NVL72 / HGX H200"
    assert published.ratio("cost_per_million_tokens").subject == "HGX H200 / GB300 NVL72"


def test_every_level_says_what_it_counts(published):
    cost = published.baseline.levels["cost_per_million_tokens"]
    assert cost.kinds == {
        "price": "hyperscaler ownership",
        "assumptions": "2026-04",
        "model": "DeepSeek-R1-0528",
        "tokens": "input and output tokens",
        "gpus": "all GPUs",
        "workload": "1k/1k",
    }
    assert published.ratio("flops_per_dollar").kinds["sparsity"] == "dense / sparse"


def test_the_placeholder_price_taints_what_is_made_from_it_and_nothing_else(published):
    tainted = {key for key in published.metrics if Status.PLACEHOLDER in published.subject.levels[key].cautions}
    assert tainted == {
        "price_per_gpu_hour",
        "flops_per_dollar",
        "throughput_per_megawatt",
        "cost_per_million_tokens",
    }
    assert not any(value.cautions for value in published.baseline.levels.values())
    assert published.ratio("cost_per_million_tokens").cautions == {Status.PLACEHOLDER}


@pytest.mark.parametrize(
    ("vintage", "power", "owned", "rented"),
    [
        ("2026-04", 52.8, 34.1, 25.9),
        ("2026-07", 41.4, 34.1, 25.9),
        ("2026-08", 41.4, 33.8, 39.8),
        ("2026-09", 41.4, 33.8, 37.2),
    ],
)
def test_later_power_lowers_the_ratio_per_megawatt_and_later_rents_raise_that_of_cost(
    library, vintage, power, owned, rented
):
    pair = compare(library, Parameters(vintage=vintage))
    assert pair.ratio("throughput_per_megawatt").number == pytest.approx(power, abs=0.05)
    assert pair.ratio("cost_per_million_tokens").number == pytest.approx(owned, abs=0.05)
    rental = pair.repriced(Parameters(vintage=vintage, price_tier="rental_3yr")).ratio("cost_per_million_tokens")
    assert rental.number == pytest.approx(rented, abs=0.05)
    assert (Status.CORRECTED in rental.cautions) == (vintage == "2026-08")


@pytest.mark.parametrize(
    ("before", "after", "ratio"),
    [("fp8_dense", "fp8_dense", 1.34), ("fp8_dense", "fp4_dense", 4.03), ("fp8_sparse", "fp4_sparse", 2.69)],
)
def test_flops_per_dollar_at_equal_kinds(library, before, after, ratio):
    pair = compare(library, Parameters(baseline_rate=before, subject_rate=after))
    assert pair.ratio("flops_per_dollar").number == pytest.approx(ratio, abs=0.005)


def test_a_price_of_ones_own_is_marked_as_such_and_scales_the_cost(library, published):
    own = compare(library, Parameters(subject_price=5.304))
    price = own.subject.given["price_per_gpu_hour"]
    assert (price.status, price.kinds, price.place) == (
        Status.ASSUMED, {"price": "own price"}, "parameter subject_price",
    )  # fmt: skip
    assert Status.ASSUMED in own.ratio("cost_per_million_tokens").cautions
    assert own.ratio("price_per_gpu_hour").kinds["price"] == "own price / hyperscaler ownership"
    for key, factor in (("price_per_gpu_hour", 2), ("cost_per_million_tokens", 0.5), ("throughput_per_gpu", 1)):
        assert own.ratio(key).number == pytest.approx(published.ratio(key).number * factor, rel=1e-12)


def test_own_prices_on_both_sides_are_of_one_kind(library):
    own = compare(library, Parameters(baseline_price=2, subject_price=4))
    assert own.ratio("price_per_gpu_hour").kinds == {"price": "own price"}
    assert own.ratio("price_per_gpu_hour").number == 2


def test_a_platform_compared_with_itself_is_once_as_good(library):
    pair = compare(library, Parameters(baseline="gb300", baseline_rate="fp4_dense"))
    assert [pair.ratio(key).number for key in pair.metrics] == [1.0] * 5


def test_exchanging_the_sides_inverts_every_ratio(library, published):
    rates = {"baseline_rate": "fp4_dense", "subject_rate": "fp8_sparse"}
    other = compare(library, Parameters(baseline="gb300", subject="h200", **rates))
    for key in METRICS:
        assert other.ratio(key).number == pytest.approx(1 / published.ratio(key).number, rel=1e-12)


def test_a_platform_without_the_rate_asked_for_has_the_other_metrics(library):
    pair = compare(library, Parameters(subject="mi355x", subject_rate="fp4_sparse"))
    assert pair.metrics == [key for key in listed() if key != "flops_per_dollar"]


def test_a_row_measured_after_the_cut_off_is_not_used(library):
    early = compare(library, Parameters(as_of=datetime.date(2026, 3, 22)))
    assert early.baseline.row["date"] <= datetime.datetime(2026, 3, 22)
    assert early.baseline.given["throughput_per_gpu"].number != pytest.approx(93.153, abs=0.005)


@pytest.mark.parametrize("floor", [20.0, 50.0, 100.0, 150.0])
def test_the_chosen_row_serves_the_interactivity_and_no_row_that_does_is_better(library, floor):
    pair = compare(library, Parameters(minimum_interactivity=floor))
    for side in pair.sides:
        rows = library.benchmark.query(
            "hardware == @side.platform.key and input_tokens == 1024 and output_tokens == 1024 "
            "and date <= '2026-04-15'"
        )
        fast = newest(rows).query("interactivity_median >= @floor")
        assert side.row["interactivity_median"] >= floor
        assert side.row["throughput_per_gpu"] == fast["throughput_per_gpu"].max()


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ({"minimum_interactivity": 100_000.0}, "h200: no row reaches 100000 tok/s/user; the highest measured "),
        ({"input_tokens": 7}, "7"),
        ({"as_of": datetime.date(2025, 1, 1)}, "as_of: none of 77 rows has date at most 2025-01-01"),
    ],
)
def test_conditions_that_no_row_meets_are_refused(library, conditions, said):
    with pytest.raises(InputError, match=said):
        compare(library, Parameters(**conditions))


def test_the_floor_is_what_the_scenario_asks(published):
    assert published.floor.show() == "116"
    assert published.floor.status == Status.CHOSEN


def test_the_platforms_and_the_lengths_have_the_names_that_text_says(published):
    assert published.names == {"baseline": "HGX H200", "subject": "GB300 NVL72"}
    assert published.lengths == "1k/1k"


def test_throughputs_of_two_workloads_do_not_mix(library, published):
    long = compare(library, Parameters(input_tokens=8192, minimum_interactivity=50.0))
    with pytest.raises(InputError, match="workload"):
        calculate(
            formulas.ratio, numerator=long.subject.levels["throughput_per_gpu"],
            denominator=published.subject.levels["throughput_per_gpu"],
        )  # fmt: skip


def test_a_metric_is_a_row_of_its_levels_and_their_ratio(published):
    label, before, after, ratio = published.row("cost_per_million_tokens")
    assert label == "Cost per million tokens (USD/Mtok)"
    assert before.number / after.number == pytest.approx(ratio.number)
