"""The investor's workbook follows life, tax, residual value, decline and interest to net present value and rate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.exhibits.workbook import Block, Line, Live, live, workbook
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.studies.business.brief import brief
from analysis.studies.business.cash_flows import falling, internal_rate_of_return
from analysis.studies.business.returns import returns
from analysis.studies.business.sheets import blocks
from analysis.studies.business.years import RATE
from tests.support.economies import conditions
from tests.support.spreadsheets import cells, computed, edited, named, needs_libreoffice

CLOSE = {"rel": 1e-9}
DECLINE = 0.25
FLOWS = [
    [-100.0, growth * returned, growth**2 * returned, growth**3 * returned, growth**4 * returned]
    for returned in (0.5, 5.0, 24.0, 25.0, 30.0, 500.0, 10_000.0)
    for growth in (0.5, 1.0, 2.0)
]
CHANGED = {
    "economic_life": 6.0,
    "tax_rate": 0.25,
    "residual_value": 0.15,
    "depreciation_present_value": 0.8,
    "cost_of_capital": 0.09,
    "electricity_price": 0.21,
    "annual_price_decline": 0.8,
}
"""Each input of an owner with another amount, together with those that it needs to be felt."""
FELT_WITH = {"depreciation_present_value": {"tax_rate": 0.25}}
COLUMNS = "CDE"


@pytest.fixture(scope="module")
def figures(library):
    return brief(library, conditions(annual_price_decline=DECLINE))


@pytest.fixture(scope="module")
def content(figures):
    return workbook("Brief", blocks(figures, {}))


def changes(name):
    return {name: CHANGED[name]} | FELT_WITH.get(name, {})


@pytest.fixture(scope="module")
def recalculated(content, tmp_path_factory):
    """The workbook as it is and with each input changed, in one run of LibreOffice."""
    places = named(content)
    books = [edited(content, {places[key]: amount for key, amount in changes(name).items()}) for name in CHANGED]
    found = computed(tmp_path_factory.mktemp("workbooks"), edited(content, {}), edited(_rates(), {}), *books)
    return dict(zip(["", "rates", *CHANGED], found, strict=True))


def _rates():
    """A workbook of rates of return wherever they may lie, one a row, behind a life and its cash flows."""
    lines = []
    for flows in FLOWS:
        life, *entries = [Live(entry=number) for number in (4.0, *flows)]
        rate = live(RATE, earned=entries[1:], flows=entries, outlay=entries[0], economic_life=life)
        lines.append(Line("rate", [life, *entries, rate]))
    return workbook("Rates", [Block("Rates", [str(column) for column in range(7)], lines)])


def row(found, head, sheet="Years"):
    """What stands beside the first head of this name, by platform."""
    number, *_ = [cell[1:] for (name, cell), (_, text) in found.items() if (name, text) == (sheet, head)]
    return [found.get((sheet, column + number), ("", ""))[1] for column in COLUMNS]


def expected(library, side, name):
    own = {
        key: Value(amount, quantity(key), side.platform.name, Status.ASSUMED)
        for key, amount in changes(name).items()
        if key != "annual_price_decline"
    }
    decline = changes(name).get("annual_price_decline", DECLINE)
    return returns(library, side.economics, conditions().vintage, falling(decline), own)


def test_what_the_report_shows_stands_in_the_workbook(content, figures):
    found = cells(content)
    assert row(found, "Net present value") == pytest.approx([side.worth.number for side in figures.owned], **CLOSE)
    assert row(found, "Internal rate of return") == pytest.approx([side.rate.number for side in figures.owned])
    assert row(found, "Payback time") == pytest.approx([side.payback.number for side in figures.owned])


def test_the_sheet_holds_ten_years_or_the_life_where_it_is_longer(figures):
    by_title = {block.title: block for block in blocks(figures, {})}
    assert by_title["Cash flows of a GPU"].columns == ["Purchase", *(f"Year {year}" for year in range(1, 11))]


def test_every_check_is_fine_where_nothing_was_changed(content):
    assert {text for (sheet, cell), (_, text) in cells(content).items() if (sheet, cell[0]) == ("Checks", "C")} == {
        "Finding", "fine"
    }  # fmt: skip


@needs_libreoffice
def test_libreoffice_computes_what_python_computes(content, recalculated):
    for key, (formula, value) in cells(content).items():
        if formula and isinstance(value, float):
            assert recalculated[""][key][1] == pytest.approx(value, **CLOSE), key


@needs_libreoffice
@pytest.mark.parametrize("name", CHANGED)
def test_a_changed_input_reaches_worth_rate_and_payback_as_it_does_in_python(
    library, figures, content, recalculated, name
):
    found, before = recalculated[name], cells(content)
    assert row(found, "Net present value") != pytest.approx(row(before, "Net present value"))
    for place, side in enumerate(figures.owned):
        other = expected(library, side, name)
        assert row(found, "Net present value")[place] == pytest.approx(other.worth.number, **CLOSE)
        rate, payback = (row(found, head)[place] for head in ("Internal rate of return", "Payback time"))
        assert rate == pytest.approx(other.rate.number, **CLOSE)
        assert payback == pytest.approx(other.payback.number, **CLOSE)


@needs_libreoffice
def test_rates_of_return_are_found_wherever_they_lie(recalculated):
    """From a loss of nearly all to a hundredfold return a year, equal, growing and falling cash flows."""
    for cell, (formula, rate) in cells(_rates()).items():
        if formula:
            assert recalculated["rates"][cell][1] == pytest.approx(rate, **CLOSE), cell


@given(st.lists(st.floats(0.1, 1e4), min_size=1, max_size=8))
def test_the_search_for_a_rate_of_return_begins_below_it(flows):
    """A capital of 100, and the guess that the formula makes of what comes back."""
    returned = sum(flows) / 100
    assert min(returned ** (1 / len(flows)), returned) - 1 <= internal_rate_of_return([-100, *flows]) + 1e-9


@needs_libreoffice
def test_a_life_of_six_years_has_six_cash_flows(recalculated):
    number = max(int(cell[1:]) for (sheet, cell), (_, text) in recalculated[""].items()
                 if (sheet, text) == ("Years", "GB300 NVL72"))  # fmt: skip
    flows = {
        life: [found["Years", f"{column}{number}"][1] for column in "DEFGHIJKLM"]
        for life, found in ((4, recalculated[""]), (6, recalculated["economic_life"]))
    }
    assert {life: sum(flow != 0 for flow in each) for life, each in flows.items()} == {4: 4, 6: 6}
