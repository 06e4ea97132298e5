"""Each verdict is computed and means what it says; the published table is reproduced under its own assumptions."""

import datetime
from dataclasses import replace

import pytest

from analysis.comparison.head_to_head import compare
from analysis.library.places import ROOT
from analysis.library.values import Status
from analysis.machinery.press.conclusions import Conclusion
from analysis.scenario import Parameters
from analysis.studies.claims.claim import Point
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.ledgers import ledger, names
from analysis.studies.claims.rounding import printed
from analysis.studies.claims.verdicts import HOLDS, MEANING, Verdict, conclusions, count, judge

CONSISTENT = {"flops-gb300", "throughput-ratio", "cost-ratio"}
SUPERSEDED = {
    "2026-07": {"power-h200", "power-ratio", "power-ratio-prose"},
    "2026-08": {
        *("price-h200", "price-gb300", "flops-h200", "power-h200", "power-ratio", "power-ratio-prose"),
        *("cost-h200", "cost-gb300", "cost-ratio-prose"),
    },
}


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


def printing(claim, text, bound="equal", **changes):
    """The same claim with another figure and id."""
    figure = printed(text, bound)
    value = replace(claim.value, number=figure.value, printed=text)
    return replace(claim, id="synthetic", figure=figure, value=value, **changes)


def verdict(claim, claims, evidence, **how):
    (judgment,) = [one for one in judge([*claims, claim], evidence, **how) if one.claim is claim]
    return judgment


def test_of_17_published_figures_14_are_reproduced_and_3_are_consistent(table, published):
    judgments = judge(table, published)
    assert [one.claim for one in judgments] == table
    assert count(judgments, Verdict.REPRODUCED) == 14
    assert {one.claim.id for one in judgments if one.verdict == Verdict.CONSISTENT} == CONSISTENT
    assert {one.verdict for one in judgments} == set(HOLDS)


@pytest.mark.parametrize("vintage", SUPERSEDED)
def test_a_later_vintage_supersedes_what_rests_on_the_assumptions_it_changed(table, evidence, published, vintage):
    judgments = judge(table, evidence(vintage=vintage), published=published)
    assert {one.claim.id for one in judgments if one.verdict == Verdict.SUPERSEDED} == SUPERSEDED[vintage]
    assert {one.claim.id for one in judgments if one.verdict == Verdict.CONSISTENT} == CONSISTENT
    assert count(judgments, Verdict.REPRODUCED) == 14 - len(SUPERSEDED[vintage])


def test_without_the_assumptions_of_the_day_nothing_is_superseded(table, evidence):
    judgments = {one.claim.id: one.verdict for one in judge(table, evidence(vintage="2026-07"))}
    assert Verdict.SUPERSEDED not in judgments.values()
    assert judgments["power-h200"] == Verdict.NOT_REPRODUCED


def test_the_throughput_of_the_rows_does_not_depend_on_the_vintage(table, evidence, published):
    later = {one.claim.id: one for one in judge(table, evidence(vintage="2026-08"), published=published)}
    for name in ("throughput-h200", "throughput-gb300"):
        assert later[name].verdict == Verdict.REPRODUCED


@pytest.mark.parametrize(
    ("text", "bound", "word"),
    [
        ("$4.20", "equal", Verdict.REPRODUCED),
        ("$4.2", "equal", Verdict.REPRODUCED),
        ("$4", "about", Verdict.REPRODUCED),
        ("$4.30", "nearly", Verdict.CONSISTENT),
        ("$4.35", "equal", Verdict.CONSISTENT),
        ("$4", "at least", Verdict.REPRODUCED),
        ("$5", "at least", Verdict.CONTRADICTED),
        ("$9.00", "equal", Verdict.CONTRADICTED),
    ],
)
def test_a_cost_is_judged_by_its_printed_digits_and_bound(table, by_id, published, text, bound, word):
    """$1.41 and "90", between 85 and 95 tok/s, give $4.11 to $4.62."""
    claim = printing(by_id["cost-h200"], text, bound)
    others = [one for one in table if one.quantity != "cost_per_million_tokens"]
    assert verdict(claim, others, published).verdict == word


