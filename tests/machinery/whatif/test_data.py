"""What the page computes from is what the library holds."""

import json

import numpy as np
import pytest

from analysis.frontier.curves import Curve
from analysis.frontier.tokens import KINDS
from analysis.library.sources import TIERS
from analysis.library.values import CAUTIONS
from analysis.machinery.whatif.data import data
from analysis.machinery.whatif.results import ratios
from analysis.machinery.whatif.settings import options
from analysis.scenario import read_scenario


@pytest.fixture(scope="module")
def known(library):
    return data(library, read_scenario("published"))


def test_it_is_plain_json_and_small(known):
    assert len(json.dumps(known, allow_nan=False, separators=(",", ":"))) < 500_000


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


def test_every_series_of_the_benchmark_is_there_once(library, known):
    columns = ["hardware", "framework", "precision", "speculative_decoding", "input_tokens", "output_tokens"]
    assert len(known["stacks"]) == len(library.benchmark[columns].drop_duplicates())
    names = [(one["platform"], one["workload"], one["name"]) for one in known["stacks"]]
    assert len(set(names)) == len(names)


def test_knots_come_through_json_to_the_last_digit(known):
    again = json.loads(json.dumps(known["stacks"]))
    assert again == known["stacks"]
    (stack,) = [
        one
        for one in again
        if (one["platform"], one["workload"], one["name"]) == ("gb300", "1k/1k", "dynamo-trt fp4 mtp")
    ]
    version = [one for one in stack["versions"]["total"] if one[0] <= "2026-04-15"][-1]
    assert float(Curve(*map(np.array, version[1:]))(116.0)) == pytest.approx(6070, rel=1e-3)


def test_a_series_accuracy_is_the_lowest_of_its_rows(library, known):
    rows = library.benchmark
    lengths = rows["input_tokens"] // 1024, rows["output_tokens"] // 1024
    name = rows["framework"] + " " + rows["precision"] + " " + rows["speculative_decoding"]
    named = rows.assign(
        workload=lengths[0].astype(str) + "k/" + lengths[1].astype(str) + "k", name=name.str.removesuffix(" none")
    )
    for stack in known["stacks"]:
        pairs = [("hardware", stack["platform"]), ("workload", stack["workload"]), ("name", stack["name"])]
        same = [named[column] == value for column, value in pairs]
        own = named[np.logical_and.reduce(same)]["accuracy"]
        assert stack["accuracy"] == (None if own.isna().all() else own.min())


def test_the_slider_reaches_what_was_measured(library, known):
    rows = library.benchmark
    for workload, (low, high) in known["ranges"].items():
        lengths = [1024 * int(part.removesuffix("k")) for part in workload.split("/")]
        own = rows[(rows["input_tokens"] == lengths[0]) & (rows["output_tokens"] == lengths[1])]
        assert own["interactivity_median"].max() <= high
        knots = [
            knot
            for stack in known["stacks"]
            if stack["workload"] == workload
            for versions in stack["versions"].values()
            for _, interactivity, *_ in versions
            for knot in interactivity
        ]
        assert low <= min(knots)
        assert max(knots) <= high
        assert min(knots) - low < 1


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
    fillable |= {"break_even", "price", "ranges", "region", "absent", "vintage", "tier"}
    for template in known["sentences"].values():
        places = {name for _, name, _, _ in string.Formatter().parse(template) if name}
        assert places <= fillable
        assert not any(letter.isdigit() for letter in template)
