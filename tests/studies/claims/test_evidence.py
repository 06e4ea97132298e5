from dataclasses import replace
from datetime import date

import pytest

from analysis.comparison.head_to_head import compare
from analysis.scenario import Parameters
from analysis.studies.claims.evidence import LATER, Evidence
from analysis.studies.claims.ledgers import ledger
from analysis.studies.claims.verdicts import Verdict, judge


@pytest.fixture(scope="module")
def evidence(library):
    return Evidence(library, compare(library, Parameters()))


def judged(library, evidence, name):
    return {one.claim.id: one for one in judge(ledger(library, name), evidence)}


def test_the_scenarios_point_answers_claims_that_name_none(library, evidence):
    claims = {claim.id: claim for claim in ledger(library)}
    value, remark = evidence.recomputed(claims["throughput-gb300"])
    assert value.number == pytest.approx(5970.2614)
    assert remark == ""
    ratio, _ = evidence.recomputed(claims["cost-ratio"])
    assert ratio.number == pytest.approx(34.07, abs=0.01)


def test_a_stated_point_is_read_off_the_curves_of_that_day(library, evidence):
    one = judged(library, evidence, "inferencex-v2")["v2-gb300-h100-fp4"]
    assert one.recomputed.number == pytest.approx(110.5, abs=0.1)
    assert "interpolated" in one.recomputed.cautions
    assert one.verdict == Verdict.NOT_REPRODUCED


def test_rows_measured_after_the_statement_are_told(library, evidence):
    assert judged(library, evidence, "nvidia-2025-10")["nvidia-2025-gb200"].remark == LATER


def test_another_benchmark_is_not_checkable_and_its_ratios_follow_from_its_levels(library, evidence):
    found = judged(library, evidence, "mlperf-v5.1")
    assert found["mlperf-gb300-offline"].verdict == Verdict.NOT_CHECKABLE
    assert found["mlperf-ratio-offline"].verdict == Verdict.CONSISTENT
    assert found["mlperf-ratio-server"].verdict == Verdict.CONSISTENT


def test_sequence_lengths_that_are_not_stated_make_a_verdict_conditional(library, evidence):
    one = judged(library, evidence, "lmsys-2026-02")["lmsys-gb300-h200"]
    assert one.verdict == Verdict.ONLY_UNDER
    assert one.remark == "sequence lengths are not stated"


def test_a_comparison_of_other_platforms_answers_nothing_about_these(library):
    others = Evidence(library, compare(library, Parameters(baseline="h100", subject="gb200")))
    found = judge(ledger(library), others)
    assert all(one.recomputed is None for one in found)
    assert {one.verdict for one in found} == {Verdict.NOT_CHECKABLE, Verdict.CONSISTENT}


def test_a_point_that_no_row_serves_is_said_to_be_none(library, evidence):
    claim = next(one for one in ledger(library, "inferencex-v2") if one.id == "v2-gb300-h100-fp4")
    beyond = replace(claim, point=replace(claim.point, interactivity=5000.0))
    assert evidence.recomputed(beyond) == (None, "no row serves this point")
    assert LATER == "from rows measured after the statement"


def test_rows_measured_since_are_another_reading_of_a_stated_point(library, evidence):
    table = ledger(library)
    claim = next(one for one in table if one.id == "throughput-h200")
    point = replace(claim.point, input_tokens=1024, output_tokens=1024, interactivity=50.0)
    early = replace(claim, point=point, date=date(2026, 2, 1))
    since = evidence.readings(early)["rows measured since"]
    late, remark = since.recomputed(early)
    assert remark == ""
    assert late.number == evidence.recomputed(replace(early, date=date.max))[0].number
    assert late.as_of > evidence.recomputed(early)[0].as_of
