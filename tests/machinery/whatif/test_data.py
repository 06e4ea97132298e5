"""What the page computes from is what the library holds."""

import json

import pytest

from analysis.frontier.tokens import KINDS
from analysis.library.sources import TIERS
from analysis.library.values import CAUTIONS
from analysis.machinery.whatif.data import data
from analysis.machinery.whatif.results import ratios
from analysis.machinery.whatif.settings import options
from analysis.scenario import read_scenario


@pytest.fixture(scope="module")
def known(library):
    return data([library], read_scenario("published"))


def test_it_is_plain_json_and_small(known):
    assert len(json.dumps(known, allow_nan=False, separators=(",", ":"))) < 400_000


def test_prices_and_power_are_those_of_the_library_with_their_cautions(library, known):
    for vintage, platforms in known["assumptions"].items():
        for key, given in platforms.items():
            values = {tier: library.known_price(key, tier, vintage) for tier in TIERS}
            values["power"] = library.known_power(key, vintage)
            assert {name: one and one["number"] for name, one in given.items()} == {
                name: value and value.number for name, value in values.items()
            }
            for name, value in values.items():
                doubtful = value is not None and value.status in CAUTIONS
                assert value is None or given[name]["caution"] == (str(value.status) if doubtful else "")
    assert known["assumptions"]["2026-04"]["gb300"]["hyperscaler"]["caution"] == "placeholder"
    assert known["assumptions"]["2026-08"]["gb300"]["hyperscaler"]["caution"] == ""


def test_the_published_ratios_are_those_of_the_ledger(known):
    assert known["published"]["pair"] == ["h200", "gb300"]
    assert {name: one["printed"] for name, one in known["published"]["ratios"].items()} == {
        "throughput_per_gpu_ratio": "65x",
        "throughput_per_megawatt_ratio": "50x",
        "cost_per_million_tokens_ratio": "35x",
    }


def test_every_amount_that_is_shown_has_a_name_and_a_unit(known):
    for name in (*ratios(), "break_even_price", "electricity_per_million_tokens"):
        assert known["amounts"][name]["title"]
        assert known["amounts"][name]["unit"]
    assert known["amounts"]["electricity_per_million_tokens"]["title"] == "Electricity per million tokens"


def test_every_list_offers_what_an_address_may_hold_in_words(known):
    offered = options(known)
    assert {key: [value for value, _ in listed] for key, listed in offered.items()} == {
        key: field["choices"] for key, field in known["fields"].items() if "choices" in field
    }
    assert dict(offered["tokens"])["output-decode"] == KINDS["output", "decode"]
    assert dict(offered["precision"])["fp4"] == "FP4"
    assert dict(offered["price_tier"]) == TIERS


def test_each_sentence_names_only_what_the_page_can_fill(known):
    import string

    fillable = {"interactivity", "workload", "tokens", "subject", "baseline", "cost", "other_cost", "ratio"}
    fillable |= {"model", "until", "break_even", "price", "ranges", "region", "absent", "vintage", "tier"}
    for template in known["sentences"].values():
        places = {name for _, name, _, _ in string.Formatter().parse(template) if name}
        assert places <= fillable
        assert not any(letter.isdigit() for letter in template)
