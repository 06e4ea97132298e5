"""The workbook beside the investor brief shows what the brief computes, under heads that are words."""

from dataclasses import replace

import pytest

from analysis.formulas.steps import inputs
from analysis.studies.business.brief import brief
from analysis.studies.business.economics import ECONOMICS
from analysis.studies.business.returns import OWNED
from analysis.studies.business.sheets import blocks
from analysis.studies.business.stated_returns import conditions_needed, statement
from tests.support.economies import conditions


@pytest.fixture(scope="module")
def figures(library):
    return brief(library, conditions())


@pytest.fixture(scope="module")
def sides(figures):
    return figures.by_key


@pytest.fixture(scope="module")
def whole(library, figures):
    side = figures.by_key["gb200"]
    needed = conditions_needed(
        library, statement(library, "gb200"), side["throughput_per_gpu"], side["utilization"], side["token_price"]
    )
    return blocks(figures, {"measured": needed})


def test_every_row_has_a_head_in_words_and_a_value_in_each_column(whole):
    for block in whole:
        for line in block.lines:
            assert line.label
            assert "_" not in line.label
            assert len(line.cells) in (0, len(block.columns))


def test_everything_that_the_economics_take_and_make_is_shown(whole, sides):
    (block,) = [block for block in whole if block.title == "Unit economics"]
    column = block.columns.index("GB300 NVL72")
    shown = {line.cells[column].id for line in block.lines}
    names = {*inputs(ECONOMICS), *(step.name for step in ECONOMICS), "interactivity"}
    assert shown == {sides["gb300"][name].id for name in names}


def test_everything_that_an_owner_pays_and_earns_is_shown(whole, figures):
    (block,) = [block for block in whole if block.title == "What an owner pays and earns"]
    owned = figures.owned
    assert block.columns == [one.platform.name for one in owned]
    shown = {line.cells[-1].id for line in block.lines}
    assert shown == {owned[-1][name].id for name in {*inputs(OWNED), *(step.name for step in OWNED)}}


def test_the_net_present_value_comes_first(whole):
    assert (whole[0].title, whole[0].lines[0].label) == ("What a GPU returns", "Net present value")


def test_margins_stand_beside_the_utilization_that_they_are_at(whole):
    (block,) = [block for block in whole if block.title == "Gross margin and utilization"]
    heads = [line.label for line in block.lines if not line.cells]
    assert heads == [f"At {load} of full load" for load in ("60.0%", "30.0%", "100%")]
    rows = [line for line in block.lines if line.label == "Utilization"]
    assert [line.cells[0].show() for line in rows] == ["60.0%", "30.0%", "100%"]


def test_without_a_public_capital_or_a_statement_there_is_no_empty_block(figures):
    titles = [block.title for block in blocks(replace(figures, owned=()), {})]
    assert titles == ["Unit economics", "Gross margin and utilization", "Public prices of tokens"]
