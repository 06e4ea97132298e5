"""The workbook beside the procurement brief goes on computing: a changed load buys other systems at another cost."""

import io
import math

import pytest
from openpyxl import load_workbook

from analysis.exhibits.workbook import workbook
from analysis.studies.procurement.workbook import NOTES, blocks
from tests.support.buyers import LONG, QUOTE, brief
from tests.support.spreadsheets import cells, computed, edited, needs_libreoffice

CLOSE = {"rel": 1e-9}
TIMES = 3.7


@pytest.fixture(scope="module")
def buyer(library):
    return brief(library, **LONG, quotes=[QUOTE], tokens_per_day=5e9)


@pytest.fixture(scope="module")
def content(buyer):
    return workbook("Brief", blocks(buyer), NOTES)


@pytest.fixture(scope="module")
def recalculated(content, tmp_path_factory):
    """The workbook as it is, and with a larger load."""
    larger = edited(content, {given(content, "Tokens per day"): TIMES * 5e9})
    return computed(tmp_path_factory.mktemp("workbooks"), edited(content, {}), larger)


def given(content, head):
    """The cell of a given figure, beside the label that begins so."""
    (found,) = [
        (sheet, "B" + cell[1:])
        for (sheet, cell), (_, text) in cells(content).items()
        if sheet == "Inputs" and str(text).startswith(head)
    ]
    return found


def line(found, head):
    """What stands in a row of results, by column."""
    (row,) = [cell[1:] for (sheet, cell), (_, text) in found.items() if sheet == "Results" and text == head]
    return {cell[0]: value for (sheet, cell), (_, value) in found.items() if sheet == "Results" and cell[1:] == row}


def test_every_row_has_a_head_in_words_and_a_value_in_each_column(buyer):
    for block in blocks(buyer):
        for row in block.lines:
            assert "_" not in row.label
            assert len(row.values) == len(block.columns)


def test_every_platform_and_every_priced_offer_has_its_column(buyer):
    load, fleets, offers = blocks(buyer)
    assert load.columns == ["Load"]
    assert fleets.columns == [fleet.platform.name for fleet in buyer.fleets.values()]
    assert len(offers.columns) == len(buyer.options)
    assert "Example Cloud, GB300 NVL72, 1-year reserved" in offers.columns


def test_what_costs_a_month_is_a_formula_down_to_the_load(content):
    """Cost rests on GPUs, these on purchases, these on deployments, and those on the load."""
    by_cell = {f"{sheet}!${cell[0]}${cell[1:]}": formula for (sheet, cell), (formula, _) in cells(content).items()}
    cost = line(cells(content), "Cost per month")
    row = next(
        cell[1:]
        for (sheet, cell), (_, text) in cells(content).items()
        if (sheet, text) == ("Results", "Cost per month")
    )
    assert len(cost) > 5
    reached, waiting = set(), [f"Results!$C${row}"]
    while waiting:
        one = waiting.pop()
        reached.add(one)
        waiting += [other for other in by_cell if other in by_cell.get(one, "") and other not in reached]
    sheet, cell = given(content, "Tokens per day")
    assert f"{sheet}!${cell[0]}${cell[1:]}" in reached
    assert any(by_cell[one].startswith("ROUNDUP(") for one in reached)


def test_what_never_comes_is_a_text_in_every_cell_since_none_holds_infinity(library):
    unlimited = brief(library, **LONG, tokens_per_day=5e9, growth_per_year=0.0, power_limit=20.0)
    written = workbook("Brief", blocks(unlimited), NOTES)
    endless = [(sheet, cell) for (sheet, cell), (_, found) in cells(written).items() if found == "∞"]
    assert {sheet for sheet, _ in endless} == {"Assumptions", "Results"}
    assert all(math.isfinite(found) for _, found in cells(written).values() if isinstance(found, float))
    load_workbook(io.BytesIO(written))


def test_where_nobody_serves_the_load_stands_alone(library):
    (only,) = blocks(brief(library, minimum_interactivity=5000.0))
    assert only.title == "The load"


@needs_libreoffice
def test_libreoffice_computes_what_python_computes(content, recalculated):
    made = {key: value for key, (formula, value) in cells(content).items() if formula}
    assert len(made) > 150
    for key, value in made.items():
        assert recalculated[0][key][1] == pytest.approx(value, **CLOSE), key


@needs_libreoffice
def test_a_larger_load_takes_more_whole_systems_and_costs_more(buyer, recalculated):
    found = recalculated[1]
    deployments, gpus = line(found, "Deployments"), line(found, "GPUs of the fleet")
    for column, fleet in zip("CDEFGHIJK", buyer.fleets.values(), strict=False):
        wanted = math.ceil(TIMES * fleet.needed.number)
        assert deployments[column] == wanted
        units = math.ceil(wanted / fleet.smallest.deployments.number)
        assert gpus[column] == units * fleet.smallest.gpus.number
    costs = line(found, "Cost per month")
    first = buyer.options[0]
    bought = gpus["CDEFGHIJK"[list(buyer.fleets).index(first.fleet.platform.key)]]
    assert costs["C"] == pytest.approx(bought * first.price.number * 730, **CLOSE)
