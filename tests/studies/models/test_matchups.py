"""Each model on both sides: the figures of a first computation are met, and the bracket holds the ratio."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.frontier import throughput_curve
from analysis.library.models import Model, listed, model_of
from analysis.library.sources import DATA, load
from analysis.library.values import Status
from analysis.scenario import Parameters
from analysis.studies.models.matchups import COST, METRICS, POWER, THROUGHPUT, across, generation, matchup

LONG = Parameters(input_tokens=8192, vintage="2026-08")
FIRST_COMPUTATION = {
    "dsv4": ("gb300", 47.1, 104, 34.8),
    "glm5": ("gb300", 24.7, 79, 19.7),
    "kimik2.5": ("gb300", 19.8, 39, 17.8),
    "qwen3.5": ("gb300", 12.1, 49, 12.1),
    "minimaxm2.5": ("gb300", 10.8, 118, 7.1),
    "minimaxm3": ("b300", 9.6, 80, 8.6),
    "gptoss120b": ("gb200", 19.2, 242, None),
    "llama70b": ("b200", 2.9, 20, 2.7),
}
"""Published with the rows: highest ratio of throughput at 8k/1k over H200, where, and the ratio at 50 tok/s/user. It
stood on one front through the rows of all precisions and frameworks of a platform; the project keeps series apart."""


@pytest.fixture(scope="module")
def models():
    return across(LONG)


@pytest.mark.parametrize("key", FIRST_COMPUTATION)
def test_one_front_over_all_precisions_gives_the_figures_of_the_first_computation(key):
    hardware, highest, at, at_fifty = FIRST_COMPUTATION[key]
    rows = load(snapshot=model_of(key, listed(DATA)).snapshot).benchmark
    rows = rows[(rows["input_tokens"] == 8192) & (rows["output_tokens"] == 1024)]
    fronts = []
    for name in ("h200", hardware):
        of = rows[rows["hardware"] == name]
        fronts.append(throughput_curve(of["interactivity_median"], of["throughput_per_gpu"]))
    speeds = np.linspace(max(front.low for front in fronts), min(front.high for front in fronts), 5000)
    ratios = fronts[1](speeds) / fronts[0](speeds)
    assert ratios.max() == pytest.approx(highest, rel=0.012)
    assert speeds[ratios.argmax()] == pytest.approx(at, rel=0.03)
    if at_fifty:
        assert fronts[1](50) / fronts[0](50) == pytest.approx(at_fifty, rel=0.012)


def test_series_kept_apart_put_no_model_at_35_per_dollar(models):
    """A front through rows of several series is higher than any of them between their rows: 47.1x becomes 39.6x."""
    ratios = {one.model.key: one.highest(THROUGHPUT).number for one in models.matchups}
    assert ratios["dsv4"] == pytest.approx(39.6, abs=0.05)
    assert max(one.highest(COST).number for one in models.matchups) < 35
    assert list(ratios.values()) == sorted(ratios.values(), reverse=True)


def test_the_measured_rows_alone_enclose_the_ratio(models):
    for one in models.matchups:
        for key in METRICS:
            low, high = one.bracket(key, one.places)
            ratio = one(key, one.places)
            assert (low <= ratio * (1 + 1e-12))[~np.isnan(ratio)].all()
            assert (ratio <= high * (1 + 1e-12))[~np.isnan(ratio)].all()


def test_the_best_rival_is_at_least_as_good_as_each(models):
    for one in models.matchups:
        for rival in one.rivals:
            each = rival(POWER, one.places)
            assert (each <= one(POWER, one.places))[~np.isnan(each)].all()
        assert one.highest(COST).number == pytest.approx(np.nanmax(one(COST, one.places)), rel=1e-3)


def test_a_ratio_is_met_where_it_is_and_nowhere_above_the_highest(models):
    for one in models.matchups:
        highest = one.highest(THROUGHPUT).number
        low, high = one.met(THROUGHPUT, 0.99 * highest)
        assert low.number <= one.peak(THROUGHPUT).highest <= high.number
        assert one.met(THROUGHPUT, 1.01 * highest) is None


def test_every_ratio_counts_its_own_model_and_says_that_it_rests_on_medians(models):
    for one in models.matchups:
        ratio = one.highest(THROUGHPUT)
        assert ratio.kinds["model"] == one.library.model
        assert (Status.MEDIAN in ratio.cautions) == (one.model.key != "dsr1")


def test_a_model_that_one_side_was_not_measured_with_is_left_out_with_the_reason(models):
    assert [(model.key, reason) for model, reason in models.left_out] == [("glm5.1", "no rows on HGX H200")]


def test_a_model_without_rows_is_refused():
    with pytest.raises(InputError, match="no snapshot of its rows is named"):
        matchup(Model("new", "New"), LONG)


def test_a_generation_is_of_one_vendor():
    blackwell = generation(load(), "gb300")
    assert {"b200", "b300", "gb200", "gb300"} <= {*blackwell}
    assert not {"h200", "mi355x"} & {*blackwell}
    assert generation(load(), "mi355x") == ["mi355x"]
