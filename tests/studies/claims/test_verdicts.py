"""Each verdict is computed and means what it says: an independent audit's values, bounds, readings and scope."""

import datetime
from dataclasses import replace

import pytest

from analysis.comparison.head_to_head import compare
from analysis.library.places import ROOT
from analysis.library.values import Status
from analysis.machinery.press.conclusions import Conclusion
from analysis.scenario import Parameters
from analysis.studies.claims.claim import Point, independent
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.judgment import HOLDS, MEANING, Verdict, conclusions, count
from analysis.studies.claims.ledgers import ledger, names
from analysis.studies.claims.rounding import printed
from analysis.studies.claims.verdicts import judge

NEAR = {"throughput-ratio", "power-ratio", "cost-ratio"}
SUPERSEDED = {
    "2026-07": {"power-h200", "power-ratio", "power-ratio-prose"},
    "2026-08": {
        *("price-h200", "price-gb300", "flops-h200", "power-h200", "power-ratio", "power-ratio-prose"),
        *("cost-h200", "cost-gb300", "cost-ratio-prose"),
    },
}
OFF = {
    "throughput-h200": (0.0350, 0.32),
    "throughput-gb300": (-0.0050, -0.30),
    "throughput-ratio": (-0.0140, -0.91),
    "power-ratio": (0.0561, 2.80),
    "cost-ratio": (-0.0264, -0.92),
    "flops-gb300": (0.0100, 0.56),
    "cost-h200": (0.0011, 0.45),
    "price-h200": (0.0, 0.0),
}
"""Recomputed less printed: of the printed figure, and in units of the last significant digit, worked out apart."""


@pytest.fixture(scope="module")
def evidence(library):
    def under(**conditions):
        return Evidence(library, compare(library, Parameters(**conditions)))

    return under


@pytest.fixture(scope="module")
def published(evidence):
    return evidence()


@pytest.fixture(scope="module")
def table(library):
    return ledger(library)


@pytest.fixture(scope="module")
def by_id(table):
    return {claim.id: claim for claim in table}


@pytest.fixture(scope="module")
def judged(table, published):
    return {judgment.claim.id: judgment for judgment in judge(table, published)}


def printing(claim, text, bound="equal", **changes):
    """The same claim with another figure and id."""
    figure = printed(text, bound)
    value = replace(claim.value, number=figure.value, printed=text)
    return replace(claim, id="synthetic", figure=figure, value=value, **changes)


def verdict(claim, claims, evidence, **how):
    (judgment,) = [one for one in judge([*claims, claim], evidence, **how) if one.claim.id == claim.id]
    return judgment


def test_of_17_published_figures_13_are_reproduced_3_are_near_and_1_differs(judged):
    assert count(judged.values(), Verdict.REPRODUCED) == 13
    assert {name for name, one in judged.items() if one.verdict == Verdict.WITHIN_REPEATABILITY} == NEAR
    assert [name for name, one in judged.items() if one.verdict not in HOLDS] == ["flops-gb300"]


def test_the_17_figures_are_functions_of_8_inputs(table):
    assert len(independent(table)) == 8


@pytest.mark.parametrize("name", OFF)
def test_distances_are_those_of_the_audit(judged, name):
    share, digits = OFF[name]
    assert judged[name].share.number == pytest.approx(share, abs=5e-4)
    assert judged[name].difference.number == pytest.approx(digits, abs=0.005)


def test_zeros_count_unless_the_table_itself_excludes_it(judged):
    """$4.20 at $1.41 asks for 92.8 to 93.7 tok/s, so "90" has one digit; nothing forces "50x" to have only one."""
    assert judged["throughput-h200"].claim.figure.step == 10
    assert judged["throughput-gb300"].claim.figure.step == 100
    assert judged["power-ratio"].claim.figure.step == 1


def test_a_figure_alone_counts_all_its_zeros(by_id, published):
    alone = verdict(printing(by_id["throughput-h200"], "90"), [], published)
    assert (alone.verdict, alone.claim.figure.step) == (Verdict.WITHIN_REPEATABILITY, 1)
    assert verdict(printing(by_id["throughput-h200"], "70"), [], published).verdict == Verdict.DIFFERS


@pytest.mark.parametrize("vintage", SUPERSEDED)
def test_a_later_vintage_supersedes_what_it_changed_and_what_had_held(table, evidence, published, vintage):
    judgments = judge(table, evidence(vintage=vintage), published=published)
    assert {one.claim.id for one in judgments if one.verdict == Verdict.SUPERSEDED} == SUPERSEDED[vintage]


def test_without_the_assumptions_of_the_day_nothing_is_superseded(table, evidence):
    judgments = {one.claim.id: one.verdict for one in judge(table, evidence(vintage="2026-07"))}
    assert Verdict.SUPERSEDED not in judgments.values()
    assert judgments["power-h200"] == Verdict.DIFFERS


def test_what_no_row_enters_is_never_within_repeatability(judged):
    assert judged["flops-gb300"].finding.spread is None
    assert judged["cost-ratio"].finding.spread.number == pytest.approx(0.077, abs=0.001)


