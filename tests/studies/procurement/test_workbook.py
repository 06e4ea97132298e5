"""The workbook beside the procurement brief goes on computing: each input reaches every cell that rests on it."""

import io
import math
from string import ascii_uppercase

import pytest
from openpyxl import load_workbook

from analysis.exhibits.workbook import workbook
from analysis.studies.procurement.brief import procure
from analysis.studies.procurement.horizon import path
from analysis.studies.procurement.service import Unserved, serving
from analysis.studies.procurement.workbook import NOTES, blocks
from analysis.studies.procurement.workbook.offers import COLUMNS
from tests.support.buyers import LONG, QUOTE, brief, conditions
from tests.support.spreadsheets import cells, computed, edited, named, needs_libreoffice

CLOSE = {"rel": 1e-9}
ASKED = {**LONG, "tokens_per_day": 5e9, "quotes": [QUOTE], "growth_per_year": 1.0, "horizon": 36}
LIMITS = {"power_limit": 0.5, "budget_per_month": 400_000.0}
CHANGED = {
    "tokens_per_day": 18.5e9,
    "peak_factor": 2.5,
    "peak_utilization": 0.7,
    "growth_per_year": 0.2,
    "horizon": 48,
    "power_limit": 0.1,
    "budget_per_month": 250_000.0,
}
"""Each input of a buyer with another amount; the quote has a test of its own."""
TERMS = {"minimum_gpus": 64, "setup": 50_000.0, "egress": 900.0, "discounts": [{"gpus": 200, "price": 2.5}]}
ENTERED = {"C": 320.0, "D": 1800.0, "E": 10_000.0, "G": 400.0, "I": 2.0}
CHANGED_TERMS = {"minimum_gpus": 320, "egress": 1800.0, "setup": 10_000.0, "discounts": [{"gpus": 400, "price": 2.0}]}
"""The terms of a quote, and others as they are entered in the columns of their row."""


@pytest.fixture(scope="module")
def buyer(library):
    return brief(library, **ASKED, **LIMITS)


@pytest.fixture(scope="module")
def content(buyer):
    return workbook("Brief", blocks(buyer), NOTES)


@pytest.fixture(scope="module")
def without_limits(library):
    return workbook("Brief", blocks(brief(library, **ASKED)), NOTES)


@pytest.fixture(scope="module")
def spared(library):
    """A buyer with a spare deployment and two sites, and the workbook."""
    buyer = brief(library, **ASKED, spares=1, sites=2)
    return buyer, workbook("Brief", blocks(buyer), NOTES)


@pytest.fixture(scope="module")
def quoted(library):
    return _quoted(library)


@pytest.fixture(scope="module")
def recalculated(content, without_limits, spared, quoted, tmp_path_factory):
    """The workbook as it is and with each input changed; a dear quote; limits that were not stated; and of others."""
    changes = [{}, *({name: float(amount)} for name, amount in CHANGED.items()), {"quotes_1": 20.0}]
    books = [edited(content, _placed(content, change)) for change in changes]
    limited = edited(without_limits, _placed(without_limits, LIMITS))
    spares = edited(spared[1], _placed(spared[1], {"spares": 3.0, "sites": 4.0}))
    places = {text: int(cell[1:]) for (sheet, cell), (_, text) in cells(quoted[0]).items() if sheet == "Offers"}
    terms = places["Terms of the quotes, by which their costs are billed"] + 2
    entered = edited(quoted[0], {("Offers", f"{column}{terms}"): new for column, new in ENTERED.items()})
    found = computed(tmp_path_factory.mktemp("workbooks"), *books, limited, spares, entered)
    return dict(zip(["", *CHANGED, "quotes", "limits", "spares", "terms"], found, strict=True))


def _placed(content, change):
    return {named(content)[name]: amount for name, amount in change.items()}


def row_of(found, sheet, head):
    """What stands in the row of a head, by column."""
    row, *_ = [cell[1:] for (name, cell), (_, text) in found.items() if name == sheet and text == head]
    by_cell = {cell: value for (name, cell), (_, value) in found.items() if name == sheet}
    return {cell[0]: value for cell, value in by_cell.items() if cell[1:] == row}


def offer(found, head):
    """The row of an offer, by the keys of its columns."""
    row = row_of(found, "Offers", head)
    return {key: row.get(column, "") for key, column in zip(COLUMNS, ascii_uppercase[2:], strict=False)}


def alike(found, expected):
    return found == (expected if isinstance(expected, str) else pytest.approx(expected, **CLOSE))


def first(found, head, sheet="Summary"):
    return row_of(found, sheet, head)["C"]


def test_every_row_has_a_head_in_words_and_a_cell_in_each_column(buyer):
    for block in blocks(buyer):
        for row in block.lines:
            assert "_" not in str(row.label)
            assert len(row.cells) == len(block.columns)