def test_if_every_digit_of_the_throughput_counts_only_one_cost_follows(by_id, published):
    """$1.41 and "90.0" give $4.35, while the rows give $4.20."""
    narrow = replace(by_id["throughput-h200"], figure=printed("90.0"))
    claims = [by_id["price-h200"], narrow]
    assert verdict(printing(by_id["cost-h200"], "$4.35"), claims, published).verdict == Verdict.CONSISTENT
    assert verdict(printing(by_id["cost-h200"], "$4.50"), claims, published).verdict == Verdict.CONTRADICTED
    assert verdict(printing(by_id["cost-h200"], "$4.20"), claims, published).verdict == Verdict.REPRODUCED


def test_reproduced_goes_before_contradicted(by_id, published):
    """The data give the figure although another printed level does not agree with it."""
    wrong = printing(by_id["throughput-h200"], "200")
    assert verdict(by_id["cost-h200"], [by_id["price-h200"], wrong], published).verdict == Verdict.REPRODUCED


def test_a_ratio_that_its_own_printed_levels_exclude_is_contradicted(table, by_id, published):
    claim = printing(by_id["cost-ratio"], "500x")
    assert verdict(claim, table, published).verdict == Verdict.CONTRADICTED


def test_a_figure_that_no_option_gives_is_not_reproduced(by_id, published):
    claim = printing(by_id["power-h200"], "90K")
    judgment = verdict(claim, [by_id["power-gb300"]], published)
    assert judgment.verdict == Verdict.NOT_REPRODUCED
    assert judgment.recomputed.number == pytest.approx(53_846, abs=1)


def test_a_figure_that_holds_under_an_option_names_it(table, by_id, published, evidence):
    options = {"dense FLOPS": evidence(baseline_rate="fp8_dense"), "other prices": evidence(price_tier="neocloud")}
    claim = printing(by_id["flops-h200"], "1.40 PFLOPS")
    judgment = verdict(claim, table, published, options=options)
    assert (judgment.verdict, judgment.under) == (Verdict.ONLY_UNDER, "dense FLOPS")
    assert judgment.words == "only under dense FLOPS"
    assert judgment.recomputed.number == pytest.approx(2.807, abs=0.001)


def test_of_two_options_the_first_one_is_named(by_id, published, evidence):
    options = {"first": evidence(baseline_rate="fp8_dense"), "second": evidence(baseline_rate="fp8_dense")}
    claim = printing(by_id["flops-h200"], "1.40 PFLOPS")
    assert verdict(claim, [], published, options=options).under == "first"


def test_superseded_goes_before_only_under(by_id, evidence, published):
    judgment = verdict(by_id["power-h200"], [], evidence(vintage="2026-07"), published=published,
                       options={"the vintage of April": published})  # fmt: skip
    assert judgment.verdict == Verdict.SUPERSEDED


def test_a_platform_that_the_comparison_does_not_hold_is_not_checkable(by_id, published):
    claim = printing(by_id["throughput-h200"], "1,000", subject="mi355x")
    judgment = verdict(claim, [], published)
    assert judgment.verdict == Verdict.NOT_CHECKABLE
    assert judgment.recomputed is None
    assert judgment.difference is None
    assert judgment.remark == "the comparison is not of Instinct MI355X"


def test_another_benchmark_is_not_checkable(by_id, published):
    claim = printing(by_id["throughput-h200"], "1,253", point=Point(measurement="MLPerf"))
    judgment = verdict(claim, [], published)
    assert judgment.verdict == Verdict.NOT_CHECKABLE
    assert "MLPerf" in judgment.remark


