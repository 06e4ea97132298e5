"""Agents are served by curve, or by a row that keeps a limit on the wait; a ratio needs both platforms."""

import pytest

from analysis.comparison.contenders import price
from analysis.scenario import Parameters
from analysis.studies.attribution.agents import limits, ranked

CASES = ["published", "doubtful", "without common software"]


def test_by_curve_there_is_a_service_at_each_level_and_by_row_one_for_each_limit_too(study):
    agents = study("published").agents
    levels = [level.number for level in agents.levels]
    assert [service.interactivity.number for service in agents.by_curve] == levels
    assert [(service.limit.number, service.interactivity.number) for service in agents.by_row] == [
        (limit, level) for limit in (2.0, 10.0) for level in levels
    ]


@pytest.mark.parametrize("name", CASES)
def test_a_ratio_is_that_of_the_costs_and_is_known_where_both_serve(study, name):
    agents = study(name).agents
    for service in [*agents.by_curve, *agents.by_row]:
        assert (service.ratio is None) == (None in service.costs)
        if service.ratio:
            baseline, subject = service.costs
            assert service.ratio.number == pytest.approx(baseline.number / subject.number, rel=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_a_row_serves_at_least_the_interactivity(study, name):
    agents = study(name).agents
    for service in agents.by_row:
        for cost, served_at in zip(service.costs, service.served_at, strict=True):
            assert (cost is None) == (served_at is None)
            assert served_at is None or served_at.number >= service.interactivity.number


def test_ratios_are_ranked_and_gaps_left_out(study):
    assert ranked(study("without common software").agents.by_curve) == []
    ratios = [value.number for value in ranked(study("published").agents.by_curve)]
    assert ratios == sorted(ratios)
    assert len(ratios) >= 2


def test_a_session_needs_a_row_that_tells_prefill_and_decode_apart(study):
    assert study("published").agents.session.turns.number > 1
    assert study("without disaggregation").agents.session is None
    assert {value.quantity.key for value in study("without disaggregation").agents.used()} == {
        "ttft_median",
        "ttft_tail",
    }


CONDITIONS = Parameters()
LONG = (8192, 1024)
COLUMNS = {"ttft_median": "ttft_median", "ttft_tail": "ttft_p99"}
LEVELS = (50.0, 75.0, 100.0, 125.0, 150.0)


@pytest.fixture(scope="module")
def kept(library):
    return limits(library, CONDITIONS, LONG)


def test_no_limit_comes_first_and_each_limit_names_its_amount(kept):
    assert [limit.key for limit in kept] == ["", "ttft_median", "ttft_tail"]
    assert [limit.value and limit.value.number for limit in kept] == [None, 2.0, 10.0]


def test_every_row_that_may_serve_keeps_the_limit(kept):
    for limit in kept[1:]:
        assert (limit.stacks.rows[COLUMNS[limit.key]] <= limit.value.number).all()


@pytest.mark.parametrize("hardware", ["h200", "b200", "gb300", "mi355x"])
def test_what_serves_keeps_the_interactivity(library, kept, hardware):
    for limit in kept:
        for level in LEVELS:
            served = limit.served(hardware, level, price(library, CONDITIONS, hardware))
            if served:
                assert served.interactivity.number >= level


@pytest.mark.parametrize("hardware", ["h200", "b200", "gb300", "mi355x"])
def test_a_limit_and_a_faster_service_never_make_a_token_cheaper(library, kept, hardware):
    own = price(library, CONDITIONS, hardware)
    for limit in kept:
        costs = [served.cost.number for level in LEVELS if (served := limit.served(hardware, level, own))]
        assert costs == sorted(costs)
        for level in LEVELS:
            free, bound = kept[0].served(hardware, level, own), limit.served(hardware, level, own)
            if bound:
                assert bound.cost.number >= free.cost.number


def test_what_no_row_reaches_is_not_served(library, kept):
    assert kept[0].served("h200", 1000.0, price(library, CONDITIONS, "h200")) is None
    assert kept[0].served("no such platform", 50.0, price(library, CONDITIONS, "h200")) is None


def test_a_workload_without_rows_has_no_limits(library):
    assert limits(library, CONDITIONS, (5, 7)) == []
