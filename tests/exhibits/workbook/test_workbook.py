"""A workbook holds every figure once, with its source, and LibreOffice computes from it what Python computes."""

import base64
import inspect
import io
from dataclasses import replace
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from analysis import formulas
from analysis.exhibits.workbook import MIME, Block, Function, Line, Live, attached, live, workbook
from analysis.library.quantities import quantity
from analysis.library.values import Source, Status, Value, calculate
from analysis.studies.business.brief import brief
from analysis.studies.business.cash_flows import falling
from analysis.studies.business.economics import utilizations
from analysis.studies.business.returns import bought
from analysis.studies.business.sheets import blocks
from analysis.studies.business.stated_returns import conditions_needed, statement
from tests.support.economies import conditions
from tests.support.spreadsheets import cells, computed, edited, named, needs_libreoffice

CLOSE = {"rel": 1e-9}
GB300 = "H"  # its column among the unit economics
SOURCE = Source("list", "=1+1", "@publisher", "https://example.org", "2026-01-01")
PRICE = Value(
    2.0, quantity("price_per_gpu_hour"), "GPU", Status.QUOTED, {"price": "+list"}, (SOURCE,), "2026-01-02",
    "-place", "=2+2",
)  # fmt: skip
SPEED = Value(100.0, quantity("throughput_per_gpu"), "GPU", Status.MEASURED, as_of="2026-03-04")
COST = calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=PRICE, throughput_per_gpu=SPEED)
SUM = Function("SUM({amounts})", lambda amounts: sum(amounts) if isinstance(amounts, list) else 0.0)
TWICE = calculate(formulas.ratio, numerator=COST, denominator=COST)


def made(*lines):
    return workbook("=title", [Block("@block", ["+column"], [Line(*line) for line in lines])], ["-note"])


@pytest.fixture(scope="module")
def content(library):
    """The workbook of the investor brief, with falling prices, so that no two cash flows are the same."""
    asked = conditions(annual_price_decline=0.25)
    figures = brief(library, asked)
    side = figures.by_key["gb200"]
    needed = conditions_needed(
        library, statement(library, "gb200"), side["throughput_per_gpu"], side["utilization"], side["token_price"]
    )
    return workbook("Brief", blocks(figures, {"measured": needed}))


def place(content, sheet, label, column):
    """The cell in a column beside the first label that says this."""
    first, *_ = [cell for (name, cell), (_, text) in cells(content).items() if name == sheet and text == label]
    return sheet, column + first[1:]


def test_a_given_figure_stands_once_and_results_are_formulas_over_it():
    found = cells(made(["Price", [PRICE]], ["Cost", [COST]], ["Again", [COST]]))
    assert found["Results", "C3"] == ("price_per_gpu_hour", 2.0)
    assert found["Results", "C4"] == ("1000000*price_per_gpu_hour/(3600*throughput_per_gpu)", COST.number)
    assert found["Results", "C5"] == ("Results!$C$4", COST.number)
    assert found["Assumptions", "B2"] == ("", 2.0)
    assert found["Inputs", "B2"] == ("", 100.0)


def test_a_step_that_no_block_shows_stands_on_its_own_sheet_with_its_equation():
    found = cells(made(["Ratio", [TWICE]]))
    assert found["Steps", "B2"][0] == "1000000*price_per_gpu_hour/(3600*throughput_per_gpu)"
    assert found["Results", "C3"][0] == "Steps!$B$2/Steps!$B$2"
    assert found["Steps", "D2"][1].startswith("cost per million tokens equals 1,000,000 times")


def test_a_given_figure_comes_with_all_that_is_known_of_it():
    found = cells(made(["Cost", [COST]]))
    row = [found["Assumptions", f"{column}2"][1] for column in "ABCDEFGHIJ"]
    assert row == [
        *("Price per GPU-hour, GPU", 2.0, "USD/GPU/h", "price_per_gpu_hour", "+list"),
        *("quoted", "2026-01-02", "list", "-place", "=2+2"),
    ]  # fmt: skip
    assert [found["Sources", f"{column}2"][1] for column in "ABCDE"] == [
        "list", "=1+1", "@publisher", "2026-01-01", "https://example.org"
    ]  # fmt: skip