def test_a_stated_point_goes_before_that_of_the_scenario(by_id, published):
    """At 50 tok/s/user an H200 delivers more than at 116."""
    point = Point(input_tokens=1024, output_tokens=1024, interactivity=50.0)
    claim = printing(by_id["throughput-h200"], "90", point=point, date=datetime.date(2026, 4, 15))
    assert verdict(claim, [], published).recomputed.number > 93.2


def test_the_difference_counts_the_last_printed_digit(table, published):
    found = {one.claim.id: one.difference for one in judge(table, published)}
    assert found["cost-h200"].number == pytest.approx(0.4545, abs=0.001)
    assert found["throughput-gb300"].number == pytest.approx(-29.74, abs=0.01)
    assert found["price-h200"].number == 0
    assert found["flops-gb300"].number == pytest.approx(0.561, abs=0.001)


def test_the_evidence_of_a_verdict_leads_to_the_rows_and_the_print(table, published):
    judgment = next(one for one in judge(table, published) if one.claim.id == "cost-gb300")
    places = [value.place for value in judgment.difference.trail() if not value.inputs]
    assert any(place.startswith("data/assumptions.csv") for place in places)
    assert any(place.startswith("data/benchmarks/") for place in places)
    assert any(place.startswith("data/claims/") for place in places)
    assert Status.PLACEHOLDER in judgment.difference.cautions


def test_every_verdict_has_a_meaning():
    assert set(MEANING) == set(Verdict)
    assert all(meaning == meaning.strip() and meaning for meaning in MEANING.values())


def test_a_count_is_of_one_verdict(table, published):
    judgments = judge(table, published)
    assert sum(count(judgments, word) for word in Verdict) == len(table)
    assert judge([], published) == []


def test_the_words_of_verdicts_are_those_that_the_manual_explains():
    manual = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"one word ({', '.join(word for word in MEANING)})" in manual
    for word, meaning in MEANING.items():
        assert word.name == word.replace(" ", "_").upper()
        assert meaning[0].islower()
        assert meaning.split()[0] in ("the", "it", "printed", "no", "rounded")


def test_a_verdict_of_any_kind_says_what_the_data_give(table, by_id, published, evidence):
    cases = {
        Verdict.SUPERSEDED: verdict(by_id["power-h200"], [], evidence(vintage="2026-07"), published=published),
        Verdict.CONTRADICTED: verdict(printing(by_id["cost-h200"], "$9.00"), table, published),
        Verdict.CONSISTENT: verdict(printing(by_id["cost-h200"], "$4.35"), table, published),
        Verdict.REPRODUCED: verdict(printing(by_id["cost-h200"], "$4.20"), table, published),
    }
    for word, judgment in cases.items():
        assert judgment.verdict == word
        assert (
            judgment.recomputed.number
            == evidence(vintage="2026-07" if word == Verdict.SUPERSEDED else "2026-04")
            .recomputed(judgment.claim)[0]
            .number
        )
        assert judgment.remark == judgment.under == ""


def test_the_difference_is_derived_from_both_in_digits_of_the_print(table, published):
    judgment = next(one for one in judge(table, published) if one.claim.id == "cost-h200")
    difference = judgment.difference
    assert (difference.quantity.key, difference.subject, difference.status, difference.digits) == (
        "difference", "cost-h200", Status.DERIVED, 2,
    )  # fmt: skip
    assert dict(difference.inputs) == {"recomputed": judgment.recomputed, "printed": judgment.claim.value}


def test_each_statement_of_each_ledger_has_a_name_of_its_own(library, evidence):
    judged = {name: judge(ledger(library, name), evidence()) for name in names(library)}
    concluded = [conclusion for name, judgments in judged.items() for conclusion in conclusions(name, judgments)]
    assert len({conclusion["id"] for conclusion in concluded}) == sum(map(len, judged.values()))
    assert {conclusion["id"]: conclusion["words"] for conclusion in concluded}["published/cost-ratio"] == "consistent"
    assert all(Conclusion(**conclusion).sentence for conclusion in concluded)
