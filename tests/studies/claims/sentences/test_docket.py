"""What is said of all statements counts each of them once, and asks of none what nobody asked."""

import pytest

from analysis.scenario import Parameters
from analysis.studies.claims import sentences
from analysis.studies.claims.docket import docket, flat


@pytest.fixture(scope="module")
def verdicts(library):
    return docket(library, Parameters())


def test_every_statement_is_counted_under_one_kind_of_verdict(verdicts):
    everything, publications, checked, reproduced, near, fails, supplied, contradicted = (
        value.number for value in sentences.which_hold(verdicts).values
    )
    assert 0 < supplied < reproduced
    assert checked == reproduced + near + fails
    assert publications > len(verdicts)
    unchecked, *reasons = (value.number for value in sentences.not_checkable(verdicts).values)
    assert unchecked == sum(reasons)
    assert everything == sum(map(len, verdicts.values())) == checked + contradicted + unchecked


def test_a_docket_is_asked_nothing_so_it_never_answers_that_it_was_not(verdicts):
    assert "not asked" not in {judgment.words for judgment in flat(verdicts)}
