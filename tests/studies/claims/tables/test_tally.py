"""Every statement is counted once for who made it and once for where it stands, under one kind of verdict."""

import pytest

from analysis import Parameters
from analysis.studies.claims import tables
from analysis.studies.claims.docket import docket, flat
from tests.support.shown import rows


@pytest.fixture(scope="module")
def judged(library):
    return docket(library, Parameters())


@pytest.mark.parametrize(("table", "first"), [(tables.by_claimant, 1), (tables.by_publication, 2)])
def test_each_statement_is_counted_once_and_under_one_verdict(judged, table, first):
    counts = [[float(cell) for cell in row[first:]] for row in rows(table(judged))]
    assert sum(row[0] for row in counts) == len(flat(judged))
    for statements, *kinds in counts:
        assert statements == sum(kinds)


def test_a_publication_is_what_a_statement_stands_in_not_the_ledger_that_holds_it(judged):
    shown = rows(tables.by_publication(judged))
    sources = {judgment.claim.value.sources[0].id for judgment in flat(judged)}
    assert len(shown) == len(sources) > len(judged)
    assert [row[0] for row in shown] == sorted(row[0] for row in shown)
    (of_broadcom,) = [row for row in shown if row[1].startswith("Broadcom")]
    assert of_broadcom[2] == "1.0"


def test_figures_that_contradict_others_are_not_counted_as_held_against_rows(judged):
    by_claimant = {row[0]: row[1:] for row in rows(tables.by_claimant(judged))}
    assert by_claimant["MLCommons"][2] == "0.0"
    assert by_claimant["MLCommons"][3] == "4.0"