@pytest.mark.parametrize(
    ("text", "bound", "word"),
    [
        ("65x", "equal", Verdict.WITHIN_REPEATABILITY),
        ("64x", "equal", Verdict.REPRODUCED),
        ("up to 64x", "equal", Verdict.REPRODUCED),
        ("up to 65x", "equal", Verdict.WITHIN_REPEATABILITY),
        ("up to 90x", "equal", Verdict.NOT_REACHED),
        ("up to 40x", "equal", Verdict.EXCEEDED),
        ("less than 90x", "equal", Verdict.REPRODUCED),
        ("less than 40x", "equal", Verdict.EXCEEDED),
        ("more than 40x", "equal", Verdict.REPRODUCED),
        ("more than 90x", "equal", Verdict.NOT_REACHED),
        ("35x", "equal", Verdict.DIFFERS),
    ],
)
def test_a_ratio_of_64_1_is_judged_by_its_digits_and_its_bound(by_id, published, text, bound, word):
    assert verdict(printing(by_id["throughput-ratio"], text, bound), [], published).verdict == word


def test_a_cost_that_its_own_printed_levels_exclude_is_contradicted(table, by_id, published):
    assert verdict(printing(by_id["cost-h200"], "$9.00"), table[:-4], published).verdict == Verdict.CONTRADICTED
    assert verdict(printing(by_id["cost-ratio"], "500x"), table, published).verdict == Verdict.CONTRADICTED


def test_agreement_of_the_printed_figures_with_one_another_is_no_verdict(by_id, published):
    """$1.41 over a printed "90", between 85 and 95, allow $4.35; the rows give $4.20, and only they are asked."""
    claim = printing(by_id["cost-h200"], "$4.60")
    assert verdict(claim, [by_id["price-h200"], by_id["throughput-h200"]], published).verdict == Verdict.DIFFERS


def test_at_another_point_the_headline_differs_by_far(table, evidence):
    slow = {one.claim.id: one for one in judge(table, evidence(minimum_interactivity=35.0))}
    assert slow["cost-ratio"].verdict == Verdict.DIFFERS
    assert slow["cost-ratio"].share.number < -0.8


def test_every_option_under_which_a_claim_holds_is_named(by_id, published, evidence):
    options = {name: evidence(baseline_rate="fp8_dense") for name in ("first", "second")}
    options["third"] = evidence(price_tier="neocloud")
    judgment = verdict(printing(by_id["flops-h200"], "1.40 PFLOPS"), [], published, options=options)
    assert (judgment.verdict, judgment.under) == (Verdict.ONLY_UNDER, ("first", "second"))
    assert judgment.words == "only under first, second"
    assert judgment.recomputed.number == pytest.approx(2.807, abs=0.001)


def test_other_platforms_are_not_asked_and_say_what_for(table, library):
    others = Evidence(library, compare(library, Parameters(baseline="b200", subject="mi355x")))
    judgments = judge(table, others)
    assert {one.verdict for one in judgments} == {Verdict.NOT_ASKED}
    assert all(one.recomputed is None for one in judgments)
    half = Evidence(library, compare(library, Parameters(baseline="b200", subject="gb300")))
    assert {one.verdict for one in judge(table, half)} == {Verdict.NOT_ASKED}
    assert judgments[-1].remark == "stated for DeepSeek-R1 on GB300 NVL72 and HGX H200; not asked here"


def test_another_benchmark_is_not_checkable(by_id, published):
    claim = printing(by_id["throughput-h200"], "1,253", point=Point(measurement="MLPerf"))
    judgment = verdict(claim, [], published)
    assert judgment.verdict == Verdict.NOT_CHECKABLE
    assert "MLPerf" in judgment.remark
    assert judgment.difference is judgment.share is None


def test_a_stated_point_goes_before_that_of_the_scenario(by_id, published):
    """At 50 tok/s/user an H200 delivers more than at 116."""
    point = Point(input_tokens=1024, output_tokens=1024, interactivity=50.0)
    claim = printing(by_id["throughput-h200"], "90", point=point, date=datetime.date(2026, 4, 15))
    assert verdict(claim, [], published).recomputed.number > 93.2


def test_the_evidence_of_a_verdict_leads_to_the_rows_and_the_print(judged):
    difference = judged["cost-gb300"].difference
    places = [value.place for value in difference.trail() if not value.inputs]
    for folder in ("data/assumptions.csv", "data/benchmarks/", "data/claims/"):
        assert any(place.startswith(folder) for place in places)
    assert Status.PLACEHOLDER in difference.cautions
    assert dict(difference.inputs) == {
        "recomputed": judged["cost-gb300"].recomputed,
        "printed": judged["cost-gb300"].claim.value,
    }


def test_every_verdict_has_a_meaning_that_the_manual_names():
    assert set(MEANING) == set(Verdict)
    manual = " ".join((ROOT / "docs/judge-a-claim.md").read_text(encoding="utf-8").split())
    assert f"one word ({', '.join(word for word in MEANING)})" in manual


def test_a_count_is_of_the_verdicts_named(judged, published):
    assert sum(count(judged.values(), word) for word in Verdict) == count(judged.values(), *Verdict) == 17
    assert judge([], published) == []


def test_each_statement_of_each_ledger_has_a_name_of_its_own(library, evidence):
    judged = {name: judge(ledger(library, name), evidence()) for name in names(library)}
    concluded = [conclusion for name, judgments in judged.items() for conclusion in conclusions(name, judgments)]
    assert len({conclusion["id"] for conclusion in concluded}) == sum(map(len, judged.values()))
    words = {conclusion["id"]: conclusion["words"] for conclusion in concluded}
    assert words["published/cost-ratio"] == "within repeatability"
    assert all(Conclusion(**conclusion).sentence for conclusion in concluded)
