"""List prices by kind of token stand beside what each kind costs at the provider's own speed."""

import csv
import io

import pytest

from analysis.library.sources import load
from analysis.scenario import Parameters
from analysis.studies.business.kinds import HIT, INPUT, OUTPUT, kinds
from analysis.studies.business.tables.prices import by_kind


@pytest.fixture(scope="module")
def library():
    return load()


def test_every_offer_that_states_its_speed_stands_beside_both_platforms(library):
    found = kinds(library, Parameters())
    assert {each.offer.provider for each in found} == {"Crusoe", "Nebius"}
    assert {each.tariff.platform.key for each in found} == {"h200", "gb300"}


def test_a_margin_is_what_the_price_leaves_above_the_cost_of_its_kind(library):
    for each in kinds(library, Parameters()):
        for margin, kind, cost in (
            (each.input_margin, INPUT, each.tariff.input_cost),
            (each.output_margin, OUTPUT, each.tariff.output_cost),
        ):
            price = each.offer.prices[kind].number
            assert margin.number == pytest.approx(1 - cost.number / price)
        assert HIT in each.offer.prices


def test_where_output_sells_below_its_cost_input_pays_for_it(library):
    by_name = {(each.offer.provider, each.tariff.platform.key): each for each in kinds(library, Parameters())}
    assert by_name["Nebius", "h200"].subsidy == "input pays for part of output"
    assert by_name["Crusoe", "gb300"].subsidy == "each for itself"


def test_the_table_has_a_row_for_each_and_none_before_the_first_prices(library):
    shown = by_kind(library, Parameters())
    assert len(list(csv.DictReader(io.StringIO(shown.report["csv"])))) == 4
    assert by_kind(library, Parameters(as_of="2025-10-20")) is None
