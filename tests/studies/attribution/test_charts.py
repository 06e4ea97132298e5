"""Figures show what was computed: every factor drawn, every number in words registered, the data beside."""

import io
import re

import pandas as pd
import pytest

from analysis.comparison.proportions import Finding
from analysis.studies.attribution import charts
from analysis.studies.attribution.accuracy import differences
from analysis.studies.attribution.steps import KINDS, TOTAL

NUMERAL = re.compile(r"\d[\d,.]*")
NAMES = re.compile(r"[A-Za-z]+\d+[A-Za-z]*|\d+k/\d+k")


def data(shown):
    return pd.read_csv(io.StringIO(shown.report["csv"]))


def assert_numbers_are_registered(shown):
    registered = {value.show() for value in shown.values}  # noqa: PD011
    alt = NAMES.sub(" ", shown.report["alt"])
    assert {numeral.rstrip(".,") for numeral in NUMERAL.findall(alt)} <= {
        numeral for text in registered for numeral in NUMERAL.findall(text)
    }


def test_a_waterfall_shows_each_factor_the_ratio_and_what_price_and_power_make_of_it(study):
    shown = charts.waterfall.factors(study("published").here)
    rows = data(shown)
    cost, megawatt = "Ratio of cost per million tokens", "Ratio of tokens per megawatt"
    assert rows["change"].tolist() == [
        *(
            "hardware",
            "eight-GPU nodes or rack",
            "precision",
            TOTAL,
            "Price per GPU-hour",
            cost,
            "Power per GPU",
            megawatt,
        )
    ]
    factors = rows["factor"].to_numpy()
    assert factors[:3].prod() == pytest.approx(factors[3])
    assert factors[3] * factors[4] == pytest.approx(factors[5])
    assert factors[3] * factors[6] == pytest.approx(factors[7])
    assert_numbers_are_registered(shown)


def test_a_waterfall_says_where_a_change_has_no_factor(study):
    shown = charts.waterfall.from_plain(study("published").here)
    assert data(shown)["remark"].tolist()[:2] == ["not served", "opens"]
    assert "Speculative decoding, no MTP to MTP: opens" in shown.report["alt"]
    assert "the ratio counts from the first stack that does" in shown.report["caption"]
    assert_numbers_are_registered(shown)


def test_a_waterfall_from_a_stack_that_serves_counts_from_it(study):
    assert (
        "the first stack that does" not in charts.waterfall.from_plain(study("published").points[1]).report["caption"]
    )


@pytest.mark.parametrize("name", ["itself", "dearer", "doubtful"])
def test_a_waterfall_can_be_empty_fall_or_mix_both(study, name):
    shown = charts.waterfall.factors(study(name).here)
    assert shown.data["image/svg+xml"].startswith("<?xml")
    assert_numbers_are_registered(shown)


def test_stacked_areas_come_with_every_kind_of_factor_and_each_workload(study):
    shown = charts.along.factors(study("published").points)
    assert {*KINDS, "ratio", "workload", "interactivity"} <= set(data(shown).columns)
    assert set(data(shown)["workload"]) == {"1k/1k", "8k/1k"}
    here = study("published").here
    curves = [here.stacks.curve(hardware) for hardware in here.platforms]
    drawn = data(shown)[data(shown)["workload"] == "1k/1k"]["interactivity"]
    assert (drawn.min(), drawn.max()) == (min(curve.low for curve in curves), max(curve.high for curve in curves))
    assert_numbers_are_registered(shown)


def test_stacked_areas_of_a_platform_against_itself_are_a_line_at_one(study):
    shown = charts.along.factors(study("itself").points)
    assert "factors none" in shown.report["alt"]
    assert set(data(shown)["ratio"].dropna()) == {1.0}


@pytest.mark.parametrize(
    "change", [("precision", "fp8", "fp4"), ("speculative_decoding", "none", "mtp"), ("disaggregated", False, True)]
)
def test_gains_are_drawn_for_every_pair(study, change):
    point, pairs = study("published").gains(*change)[0]
    shown = charts.along.gains(point, pairs)
    assert data(shown).groupby(["platform", "same_on_both_sides"]).ngroups == len(pairs)
    assert_numbers_are_registered(shown)
    assert charts.along.gains(point, []) is None


@pytest.mark.parametrize(
    ("draw", "change"),
    [
        (charts.accuracy.precision, ("precision", "fp8", "fp4")),
        (charts.accuracy.decoding, ("speculative_decoding", "none", "mtp")),
    ],
)
def test_differences_of_accuracy_are_drawn_for_every_pair(library, draw, change):
    pairs = differences(library, *change)
    rows = data(draw(library, pairs))
    tested = [difference for difference in pairs if difference.finding is not Finding.APART]
    assert rows["difference"].tolist() == [difference.value.number for difference in tested]
    assert rows["stack"].is_unique
    assert_numbers_are_registered(draw(library, pairs))


def test_what_lies_beyond_the_axis_is_an_arrow_with_its_number_and_all_else_an_interval(library, monkeypatch):
    monkeypatch.setattr(charts.accuracy, "drawn", lambda figure, *_, **__: figure)
    pairs = differences(library, "speculative_decoding", "none", "mtp")
    tested = [difference for difference in pairs if difference.finding is not Finding.APART]
    axes = charts.accuracy.decoding(library, pairs).axes[0]
    beyond = [difference for difference in tested if abs(difference.value.number) > axes.get_xlim()[1]]
    assert [text.get_text() for text in axes.texts if text.get_text()] == [side.value.show() for side in beyond]
    assert len(axes.lines) == 1 + 2 * (len(tested) - len(beyond))


def test_software_comes_with_every_repeated_run(library):
    assert len(data(charts.cost.software(library))) == 277


def test_at_the_matching_price_a_token_costs_as_much_as_the_subjects(study):
    shown = charts.cost.matching_prices(study("published"))
    rows = data(shown)
    assert set(rows["hardware"]) == set(study("published").prices)
    assert rows[rows["hardware"] == "gb300"]["share"].dropna().to_numpy() == pytest.approx(1)
    assert_numbers_are_registered(shown)
