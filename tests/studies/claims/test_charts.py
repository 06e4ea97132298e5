"""The figures of the published comparison draw the printed and the recomputed ratios."""

import re

import pytest

from analysis.comparison.head_to_head import compare
from analysis.scenario import Parameters
from analysis.studies.claims import charts
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.ledgers import ledger
from analysis.studies.claims.verdicts import judge
from tests.support.shown import rows


@pytest.fixture(scope="module")
def pair(library):
    return compare(library, Parameters())


@pytest.fixture(scope="module")
def judgments(library, pair):
    return judge(ledger(library), Evidence(library, pair))


def test_each_printed_ratio_is_drawn_beside_what_the_rows_give(judgments):
    shown = charts.published_and_recomputed(judgments)
    drawn = {metric: (float(published), float(recomputed)) for metric, published, recomputed in rows(shown)}
    assert drawn["Cost per million tokens"] == pytest.approx((35, 34.075), rel=1e-4)
    assert drawn["Price per GPU-hour"] == pytest.approx((2, 1.881), rel=1e-3)
    assert len(drawn) == 5
    assert "35x published, 34.1x recomputed" in shown.report["alt"]


def test_where_no_ratio_was_recomputed_nothing_is_drawn(judgments):
    assert charts.published_and_recomputed([one for one in judgments if not one.claim.is_ratio]) is None


def test_input_metrics_are_told_from_output_metrics(pair):
    shown = charts.inputs_against_outputs(pair)
    kinds = {metric: kind for metric, _, kind in rows(shown)}
    inputs = {metric for metric, kind in kinds.items() if kind == "input metric"}
    assert inputs == {"Price per GPU-hour", "FLOPS per dollar"}
    assert set(kinds.values()) == {"input metric", "output metric"}
    assert "GB300 NVL72 over HGX H200" in re.sub("<[^>]+>", "", shown.report["caption"])