def test_texts_that_look_like_formulas_stay_texts():
    found = cells(made(["=1+1", [PRICE]]))
    texts = {content for formula, content in found.values() if isinstance(content, str) and not formula}
    assert {"=title", "@block", "+column", "-note", "=1+1", "=2+2", "+list", "-place", "@publisher"} <= texts


def test_measured_and_chosen_figures_are_inputs_and_others_assumptions():
    found = cells(made(["Cost", [COST]]))
    assert found["Inputs", "F2"][1] == "measured"
    assert found["Assumptions", "F2"][1] == "quoted"


def test_an_interpolated_figure_is_given_and_its_rows_are_not():
    between = replace(SPEED, number=150.0, status=Status.INTERPOLATED, inputs={"row below": SPEED})
    cost = calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=PRICE, throughput_per_gpu=between)
    found = cells(made(["Cost", [cost]]))
    assert found["Inputs", "B2"] == ("", 150.0)
    assert ("Inputs", "B3") not in found


def test_a_place_without_a_value_stays_empty():
    found = cells(made(["Price", [None]], ["A heading between rows"]))
    assert ("Results", "C3") not in found
    assert found["Results", "A4"][1] == "A heading between rows"


def test_an_unknown_number_does_not_break_the_workbook():
    found = cells(made(["Price", [replace(PRICE, number=float("nan"))]]))
    assert found["Assumptions", "B2"][1] == "n/a"


def test_the_same_content_gives_the_same_bytes(content):
    assert made(["Cost", [COST]]) == made(["Cost", [COST]])
    assert b"2026-03-04T00:00:00Z" in _core(made(["Cost", [COST]]))


def test_cells_that_a_function_takes_together_must_stand_side_by_side():
    entries = [Live(entry=number) for number in (1.0, 2.0, 3.0)]
    total = live(SUM, amounts=entries)
    across, below = made(["Numbers", [*entries, total]]), made(*(["Number", [cell]] for cell in (*entries, total)))
    assert cells(across)["Results", "F3"] == ("SUM(Results!$C$3:$E$3)", 6.0)
    assert cells(below)["Results", "C6"] == ("SUM(Results!$C$3:$C$5)", 6.0)
    with pytest.raises(ValueError, match="does not stand side by side"):
        made(["Numbers", [*entries[:2], total, entries[2]]])


def test_a_formula_over_a_cell_that_stands_nowhere_is_refused():
    with pytest.raises(ValueError, match="a cell that stands on no sheet"):
        made(["Sum", [live(SUM, amounts=Live(entry=1.0))]])


def test_given_figures_and_entries_are_named_and_formulas_call_them_so():
    other = replace(PRICE, subject="other GPU", number=3.0)
    stated = replace(SPEED, place="parameter own_speed")
    limit = Live(measures=quantity("budget_per_month"), name="budget")
    cost = calculate(formulas.cost_per_million_tokens, price_per_gpu_hour=PRICE, throughput_per_gpu=stated)
    written = made(["Cost", [cost]], ["Other", [other]], ["Limit", [limit]], ["Twice", [live(SUM, amounts=limit)]])
    assert named(written) == {
        "budget": ("Results", "C5"),
        "own_speed": ("Inputs", "B2"),
        "price_per_gpu_hour_GPU": ("Assumptions", "B2"),
        "price_per_gpu_hour_other_GPU": ("Assumptions", "B3"),
    }
    assert cells(written)["Results", "C3"][0] == "1000000*price_per_gpu_hour_GPU/(3600*own_speed)"
    assert load_workbook(io.BytesIO(written))["Results"]["C6"].value == "=SUM(budget)"


def test_what_no_cell_can_follow_is_gray_and_says_how_it_was_found():
    counted = Value(3.0, quantity("months_until_exhausted"), "GPU", Status.DERIVED, note="counted by hand",
                    inputs={"price": PRICE})  # fmt: skip
    book = load_workbook(io.BytesIO(made(["Months", [counted]], ["Price", [PRICE]])))
    (row,) = [row for row in book["Assumptions"].iter_rows() if row[1].value == 3]
    assert (row[1].fill.fgColor.rgb, row[9].value) == ("FFD9D9D9", "counted by hand")
    assert not [rule for rule in book["Assumptions"].data_validations.dataValidation if "B2" in rule.sqref]


