"""The list of scenarios answers each of them as it is asked, or says why it has none."""

import pytest

from analysis import scenario
from analysis.comparison.head_to_head import compare
from analysis.library.sources import load


def test_each_scenario_is_listed_with_its_own_answer(run):
    code, out, err = run("scenarios")
    assert (code, err) == (0, "")
    answered = ("  a million tokens", "  no answer")
    lines = [line for line in out.splitlines() if not line.endswith(":")]
    lines = [line for line in lines if line.startswith(answered) or not line.startswith(" ")]
    assert [line.partition(": ")[0] for line in lines[::2]] == scenario.scenario_names()
    for said, answer in zip(lines[::2], lines[1::2], strict=True):
        name, _, description = said.partition(": ")
        assert description == scenario.read_scenario(name).description
        assert answer.startswith("  a million tokens: $")


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("published", "$4.20 on HGX H200, $0.123 on GB300 NVL72, a ratio of 34.1x"),
        ("amd", "$0.548 on Instinct MI355X, $0.0646 on GB300 NVL72, a ratio of 8.48x"),
        ("low-latency", "$2.86 on HGX H200, $0.111 on GB300 NVL72, a ratio of 25.8x"),
    ],
)
def test_the_answer_is_the_one_of_the_report(run, monkeypatch, name, answer):
    monkeypatch.setattr(scenario, "scenario_names", lambda: [name])
    assert run("scenarios").out.splitlines()[2] == f"  a million tokens: {answer}"
    asked = scenario.read_scenario(name)
    assert compare(load(snapshot=asked.snapshot), asked).ratio("cost_per_million_tokens").show() in answer


@pytest.mark.parametrize("name", ["published", "agentic"])
def test_what_a_comparison_warns_of_and_the_curves_beside_fast_rows_are_told_with_the_answer(run, monkeypatch, name):
    monkeypatch.setattr(scenario, "scenario_names", lambda: [name])
    asked = scenario.read_scenario(name)
    pair = compare(load(snapshot=asked.snapshot), asked)
    lines = run("scenarios").out.splitlines()
    assert (
        [line[4:] for line in lines if line.startswith("  - ")] == [caution.text for caution in pair.cautions] != []
    )
    assert any(line.startswith("  on the curves at") for line in lines) == bool(pair.beside) == (name == "agentic")


def test_a_scenario_that_the_data_do_not_allow_says_so_and_the_next_one_is_answered(run, monkeypatch):
    answers = {
        "fast": scenario.read_scenario("published", ["minimum_interactivity=5000"]),
        "usual": scenario.read_scenario("published"),
    }
    monkeypatch.setattr(scenario, "scenario_names", lambda: list(answers))
    monkeypatch.setattr(scenario, "read_scenario", answers.__getitem__)
    code, out, _ = run("scenarios")
    lines = out.splitlines()[1:]
    assert code == 0
    assert lines[1].startswith("  no answer: h200: no row reaches 5000 tok/s/user")
    assert lines[2].startswith("usual: ")
    assert lines[3].endswith("a ratio of 34.1x")
