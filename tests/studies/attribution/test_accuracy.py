"""Each stack that was evaluated twice is compared, and what is suspect is found without being told."""

import pytest

from analysis.comparison.proportions import Finding
from analysis.scenario import Parameters
from analysis.studies.attribution.accuracy import differences, series_name, suspects
from analysis.studies.attribution.stacks import measured_stacks


@pytest.fixture(scope="module")
def fp4(library):
    return differences(library, "precision", "fp8", "fp4")


@pytest.fixture(scope="module")
def mtp(library):
    return differences(library, "speculative_decoding", "none", "mtp")


def find(pairs, *key):
    (difference,) = [
        difference for difference in pairs if (difference.hardware, difference.framework, difference.rest) == key
    ]
    return difference


def test_every_stack_that_was_evaluated_on_both_sides_is_compared_once(library, fp4, mtp):
    features = ("precision", "speculative_decoding")
    for pairs, feature, rest in ((fp4, *features), (mtp, *reversed(features))):
        keys = [(difference.hardware, difference.framework, difference.rest) for difference in pairs]
        table = library.accuracy.groupby(["hardware", "framework", rest])[feature].nunique()
        assert sorted(keys) == sorted(table[table == 2].index)


def test_a_difference_is_that_of_the_two_accuracies_in_percentage_points(fp4):
    for difference in fp4:
        before, after = difference.ends
        assert difference.value.number == pytest.approx(100 * (after.number - before.number), abs=1e-12)
        assert difference.low.number <= difference.value.number <= difference.high.number


def test_the_published_answers_stand_behind_the_accuracies(fp4):
    before, after = find(fp4, "gb300", "dynamo-trt", "mtp").ends
    assert (before.number, after.number) == (2422 / 2638, 2527 / 2638)
    assert before.note == "dynamo-trt fp8 mtp: 2,422 of 2,638 questions, GSM8K"
    assert before.place.startswith("data/evaluations.csv, line ")


def test_what_many_questions_show_few_leave_open(fp4):
    assert find(fp4, "b200", "sglang", "none").finding == Finding.EQUIVALENT
    assert find(fp4, "b200", "dynamo-trt", "none").finding == Finding.OPEN


def test_mtp_is_lower_where_the_evaluation_is_suspect_only(library, mtp):
    suspect = suspects(library)
    lower = {
        (difference.hardware, f"{difference.framework} {difference.rest} mtp")
        for difference in mtp
        if difference.finding == Finding.LOWER
    }
    assert lower
    assert lower <= suspect.keys()


def test_the_suspect_evaluations_are_found(library):
    doubted = suspects(library)
    assert set(doubted) == {
        ("gb300", "dynamo-trt fp8 mtp"),
        *(("mi355x", f"mori-sglang {stack}") for stack in ("fp8", "fp8 mtp", "fp4", "fp4 mtp")),
    }
    assert doubted["gb300", "dynamo-trt fp8 mtp"].number == pytest.approx(0.9181, abs=0.00005)


def test_a_series_bears_the_name_that_its_curve_bears(library):
    series = measured_stacks(library, Parameters()).series
    names = set(zip(series["hardware"], series["name"], strict=True))
    evaluated = {(row["hardware"], series_name(row)) for _, row in library.accuracy.iterrows()}
    assert len(evaluated & names) > len(evaluated) / 2
    assert not suspects(library).keys() & names  # they answer nothing by default
