"""A report says under which conditions it stands and of which days its figures are, and is not older than they."""

from datetime import date
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.machinery.press.front import days, subtitle
from analysis.scenario import Scenario, read_scenario, scenario_names

PAIR = ("baseline", "subject", "input_tokens", "output_tokens", "minimum_interactivity", "snapshot")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, "DeepSeek-R1-0528 at 1k/1k and 116 tok/s/user or more, HGX H200 and GB300 NVL72"),
        (
            {"baseline": "mi355x", "input_tokens": 8192, "minimum_interactivity": 50},
            "DeepSeek-R1-0528 at 8k/1k and 50 tok/s/user or more, Instinct MI355X and GB300 NVL72",
        ),
        (
            {"subject": "h200"},
            "DeepSeek-R1-0528 at 1k/1k and 116 tok/s/user or more, HGX H200 alone, on both sides",
        ),
    ],
)
def test_it_is_made_from_the_conditions(other, expected):
    assert subtitle(Scenario(name="one", folder=Path(), **other), PAIR) == expected


def test_a_report_that_takes_no_pair_names_none():
    assert (
        subtitle(Scenario(name="one", folder=Path()), PAIR[2:])
        == "DeepSeek-R1-0528 at 1k/1k and 116 tok/s/user or more"
    )


def test_the_scenarios_own_goes_before_and_names_the_model_all_the_same():
    own = Scenario(name="one", folder=Path(), subtitle="Its own")
    assert subtitle(own, PAIR) == "DeepSeek-R1-0528: Its own"
    assert subtitle(own, PAIR[:-1]) == "Its own"
    pair = Scenario(name="one", folder=Path(), subtitle="DeepSeek-R1 on HGX H200 and GB300 NVL72")
    assert subtitle(pair, PAIR) == pair.subtitle
    assert "H200" not in subtitle(pair, [name for name in PAIR if name not in ("baseline", "subject")])
    named = Scenario(name="one", folder=Path(), subtitle="DeepSeek-R1 on racks")
    assert subtitle(named, PAIR) == "DeepSeek-R1 on racks"


def test_a_report_of_several_models_names_none_of_them():
    told = subtitle(Scenario(name="one", folder=Path()), PAIR[:4])
    assert told == "Models at 1k/1k, HGX H200 and NVIDIA Blackwell"


DATED = (*PAIR, "as_of", "vintage", "price_tier", "baseline_price", "subject_price")


def test_rows_prices_and_power_stand_together_each_with_its_day():
    later = Scenario(name="one", folder=Path(), vintage="2026-09", as_of=date(2026, 3, 1))
    assert days(later, DATED) == "Rows measured until 2026-02-27; prices of 2026-09-11; power of 2026-09-11."
    dated = later.model_copy(update={"date": date(2026, 9, 17)})
    assert days(dated, DATED).startswith("Rows measured until 2026-02-27, 202 days before this report; prices of")


def test_public_prices_that_a_report_stands_on_have_their_day(library):
    offered = library.tables["market_prices"].dropna(subset="value")["as_of"].max()
    scenario = read_scenario("published")
    assert f"public prices until {offered:%Y-%m-%d}" in days(scenario, {"as_of", "vintage", "quotes"})
    assert "price of tokens of 2026-02-16" in days(scenario, {"as_of", "vintage", "token_provider"})
    assert "public" not in days(scenario, {"as_of", "vintage"})


def test_what_a_report_does_not_take_has_no_day_in_it():
    asked = Scenario(name="one", folder=Path(), baseline_price=2.0, subject_price=3.0)
    assert days(asked, DATED) == "Rows measured until 2026-04-01; power of 2026-04-15."
    assert days(asked, ("as_of",)) == "Rows measured until 2026-04-01."
    assert days(asked, ()) == ""
    assert days(asked, ("input_tokens",)) == "Newest rows of all models of 2026-07-17."


def test_rows_of_others_than_the_benchmark_are_told_as_theirs():
    supplied = read_scenario(
        "published", ["snapshot=inferencex-deepseek-r1-jalapeno-2026-08", "as_of=2026-11-01", "date=~"]
    )
    assert days(supplied, ("as_of",)) == "Rows measured by SemiAnalysis and OpenAI until 2026-08-22."
    of_one = supplied.model_copy(update={"origin": ["SemiAnalysis"]})
    assert days(of_one, ("as_of",)) == "Rows measured until 2026-05-03."


def test_rows_that_are_medians_are_told_as_such():
    medians = read_scenario("published", ["model=GLM-5", "as_of=2026-07-17", "date=~"])
    assert days(medians, ("as_of", "snapshot")) == "Medians of runs until 2026-07-17."


@pytest.mark.parametrize(
    ("day", "older"),
    [("2026-04-02", "prices of 2026-04-15"), ("2026-03-31", "rows measured until 2026-04-01")],
)
def test_a_report_older_than_its_figures_is_refused(day, older):
    early = Scenario(name="one", folder=Path(), date=date.fromisoformat(day))
    with pytest.raises(InputError, match=f"scenario one: date: found {day}, but the report stands on {older}"):
        days(early, DATED)


@pytest.mark.parametrize("name", scenario_names())
def test_no_shipped_report_is_older_than_any_figure_of_the_data(name, library):
    newest = max(library.tables[table]["as_of"].max() for table in ("assumptions", "market_prices", "token_prices"))
    assert read_scenario(name).date >= newest.date()
