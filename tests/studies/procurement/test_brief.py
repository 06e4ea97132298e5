"""A brief holds every platform once, answers whatever is asked, and tells what would change its answer."""

import pytest

from analysis.errors import InputError
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.studies.procurement import variations
from analysis.studies.procurement.checklist import FEATURES, NEITHER, ONLY_WITH, UNKNOWN, gain, software_gain
from analysis.studies.procurement.wording import joined, limits_in_words, load_in_words, short
from tests.support.buyers import LONG, QUOTE, brief, conditions

FP4, MTP, APART = FEATURES


@pytest.fixture(scope="module")
def published(library):
    return brief(library)


@pytest.fixture(scope="module")
def changed(published):
    return {one.change: one.brief for one in variations(published)}


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
    assert found.best is None
    assert not found.fleets
    assert not found.options
    assert found.offers
    assert all(one.nearest[0].reached.number < 5000 for one in found.unserved)


def test_an_absurd_load_is_sized_and_beyond_its_limits(library):
    found = brief(library, tokens_per_day=1e15, power_limit=5.0, budget_per_month=1e6)
    assert found.best is None
    assert found.fleets["gb300"].megawatts().number > 10_000
    for one in found.options:
        assert not one.fits
        assert all(limit.served.number < 1e-3 for limit in one.limits)


def test_without_limits_of_power_and_budget_an_absurd_load_has_an_absurd_cost(library):
    assert brief(library, tokens_per_day=1e15).best.cost_per_month.number > 1e10


def test_lengths_that_nobody_measured_are_refused_with_those_that_were(library):
    with pytest.raises(InputError, match=r"found 3000/500, measured are 1024/1024, 1024/8192, 8192/1024"):
        brief(library, input_tokens=3000, output_tokens=500)


def test_the_least_costly_offer_of_a_platform_is_that_of_its_providers(published):
    assert published.cheapest("b200").offer.provider == "Together AI"
    assert published.cheapest("gb300") is None
    assert published.cheapest("mi300x") is None


def test_a_good_quote_changes_the_answer(library, published):
    even = published.break_even("gb300").number
    assert brief(library, quotes=[QUOTE | {"price": even * 0.99}]).best.fleet.platform.key == "gb300"
    assert brief(library, quotes=[QUOTE | {"price": even * 1.01}]).best.fleet.platform.key == "b200"


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
        return one.best.cost_per_month.number if one.best else float("inf")

    for harder in ("Twice the load", "Half as much interactivity again", "FP8 alone", "No MTP"):
        assert cost(changed[harder]) >= cost(published)
    for easier in ("Half the load", "No peak: the load is even", "Half the interactivity"):
        assert cost(changed[easier]) <= cost(published)


def test_variations_of_users_vary_the_users(library):
    users = brief(library, concurrent_users=1000.0, minimum_interactivity=50.0)
    twice = {one.change: one.brief for one in variations(users)}["Twice the load"]
    assert twice.load.requests.number == 2000


def test_a_gain_is_the_ratio_of_two_measured_throughputs_within_the_limits(library):
    found = gain(library, conditions(**LONG), "gb300", FP4)
    ends = found.inputs
    assert found.number == pytest.approx(ends["numerator"].number / ends["denominator"].number)
    assert found.number > 1
    assert {one.status for one in ends.values()} == {"measured"}


def test_a_gain_that_cannot_be_told_says_why(library):
    assert gain(library, conditions(), "h200", FP4) == UNKNOWN
    assert gain(library, conditions(), "h200", MTP) == ONLY_WITH
    assert gain(library, conditions(), "mi300x", APART) == UNKNOWN
    assert gain(library, conditions(minimum_interactivity=5000), "gb300", FP4) == NEITHER


def test_software_gains_are_of_configurations_that_were_run_again(library):
    assert software_gain(library, "h100") is None
    gains = library.tables["software_gains"]
    own = gains[gains["hardware"] == "b300"]
    expected = (own["last_interactivity"] / own["first_interactivity"]).median()
    assert software_gain(library, "b300").number == pytest.approx(expected)


def test_limits_and_load_are_said_as_the_buyer_stated_them(library):
    words, values = limits_in_words(conditions(maximum_ttft_p99=2.5, minimum_accuracy=0.95))
    said = words.format(**{name: value.show() for name, value in values.items()})
    assert said.startswith("at least 116 tok/s/user, a time to first token of at most 2.5 s for all but")
    assert said.endswith("and a GSM8K accuracy of at least 95.0%")
    words, values = load_in_words(brief(library, concurrent_users=5000.0).load)
    assert words.format(**{name: value.show() for name, value in values.items()}).startswith("5,000 users at once")


def test_a_list_in_a_sentence():
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"


def test_a_count_that_would_burst_a_table_is_shortened_and_any_other_is_not():
    def count(number):
        return short(Value(number, quantity("fleet_gpus"), "it", Status.DERIVED)).show()

    assert count(48.0) == "48"
    assert count(999_999.0) == "999,999"
    assert count(23_435_616.0) == "23.4M"