def test_offers_are_rows_and_months_are_columns_from_today_to_the_horizon_or_further(buyer):
    by_title = {block.title: block for block in blocks(buyer)}
    offers = by_title["Offers, each over the horizon"]
    assert len(offers.lines) == len(buyer.options)
    assert "Example Cloud, GB300 NVL72, 1-year reserved" in [line.label.shown for line in offers.lines]
    for title in (
        "GPUs that are bought, whole purchases",
        "All-in provisioned power",
        "Cost from month 1 on, set-up aside",
    ):
        assert by_title[title].columns[:2] == ["Today", "Month 1"]
        assert len(by_title[title].columns) == 61
    assert len(by_title["GPUs that are bought, whole purchases"].lines) == len(buyer.fleets)


def test_a_horizon_beyond_the_months_of_the_sheet_adds_months_to_it(library):
    (months,) = [
        block for block in blocks(brief(library, **ASKED | {"horizon": 72})) if block.title == "Months from today"
    ]
    assert months.columns[-1] == "Month 72"


def test_totals_of_offers_are_those_of_the_brief(buyer, content):
    for option in buyer.options:
        row = offer(cells(content), f"{option.offer.name}, {option.offer.terms}")
        taken = path(option, buyer)
        assert row["total"] == pytest.approx(taken.total.number, **CLOSE)
        assert row["gpus_later"] == taken.gpus.number


def test_ranks_count_the_offers_that_stand_and_keep_the_limits_by_their_totals(content):
    rows = [offer(cells(content), head) for head in _offers(content)]
    ranked = sorted((row for row in rows if row["ranked"] == "yes"), key=lambda row: row["total"])
    assert len(ranked) > 3
    assert [row["rank"] for row in ranked] == sorted(row["rank"] for row in ranked)
    assert ranked[0]["rank"] == 1
    assert all(row["rank"] == "" for row in rows if row["ranked"] == "no")
    assert all(0 not in (row["power_ends"], row["budget_ends"]) for row in ranked)


def _offers(content):
    return [
        text
        for (sheet, cell), (_, text) in cells(content).items()
        if sheet == "Offers" and cell[0] == "A" and cell[1:].isdigit() and int(cell[1:]) > 2
    ]


def test_break_even_quotes_are_those_of_the_brief(buyer, content):
    quotes = row_of(cells(content), "Fleets", "Break-even quote")
    for column, key in zip(ascii_uppercase[2:], buyer.fleets, strict=False):
        quote = buyer.break_even(key)
        assert quotes.get(column) == (pytest.approx(quote.number, **CLOSE) if quote else None)


def test_every_check_is_fine_where_nothing_was_changed(content):
    assert first(cells(content), "Checks to look at") == 0
    assert {text for (sheet, cell), (_, text) in cells(content).items() if (sheet, cell[0]) == ("Checks", "C")} == {
        "Finding", "fine"
    }  # fmt: skip


def test_inputs_are_named_cells_which_take_numbers_only(content):
    assert {*CHANGED, "quotes_1"} <= set(named(content))
    book = load_workbook(io.BytesIO(content))
    for name in CHANGED:
        sheet, cell = named(content)[name]
        (rule,) = [one for one in book[sheet].data_validations.dataValidation if cell in one.sqref]
        assert (rule.type, rule.operator) == ("decimal", "greaterThanOrEqual")


def test_the_summary_holds_one_chart_of_the_months(content):
    charts = {sheet.title: len(sheet._charts) for sheet in load_workbook(io.BytesIO(content)).worksheets}
    assert charts.pop("Summary") == 1
    assert not any(charts.values())


def test_nothing_that_a_reader_may_change_is_left_behind(content):
    """No figure that was made from others stands as a figure, but for none in the default brief."""
    texts = [text for (sheet, cell), (_, text) in cells(content).items() if cell[0] == "F" and sheet == "Inputs"]
    assert "derived" not in texts


def test_what_never_comes_is_a_text_in_every_cell_since_none_holds_infinity(library):
    unlimited = brief(library, **ASKED | {"growth_per_year": 0.0, "power_limit": 20.0})
    written = workbook("Brief", blocks(unlimited), NOTES)
    endless = [(sheet, cell) for (sheet, cell), (_, found) in cells(written).items() if found == "∞"]
    assert {sheet for sheet, _ in endless} == {"Fleets"}
    assert all(math.isfinite(found) for _, found in cells(written).values() if isinstance(found, float))
    load_workbook(io.BytesIO(written))


def test_where_nobody_serves_the_load_stands_alone(library):
    (only,) = blocks(brief(library, minimum_interactivity=5000.0))
    assert only.title == "The load and its limits"


