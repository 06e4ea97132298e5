"""The guard of numerals, tried on a shipped report: no word of the data excuses a digit that somebody typed."""

import copy
import re

import pytest

from analysis.machinery.press.check import UnbackedNumeralError
from analysis.machinery.press.jobs import jobs, notebooks
from analysis.machinery.press.publish import publish
from analysis.scenario import read_scenario

REPORT = "01-published-comparison"


@pytest.fixture(scope="module")
def shipped(ran):
    """The report as executed, and what is wanted of it."""
    (job,) = jobs(read_scenario("published"), [], notebooks([REPORT]), ("html",))
    return ran(REPORT), job.order


def seeded(shipped, pattern: str, replacement: str) -> str:
    """What is said of the report with its first sentence or table that matches changed."""
    notebook, order = copy.deepcopy(shipped[0]), shipped[1]
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    said = next(
        one for one in (output["metadata"]["report"] for output in outputs) if re.search(pattern, one.get("html", ""))
    )
    said["html"] = re.sub(pattern, replacement, said["html"], count=1)
    with pytest.raises(UnbackedNumeralError) as refused:
        publish(REPORT, notebook, order)
    return str(refused.value)


def test_the_report_as_it_is_passes(shipped):
    assert f"{REPORT}.html" in publish(REPORT, *shipped)


def test_a_digit_of_a_number_that_is_changed_is_refused(shipped):
    assert "'1.98x'" in seeded(shipped, r">1\.88x<", ">1.98x<")


@pytest.mark.parametrize(
    ("typed", "numeral"),
    [
        ("35x", "35x"),
        ("1k/1k", "1k/1k"),
        ("nearly 35x lower cost per million tokens", "35x"),
        ("116 tok/s/user", "116"),
    ],
)
def test_what_is_typed_into_a_sentence_is_refused_though_the_data_hold_such_words(shipped, typed, numeral):
    assert f"'{numeral}' in section" in seeded(shipped, r"</p>", f" It is {typed}.</p>")


def test_words_are_excused_where_they_are_quoted_alone(shipped):
    said = seeded(shipped, r'<span class="quoted">([^<]*\b\d+x[^<]*)</span>', r"\1")
    assert "in section" in said
