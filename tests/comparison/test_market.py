"""At the market's own level the comparison is the curve's there; what is not measured there is not compared."""

import pytest

from analysis.comparison.advantage import Advantage
from analysis.comparison.contenders import contender
from analysis.comparison.market import at_the_market, ends, market_level, whose_market
from analysis.library.values import Status
from analysis.scenario import Parameters


@pytest.mark.parametrize(("lengths", "expected"), [((1024, 1024), 4.14), ((8192, 1024), 4.75)])
def test_the_published_pair_is_four_to_five_times_apart_there(library, lengths, expected):
    input_tokens, output_tokens = lengths
    asked = Parameters(input_tokens=input_tokens, output_tokens=output_tokens)
    assert at_the_market(library, asked).number == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize("pair", [("h100", "b200"), ("mi355x", "gb300"), ("mi300x", "mi325x")])
def test_it_is_the_curve_at_the_market_level(library, pair):
    asked = Parameters(baseline=pair[0], subject=pair[1])
    curves = Advantage(*(contender(library, asked, key) for key in pair))
    there = curves.at("cost_per_million_tokens", market_level(library).number)
    assert at_the_market(library, asked).number == there.number


def test_a_platform_that_is_not_measured_there_is_not_compared(library):
    assert at_the_market(library, Parameters(as_of="2025-12-01")) is None


def test_the_level_is_restated_by_a_third_party_and_names_its_source(library):
    level = market_level(library)
    assert level.status is Status.THIRD_PARTY
    assert level.sources
    assert level.place.startswith("data/service_levels.csv")


def test_the_ends_hold_the_value_and_are_marked_as_it_is_but_as_interpolated(library):
    cost = at_the_market(library, Parameters())
    low, high = ends(cost)
    assert low.number < cost.number < high.number
    assert low.cautions == high.cautions == cost.cautions - {Status.INTERPOLATED} != cost.cautions
    assert low.sources == cost.sources
    assert low.bracket is None


def test_the_market_is_that_of_the_model_whose_providers_were_asked(library):
    assert whose_market(library) == "the market for DeepSeek-R1-0528"
