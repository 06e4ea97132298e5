"""Each stack that was evaluated twice is compared, and what is suspect is found without being told."""

import pytest

from analysis.comparison.proportions import Finding
from analysis.library.loading.schemas import series_name
from analysis.scenario import Parameters
from analysis.studies.attribution.accuracy import differences, suspects
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
        if difference.finding is Finding.APART:
            continue
        before, after = difference.ends
        assert difference.value.number == pytest.approx(100 * (after.number - before.number), abs=1e-12)
        assert difference.low.number <= difference.value.number <= difference.high.number


def test_the_published_answers_stand_behind_the_accuracies(fp4):
    before, after = find(fp4, "gb300", "dynamo-trt", "none").ends
    assert (before.number, after.number) == (2497 / 2638, 2495 / 2638)
    assert before.note == "dynamo-trt fp8: 2,497 of 2,638 questions, GSM8K"
    assert before.place.startswith("data/evaluations.csv, line ")


def test_evaluations_of_one_stack_that_disagree_are_neither_pooled_nor_tested(fp4, mtp):
    apart = find(fp4, "gb300", "dynamo-trt", "mtp")
    assert apart.finding is apart.of_any is Finding.APART
    assert apart.ends[0].number == 1163 / 1319
    assert "the lowest of 2 evaluations" in apart.ends[0].note
    assert {difference.framework for difference in mtp if difference.finding is Finding.APART} >= {"mori-sglang"}


def test_of_any_questions_less_is_shown_than_of_the_same_asked_again(fp4, mtp):
    for pairs in (fp4, mtp):
        again, in_general = (
            sum(getattr(difference, name) is Finding.EQUIVALENT for difference in pairs)
            for name in ("finding", "of_any")
        )
        assert in_general < again


def test_what_many_questions_show_few_leave_open(fp4):
    assert find(fp4, "b200", "sglang", "none").finding == Finding.EQUIVALENT
    assert find(fp4, "b200", "dynamo-trt", "none").finding == Finding.OPEN


def test_no_stack_whose_evaluations_agree_is_lower_with_mtp(mtp):
    assert not [difference for difference in mtp if difference.finding is Finding.LOWER]


def test_the_suspect_evaluations_are_found(library):
    doubted = suspects(library)
    assert set(doubted) == {
        ("gb300", "dynamo-trt fp8 mtp"),
        *(("mi355x", f"mori-sglang {stack}") for stack in ("fp8", "fp8 mtp", "fp4", "fp4 mtp")),
    }
    assert doubted["gb300", "dynamo-trt fp8 mtp"].number == 1163 / 1319


def test_a_series_bears_the_name_that_its_curve_bears(library):
    series = measured_stacks(library, Parameters()).series
    names = set(zip(series["hardware"], series["name"], strict=True))
    evaluated = {(row["hardware"], series_name(row)) for _, row in library.accuracy.iterrows()}
    assert len(evaluated & names) > len(evaluated) / 2
    assert not suspects(library).keys() & names  # they answer nothing by default
