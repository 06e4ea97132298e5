"""A brief holds every platform once, answers whatever is asked, and tells what would change its answer."""

import pytest

from analysis.errors import InputError
from analysis.library.values import Status
from analysis.studies.procurement.horizon import best
from analysis.studies.procurement.options import ranked
from analysis.studies.procurement.service import NOT_MEASURED, NOT_NEAR
from tests.support.buyers import LONG, QUOTE, brief, varied


@pytest.fixture(scope="module")
def published(library):
    return brief(library)


@pytest.fixture(scope="module")
def changed(published):
    return {one.change: one.brief for one in varied(published)}


@pytest.mark.parametrize(
    "changes", [{}, LONG, {"minimum_interactivity": 5000.0}, {"tokens_per_day": 1e15}, {"as_of": "2025-10-01"}]
)
def test_every_platform_is_either_sized_or_told_why_not(library, changes):
    found = brief(library, **changes)
    unserved = [one.platform.key for one in found.unserved]
    assert sorted([*found.fleets, *unserved]) == sorted(library.platforms)
    assert set(found.modeled) == set(found.fleets)


def test_where_nobody_meets_the_limits_nothing_is_ranked_and_all_is_told(library):
    found = brief(library, minimum_interactivity=5000.0)
    assert best(found) is None
    assert not found.fleets
    assert not found.options
    assert found.offers
    measured = [platform for platform in found.unserved if platform.reason not in (NOT_MEASURED, NOT_NEAR)]
    assert all(platform.nearest[0].reached.number < 5000 for platform in measured)
    assert [platform.platform.key for platform in measured] == list(library.with_rows)


def test_an_absurd_load_is_sized_and_beyond_its_limits(library):
    found = brief(library, tokens_per_day=1e15, power_limit=5.0, budget_per_month=1e6)
    assert best(found) is None
    assert found.fleets["gb300"].megawatts().number > 10_000
    for one in found.options:
        assert not one.fits
        assert all(limit.served.number < 1e-3 for limit in one.limits)


def test_without_limits_of_power_and_budget_an_absurd_load_has_an_absurd_cost(library):
    assert best(brief(library, tokens_per_day=1e15)).cost_per_month.number > 1e10


def test_lengths_beyond_the_region_are_refused_with_the_region(library):
    with pytest.raises(InputError, match=r"measured are 1024/1024, .* allowed are 512 to 16,384 input"):
        brief(library, input_tokens=200_000, output_tokens=500)


def test_a_fleet_at_lengths_that_nobody_measured_is_modeled_between_two_ends(library):
    found = brief(library, **{**LONG, "input_tokens": 12_000, "output_tokens": 600})
    for fleet in found.fleets.values():
        assert fleet.point["throughput_per_gpu"].status == Status.MODELED
        few, many = sorted(end.gpus.number for end in fleet.ends)
        assert few <= fleet.gpus.number <= many


def test_what_a_cache_holds_takes_gpus_away(library):
    lengths = {**LONG, "tokens_per_day": 1e12}
    gpus = [brief(library, **lengths, cache_hit_rate=rate).fleets["gb300"].gpus.number for rate in (0.0, 0.5, 0.9)]
    assert gpus[0] > gpus[1] > gpus[2]


def test_a_mix_of_one_length_is_that_length(library):
    alone = brief(library, **{**LONG, "input_tokens": 12_000, "output_tokens": 600})
    mix = brief(library, **LONG, workloads=[{"share": 1.0, "input_tokens": 12_000, "output_tokens": 600}])
    assert {key: fleet.gpus.number for key, fleet in mix.fleets.items()} == {
        key: fleet.gpus.number for key, fleet in alone.fleets.items()
    }


def test_the_least_costly_offer_of_a_platform_is_that_of_its_providers(published):
    assert published.cheapest("b200").offer.provider == "Together AI"
    assert published.cheapest("gb300") is None
    assert published.cheapest("mi300x") is None


def test_a_quote_below_the_break_even_costs_least_today_and_one_above_it_does_not(library, published):
    even = published.break_even("gb300").number
    for factor, least in ((0.99, "gb300"), (1.01, "b200")):
        offered = brief(library, quotes=[QUOTE | {"price": even * factor}])
        assert ranked(offered.options)[0].fleet.platform.key == least
    assert best(brief(library, quotes=[QUOTE | {"price": even * 0.99}])).fleet.platform.key == "gb300"


def test_variations_change_one_thing_and_only_what_is_not_so_already(published, changed):
    assert "No limit of the time to first token" not in changed
    assert changed["Twice the load"].load.tokens_per_day.number == 4e9
    assert changed["Half the load"].load.tokens_per_day.number == 1e9
    assert changed["No peak: the load is even"].load.peak.number == pytest.approx(2e9 / 86_400)
    assert all(one.row["precision"] == "fp8" for one in changed["FP8 alone"].fleets.values())
    assert all(one.row["speculative_decoding"] == "none" for one in changed["No MTP"].fleets.values())
    assert not any(one.row["disaggregated"] for one in changed["Aggregated serving alone"].fleets.values())
    paid = changed["GPUs of deployments are paid, not whole systems"]
    assert all(paid.fleets[key].gpus.number <= one.gpus.number for key, one in published.fleets.items())


def test_a_harder_service_never_costs_less(published, changed):
    def cost(one):
        return best(one).cost_per_month.number if best(one) else float("inf")

    for harder in ("Twice the load", "Half as much interactivity again", "FP8 alone", "No MTP"):
        assert cost(changed[harder]) >= cost(published)
    for easier in ("Half the load", "No peak: the load is even", "Half the interactivity"):
        assert cost(changed[easier]) <= cost(published)


def test_variations_of_users_vary_the_users(library):
    users = brief(library, concurrent_users=1000.0, minimum_interactivity=50.0)
    twice = {one.change: one.brief for one in varied(users)}["Twice the load"]
    assert twice.load.requests.number == 2000
