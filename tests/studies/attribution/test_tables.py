"""Each table holds what was computed, cell by cell, and there is none where nothing was."""

import csv
import io

import pytest

from analysis.studies.attribution import tables
from analysis.studies.attribution.accuracy import differences


def rows(shown):
    head, *body = csv.reader(io.StringIO(shown.report["csv"]))
    return [dict(zip(head, row, strict=True)) for row in body]


def column(shown, name):
    return [float(row[name]) for row in rows(shown)]


def test_factors_multiply_to_the_last_row(study):
    shown = tables.factors.by_change(study("published").here)
    *factors, total = column(shown, "Factor")
    assert factors[0] * factors[1] * factors[2] == pytest.approx(total)
    assert total == pytest.approx(64.2, abs=0.05)
    assert rows(shown)[2]["Series that it stands on"] == "dynamo-trt fp8 mtp to dynamo-trt fp4 mtp"
    assert rows(shown)[0]["Change"] == "Hardware: HGX H200 to HGX B300"


def test_a_platform_beside_itself_has_a_table_of_its_ratio_alone(study):
    assert column(tables.factors.by_change(study("itself").here), "Factor") == [1.0]


@pytest.mark.parametrize(
    ("make", "change", "gain", "sides"),
    [
        ("precision", ("precision", "fp8", "fp4"), "Gain", ("FP8 (tok/s/GPU)", "FP4 (tok/s/GPU)")),
        (
            "disaggregation",
            ("disaggregated", False, True),
            "Gain",
            ("Aggregated (tok/s/GPU)", "Disaggregated (tok/s/GPU)"),
        ),
        (
            "engines",
            ("engine", "TensorRT-LLM", "SGLang"),
            "Ratio",
            ("TensorRT-LLM (tok/s/GPU)", "SGLang (tok/s/GPU)"),
        ),
    ],
)
def test_a_gain_is_the_ratio_of_the_columns_before_it(study, make, change, gain, sides):
    for point, pairs in study("published").gains(*change):
        shown = {
            "precision": lambda point, pairs: tables.gains.precision(study("published"), point, pairs),
            "disaggregation": tables.gains.disaggregation,
            "engines": tables.gains.engines,
        }[make]
        before, after = (column(shown(point, pairs), side) for side in sides)
        assert column(shown(point, pairs), gain) == pytest.approx([b / a for a, b in zip(before, after, strict=True)])
        assert shown(point, []) is None


def test_a_suspect_pair_is_remarked(study):
    point, pairs = study("published").gains("precision", "fp8", "fp4")[0]
    remarked = [
        row["Platform"] for row in rows(tables.gains.precision(study("published"), point, pairs)) if row["Remark"]
    ]
    assert remarked == ["GB300 NVL72"]


def test_the_gains_told_are_those_of_the_platforms_compared_and_the_least_and_the_most(study):
    point, pairs = study("published").gains("precision", "fp8", "fp4")[0]
    told = rows(tables.gains.precision(study("published"), point, pairs))
    sound = [gain for gain in pairs if not gain.is_suspect(study("published").suspects)]
    gains = [value.number for gain in sound if (value := gain.value(point.at.number))]
    assert {min(gains), max(gains)} <= {float(row["Gain"]) for row in told}
    assert len(told) < len(gains)


def test_mtp_opens_a_point_that_lies_beyond_the_reach_without_it(study):
    point, pairs = study("published").gains("speculative_decoding", "none", "mtp")[0]
    shown = rows(tables.gains.decoding(study("published"), point, pairs))
    assert {row["Platform"] for row in shown} == {"HGX H200", "GB300 NVL72"}
    for row in shown:
        opens = float(row["Reach without (tok/s/user)"]) < 116 <= float(row["Reach with (tok/s/user)"])
        assert (row["Gain"] == "opens") == opens
    assert tables.gains.decoding(study("without disaggregation"), point, pairs) is None


def test_accuracy_is_told_of_the_sides_and_of_every_difference(library, study):
    pairs = differences(library, "precision", "fp8", "fp4")
    shown = rows(tables.gains.precision_accuracy(study("published"), pairs))
    apart, undecided = "evaluations disagree", "not decided"
    assert [row["Finding"] for row in shown] == [undecided, apart, undecided, apart, apart]
    for row in shown:
        if row["Finding"] == apart:
            assert {row[head] for head in ("Difference (percentage points)", "Low", "High")} == {"–"}
            continue
        difference = 100 * (float(row["FP4"]) - float(row["FP8"]))
        assert float(row["Difference (percentage points)"]) == pytest.approx(difference)
        assert float(row["Low"]) < difference < float(row["High"])


def test_every_framework_has_a_row_also_without_measurements(study):
    shown = {row["Framework"]: row for row in rows(tables.gains.by_framework(study("published")))}
    assert (float(shown["vLLM"]["Rows"]), shown["vLLM"]["Platforms"]) == (0.0, "none")
    assert float(shown["SGLang"]["Rows"]) == 838


def test_hits_save_no_more_than_the_prefill_of_a_request(study):
    for point, splits in study("published").phases:
        for row in rows(tables.agents.phases(point, splits)):
            bare, cached = float(row["A request (USD)"]), float(row["With hits (USD)"])
            assert bare - cached == pytest.approx(0.5 * float(row["Prefill in the cost"]) * bare)


def test_a_ratio_of_agents_is_that_of_the_costs_beside_it(study):
    for shown in (tables.agents.by_curve(study("published").agents), tables.agents.by_row(study("published").agents)):
        compared = [row for row in rows(shown) if row["Ratio of cost"] != "–"]
        assert compared
        for row in compared:
            cost = float(row["HGX H200 (USD/Mtok)"]) / float(row["GB300 NVL72 (USD/Mtok)"])
            assert float(row["Ratio of cost"]) == pytest.approx(cost)


def test_what_does_not_serve_has_neither_cost_nor_ratio(study):
    for row in rows(tables.agents.by_curve(study("without common software").agents)):
        assert "not served" in row.values()
        assert row["Ratio of cost"] == "–"


def test_a_session_is_cheaper_with_a_cache(study):
    for row in rows(tables.agents.session(study("published").agents)):
        assert float(row["With a cache (USD)"]) < float(row["Without a cache (USD)"])
    assert tables.agents.session(study("without disaggregation").agents) is None


def test_software_is_told_by_framework_of_the_platforms_compared(study):
    shown = rows(tables.cost.software(study("published")))
    assert [(row["Platform"], row["Framework"]) for row in shown] == [
        ("HGX H200", "dynamo-trt"),
        ("HGX H200", "sglang"),
        ("HGX H200", "trt"),
        ("GB300 NVL72", "dynamo-trt"),
    ]
    assert tables.cost.software(study("itself")) is None


def test_the_point_is_among_the_levels_and_prices_stand_below(study):
    shown = rows(tables.cost.matching_prices(study("published")))
    levels = [row["Interactivity (tok/s/user)"] for row in shown]
    assert [float(level) for level in levels[:-1]] == [35, 50, 75, 100, 116]
    assert float(shown[-1]["HGX H200"]) == study("published").prices["h200"].number
    assert "GB300 NVL72" not in shown[0]


def test_at_the_tier_of_the_scenario_both_tables_of_matching_prices_agree(study):
    at_116 = rows(tables.cost.matching_prices(study("published")))[-2]
    for row in rows(tables.cost.matching_prices_by_tier(study("published"))):
        assert row["Hyperscaler ownership, break-even"] == at_116[row["Platform"]]
