"""The library's costs of owning become inputs that keep their source, date, status and place."""

import pytest

from analysis.errors import InputError
from analysis.library.values import Status
from analysis.scenario import Parameters
from analysis.studies.ownership.finance import ALL_IN, sourced_finance
from analysis.studies.ownership.operating_costs import (
    FLEET,
    MODELED,
    capital_per_gpu,
    fleet_utilization,
    operating_cost,
    utilization,
)


def test_a_cost_keeps_its_range_and_its_origin(library):
    found = operating_cost(library, "electricity_price", "United States industrial", "HGX H200")
    assert (found.low, found.value.number, found.high) == (0.0737, 0.0929, 0.1729)
    assert found.value.status is Status.THIRD_PARTY
    assert [source.id for source in found.value.sources] == ["eia-2026-01"]
    assert found.value.as_of == "2026-01-01"
    assert found.value.place == "data/operating_costs.csv, line 2"
    assert found.value.subject == "HGX H200"
    assert found.value.note.startswith("United States industrial; low and high are regional averages")


def test_a_cost_without_a_range_is_its_own(library):
    found = operating_cost(library, "colocation", "SemiAnalysis cost model", "HGX H200")
    assert found.low == found.high == found.value.number == 130


def test_an_unknown_cost_is_answered_with_the_nearest(library):
    with pytest.raises(
        InputError, match=r"no electricity_price of 'United States'; did you mean 'electricity_price of"
    ):
        operating_cost(library, "electricity_price", "United States", "HGX H200")


def test_deployed_capital_goes_before_the_price_of_a_system(library):
    found = capital_per_gpu(library, "h200")
    assert found.value.number == 34_698
    # The street price of a server alone, shared by its eight GPUs, is above the deployed capital of the build-up.
    assert (found.low, found.high) == (34_698, 315_000 / 8)
    assert found.value.kinds == {"price": MODELED}
    assert not found.value.cautions


def test_the_price_of_a_rack_is_shared_by_its_gpus_and_its_network_is_an_open_assumption(library):
    found = capital_per_gpu(library, "gb300")
    assert [72 * number for number in (found.low, found.value.number, found.high)] == pytest.approx(
        [3_500_000, 3_750_000, 4_000_000]
    )
    assert found.value.cautions == {Status.ASSUMED}
    assumed = {value.quantity.key for value in found.value.trail() if value.status is Status.ASSUMED}
    assert assumed == {"network_capital", "storage_capital"}


def test_a_platform_without_a_price_is_refused(library):
    with pytest.raises(InputError, match="no capital_per_gpu or system_price of 'mi355x'"):
        capital_per_gpu(library, "mi355x")
    with pytest.raises(InputError, match="unknown platform 'h20'"):
        capital_per_gpu(library, "h20")


@pytest.mark.parametrize(
    ("hardware", "vintage", "power"),
    [("h200", "2026-04", 1.73), ("h200", "2026-07", 1.37), ("gb300", "2026-04", 2.10), ("gb300", "2026-08", 2.12)],
)
def test_an_owner_is_made_of_sourced_amounts(library, hardware, vintage, power):
    owner = sourced_finance(library, hardware, vintage)
    sourced = {
        key: value.number for key, value in owner.values("").items() if value.sources and value.formula is None
    }
    capital = sourced.pop("capital_per_gpu", None)
    assert capital == (34_698 if hardware == "h200" else None)
    assert sourced == {
        "economic_life": 4, "cost_of_capital": 0.133, "power_per_gpu": power, "pue": 1, "electricity_price": 0.087,
        "colocation": 130, "facility_life": 4,
    }  # fmt: skip
    assert owner.power_boundary == ALL_IN


def test_the_utilizations_of_a_fleet_are_the_published_thirty_sixty_and_a_hundred_percent(library):
    shares = fleet_utilization(library).spread
    assert [share.number for share in shares] == [0.3, 0.6, 1.0]
    assert {(share.subject, share.status) for share in shares} == {(FLEET, Status.ESTIMATE)}


@pytest.mark.parametrize("subject", [FLEET, "HGX H200"])
def test_utilization_is_the_estimate_unless_the_scenario_states_it(library, subject):
    assert utilization(library, Parameters(), subject) == fleet_utilization(library, subject).value
    stated = utilization(library, Parameters(utilization=0.9), subject)
    assert (stated.number, stated.subject, stated.place) == (0.9, subject, "parameter utilization")
    assert stated.status == Status.ASSUMED
