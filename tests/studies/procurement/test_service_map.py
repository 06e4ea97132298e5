"""The map of service levels is monotone, and where the buyer stands it says what the brief says."""

from math import inf

import pytest

from analysis.studies.procurement import charts, sentences
from analysis.studies.procurement.service_map import service_map
from tests.support.buyers import LONG, QUOTE, brief
from tests.support.shown import words

ASKED = {**LONG, "minimum_interactivity": 60.0, "maximum_ttft_p99": 4.0}


@pytest.fixture(scope="module")
def found(library):
    return brief(library, **ASKED)


@pytest.fixture(scope="module")
def told(found):
    return service_map(found)


def cost(cell):
    return cell.cost.number if cell.cost else inf


def test_a_harder_limit_never_costs_less(told):
    for (limit, speed), cell in told.cells.items():
        for (longer, slower), easier in told.cells.items():
            if longer >= limit and slower <= speed:
                assert cost(easier) <= cost(cell)


def test_where_the_buyer_stands_the_map_has_the_least_price_of_the_brief(found, told):
    assert told.here == (4.0, 60.0)
    firm = [option.cost_per_month.number for option in found.firm]
    assert told.asked.cost.number == pytest.approx(min(firm))


def test_what_the_limit_costs_is_told_against_longer_ones(library):
    quoted = brief(library, **ASKED, quotes=[QUOTE | {"platform": "b300", "price": 1.0}])
    cells = service_map(quoted).cells
    assert cost(cells[inf, 60.0]) < cost(cells[4.0, 60.0])
    said = words(sentences.cost_of_limits(quoted))
    assert "What the first token costs: within 4 s" in said
    assert cells[inf, 60.0].offer.platform.name in said.partition("without a limit")[2]
    assert sentences.cost_of_limits(brief(library)) is None


def test_a_slowest_hundredth_is_told_as_that_of_a_full_benchmark(found):
    assert "fixed number of requests in flight" in words(sentences.tails(found))
    assert sentences.tails(brief(found.library)) is None


def test_every_cell_is_in_the_data_of_the_figure(found, told):
    assert charts.service(found).report["csv"].count("\n") == len(told.cells) + 1


def test_a_cell_is_billed_as_the_ways_are(library):
    """A low price with a high minimum of GPUs asks more than a plain one, and a tier asks less."""
    plain = QUOTE | {"platform": "b200", "price": 2.0}
    least = QUOTE | {"platform": "b200", "price": 1.0, "minimum_gpus": 100_000, "provider": "Large Cloud"}
    tiered = plain | {"discounts": [{"gpus": 8, "price": 1.5}], "egress": 10.0, "provider": "Tier Cloud"}
    for quotes, provider in (([plain, least], "Example Cloud"), ([plain, tiered], "Tier Cloud")):
        found = brief(library, **ASKED, quotes=quotes)
        cell = service_map(found).asked
        assert cell.offer.provider == provider
        billed = [option for option in found.firm if option.offer is cell.offer]
        assert cell.cost.number == pytest.approx(billed[0].cost_per_month.number)
