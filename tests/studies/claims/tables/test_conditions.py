"""The tables of other conditions hold each reading, vintage and price beside the published one."""

import pytest

from analysis.comparison.head_to_head import compare
from analysis.library.quantities import NO_PRICE
from analysis.scenario import Parameters
from analysis.studies.claims import tables
from analysis.studies.claims.cases import under_vintages
from analysis.studies.claims.docket import docket
from tests.support.shown import heads, rows


def test_flops_per_dollar_depends_on_which_flops_are_counted(library, pair):
    ratios = [float(row[-1]) for row in rows(tables.flops_per_dollar(library, pair))]
    assert ratios == pytest.approx([2.015, 1.344, 4.030, 2.687], rel=1e-3)


def test_a_rate_that_a_platform_does_not_have_is_left_out(library, pair):
    exchanged = compare(library, Parameters(baseline="gb300", subject="h200", minimum_interactivity=116.0))
    assert [row[0] for row in rows(tables.flops_per_dollar(library, exchanged))] == ["both FP8, dense"]


def test_each_vintage_has_its_ratios(library):
    comparisons = under_vintages(library, Parameters())
    shown = tables.vintages(comparisons)
    assert heads(shown) == ["Ratio", "2026-04", "2026-07", "2026-08", "2026-09"]
    by_metric = {row[0]: [float(cell) for cell in row[1:]] for row in rows(shown)}
    assert by_metric["Throughput per megawatt"] == pytest.approx([52.80, 41.42, 41.42, 41.42], abs=0.01)


def test_a_vintage_without_a_price_keeps_its_other_ratios_and_no_verdict_changes_by_it(library, claims, evidence):
    comparisons = under_vintages(library, Parameters(price_tier="neocloud"))
    by_metric = {row[0]: row[1:] for row in rows(tables.vintages(comparisons))}
    assert by_metric["Cost per million tokens"][-1] == by_metric["Price per GPU-hour"][-1] == NO_PRICE
    assert [float(cell) for cell in by_metric["Throughput per megawatt"][-2:]] == pytest.approx([41.42] * 2, abs=0.01)
    changed = rows(tables.verdicts_by_vintage(claims, comparisons, evidence))
    assert {statement for statement, *_ in changed if "megawatt" in statement}
    assert not {statement for statement, *_ in changed if "Cost" in statement}


def test_only_verdicts_that_a_vintage_changes_are_shown_with_it(library, claims, evidence):
    comparisons = under_vintages(library, Parameters())
    shown = rows(tables.verdicts_by_vintage(claims, comparisons, evidence))
    assert len(shown) == 9
    assert all(len(set(verdicts)) > 1 for _, _, *verdicts in shown)
    first = dict(list(comparisons.items())[:1])
    assert tables.verdicts_by_vintage(claims, first, evidence) is None


def test_the_ratios_are_tried_under_every_condition_that_departs_in_one_thing(library):
    verdicts = docket(library, Parameters())
    shown = rows(tables.under_conditions(library, verdicts, Parameters()))
    tried = {row[0]: row[1:] for row in shown}
    assert list(tried)[:3] == ["Printed", "Verdict under the published conditions", "As published"]
    assert [float(cell) for cell in tried["Printed"]] == [2, 2, 65, 50, 35]
    assert [float(cell) for cell in tried["As published"]] == pytest.approx(
        [1.881, 2.015, 64.09, 52.80, 34.075], rel=1e-3
    )
    assert float(tried["Price: 3-year rental"][-1]) == pytest.approx(25.90, abs=0.01)


def test_the_conditions_that_give_the_printed_digits_are_counted(library):
    verdicts = docket(library, Parameters())
    *tried, again = rows(tables.under_conditions(library, verdicts, Parameters()))
    assert len(tried) == 8
    assert 0 < float(again[1]) <= 6
    assert float(again[-1]) == 0  # 34.1x is no 35x, under whatever prices


def test_where_the_scenarios_point_is_not_served_no_ratio_is_shown_of_it(library):
    asked = Parameters(minimum_interactivity=200.0)
    shown = rows(tables.under_conditions(library, docket(library, Parameters()), asked))
    (own,) = [row for row in shown if row[0] == "This scenario's point and prices"]
    assert set(own[1:]) == {"–"}