@needs_libreoffice
def test_libreoffice_computes_what_python_computes(content, recalculated):
    made = {key: value for key, (formula, value) in cells(content).items() if formula}
    assert len(made) > 2000
    for key, value in made.items():
        assert alike(recalculated[""].get(key, ("", ""))[1], value), key


@needs_libreoffice
@pytest.mark.parametrize("name", CHANGED)
def test_a_changed_input_makes_the_workbook_that_python_makes_of_it(
    library, buyer, content, recalculated, monkeypatch, name
):
    """Cell for cell, with the configurations as they are; the check of the load then says that it is another."""

    def as_chosen(*asked):
        rows = serving(*asked)
        return rows if isinstance(rows, Unserved) else rows.loc[[buyer.fleets[asked[2]].row.name]]

    monkeypatch.setattr("analysis.studies.procurement.brief.serving", as_chosen)
    other = procure(library, conditions(**ASKED | LIMITS | {name: CHANGED[name]}))
    expected = cells(workbook("Brief", blocks(other), NOTES))
    same = {key for key, (formula, _) in expected.items() if formula and not _of_the_report(expected, key)}
    assert len(same) > 2000
    for key in same:
        assert alike(recalculated[name].get(key, ("", ""))[1], expected[key][1]), key
    before = cells(content)
    moved = {key for key in same if not alike(expected[key][1], before.get(key, ("", ""))[1])}
    assert moved
    looks = first(recalculated[name], "Checks to look at")
    assert looks == (name in ("tokens_per_day", "peak_factor"))


def _of_the_report(found, key):
    sheet, cell = key
    label = found.get((sheet, f"A{cell[1:]}"), ("", ""))[1]
    return "report's" in str(label) or label == "Checks to look at"


@needs_libreoffice
def test_a_dear_quote_loses_its_rank_and_the_answer(content, recalculated):
    dear, quote = recalculated["quotes"], "Example Cloud, GB300 NVL72, 1-year reserved"
    assert first(cells(content), "Least total over the horizon") == quote
    assert first(dear, "Least total over the horizon") != quote
    row = offer(dear, quote)
    assert row["cost"] == pytest.approx(row["gpus"] * 20.0 * 730, **CLOSE)
    assert row["total"] > offer(cells(content), quote)["total"]


@needs_libreoffice
def test_limits_that_were_not_stated_can_be_entered(content, recalculated):
    entered = recalculated["limits"]
    for head in _offers(content):
        assert offer(recalculated[""], head) == offer(entered, head)


@needs_libreoffice
def test_spare_deployments_and_sites_are_inputs_that_reach_every_total(spared, recalculated):
    for option in spared[0].options:
        row, fleet = offer(recalculated["spares"], f"{option.offer.name}, {option.offer.terms}"), option.fleet
        held, at_once = fleet.smallest.deployments.number / 2, fleet.smallest.gpus.number / 2
        needs = [fleet.needed.number * 2 ** (month / 12) for month in range(37)]
        gpus = [4 * math.ceil((math.ceil(need / 4) + 3) / held) * at_once for need in needs]
        assert (row["gpus"], row["gpus_later"]) == (gpus[0], gpus[-1])
        assert row["total"] == pytest.approx(sum(gpus[1:]) * option.price.number * 730, **CLOSE)


def _quoted(library, **terms):
    """The workbook of a buyer whose quote has terms, the head of its row, and what it takes over the horizon."""
    buyer = brief(library, **ASKED | LIMITS | {"quotes": [QUOTE | {"platform": "b200"} | TERMS | terms]})
    (option,) = [option for option in buyer.options if option.offer.quote]
    content = workbook("Brief", blocks(buyer), NOTES)
    return content, f"{option.offer.name}, {option.offer.terms}", path(option, buyer)


def test_a_quote_with_terms_totals_in_the_workbook_what_it_does_in_the_brief(library, quoted):
    content, head, taken = quoted
    row = offer(cells(content), head)
    assert (row["total"], row["cost_later"]) == (pytest.approx(taken.total.number), pytest.approx(taken.cost.number))
    assert row["budget_ends"] > ASKED["horizon"]
    assert not [end for end in taken.ends if end.startswith("budget")]
    content, head, taken = _quoted(library, egress=200_000.0)
    assert f"budget, month {offer(cells(content), head)['budget_ends']:.0f}" in taken.ends


@needs_libreoffice
def test_the_terms_of_a_quote_are_cells_that_its_months_and_totals_follow(library, quoted, recalculated):
    _, _, taken = _quoted(library, **CHANGED_TERMS)
    row = offer(recalculated["terms"], quoted[1])
    assert row["total"] == pytest.approx(taken.total.number, **CLOSE)
    assert row["cost"] == pytest.approx(taken.option.cost_per_month.number, **CLOSE)
    assert row["cost_later"] == pytest.approx(taken.cost.number, **CLOSE)
