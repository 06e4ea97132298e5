"""The tables of the published comparison hold what was printed, what the rows give, and one verdict a statement."""

import pytest

from analysis.comparison.head_to_head import compare
from analysis.scenario import Parameters
from analysis.studies.claims import tables
from analysis.studies.claims.claim import jointly
from analysis.studies.claims.consistency import Joint
from analysis.studies.claims.docket import docket
from analysis.studies.claims.implied import implied
from analysis.studies.claims.ledgers import names
from analysis.studies.claims.verdicts import judge
from tests.support.shown import rows, words


@pytest.fixture(scope="module")
def judgments(claims, evidence):
    return judge(claims, evidence)


def test_the_printed_figures_stand_beside_those_of_the_rows(judgments, pair):
    by_metric = {row[0].split(" (")[0]: row[1:] for row in rows(tables.published_and_recomputed(judgments, pair))}
    cost = [float(cell) for cell in by_metric["Cost per million tokens"]]
    assert cost == pytest.approx([4.20, 4.2045, 0.12, 0.12339, 35, 34.075], rel=1e-4)
    assert [float(cell) for cell in by_metric["Throughput per GPU"][::2]] == [90, 6000, 65]


def test_a_figure_that_was_not_printed_is_said_not_to_be_stated(judgments, pair):
    without_ratios = [judgment for judgment in judgments if not judgment.claim.is_ratio]
    for row in rows(tables.published_and_recomputed(without_ratios, pair)):
        assert "not stated" not in row[1:5]
        assert row[5] == "not stated"


def test_the_printed_figures_of_other_platforms_are_not_taken_for_those_asked(library, judgments):
    other = compare(library, Parameters(baseline="b200", subject="gb200", minimum_interactivity=50.0))
    shown = tables.published_and_recomputed(judgments, other)
    assert all(cell == "not stated" for row in rows(shown) for cell in row[1::2])


def test_each_statement_has_one_verdict_which_the_report_concludes(judgments, claims):
    shown = tables.verdicts(judgments, claims)
    assert [row[0] for row in rows(shown)] == [judgment.claim.statement for judgment in judgments]
    assert [conclusion["words"] for conclusion in shown.report["conclusions"]] == [row[-1] for row in rows(shown)]


def test_the_words_that_occur_are_explained_and_no_others(judgments, claims):
    note = words(tables.verdicts(judgments, claims))
    assert "reproduced: " in note
    assert "within repeatability: " in note
    assert "Trailing zeros count, except in 90 and 6,000, where the other figures rule it out." in note
    assert "contradicted" not in note


def test_what_the_print_implies_is_held_against_the_data(claims, evidence):
    shown = rows(tables.implied(implied(jointly(claims), claims, evidence)))
    for _, low, high, in_data, agrees in shown:
        assert (float(low) <= float(in_data) <= float(high)) == (agrees == "yes")
    assert [row[0].rpartition(", ")[2] for row in shown if row[-1] == "no"] == ["GB300 NVL72"] * 2


def test_the_conflict_with_the_assumptions_names_the_printed_figures_in_it(claims, evidence):
    joint = jointly(claims, evidence.constants)
    shown = rows(tables.conflict(joint, claims, "2026-04"))
    printed = {claim.statement: claim.value.number for claim in claims}
    assert len(shown) == len(joint.conflict) == 3
    for statement, value, reach, steps in shown:
        assert float(value) == printed[statement]
        assert (float(reach) > float(value)) == (float(steps) > 0)


def test_where_nothing_is_bounded_or_in_conflict_there_is_no_table(claims):
    assert tables.implied([]) is None
    assert tables.conflict(Joint(feasible=True), claims, "2026-04") is None


def test_the_two_rows_are_those_that_were_measured(pair):
    by_head = {row[0]: row[1:] for row in rows(tables.two_rows(pair))}
    assert by_head["Precision"] == ["FP8", "FP4"]
    assert by_head["GPUs of the deployment"] == ["96.0", "38.0"]
    assert by_head["Measured on"] == ["2026-03-23", "2026-02-03"]
    assert by_head["Sequence lengths (ISL/OSL)"] == ["1k/1k", "1k/1k"]


def test_gpus_that_do_both_are_said_to_be_shared(library):
    pair = compare(library, Parameters(baseline="mi325x", subject="gb300", minimum_interactivity=30.0))
    by_head = {row[0]: row[1:] for row in rows(tables.two_rows(pair))}
    assert by_head["Prefill GPUs"][0] == "shared"


def test_the_docket_has_a_line_for_each_claim_of_each_other_ledger(library):
    judged = docket(library, Parameters())
    known, unknown = tables.docket(judged)
    assert set(judged) == set(names(library))
    others = sum(len(judgments) for name, judgments in judged.items() if name != "published")
    assert len(rows(known)) + len(rows(unknown)) == len(known.report["conclusions"]) == others
    days = [line[0].split(": ")[0][-10:] for line in rows(known)]
    assert days == sorted(days, reverse=True)
    (gap,) = [line for line in rows(known) if "GB200 NVL72 over B200, throughput" in line[0]]
    assert gap[-2] == "reproduced"
    assert "a gap in which nothing was measured" in gap[-1]