def test_what_is_attached_is_the_workbook_and_a_link_to_it():
    block = Block("Costs", ["GPU"], [Line("Cost", [COST])])
    shown = attached("costs", "Costs", [block])
    file = shown.report["file"]
    assert base64.b64decode(file["base64"]) == workbook("Costs", [block])
    assert (file["name"], file["mime"]) == ("costs.xlsx", MIME)
    assert '<a href="costs.xlsx">costs.xlsx</a>' in shown.html
    assert shown.report["kind"] == "text"


def test_every_result_of_the_brief_is_a_formula(content):
    numbers = {key: formula for key, (formula, value) in cells(content).items() if isinstance(value, float)}
    for (sheet, cell), formula in numbers.items():
        entry = (sheet, cell[1:]) == ("Years", "9")  # the numbers of the years
        assert bool(formula) == (sheet not in ("Assumptions", "Inputs") and not entry)
    assert sum("IRR(Years!" in formula for formula in numbers.values()) == 3


@pytest.fixture(scope="module")
def recalculated(content, tmp_path_factory):
    """What LibreOffice makes of the brief's workbook, of it with other figures, and of all formulas."""
    dear = {place(content, "Assumptions", "Price per GPU-hour, GB300 NVL72", "B"): 5.304}
    slow = {place(content, "Assumptions", "Utilization, serving fleet", "B"): 0.15}
    books = [edited(content, changes) for changes in ({}, dear, slow)]
    return computed(tmp_path_factory.mktemp("workbooks"), *books, edited(_all_formulas(), {}))


@needs_libreoffice
def test_libreoffice_computes_what_python_computes(content, recalculated):
    formulas_of = {key: value for key, (formula, value) in cells(content).items() if formula}
    assert len(formulas_of) > 300
    for key, value in formulas_of.items():
        assert recalculated[0][key][1] == (value if isinstance(value, str) else pytest.approx(value, **CLOSE)), key


@needs_libreoffice
def test_a_changed_price_changes_what_rests_on_it_and_nothing_else(library, content, recalculated):
    side = brief(library, conditions()).by_key["gb300"]
    dear = side.under(price_per_gpu_hour=replace(side["price_per_gpu_hour"], number=5.304))
    before = {key: value for key, (formula, value) in cells(content).items() if formula}
    after = {key: recalculated[1][key][1] for key in before}
    numbers = {key for key, value in before.items() if isinstance(value, float)}
    changed = {key for key in numbers if after[key] != pytest.approx(before[key], **CLOSE)}
    assert {cell[0] for sheet, cell in changed if sheet == "Results"} == {GB300}
    for name in ("cost_per_million_tokens", "gross_profit_per_gpu_hour", "gross_margin", "least_utilization"):
        cell = place(content, "Results", quantity(name).title, GB300)
        assert after[cell] == pytest.approx(dear[name].number, **CLOSE)


@needs_libreoffice
def test_a_changed_utilization_reaches_the_internal_rate_of_return(library, content, recalculated):
    asked = conditions(utilization=0.15, annual_price_decline=0.25)
    load = utilizations(library, asked)[0]
    sides = [side.under(utilization=load) for side in brief(library, asked).sides]
    rate = {one.platform.key: one.rate for one in bought(library, sides, asked.vintage, falling(0.25))}["gb300"]
    found = recalculated[2][place(content, "Years", "Internal rate of return", "E")][1]
    assert found == pytest.approx(rate.number, **CLOSE)


@needs_libreoffice
def test_every_formula_of_the_analysis_computes_the_same_in_libreoffice(recalculated):
    for key, (formula, value) in cells(_all_formulas()).items():
        if formula:
            assert recalculated[3][key][1] == pytest.approx(value, **CLOSE), formula


def _all_formulas():
    lines = []
    for name in formulas.__all__:
        formula = getattr(formulas, name)
        given = {
            argument: Value(0.2 + 0.6 * step / 10, quantity(argument), name, Status.ASSUMED)
            for step, argument in enumerate(inspect.signature(formula).parameters)
        }
        number = formula(**{argument: value.number for argument, value in given.items()})
        result = Value(float(number), quantity(name), name, Status.DERIVED, formula=formula, inputs=given)
        lines.append(Line(name, [result]))
    return workbook("All formulas", [Block("All", ["value"], lines)])


def _core(content):
    with ZipFile(io.BytesIO(content)) as archive:
        return archive.read("docProps/core.xml")
