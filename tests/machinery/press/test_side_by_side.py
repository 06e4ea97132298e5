import csv
import re

import pytest

from analysis.machinery.commands.pages import outdated
from analysis.machinery.press.side_by_side import side_by_side
from analysis.scenario import read_scenario


@pytest.fixture(scope="module")
def shown():
    asked = [
        read_scenario("published"),
        read_scenario("amd"),
        read_scenario("published", ["minimum_interactivity=5000"]),
    ]
    return side_by_side([one.model_copy(update={"name": f"{one.name}-{place}"}) for place, one in enumerate(asked)])


def table_of(shown, name):
    (found,) = [one for one in shown if one.report.get("name") == name]
    return list(csv.DictReader(found.report["csv"].splitlines()))


def test_each_scenario_has_a_row_and_its_own_platforms(shown):
    rows = table_of(shown, "ratios")
    assert [row["Scenario"] for row in rows] == ["published-0", "amd-1"]
    assert [row["Baseline"] for row in rows] == ["HGX H200", "Instinct MI355X"]


def test_the_ratios_are_those_of_each_scenario(shown):
    first, second = table_of(shown, "ratios")
    assert float(first["Cost per million tokens"]) == pytest.approx(34.0755, abs=1e-3)
    assert second["FLOPS per dollar"] == "not stated"


def test_what_each_comparison_warns_of_stands_once_with_its_scenarios(shown):
    told = {row["What"]: row["Scenarios"] for row in table_of(shown, "cautions")}
    assert told["GB300 NVL72: 7 suspect rows answer nothing here"] == "all"
    assert told["Instinct MI355X: serves 68.3 where 50 tok/s/user is asked"] == "amd-1"


def test_the_answer_names_the_scenarios_between_which_the_ratio_lies(shown):
    assert shown[0].report["finding"]
    assert shown[0].html.index("amd-1") < shown[0].html.index("published-0")
    assert shown[0].values[1].number == pytest.approx(34.0755, abs=1e-3)


def without_marks(html):
    return re.sub("<[^>]+>", "", html)


def test_what_all_share_is_said_once_and_is_no_column():
    asked = [read_scenario("published", [f"minimum_interactivity={speed}"]) for speed in (50, 100)]
    shown = side_by_side([one.model_copy(update={"name": f"a-{place}"}) for place, one in enumerate(asked)])
    assert "The same in all: Baseline: HGX H200; Subject: GB300 NVL72; ISL/OSL: 1k/1k" in without_marks(shown[1].html)
    columns = list(table_of(shown, "ratios")[0])
    assert columns[:2] == ["Scenario", "At least (tok/s/user)"]
    assert "Baseline" not in columns


def test_levels_are_those_of_each_side(shown):
    assert float(table_of(shown, "levels-baseline")[0]["Cost per million tokens (USD/Mtok)"]) == pytest.approx(
        4.2045, abs=1e-4
    )
    assert table_of(shown, "levels-subject")[0]["Platform"] == "GB300 NVL72"


def test_a_scenario_without_an_answer_says_why(shown):
    (silent,) = [one for one in shown if 'class="caution"' in one.html]
    assert "published-2 has no answer" in silent.html


@pytest.mark.parametrize("override", ["minimum_interactivity=5000", "as_of=2020-01-01", "input_tokens=100000"])
def test_the_page_of_a_scenario_without_an_answer_is_written_with_the_reason(tmp_path, override):
    asked = [read_scenario("published"), read_scenario("amd", [override])]
    page = outdated(asked, tmp_path)["comparison/comparison.html"]
    page()
    assert "amd has no answer: mi355x" in (tmp_path / "comparison/comparison.html").read_text()
