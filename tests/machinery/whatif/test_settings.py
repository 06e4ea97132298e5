"""Settings are written as addresses that a person can read."""

from datetime import date
from urllib.parse import parse_qs

import pytest

from analysis.comparison.contenders import LIMITS
from analysis.comparison.head_to_head import compare
from analysis.library.models import listed
from analysis.library.sources import DATA, load
from analysis.machinery.press.what_if_link import address, fragment
from analysis.machinery.whatif import settings
from analysis.machinery.whatif.settings import answered, fields, initial
from analysis.scenario import Parameters, read_scenario, scenario_names


def parsed(text):
    return {key: value for key, (value,) in parse_qs(text, strict_parsing=True).items()}


def test_the_address_of_the_published_scenario_can_be_read():
    assert address(read_scenario("published")) == (
        "what-if.html#model=DeepSeek-R1-0528&workload=1k/1k&platforms=h200,gb300&interactivity=116&as_of=2026-04-15"
        "&vintage=2026-04&price_tier=hyperscaler"
    )


def test_the_page_may_lie_elsewhere():
    assert address(Parameters(), "../what-if.html").startswith("../what-if.html#model=DeepSeek-R1-0528&workload=")


def test_own_prices_and_a_minimum_accuracy_are_part_of_the_address():
    asked = Parameters(baseline_price=1.5, subject_price=2.0, minimum_accuracy=0.93, as_of=date(2026, 5, 3))
    found = parsed(address(asked).partition("#")[2])
    assert (found["price_h200"], found["price_gb300"], found["minimum_accuracy"]) == ("1.5", "2", "0.93")
    assert found["as_of"] == "2026-05-03"


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_has_an_address_of_known_keys_and_allowed_values(library, name):
    allowed = fields([library], ["1k/1k", "1k/8k", "8k/1k"])
    for key, value in parsed(address(read_scenario(name)).partition("#")[2]).items():
        assert value in allowed[key].get("choices", [value])
        assert set(value.split(",")) <= set(allowed[key].get("several", value.split(",")))


def test_amounts_are_written_so_that_they_come_back_exactly():
    for amount in (116.0, 0.1 + 0.2, 2.652, 1e-5, 123456.789):
        assert float(parsed(fragment({"interactivity": amount}))["interactivity"]) == amount


def test_lengths_of_a_scenario_that_no_workload_has_are_its_own_on_the_page():
    own = parsed(address(Parameters(input_tokens=12_000, output_tokens=600, cache_hit_rate=0.5)).partition("#")[2])
    assert (own["input_tokens"], own["output_tokens"], own["cache_hit_rate"]) == ("12000", "600", "0.5")
    assert "workload" not in own


def test_text_in_an_address_is_escaped():
    assert fragment({"workload": "a&b=c #<", "platforms": ["h200", "gb300"]}) == (
        "workload=a%26b%3Dc%20%23%3C&platforms=h200,gb300"
    )


def test_the_opening_setting_is_complete_and_allowed(library):
    allowed = fields([library], ["1k/1k"])
    opening = initial(library, read_scenario("published"))
    optional = {key for key in allowed if key.startswith(("price_", "power_"))} - {"price_tier"}
    assert allowed.keys() - opening.keys() == optional | {
        *LIMITS, "input_tokens", "output_tokens", "cache_hit_rate", "tokens_per_day", "concurrent_users",
        "price_of_cache_miss", "price_of_cache_hit", "output_token_price",
    }  # fmt: skip
    for key, value in opening.items():
        assert value in allowed[key].get("choices", [value])
    assert opening["electricity_price"] == 0.0929
    assert opening["utilization"] == 1.0


def test_limits_and_a_load_of_a_scenario_are_part_of_the_address():
    asked = Parameters(maximum_ttft_p99=4.0, minimum_interactivity_p99=20.0, tokens_per_day=8.4e9, peak_factor=8.0)
    found = parsed(address(asked).partition("#")[2])
    assert (found["maximum_ttft_p99"], found["minimum_interactivity_p99"]) == ("4", "20")
    assert (float(found["tokens_per_day"]), found["peak_factor"]) == (8.4e9, "8")
    assert "tokens_per_day" not in parsed(address(Parameters()).partition("#")[2])


@pytest.mark.parametrize("model", listed(DATA), ids=lambda model: model.key)
def test_a_model_opens_at_what_its_rows_answer(model):
    library = load(snapshot=model.snapshot)
    pair = compare(library, answered(library, read_scenario("published")), "curve")
    assert pair.ratio("throughput_per_gpu").number > 0
    assert len({side.platform.key for side in pair.sides}) == 2


def test_amounts_are_bounded_as_the_cost_model_bounds_them(library):
    found = fields([library], ["1k/1k"])
    assert found["utilization"] == {
        "low": 0,
        "low_included": False,
        "high": 1,
        "allowed": "more than 0 and at most 100%",
        "percent": True,
        "words": "",
    }
    assert found["pue"]["low"] == 1
    assert found["pue"]["high"] == settings.LARGEST
    assert not found["price_gb300"]["low_included"]
    assert found["electricity_price"]["low_included"]
