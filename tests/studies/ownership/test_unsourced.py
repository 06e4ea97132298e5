"""What no source gives is assumed to be nil, and what is tried in its place moves the cost as the model says."""

import pytest

from analysis.library.values import Status
from analysis.studies.ownership import unsourced
from analysis.studies.ownership.levelized import COST
from tests.support.owned import pair
from tests.support.shown import heads, rows, words


@pytest.fixture(scope="module")
def owned(library):
    return pair(library)


def test_every_item_is_nil_by_assumption_and_says_where_that_stands(owned):
    for key in ("residual_value", "tax_rate", "staff_cost", "support_rate", "software_licenses"):
        value = owned.baseline.levels[key]
        assert (value.number, value.status, value.sources) == (0, Status.ASSUMED, ())
        assert value.place.startswith("data/operating_costs.csv, line")


def test_a_residual_value_is_the_only_item_that_makes_a_token_cheaper(owned):
    listed = {row[0]: [float(cell) for cell in row[3:6]] for row in rows(unsourced.items(owned))}
    base = listed.pop("As modeled")
    assert base == pytest.approx([owner.levels[COST].number for owner in owned.owners.values()] + [44.887], rel=1e-4)
    cheaper = {name for name, costs in listed.items() if costs[0] < base[0]}
    assert cheaper == {"Residual value"}
    # A fifth of the capital after four years at 13.3%: $0.16 of a GPU-hour, as told by hand in an audit.
    hour = base[0] - listed["Residual value"][0]
    assert hour * 3600 * 93.153164 * 0.6 / 1e6 == pytest.approx(0.16, abs=0.005)


def test_what_a_scenario_states_is_what_stands_now(library):
    stated = pair(library, finance={"residual_value": 0.1, "gb300.staff_cost": 100})
    now = {row[0]: row[1] for row in rows(unsourced.items(stated))}
    assert float(now["Residual value"]) == 0.1
    assert now["Cost of staff (USD/GPU/year)"] == "one each"


def test_a_platform_without_a_capital_has_no_column_and_no_ratio(library):
    assert heads(unsourced.items(pair(library, subject="b300"))) == ["Item", "Now", "Tried", "HGX H200", "Why"]
    assert "no capital" in words(unsourced.items(pair(library, baseline="b200", subject="b300")))
