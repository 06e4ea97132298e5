"""Owners are made of the library's figures and the scenario's own, and know where each amount comes from."""

from dataclasses import replace

import pytest

from analysis.comparison.head_to_head import compare
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.scenario import Parameters
from analysis.studies.ownership.finance import sourced_finance
from analysis.studies.ownership.levelized import Performance, levelized
from analysis.studies.ownership.owners import owners

COST, PRICE = "cost_per_million_tokens", "price_per_gpu_hour"


@pytest.fixture(scope="module")
def pair(library):
    return compare(library, Parameters())


def owned(library, pair, **changes):
    return owners(library, replace(pair, conditions=pair.conditions.model_copy(update=changes)))


def test_the_sourced_owner_is_the_library_s_at_the_measured_row(library, pair):
    found = owners(library, pair)
    assert list(found) == ["h200", "gb300"]
    for platform, owner in found.items():
        throughput = owner.side.given["throughput_per_gpu"].number
        alone = levelized(
            sourced_finance(library, platform, "2026-04"), Performance(throughput_per_gpu=throughput, utilization=0.6)
        )
        assert owner.knows_capital
        assert owner.levels[COST].number == alone[COST]
        assert sum(part.number for part in owner.parts.values()) == pytest.approx(alone[COST], rel=1e-12)


def test_modeled_prices_lie_beside_the_published_ones(library, pair):
    h200, gb300 = owners(library, pair).values()
    assert h200.levels[PRICE].number == pytest.approx(1.799, abs=5e-4)
    assert gb300.levels[PRICE].number == pytest.approx(2.568, abs=5e-4)


def test_at_the_published_price_and_full_load_the_cost_is_the_published_one(library, pair):
    for side in pair.sides:
        hours = 8760 * 4
        written_off = {f"{side.platform.key}.capital_per_gpu": side.given[PRICE].number * hours}
        nothing_else = {"cost_of_capital": 0, "electricity_price": 0, "colocation": 0}
        found = owned(library, pair, finance=written_off | nothing_else, utilization=1.0)[side.platform.key]
        assert found.levels[COST].number == pytest.approx(side.levels[COST].number, rel=1e-12)


def test_own_amounts_replace_sourced_ones_and_say_so(library, pair):
    found = owned(library, pair, finance={"cost_of_capital": 0.08, "gb300.capital_per_gpu": 60_000})
    h200, gb300 = found.values()
    assert h200.levels["capital_per_gpu"].number == 34_698
    assert (gb300.levels["capital_per_gpu"].number, gb300.levels["cost_of_capital"].number) == (60_000, 0.08)
    own = gb300.levels["capital_per_gpu"]
    assert (own.status, own.subject) == (Status.ASSUMED, "GB300 NVL72")
    assert own.place == "parameter finance, capital_per_gpu"


def test_a_platform_without_a_sourced_capital_is_known_to_be_unknown(library):
    found = owners(
        library, compare(library, Parameters(baseline="h200", subject="mi355x", minimum_interactivity=60.0))
    )
    assert [owner.knows_capital for owner in found.values()] == [True, False]
    assert not {value.quantity.key for value in site(found["mi355x"])["tokens_per_year"].trail()} & {
        "capital_per_gpu"
    }


def test_a_stated_capital_makes_a_platform_known(library):
    conditions = Parameters(
        baseline="b200", subject="mi355x", minimum_interactivity=60.0,
        finance={"b200.capital_per_gpu": 45_000, "mi355x.capital_per_gpu": 30_000},
    )  # fmt: skip
    found = owners(library, compare(library, conditions))
    assert all(owner.knows_capital for owner in found.values())
    assert found["mi355x"].levels[PRICE].number < found["b200"].levels[PRICE].number


def site(owner):
    power = Value(1.0, quantity("site_power"), owner.name, Status.CHOSEN)
    price = Value(2.0, quantity("token_price"), owner.name, Status.QUOTED)
    return owner.site(power, price)


def test_a_megawatt_earns_what_its_tokens_sell_for(library, pair):
    for owner in owners(library, pair).values():
        found = site(owner)
        assert found["revenue_per_megawatt_year"].number == pytest.approx(2e-6 * found["tokens_per_year"].number)
        seconds = 3600 * 8760
        delivered = owner.side.levels["throughput_per_megawatt"].number * 0.6 * seconds
        assert found["tokens_per_year"].number == pytest.approx(delivered, rel=1e-12)


def test_the_gap_is_a_share_of_the_price_and_rests_on_both(library, pair):
    h200, gb300 = owners(library, pair).values()
    for owner, gap in ((h200, 0.276), (gb300, -0.032)):
        price = owner.side.given[PRICE]
        found = owner.gap(price)
        assert found.number == pytest.approx(gap, abs=5e-4)
        assert found.inputs == {"modeled": owner.levels[PRICE], "published": price}


def test_elasticities_are_those_of_a_power_law_where_the_cost_is_one(library, pair):
    found = {key: value.number for key, value in owners(library, pair)["h200"].elasticities.items()}
    assert found["utilization"] == found["throughput_per_gpu"] == found["availability"] == -1
    # The capital and the power carry the whole price between them: nothing else scales with an amount of USD or kW.
    assert found["capital_per_gpu"] + found["power_per_gpu"] == pytest.approx(1)
