"""Agents are served by curve, or by a row that keeps a limit on the wait; a ratio needs both platforms."""

import pytest

from analysis.studies.attribution.agents import ranked

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
