"""A limit on the time to the first token is kept by measured rows, and never makes a platform faster."""

import pytest

from analysis.comparison.contenders import price
from analysis.scenario import Parameters
from analysis.studies.attribution.waiting import limits

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
