"""Figures show what was computed: every factor drawn, every number in words registered, the data beside."""

import io
import re

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.contenders import price
from analysis.library.choices import choice
from analysis.scenario import Parameters
from analysis.studies.attribution import KINDS, along, points
from analysis.studies.attribution.accuracy import differences
from analysis.studies.attribution.caching import along_hit_rate
from analysis.studies.attribution.charts.agents import (
    cost_against_utilization,
    request_against_hit_rate,
    session_by_turn,
)
from analysis.studies.attribution.charts.along import stacked
from analysis.studies.attribution.charts.cost import matching_price_curves, software
from analysis.studies.attribution.charts.gains import accuracy_differences, gain_curves
from analysis.studies.attribution.charts.waterfall import TOTAL, waterfall
from analysis.studies.attribution.gains import gains
from analysis.studies.attribution.matching_price import matching_prices
from analysis.studies.attribution.phases import phases
from analysis.studies.attribution.sessions import by_turn, session_of
from analysis.studies.attribution.software import software_gains

NUMERAL = re.compile(r"\d[\d,.]*")
NAMES = re.compile(r"[A-Za-z]+\d+[A-Za-z]*|\d+k/\d+k")


@pytest.fixture(scope="module")
def here(library):
    return points(library, Parameters())[0]


def data(shown):
    return pd.read_csv(io.StringIO(shown.report["csv"]))


def assert_numbers_are_registered(shown):
    registered = {value.show() for value in shown.values}  # noqa: PD011
    alt = NAMES.sub(" ", shown.report["alt"])
    assert {found.rstrip(".,") for found in NUMERAL.findall(alt)} <= {
        found for text in registered for found in NUMERAL.findall(text)
    }


def results(place):
    return [
        ("Price", *place.metric("cost_per_million_tokens")[:1], "Cost", place.metric("cost_per_million_tokens")[1])
    ]


def test_a_waterfall_shows_each_factor_the_ratio_and_what_price_makes_of_it(here):
    shown = waterfall("name", here.best, results(here), title="title")
    rows = data(shown)
    assert rows["change"].tolist() == ["hardware", "scale-up domain", "precision", TOTAL, "Price", "Cost"]
    factors = rows["factor"].to_numpy()
    assert factors[:3].prod() == pytest.approx(factors[3])
    assert factors[3] * factors[4] == pytest.approx(factors[5])
    assert_numbers_are_registered(shown)


def test_a_waterfall_says_where_a_change_has_no_factor(here):
    shown = waterfall("name", here.from_plain, [], title="title")
    assert data(shown)["remark"].tolist()[:2] == ["not served", "opens"]
    assert "Speculative decoding, no MTP to MTP: opens" in shown.report["alt"]
    assert_numbers_are_registered(shown)


@pytest.mark.parametrize("pair", [("h200", "h200"), ("gb300", "h200"), ("b200", "mi355x")])
def test_a_waterfall_can_be_empty_fall_or_mix_both(library, pair):
    place = points(library, Parameters(baseline=pair[0], subject=pair[1]))[0]
    shown = waterfall("name", place.best, results(place), title="title")
    assert shown.data["image/svg+xml"].startswith("<?xml")
    assert_numbers_are_registered(shown)


def test_stacked_areas_come_with_every_kind_of_factor(here):
    table = along(here.stacks, "h200", "gb300", here.route, np.linspace(20, 170, 60))
    shown = stacked("name", {"1k/1k": table}, {"1k/1k": (here.at, here.best.total)}, title="title")
    assert {*KINDS, "ratio", "workload", "interactivity"} <= set(data(shown).columns)
    assert_numbers_are_registered(shown)


def test_stacked_areas_of_a_platform_against_itself_are_a_line_at_one(here):
    table = along(here.stacks, "h200", "h200", ("h200",), np.linspace(20, 170, 60))
    assert "factors none" in stacked("name", {"1k/1k": table}, {}, title="title").report["alt"]


def test_gains_are_drawn_for_every_pair(here):
    found = gains(here.stacks, "precision", "fp8", "fp4")
    shown = gain_curves("name", found, "speculative_decoding", here.at, ["gb300"], title="title")
    assert data(shown).groupby(["platform", "same_on_both_sides"]).ngroups == len(found)
    assert_numbers_are_registered(shown)


def test_differences_of_accuracy_are_drawn_for_every_pair(library):
    found = differences(library, "speculative_decoding", "none", "mtp")
    names = {key: platform.name for key, platform in library.platforms.items()}
    shown = accuracy_differences("name", found, names, choice("equivalence_margin", "accuracy"), title="title")
    assert len(data(shown)) == len(found)
    assert_numbers_are_registered(shown)


def test_models_are_drawn_for_each_platform(library, here):
    both = [phases(here.stacks, key, 116.0, price(library, Parameters(), key)) for key in ("h200", "gb300")]
    own = {one.platform.key: one.platform for one in both}
    hits = request_against_hit_rate(pd.concat([along_hit_rate(one) for one in both]), own, title="title")
    turns = session_by_turn(pd.concat([by_turn(session_of(one), one) for one in both]), own, title="title")
    for shown in (hits, turns):
        assert set(data(shown)["hardware"]) == {"h200", "gb300"}
        assert_numbers_are_registered(shown)


def test_cost_is_inverse_to_utilization(library, here):
    costs = dict(zip(("h200", "gb300"), here.levels("cost_per_million_tokens"), strict=True))
    shown = cost_against_utilization(costs, library.platforms, [], title="title")
    rows = data(shown)
    for key, cost in costs.items():
        one = rows[rows["platform"] == library.platforms[key].name]
        assert (one["cost_per_million_tokens"] * one["utilization"]).to_numpy() == pytest.approx(cost.number)
    assert_numbers_are_registered(shown)


def test_software_and_matching_prices_come_with_all_their_rows(library, here):
    assert len(data(software(software_gains(library), library.platforms, title="title"))) == 277
    prices = {key: price(library, Parameters(), key) for key in ("h200", "gb300", "mi300x")}
    table = matching_prices(here.stacks, "gb300", prices, np.linspace(20, 300, 40))
    priced = {key: library.platforms[key] for key in prices}
    shown = matching_price_curves(table, priced, "gb300", here.at, title="title")
    assert len(data(shown)) == 120
    assert_numbers_are_registered(shown)
