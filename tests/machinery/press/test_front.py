"""The line below a title names the conditions that the report takes, and no others; a scenario's own goes before."""

from pathlib import Path

import pytest

from analysis.machinery.press.front import subtitle
from analysis.scenario import Scenario

PAIR = ("baseline", "subject", "input_tokens", "output_tokens", "minimum_interactivity", "snapshot")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, "DeepSeek-R1-0528 at 1k/1k and 116 tok/s/user or more, HGX H200 and GB300 NVL72"),
        (
            {"baseline": "mi355x", "input_tokens": 8192, "minimum_interactivity": 50},
            "DeepSeek-R1-0528 at 8k/1k and 50 tok/s/user or more, Instinct MI355X and GB300 NVL72",
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
    named = Scenario(name="one", folder=Path(), subtitle="DeepSeek-R1 on racks")
    assert subtitle(named, PAIR) == "DeepSeek-R1 on racks"


def test_a_report_of_several_models_names_none_of_them():
    told = subtitle(Scenario(name="one", folder=Path()), PAIR[:4])
    assert told == "Models at 1k/1k, HGX H200 and GB300 NVL72"
