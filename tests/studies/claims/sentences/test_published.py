"""The sentences of the published comparison say what its tables hold."""

from dataclasses import replace

import pytest

from analysis.comparison.head_to_head import compare
from analysis.library.sources import load
from analysis.scenario import Parameters
from analysis.studies.benchmark.point import reconstruct
from analysis.studies.claims import sentences, tables
from analysis.studies.claims.cases import under_vintages
from analysis.studies.claims.claim import jointly
from analysis.studies.claims.consistency import Joint
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.implied import implied
from analysis.studies.claims.judgment import HOLDS, Verdict, count
from analysis.studies.claims.verdicts import judge
from tests.support.shown import words


def test_the_counts_of_the_verdicts_add_up(claims, evidence, pair):
    text = words(sentences.reproduced(judge(claims, evidence), pair))
    assert text.startswith("The 17 published figures follow from 8 inputs.")
    assert "13 of them are reproduced within their printed digits, 3 lie outside of them, but" in text
    assert "by less than the 7.7% within which 90% of the repeated runs of one configuration agree" in text
    assert text.endswith("and 1 (FLOPS per dollar of GB300 NVL72) is off by 1.0%.")


def test_what_is_not_judged_is_not_counted_as_failing(library, claims):
    rows = library.benchmark
    own = rows.assign(publisher=rows["publisher"].where(rows["hardware"] != "h200", "Example Lab"))
    mixed = replace(library, benchmark=own)
    pair = compare(mixed, Parameters())
    judgments = judge(claims, Evidence(mixed, pair))
    unjudged = count(judgments, Verdict.NOT_CHECKABLE)
    text = words(sentences.reproduced(judgments, pair))
    assert f"and {len(judgments) - count(judgments, *HOLDS) - unjudged} (" in text
    assert f"{unjudged} are not judged: the row of HGX H200 is one of Example Lab" in text
    assert reconstruct(mixed, claims, Parameters()) is None  # no published row of it is left


def test_where_other_platforms_are_asked_about_nothing_is_judged(library, claims):
    other = compare(library, Parameters(baseline="b200", subject="mi355x"))
    judgments = judge(claims, Evidence(library, other))
    text = words(sentences.reproduced(judgments, other))
    assert text.startswith("The 17 published figures are stated for DeepSeek-R1 on GB300 NVL72 and HGX H200, and")
    assert "H200" not in words(sentences.remarks(judgments, other))


def test_the_headline_is_that_of_the_two_rows(pair):
    text = words(sentences.ratios(pair))
    assert text.startswith("At 1k/1k and at least 116 tok/s/user, GB300 NVL72 costs 1.88x as much per GPU-hour as")
    assert "64.1x the tokens" in text
    assert "34.1x as much" in text


@pytest.mark.parametrize(
    ("alone", "together", "expected"),
    [(True, False, ("can all", "they cannot.")), (False, False, ("cannot all", "they cannot.")),
     (True, True, ("can all", "they can."))],
)  # fmt: skip
def test_whether_all_can_be_true_is_said_of_both(claims, evidence, alone, together, expected):
    text = words(sentences.together(Joint(alone), Joint(together), "2026-04", judge(claims, evidence)))
    assert all(part in text for part in expected)


def test_figures_of_one_model_are_not_held_against_rows_of_another(claims):
    other = load(snapshot="inferencex-deepseek-v4-pro-medians-2026-07-17")
    asked = Parameters(input_tokens=8192, minimum_interactivity=40.0, baseline="b200", as_of="2026-07-17")
    evidence = Evidence(other, compare(other, asked))
    assert implied(jointly(claims), claims, evidence) == []
    assert evidence.constants_of(claims) == {}
    shown = tables.published_and_recomputed(judge(claims, evidence), evidence.comparison)
    assert "6,000" not in words(shown)
    assert "published" not in words(shown)


def test_that_the_print_stands_on_such_rows_is_said_only_of_the_platforms_printed(library, claims, evidence):
    assert "inferred" in words(sentences.one_point(judge(claims, evidence)))
    other = compare(library, Parameters(baseline="b200", subject="mi355x"))
    assert "publication" not in words(sentences.one_point(judge(claims, Evidence(library, other))))


def test_nothing_is_said_of_the_prices_of_platforms_that_no_figure_is_printed_of():
    text = words(sentences.together(Joint(True), Joint(True), "2026-04", []))
    assert text.strip() == "Taken alone, the printed figures can all be true at once."


def test_what_the_print_rules_out_is_said_and_nothing_else(claims, evidence):
    bounds = implied(jointly(claims), claims, evidence)
    shown = sentences.outside(bounds)
    assert len(shown) == sum(not bound.agrees for bound in bounds) == 2
    assert "throughput per GPU of GB300 NVL72; the printed table as a whole asks for 6,028 to 6,137" in words(*shown)
    assert sentences.outside([bound for bound in bounds if bound.agrees]) == []


def test_a_placeholder_price_is_remarked_and_one_of_ones_own_is_not(library, claims, evidence, pair):
    judgments = judge(claims, evidence)
    assert "GB300 NVL72, $2.652 per GPU-hour, is a placeholder" in words(sentences.remarks(judgments, pair))
    own = compare(library, Parameters(subject_price=3.0))
    assert "placeholder" not in words(sentences.remarks(judgments, own))


def test_the_printed_cost_does_not_follow_from_the_printed_throughput(claims, evidence, pair):
    assert "do not give the printed $4.20 per million tokens but $4.35" in words(
        sentences.remarks(judge(claims, evidence), pair)
    )


def test_the_corrections_are_told_from_the_first_vintage_to_the_last(library):
    text = words(sentences.from_first_to_last(under_vintages(library, Parameters())))
    assert "From the vintage 2026-04 to 2026-09" in text
    assert "from 34.1x to 33.8x" in text
    assert "; at 3-year rental it goes from 25.9x to 37.2x." in text
    assert "goes from 52.8x to 41.4x" in text
