"""What is said and shown of the models together follows from their ratios, and each number has its origin."""

import numpy as np
import pytest

from analysis.library.loading.schemas import STACK
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.models import charts, met, sentences, tables
from analysis.studies.models.equal_terms import BOARDS, NODE, PRECISION, boundaries, on_equal_terms, serving_rows
from analysis.studies.models.matchups import COST, PER, THROUGHPUT, across


@pytest.fixture(scope="module")
def models():
    return across(Parameters(input_tokens=8192, vintage="2026-08"))


def by_key(models, key):
    return next(one for one in models.matchups if one.model.key == key)


def test_the_headline_counts_the_models_that_reach_each_ratio(models):
    headline = sentences.answer(models)
    counts = {value.subject: value.number for value in headline.values if value.quantity.key == "count"}
    for key in (THROUGHPUT, COST):
        for times in (10, 20, 35):
            reached = sum(one.highest(key).number >= times for one in models.matchups)
            assert counts[f"models that meet {times:.1f}x {PER[key]}"] == reached
    assert counts["models on both sides"] == len(models.matchups)


def test_where_a_ratio_is_met_both_ends_meet_it_and_rows_alone_tell_no_more(models):
    rows = [one for times in (10, 20, 35) for one in models.matchups if one.met(THROUGHPUT, times)]
    assert met.where_met(models).html.count("<tr") == len(rows) + 1
    for one in models.matchups:
        for low, high in filter(None, [one.met(THROUGHPUT, 20)]):
            assert one(THROUGHPUT, np.array([low.number, high.number])).min() >= 20
            assert low.number <= high.number


def test_models_with_one_node_alone_on_the_baseline_are_named(models):
    caution = sentences.cautions(models)[0].html
    assert "DeepSeek-V4-Pro" in caution
    assert "DeepSeek-R1" not in caution


def test_equal_terms_leave_less_of_the_ratio_where_they_take_what_only_one_side_had(models):
    kimi = by_key(models, "kimik2.5")
    best = kimi.at(THROUGHPUT, 50).number
    for terms in (PRECISION, NODE):
        assert on_equal_terms(kimi, terms, THROUGHPUT, 50).number < best
    assert on_equal_terms(by_key(models, "dsv4"), PRECISION, THROUGHPUT, 50) is None


def test_what_serves_is_a_measured_row_at_the_speed_or_above(models):
    for one in models.matchups:
        for side in serving_rows(one, THROUGHPUT, 50):
            assert side.row["interactivity"] >= 50
            assert side.words.startswith(side.contender.platform.name)


def test_accuracy_is_of_the_stack_that_serves(models):
    baseline, _ = serving_rows(by_key(models, "dsv4"), COST, 50)
    assert 0.9 < baseline.accuracy.number <= 1
    for side in (side for one in models.matchups for side in serving_rows(one, COST, 50) or ()):
        asked = " and ".join(f"{column} == {side.row[column]!r}" for column in STACK)
        evaluated = side.contender.library.accuracy
        same = evaluated if evaluated.empty else evaluated.query(asked)
        if same.empty:
            assert side.accuracy is None
        else:
            assert side.accuracy.number == same["accuracy"].iloc[0]


def test_energy_at_the_boards_is_less_than_what_is_provisioned(models):
    known = boundaries(by_key(models, "minimaxm3"), 50)
    assert known[0].name == BOARDS
    assert len(known) > 1
    for boundary in known[1:]:
        assert boundary.baseline.number > known[0].baseline.number
        assert boundary.subject.number > known[0].subject.number
    before, _ = known[0].per_megawatt
    assert before.number * known[0].baseline.number == pytest.approx(1e6)


def test_a_model_whose_boards_nobody_measured_has_no_boundary(models):
    assert boundaries(by_key(models, "llama70b"), 50) == ()


def test_every_table_and_figure_is_of_values(models):
    shown = [
        tables.highest(models), tables.at_speeds(models, COST), tables.what_serves(models),
        tables.equal_terms(models), tables.cost_and_accuracy(models), tables.energy(models), charts.ratios(models),
        charts.highest(models),
        sentences.energy(models), *sentences.spread(models), sentences.basis(models),
    ]  # fmt: skip
    for one in shown:
        assert one.values
        assert all(isinstance(value, Value) for value in one.values)
