import pytest

from analysis.scenario import read
from analysis.side_by_side import side_by_side


@pytest.fixture(scope="module")
def shown():
    asked = [read("published"), read("amd"), read("published", ["minimum_interactivity=5000"])]
    return side_by_side([one.model_copy(update={"name": f"{one.name}-{place}"}) for place, one in enumerate(asked)])


def test_each_scenario_has_a_column_and_its_own_platforms(shown):
    questions = shown[0].report["csv"].splitlines()
    assert questions[0] == "Question,published-0,amd-1"
    assert "Baseline,HGX H200,Instinct MI355X" in questions


def test_the_ratios_are_those_of_each_scenario(shown):
    ratios = {row.split(",")[0]: row.split(",")[1:] for row in shown[3].report["csv"].splitlines()}
    assert float(ratios["Cost per million tokens"][0]) == pytest.approx(34.0755, abs=1e-3)
    assert ratios["FLOPS per dollar"][1] == "not stated"


def test_a_scenario_without_an_answer_says_why(shown):
    (silent,) = [one for one in shown if 'class="caution"' in one.html]
    assert "published-2 has no answer" in silent.html
