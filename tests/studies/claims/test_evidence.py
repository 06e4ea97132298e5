"""A claim is judged at its own point, by the rows of its day, or it is said why it cannot be."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.comparison.head_to_head import compare
from analysis.scenario import Parameters
from analysis.studies.claims.evidence import NO_LENGTHS, NO_POINT, SUSPECT, Evidence
from analysis.studies.claims.judgment import Verdict
from analysis.studies.claims.ledgers import ledger
from analysis.studies.claims.served import Archive, at_point
from analysis.studies.claims.verdicts import judge

POINT = {"input_tokens": 1024, "output_tokens": 1024, "interactivity": 50.0}


@pytest.fixture(scope="module")
def evidence(library):
    return Evidence(library, compare(library, Parameters()))


@pytest.fixture(scope="module")
def judged(library, evidence):
    def of(name):
        return {one.claim.id: one for one in judge(ledger(library, name), evidence)}

    return of


@pytest.fixture(scope="module")
def by_id(library):
    return {claim.id: claim for claim in ledger(library)}


def test_the_scenarios_point_answers_claims_that_name_none(by_id, evidence):
    value, remark = evidence.recomputed(by_id["throughput-gb300"])
    assert value.number == pytest.approx(5970.2614)
    assert remark == ""
    assert evidence.recomputed(by_id["cost-ratio"])[0].number == pytest.approx(34.07, abs=0.01)


def test_the_article_of_february_is_judged_as_an_audit_did_by_hand(judged):
    found = judged("inferencex-v2")
    assert found["v2-gb300-h100-fp4"].recomputed.number == pytest.approx(110.5, abs=0.1)
    assert found["v2-gb300-h100-fp4"].verdict == Verdict.EXCEEDED
    assert found["v2-tokens-per-dollar-40"].share.number == pytest.approx(0.024, abs=0.001)
    assert found["v2-tokens-per-dollar-40"].verdict == Verdict.WITHIN_REPEATABILITY
    assert found["v2-tokens-per-dollar-116"].verdict == Verdict.NOT_REACHED
    assert found["v2-gb300-h100-fp8"].remark == NO_POINT


@pytest.mark.parametrize(("name", "since"), [("v2-gb200-h100", 102), ("v2-gb200-h100-75", 51.5)])
def test_rows_that_were_replaced_since_make_a_claim_not_checkable_and_those_since_are_told(judged, name, since):
    judgment = judged("inferencex-v2")[name]
    assert judgment.verdict == Verdict.NOT_CHECKABLE
    assert judgment.remark == "rows of GB200 NVL72 of that day were replaced since"
    assert judgment.since.number == pytest.approx(since, rel=0.005)


def test_rows_that_no_snapshot_has_of_a_day_make_a_claim_not_checkable(judged):
    judgment = judged("nvidia-2025-10")["nvidia-2025-gb200"]
    assert judgment.verdict == Verdict.NOT_CHECKABLE
    assert judgment.since.number == pytest.approx(13_765, abs=1)


def test_sequence_lengths_that_are_not_stated_leave_all_that_were_measured(judged):
    judgment = judged("lmsys-2026-02")["lmsys-gb300-h200"]
    assert judgment.verdict == Verdict.NOT_CHECKABLE
    assert judgment.remark.startswith(NO_LENGTHS)
    for reading in ("1k/8k: 9.82x", "8k/1k: 8.61x", "from the rows at hand"):
        assert reading in judgment.remark


def test_what_is_reached_is_the_highest_of_the_workloads_where_all_are_known(by_id, evidence):
    point = replace(by_id["throughput-ratio"].point, interactivity=50.0, subject_speculative_decoding="none")
    claim = replace(by_id["throughput-ratio"], point=point, date=date(2026, 4, 15))
    readings = [reading.value.number for reading in evidence.readings(claim).values()]
    (judgment,) = judge([replace(claim, figure=replace(claim.figure, is_peak=True, bound="at most"))], evidence)
    assert judgment.recomputed.number == max(readings)
    assert judgment.remark.startswith("the highest of all workloads, at ")


@pytest.mark.parametrize(
    "stated",
    [{"input_tokens": 8192, "output_tokens": 1024}, {"input_tokens": 77, "output_tokens": 13},
     {"subject_precision": "fp8"}, {"subject_speculative_decoding": "none"}, {"tokens": "output"}],
)  # fmt: skip
def test_whoever_states_a_part_of_the_point_but_no_interactivity_is_not_judged_at_another(by_id, evidence, stated):
    claim = by_id["throughput-gb300"]
    partly = replace(claim, point=replace(claim.point, **stated))
    assert evidence.recomputed(partly) == (None, NO_POINT)


def test_another_benchmark_is_not_checkable_and_neither_are_its_ratios(judged):
    assert {one.verdict for one in judged("mlperf-v5.1").values()} == {Verdict.NOT_CHECKABLE}


def test_a_model_without_rows_is_named(by_id, evidence):
    claim = replace(by_id["cost-ratio"], model="Llama-9-900B")
    assert evidence.recomputed(claim) == (None, "no rows of Llama-9-900B here")


def test_a_release_of_a_model_is_the_model_that_a_claim_names_and_a_distilled_one_is_not(by_id, evidence):
    for name, found in (("DeepSeek-R1", True), ("deepseek-r1-0528", True), ("DeepSeek-R1-Distill-Qwen-7B", False)):
        assert (evidence.recomputed(replace(by_id["cost-ratio"], model=name))[0] is not None) == found


def test_a_point_that_no_row_serves_is_said_to_be_none(library, evidence):
    claim = next(one for one in ledger(library, "inferencex-v2") if one.id == "v2-gb300-h100-fp4")
    value, remark = evidence.recomputed(replace(claim, point=replace(claim.point, interactivity=5000.0)))
    assert value is None
    assert "serves this point" in remark


def test_a_price_of_ones_own_reaches_claims_with_a_point_and_without(library, by_id):
    own = Evidence(library, compare(library, Parameters(baseline_price=2.82)))
    at_point = replace(by_id["cost-h200"], point=replace(by_id["cost-h200"].point, **POINT), date=date(2026, 4, 15))
    usual = Evidence(library, compare(library, Parameters()))
    for claim in (by_id["cost-h200"], at_point):
        assert own.recomputed(claim)[0].number == pytest.approx(2 * usual.recomputed(claim)[0].number)


def test_prices_that_a_claim_states_are_its_own(library, evidence):
    claims = {claim.id: claim for claim in ledger(library, "vera-rubin-2026-07")}
    value, _ = evidence.recomputed(claims["rubin-cost-gb300"])
    assert value.number == pytest.approx(0.842, abs=0.0005)


def test_output_tokens_are_counted_where_a_claim_counts_them(library, evidence):
    claims = {claim.id: claim for claim in ledger(library, "vera-rubin-2026-07")}
    value, _ = evidence.recomputed(claims["rubin-gb200-level"])
    assert value.number == pytest.approx(287_262, rel=1e-5)
    assert value.kinds["tokens"] == "output tokens over all GPUs"


def test_a_platform_without_rows_is_taken_as_printed_in_a_ratio_and_in_nothing_else(judged):
    found = judged("vera-rubin-2026-07")
    assert found["rubin-level"].verdict == Verdict.NOT_CHECKABLE
    assert "as printed" in found["rubin-gb300"].remark
    assert found["rubin-gb300"].verdict == Verdict.REPRODUCED


def test_the_day_of_the_baseline_decides_over_tenfold(judged):
    judgment = judged("vera-rubin-2026-07")["rubin-tenfold"]
    assert judgment.recomputed.number == pytest.approx(11.5, abs=0.05)
    assert "of the same day 2.74x" in judgment.remark


def test_rows_of_doubtful_accuracy_are_another_reading(library, evidence):
    claims = {claim.id: claim for claim in ledger(library, "amd-win-on-tco-2026-05")}
    sound, _ = evidence.recomputed(claims["tco-mi355x"])
    assert evidence.readings(claims["tco-mi355x"])[SUSPECT].value.number > sound.number


def test_a_framework_that_is_named_is_the_one_that_answers(judged):
    found = judged("amd-win-on-tco-2026-05")
    for name in ("tco-b200-trt", "tco-b200-sglang"):
        assert found[name].verdict == Verdict.REPRODUCED


def test_medians_over_runs_are_told_and_judge_nothing(judged):
    judgment = judged("other-models-2026")["v4-gb300-gb200"]
    assert judgment.verdict == Verdict.NOT_CHECKABLE
    assert judgment.remark == "the rows of DeepSeek-V4-Pro are medians over runs, not those of a day"
    assert judgment.since.number > 1


def test_no_row_of_another_publisher_judges_a_published_claim(library, by_id):
    rows = library.benchmark
    own = rows.assign(publisher=rows["publisher"].where(rows["hardware"] != "gb300", "Me"))
    with_own = replace(library, benchmark=own)
    evidence = Evidence(with_own, compare(with_own, Parameters()))
    finding = evidence.finding(by_id["throughput-gb300"])
    assert finding.value is None
    assert finding.remark.startswith("the row of GB300 NVL72 is one of Me")
    assert evidence.finding(by_id["throughput-h200"]).value is not None
    (claim,) = [claim for claim in ledger(library, "inferencex-v2") if claim.id == "v2-gb300-h100-fp4"]
    served = at_point(Archive((with_own,)), "gb300", claim, "subject", Parameters())
    assert (served.value, served.since) == (None, None)
