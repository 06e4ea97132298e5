"""Readers without a script see the published point as the reports have it."""

import pytest

from analysis.comparison.head_to_head import compare
from analysis.machinery.whatif.published import Published
from analysis.scenario import Parameters, read_scenario


@pytest.fixture(scope="module")
def published(library):
    return Published(library, read_scenario("published"))


def test_the_sentence_holds_the_figures_of_the_measured_rows(library, published):
    pair = compare(library, read_scenario("published"))
    assert pair.ratio("cost_per_million_tokens").show() == "34.1x"
    assert published.sentence == (
        "At 1k/1k and at least 116 tok/s/user, a million tokens cost $0.123 on GB300 NVL72 and $4.20 on HGX H200: "
        "34.1x lower."
    )


def test_the_table_sets_the_published_ratios_beside_the_rebuilt_ones(published):
    assert published.columns == ["Metric", "HGX H200", "GB300 NVL72", "Ratio", "Ratio as published"]
    rows = {name: [cell.text for cell in cells] for name, cells in published.rows}
    assert rows["Cost per million tokens (USD/Mtok)"] == ["$4.20", "$0.123", "34.1x", "35x"]
    assert rows["Throughput per GPU (tok/s/GPU)"][-1] == "65x"
    assert rows["Price per GPU-hour (USD/GPU/h)"][-1] == "not stated"


def test_placeholders_are_marked(published):
    cells = dict(published.rows)["Cost per million tokens (USD/Mtok)"]
    assert [[mark.letter for mark in cell.marks] for cell in cells] == [[], ["p"], ["p"], []]


def test_ratios_of_another_pair_are_not_shown(library):
    other = Published(library, Parameters(baseline="h200", subject="gb200"))
    assert other.place["ratios"] == {}
    assert all(cells[-1].text == "not stated" for _, cells in other.rows)
