"""A fleet is the measured configuration that takes the fewest GPUs to buy, and it carries the load."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.library.loading.quality import gpus
from analysis.studies.procurement.load import load_of
from analysis.studies.procurement.service import serving
from analysis.studies.procurement.sizing import NO_SUM, UNACCOUNTED, doubts, falling_short, fleet, lowest_accuracy
from tests.support.buyers import LONG, brief, conditions


def sized(library, hardware="b200", **changes):
    asked = conditions(**changes)
    return fleet(library, asked, serving(library, asked, hardware), load_of(asked))


def carried(found, load):
    """What the fleet delivers at full load within its deployments, in tok/s."""
    return found.deployments.number * found.deployment_gpus.number * found.point["throughput_per_gpu"].number


def test_the_fleet_of_two_billion_tokens_a_day_is_counted_by_hand(library):
    """898 tok/s/GPU x 44 GPUs x 90% carry 35.6 thousand tok/s; the load peaks at 34.7 thousand."""
    found = sized(library)
    assert found.point["throughput_per_gpu"].number == pytest.approx(897.9, abs=0.1)
    assert found.deployment_gpus.number == 44
    assert found.needed.number == pytest.approx(2e9 * 1.5 / 86_400 / (897.9 * 44 * 0.9), rel=1e-3)
    assert (found.deployments.number, found.systems.number, found.gpus.number) == (1, 6, 48)
    assert found.megawatts().number == pytest.approx(48 * 2.17 / 1000)
    assert found.spare.number == pytest.approx(1 / found.needed.number - 1)


@pytest.mark.parametrize("hardware", ["h100", "h200", "b200", "b300", "gb200", "gb300", "mi355x"])
@pytest.mark.parametrize("tokens", [1.0, 2e9, 1e12, 1e15])
def test_every_fleet_carries_its_load_in_whole_systems(library, hardware, tokens):
    asked = conditions(tokens_per_day=tokens)
    load = load_of(asked)
    found = sized(library, hardware, tokens_per_day=tokens)
    assert carried(found, load) * 0.9 >= load.peak.number * (1 - 1e-9)
    assert found.gpus.number == found.systems.number * found.platform.gpus_per_system
    assert found.gpus.number >= found.deployments.number * found.deployment_gpus.number
    assert found.room.number >= found.deployments.number
    assert found.systems.number % 1 == 0


def test_no_other_configuration_would_take_fewer_gpus(library):
    asked, load = conditions(**LONG), load_of(conditions(**LONG))
    for hardware in ("h200", "gb300"):
        rows = serving(library, asked, hardware)
        fewest = fleet(library, asked, rows, load).gpus.number
        alone = [fleet(library, asked, rows.loc[[name]], load).gpus.number for name in rows.index]
        assert fewest == min(alone)


@pytest.mark.parametrize("deployments", [1, 2, 3, 7])
def test_a_load_of_exactly_some_deployments_takes_no_more_of_them(library, deployments):
    asked = conditions(**LONG, purchase="deployments")
    rows = serving(library, asked, "gb300")
    for name in rows.index:
        once = fleet(library, asked, rows.loc[[name]], load_of(asked))
        exactly = conditions(**LONG, purchase="deployments", tokens_per_day=2e9 * deployments / once.needed.number)
        found = fleet(library, exactly, rows, load_of(exactly))
        assert found.gpus.number <= deployments * once.deployment_gpus.number


@settings(max_examples=20)
@given(tokens=st.floats(1e6, 1e13), more=st.floats(1, 100))
def test_more_load_never_takes_fewer_gpus(library, tokens, more):
    few = sized(library, tokens_per_day=tokens)
    many = sized(library, tokens_per_day=tokens * more)
    assert many.gpus.number >= few.gpus.number


def test_a_huge_load_fills_its_fleet(library):
    found = sized(library, tokens_per_day=1e15)
    assert 0 <= found.spare.number < 1e-4
    # The load at its mean, in whole nodes of which some GPUs stand idle.
    used = found.utilization(load_of(conditions(tokens_per_day=1e15))).number
    assert used == pytest.approx(0.9 / 1.5 * 44 / 48, rel=1e-4)


def test_users_take_the_deployments_that_hold_their_requests(library):
    few = sized(library, "gb300", concurrent_users=10.0)
    many = sized(library, "gb300", concurrent_users=50_000.0)
    held = many.deployments.number * many.point["concurrency"].number * 0.9
    assert held >= 50_000 * (1 - 1e-9)
    assert few.deployments.number == 1


def test_where_deployments_are_paid_no_gpu_stands_idle(library):
    found = sized(library, "gb300", purchase="deployments")
    assert found.systems is None
    assert found.gpus.number == found.deployments.number * found.deployment_gpus.number
    assert found.gpus.number < sized(library, "gb300").gpus.number


def test_the_row_is_told_as_it_was_measured(library):
    found = sized(library, "gb300", minimum_interactivity=100)
    assert found.configuration.split(", ")[1:] == ["FP4", "MTP"]
    assert found.parallelism.count("/") == 1
    assert found.point["interactivity"].number >= 100
    assert found.point["ttft_tail"].number > found.point["ttft_median"].number
    assert all(value.status == "measured" for value in found.point.values())
    assert found.point["throughput_per_gpu"].kinds["tokens"] == "input and output tokens"


def test_gpu_columns_that_hold_parallelism_are_counted_as_the_node_that_they_are(library):
    rows = library.benchmark
    trapped = rows[(rows["framework"] == "trt") & (rows["prefill_gpus"] == 64)]
    assert len(trapped)
    assert set(gpus(trapped)) == {8}
    counted = [doubts(row, 8) for _, row in trapped.iterrows()]
    assert trapped["doubts"].str.contains(UNACCOUNTED).sum() > 10 * sum(UNACCOUNTED in words for words in counted)


def test_a_row_is_doubted_for_what_it_contradicts():
    sound = {
        "throughput_per_gpu": 100.0,
        "latency_median": 9.0,
        "concurrency": 4,
        "input_tokens": 1024,
        "output_tokens": 1024,
        "identity_deviation": np.nan,
    }
    # 100 tok/s/GPU x 8 GPUs x 9 s over 4 requests of 0.9 x 2048 tokens is 0.98.
    assert doubts(pd.Series(sound), 8) == ""
    assert doubts(pd.Series(sound), 16) == UNACCOUNTED
    assert doubts(pd.Series(sound | {"identity_deviation": 0.1}), 8) == NO_SUM


def test_the_accuracy_of_a_fleet_is_its_stack_s(library):
    found = sized(library, "mi355x")
    assert found.stack["framework"] == "atom"
    assert found.accuracy.number == pytest.approx(0.9591, abs=0.00005)
    assert lowest_accuracy(library, "gb200") is None
    # Two evaluations of one stack on one day, of 1,273 and of none: they are not pooled, and the lower one speaks.
    assert lowest_accuracy(library, "mi355x", precision="fp8").number == 0


def test_a_stack_that_answers_two_thirds_falls_short_and_one_within_a_point_does_not(library):
    fleets = brief(library, suspect_series=["mi355x mori-sglang fp4 mtp"]).fleets
    short = falling_short(library, fleets.values(), 0.01, 0.95)
    assert [one.platform.key for one, _ in short] == ["mi355x"]
    assert all(best.accuracy.number > 0.95 for _, best in short)
    assert falling_short(library, [fleets["gb200"]], 0.01, 0.95) == []
    assert falling_short(library, fleets.values(), 0.97, 0.95) == []
