"""Energy, electricity and a site of limited power agree with the published measures."""

import pytest

from analysis import formulas
from analysis.errors import InputError
from analysis.studies.ownership.energy import Site, site_view
from analysis.studies.ownership.finance import ALL_IN, sourced_finance
from analysis.studies.ownership.levelized import Ownership, Performance
from tests.support.owned import platform

EXACT = {"rel": 1e-12}
SITE = Site(site_power=10.0, token_price=0.5)
FULL = {"utilization": 1.0, "availability": 1.0, "pue": 1.0, "power_boundary": ALL_IN}


def view_of(owned, site=SITE):
    return {name: value.number for name, value in site_view(owned, site, "HGX H200").items()}


# 1000 x 1.73 / 93.153164 and 1000 x 2.10 / 5970.2614
@pytest.mark.parametrize(("power", "throughput", "joules"), [(1.73, 93.153164, 18.572), (2.10, 5970.2614, 0.35174)])
def test_energy_per_token_is_that_of_the_provisioned_power(power, throughput, joules):
    view = view_of(platform(power_per_gpu=power, throughput_per_gpu=throughput, **FULL))
    assert view["energy_per_token"] == pytest.approx(joules, rel=5e-5)


def test_facility_overhead_counts_once():
    critical = view_of(platform(power_per_gpu=1.0, pue=1.25))
    all_in = view_of(platform(power_per_gpu=1.25, pue=1, power_boundary=ALL_IN))
    for result in ("energy_per_token", "electricity_per_gpu_hour", "electricity_per_million_tokens"):
        assert critical[result] == pytest.approx(all_in[result], **EXACT)


def test_electricity_of_a_token_is_its_energy_times_the_price_of_energy():
    """At full load of all hours with all power drawn: a kilowatt-hour is 3.6 MJ."""
    view = view_of(platform(average_load=1.0, **FULL))
    kilowatt_hours = view["energy_per_token"] * 1e6 / 3.6e6
    assert view["electricity_per_million_tokens"] == pytest.approx(kilowatt_hours * 0.087, **EXACT)


def test_electricity_has_the_same_share_in_an_hour_and_in_a_token():
    view = view_of(platform())
    share = view["electricity_per_million_tokens"] / view["cost_per_million_tokens"]
    assert view["electricity_share"] == pytest.approx(share, **EXACT)
    assert 0 < share < 1


def test_a_megawatt_delivers_the_published_tokens_per_second():
    view = view_of(platform(power_per_gpu=2.10, throughput_per_gpu=5970.2614, **FULL))
    per_second = view["tokens_per_year"] / (8760 * 3600) / 10
    assert per_second == pytest.approx(2_842_982, abs=1)
    assert per_second == pytest.approx(formulas.throughput_per_megawatt(5970.2614, 2.10), **EXACT)


def test_a_site_earns_what_its_tokens_sell_for():
    view = view_of(platform())
    assert view["gpus"] == pytest.approx(10_000 / (1.2 * 1.25), **EXACT)
    assert view["revenue_per_megawatt_year"] * 10 == pytest.approx(view["tokens_per_year"] / 1e6 * 0.5, **EXACT)


def test_a_token_price_at_cost_earns_exactly_what_the_gpus_cost():
    owned = platform()
    at_cost = view_of(owned)["cost_per_million_tokens"]
    view = view_of(owned, Site(site_power=10.0, token_price=at_cost))
    spent = view["gpus"] * view["owned_cost_per_gpu_hour"] * 8760
    assert view["revenue_per_megawatt_year"] * 10 == pytest.approx(spent, **EXACT)


def test_values_know_what_they_count(library):
    owned = Ownership(sourced_finance(library, "gb300", "2026-07"), Performance(throughput_per_gpu=5970.2614))
    values = site_view(owned, SITE, "GB300 NVL72")
    assert values["energy_per_token"].kinds["power"] == ALL_IN
    assert values["revenue_per_megawatt_year"].quantity.unit == "USD/MW/year"


@pytest.mark.parametrize(("key", "amount"), [("site_power", 0), ("token_price", -1), ("token_price", float("nan"))])
def test_an_impossible_site_is_refused(key, amount):
    with pytest.raises(InputError, match=f"^{key}: found"):
        Site(**{"site_power": 10.0, "token_price": 0.5, key: amount})
