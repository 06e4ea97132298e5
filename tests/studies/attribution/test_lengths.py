"""The model of lengths that nobody measured earns its place, and its tables hold what the tariff says."""

import csv
import io

import numpy as np
import pytest

from analysis.frontier.stacks import usual_ratio
from analysis.library.models import listed, model_of, until
from analysis.library.places import DATA, ROOT
from analysis.library.sources import load
from analysis.studies.attribution import sentences, tables
from analysis.studies.attribution.left_out import (
    ALONE,
    CHOSEN,
    LIKE,
    NESTED,
    PULLS,
    left_out,
    middle,
    rules_without,
    typical,
)
from analysis.studies.attribution.lengths import OwnLengths


def rows(shown):
    return list(csv.DictReader(io.StringIO(shown.report["csv"])))


@pytest.fixture(scope="module")
def own(study):
    return study("published").own_lengths


@pytest.fixture(scope="module")
def three(own):
    return [each for each in own.left_out if len(each.stack.curves) == 3]


def pooled(stacks, model):
    return np.concatenate([each.every(model) for each in stacks])


def test_of_all_models_the_one_that_is_used_misses_least(three):
    errors = {model: typical(pooled(three, model), "").number for model in three[0].misses if model != ALONE}
    assert errors[CHOSEN] == min(error for name, error in errors.items() if name != NESTED)
    assert errors[CHOSEN] < typical(pooled(three, ALONE), "").number < errors[LIKE]


def test_it_is_right_in_the_median_where_all_tokens_alike_are_far_off(three):
    assert middle(pooled(three, CHOSEN), 0.5, "").number == pytest.approx(1, abs=0.05)
    assert middle(pooled(three, LIKE), 0.9, "").number > 3


def test_a_stack_of_two_workloads_says_nothing_of_two_free_parts(own):
    two = [each for each in own.left_out if len(each.stack.curves) == 2]
    assert two
    assert all(each.every(ALONE).size == 0 < each.every(CHOSEN).size for each in two)


def test_a_stack_that_had_no_part_in_the_choice_is_met_nearly_as_well(three):
    honest, used = (typical(pooled(three, name), "").number for name in (NESTED, CHOSEN))
    assert honest == pytest.approx(used, rel=0.05)


def test_the_rule_for_a_stack_does_not_know_it(own):
    measured = [each.stack for each in own.left_out][:6]
    rules = rules_without(measured)
    for stack, rule in rules.items():
        others = [usual_ratio(other) for other in measured if other is not stack]
        assert rule.ratio == pytest.approx(np.median(others))
        assert rule.pull in PULLS
    assert rules_without(measured[:1]) == {}


@pytest.mark.parametrize("name", ["gpt-oss-120b", "GLM-5.1"])
def test_the_errors_by_model_in_the_docs_are_those_of_the_data(name):
    text = (ROOT / "docs" / "own-workloads.md").read_text(encoding="utf-8")
    told = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith(f"| {name} |")]
    model = model_of(name, listed(DATA))
    library = load(snapshot=model.snapshot)
    every = left_out(library, until(library.origins))
    groups = {"three": [each for each in every if len(each.stack.curves) > 2]}
    groups["two"] = [each for each in every if len(each.stack.curves) == 2]
    found = []
    for words, measured in groups.items():
        factors = [pooled(measured, each) if measured else np.array([]) for each in (CHOSEN, NESTED, ALONE, LIKE)]
        errors = [typical(each, "").show() if each.size else "–" for each in factors]
        found += [[name, words, str(len(measured)), *errors]] if measured else []
    assert told == [[cell.removesuffix("x") for cell in row] for row in found]


def test_every_left_out_time_is_of_a_workload_of_the_stack(library, study):
    for each in left_out(library, study("published").conditions.as_of):
        assert set(each.misses[CHOSEN]) == set(each.stack.curves)


def test_the_platforms_are_the_pair_and_the_cheapest_of_each_vendor_and_system(own):
    assert own.platforms == ["h200", "gb300", "b200", "gb200", "mi355x"]


def test_parts_of_a_tariff_add_up_to_the_cost_of_all_its_tokens(own):
    found = rows(tables.lengths.tariffs(own))
    assert {row["At (tok/s/user)"] for row in found} >= {"35.0", "50.0", "100.0"}
    for row in found:
        both = (float(row["Input (USD/Mtok)"]) + float(row["Output (USD/Mtok)"])) / 2
        assert both == pytest.approx(float(row["All tokens (USD/Mtok)"]))


def test_a_cache_lowers_what_an_agent_pays_and_waits(own):
    found = rows(tables.lengths.agent(own))
    for platform in {row["Platform"] for row in found}:
        costs, waits = (
            [float(row[head]) for row in found if row["Platform"] == platform]
            for head in ("A request (USD)", "First token, median (s)")
        )
        assert len(costs) == 3
        assert costs == sorted(costs, reverse=True)
        assert waits == sorted(waits, reverse=True)


def test_the_table_by_model_has_every_model_for_stacks_of_three_and_of_two_workloads(own, three):
    assert len(rows(tables.lengths.by_model(own))) == 2 * len(three[0].misses) - 1


def test_sentences_hold_the_errors_and_the_ratio_with_its_ends(own):
    said = [sentences.lengths.model(own), sentences.lengths.phases(own), sentences.lengths.agent(own)]
    assert all(shown is not None for shown in said)
    ratio, low, high = said[2].values[:3]
    assert low.number < ratio.number < high.number


def test_where_a_platform_cannot_serve_there_is_no_sentence_of_the_pair(study):
    assert sentences.lengths.agent(study("without disaggregation").own_lengths) is None
    assert isinstance(study("itself").own_lengths, OwnLengths)
