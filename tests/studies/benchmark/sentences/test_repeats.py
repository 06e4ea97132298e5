"""Repeated runs are counted as the table holds them, and a second run of a row is found by what it ran."""

from analysis.comparison.spread import spread
from analysis.scenario import Parameters
from analysis.studies.benchmark.point import measured_point
from analysis.studies.benchmark.sentences.repeats import repeated_runs, second_runs
from tests.support.shown import words


def test_no_repeated_run_of_a_few_days_is_of_the_stacks_of_the_two_rows(point, library):
    runs = spread(library)
    text = words(repeated_runs(point, runs))
    counted = {key: int((runs.repeats["hardware"] == key).sum()) for key in ("h200", "gb300")}
    assert counted["h200"] == 0
    assert f"None of them are of HGX H200 and {counted['gb300']} of GB300 NVL72; none have the framework" in text
    assert "90% of them differ by at most 7.7% in throughput" in text  # what verdicts allow, without a slope
    assert text.endswith("so that the band is one of other stacks.")


def test_repeats_of_the_stacks_of_a_pair_are_counted(library):
    conditions = Parameters(baseline="b200", subject="gb200", minimum_interactivity=50.0)
    other = measured_point(library, conditions, ())
    text = words(repeated_runs(other, spread(library)))
    alike = sum(
        int((spread(library).repeats[list(stack)] == list(stack.values())).all(axis=1).sum())
        for stack in (
            {name: side.row[name] for name in ("hardware", "framework", "precision", "speculative_decoding")}
            for side in other.pair.sides
        )
    )
    assert f"; {alike or 'none'} have the framework" in text


def test_the_published_row_was_run_twice_and_differs_by_half_a_percent(point):
    baseline, subject = (words(shown) for shown in second_runs(point))
    assert "of 2026-02-14, on as many GPUs at the same concurrency: 92.69 tok/s/GPU at 115.6 tok/s/user" in baseline
    assert "row over other run 1.005x" in baseline
    assert subject == "The row of GB300 NVL72 itself has no second run among these rows."
