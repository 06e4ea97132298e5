"""Over the horizon a growing load is bought month by month: the totals add up, and the least of them comes first."""

import math

import pytest

from analysis.studies.procurement import sentences, tables
from analysis.studies.procurement.horizon import best, paths
from analysis.studies.procurement.options import ranked
from tests.support.buyers import LONG, QUOTE, brief
from tests.support.shown import words


def test_the_total_is_the_sum_of_the_months_in_whole_systems(library):
    found = brief(library, horizon=18)
    for each in paths(found):
        fleet, price = each.option.fleet, each.option.price.number
        gpus = []
        for month in range(1, 19):
            deployments = math.ceil(fleet.needed.number * 2 ** (month / 12))
            gpus.append(math.ceil(deployments / fleet.smallest.deployments.number) * fleet.smallest.gpus.number)
        assert each.gpus.number == gpus[-1]
        assert each.total.number == pytest.approx(sum(gpus) * price * 730)
        assert each.cost.number == pytest.approx(gpus[-1] * price * 730)


def test_without_growth_the_total_is_the_cost_of_today_times_the_months(library):
    for each in paths(brief(library, growth_per_year=0.0)):
        assert each.total.number == pytest.approx(36 * each.option.cost_per_month.number)


def test_a_rack_that_costs_more_today_is_the_least_over_the_horizon(library):
    found = brief(library, quotes=[QUOTE | {"price": 4.0}])
    said = words(*sentences.answer(found))
    first, *rest = paths(found)
    assert ranked(found.options)[0].fleet.platform.key == "b200"
    assert best(found).fleet.platform.key == "gb300"
    assert first.option.fleet.platform.key == "gb300"
    assert [each.total.number for each in rest] == sorted(each.total.number for each in rest)
    assert "72 GPUs of GB300 NVL72 (1 × NVL72 rack) from Example Cloud" in said
    assert "it takes 144 GPUs" in said


def test_the_month_is_told_in_which_a_limit_no_longer_holds_the_fleet(library):
    found = brief(library, budget_per_month=1e6)
    (told,) = (each.ends for each in paths(found) if each.option.fleet.platform.key == "b200")
    (limit,) = best(found).limits
    assert told == (f"budget, month {limit.months.number + 1:.0f}",)
    assert f"It outgrows what you allow: {told[0]}" in words(*sentences.answer(found))
    assert told[0] in words(tables.horizon(found))


def test_without_a_price_there_is_no_total(library):
    nobody = brief(library, **LONG, maximum_ttft_median=0.26, minimum_accuracy=0.955, maximum_ttft_p99=5.0)
    assert tables.horizon(nobody) is None


def test_a_deployment_that_may_fail_and_a_second_site_count_from_the_fleet_to_the_total(library):
    asked = {"horizon": 18, "tokens_per_day": 5e9}
    alone, safe = brief(library, **asked), brief(library, **asked, spares=1, sites=2)
    for each in paths(safe):
        fleet, price = each.option.fleet, each.option.price.number
        held, at_once = fleet.smallest.deployments.number / 2, fleet.smallest.gpus.number / 2
        needs = [fleet.needed.number * 2 ** (month / 12) for month in range(19)]
        gpus = [2 * math.ceil((math.ceil(need / 2) + 1) / held) * at_once for need in needs]
        assert gpus[0] >= alone.fleets[fleet.platform.key].gpus.number
        assert [fleet.gpus.number, *each.by_month] == gpus
        assert each.total.number == pytest.approx(sum(gpus[1:]) * price * 730)
        assert fleet.megawatts().number == pytest.approx(gpus[0] * fleet.power.number / 1000)
    said = words(*sentences.answer(safe))
    assert "one spare deployment at each site in case one fails and whole systems at each of 2 sites" in said
    assert "one site and nothing spare" in words(sentences.defaults(alone))
