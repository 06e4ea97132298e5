"""A stated revenue is taken as printed, and what it needs gives it exactly."""

from dataclasses import replace

import pytest

from analysis.errors import InputError
from analysis.library.values import MixedKindsError, Status
from analysis.studies.business.economics import utilizations
from analysis.studies.business.stated_returns import conditions_needed, stated_cases, statement
from analysis.studies.claims.ledgers import ledger
from tests.support.economies import by_platform, conditions, price


@pytest.fixture(scope="module")
def stated(library):
    return statement(library, "gb200")


@pytest.fixture(scope="module")
def claimed(library):
    """The throughput that the vendor stated on the same day, at 8k/1k."""
    return {claim.id: claim for claim in ledger(library, "nvidia-2025-10")}["nvidia-2025-gb200"].value


@pytest.fixture(scope="module")
def full(library):
    return utilizations(library, conditions(utilization=1.0))[0]


def test_the_statement_is_shown_as_it_was_printed(stated):
    assert (stated.investment.show(), stated.revenue.show()) == ("$5 million", "$75 million")
    assert stated.multiple.number == 15
    assert stated.revenue.status is Status.THIRD_PARTY
    assert [source.id for source in stated.revenue.sources] == ["nvidia-inferencemax-2025-10"]
    assert stated.revenue.place == "data/stated_returns.csv, line 3"


def test_at_the_stated_throughput_the_price_needed_is_below_a_dollar(library, stated, claimed, full):
    """$75 million over 72 GPUs x 10,000 tok/s x four years at full load."""
    asked = conditions(input_tokens=8192)
    found = conditions_needed(library, stated, claimed, full, price(library, asked))
    assert found["token_price_for_revenue"].number == pytest.approx(
        75e6 * 1e6 / (72 * 10_000 * 3600 * 8760 * 4), rel=1e-12
    )
    assert found["token_price_for_revenue"].show() == "$0.826"
    assert found["throughput_per_gpu"].show() == "10,000"


def test_what_the_revenue_needs_gives_the_revenue(library, stated):
    side = by_platform(library)["gb200"]
    given = (side["throughput_per_gpu"], side["utilization"])
    found = conditions_needed(library, stated, *given, side["token_price"])
    needed = replace(side["token_price"], number=found["token_price_for_revenue"].number)
    assert conditions_needed(library, stated, *given, needed)["earned"].number == pytest.approx(75e6, rel=1e-12)
    share = found["economic_life"].number / found["years_for_revenue"].number
    assert found["earned"].number == pytest.approx(75e6 * share, rel=1e-12)


def test_a_multiple_is_of_the_stated_investment(library, stated):
    side = by_platform(library)["gb200"]
    found = conditions_needed(library, stated, side["throughput_per_gpu"], side["utilization"], side["token_price"])
    assert found["multiple"].number == pytest.approx(found["earned"].number / 5e6, rel=1e-12)
    assert found["multiple"].subject == "GB200 NVL72"


def test_a_price_of_another_workload_is_refused(library, stated):
    side = by_platform(library)["gb200"]
    other = price(library, conditions(input_tokens=8192))
    with pytest.raises(MixedKindsError, match="workload"):
        conditions_needed(library, stated, side["throughput_per_gpu"], side["utilization"], other)


def test_of_a_platform_of_which_nothing_was_stated_nothing_is_made_up(library):
    with pytest.raises(
        InputError, match=r"stated_returns\.csv: no system_price with a token_revenue of 'gb20'.*'gb200'"
    ):
        statement(library, "gb20")


def test_the_cases_are_as_measured_and_as_stated_at_the_load_and_at_the_highest(published, briefed, stated):
    assert list(stated_cases(published, stated)) == [
        "Measured, 1k/1k",
        "Measured, 1k/1k, highest load",
        "As stated, 8k/1k, highest load",
    ]
    at_full_load = stated_cases(briefed("another pair"), stated)
    assert list(at_full_load) == ["Measured, 1k/1k", "As stated, 8k/1k, highest load"]


def test_a_platform_that_does_not_serve_the_point_has_the_stated_case_alone(published, stated):
    others = [side for side in published.sides if side.platform.key != "gb200"]
    assert list(stated_cases(replace(published, sides=others), stated)) == ["As stated, 8k/1k, highest load"]
