"""The controls of the guide: what they offer, and that what stands below them answers them at every move."""

import re

import pytest

from analysis.comparison import sliders
from analysis.comparison.head_to_head import compare
from analysis.comparison.sliders import conditions, explore
from analysis.scenario import Parameters


@pytest.fixture
def shown(library):
    return explore(library)


@pytest.fixture
def controls(shown):
    return {control.description: control for control in shown.children[:-1]}


def words(shown):
    """What a reader sees below the controls."""
    return re.sub(r"\s+", " ", re.sub(r"<sup.*?</sup>|<[^>]*>", " ", shown.children[-1].value))


def pictures(shown):
    return re.findall(r'<img [^>]*alt="([^"]*)" src="data:image/svg', shown.children[-1].value)


def test_the_answer_at_the_published_point_is_there_at_once(shown):
    assert "at least 116 tok/s/user" in words(shown)
    assert " 34.1x " in words(shown)
    costs = "At 116 tok/s/user a million tokens cost $4.14 on HGX H200 and $0.121 on GB300 NVL72 ."
    assert costs in words(shown)
    assert len(pictures(shown)) == 1


def test_each_control_is_named_and_starts_where_the_published_comparison_stands(controls):
    assert {name: control.value for name, control in controls.items()} == {
        "Baseline": "h200",
        "Subject": "gb300",
        "ISL/OSL": (1024, 1024),
        "tok/s/user": 116.0,
        "Vintage": "2026-04",
        "Price tier": "hyperscaler",
    }


def test_the_controls_offer_what_the_data_hold(library, controls):
    assert [*controls["Baseline"].options.values()] == [*library.with_rows]
    assert controls["Subject"].options == controls["Baseline"].options
    assert controls["ISL/OSL"].options == {"1k/1k": (1024, 1024), "1k/8k": (1024, 8192), "8k/1k": (8192, 1024)}
    assert controls["Vintage"].options == tuple(library.vintages)
    assert controls["Price tier"].options == ("hyperscaler", "neocloud", "rental_3yr")


def test_a_move_replaces_numbers_and_picture(library, shown, controls):
    controls["tok/s/user"].value = 60.0
    asked = Parameters(minimum_interactivity=60.0)
    ratio = compare(library, asked, "curve").ratio("cost_per_million_tokens")
    assert f" {ratio.show()} " in words(shown)
    assert "116" not in words(shown)
    (alt,) = pictures(shown)
    assert alt.startswith("Cost along both curves; at 60 tok/s/user")


def test_the_slider_goes_from_the_slowest_row_to_the_fastest_speed_that_both_serve(library, shown, controls):
    slider = controls["tok/s/user"]
    assert (slider.min, slider.max) == (11.5, 174.5)  # within 11.045 and 174.825, in whole steps
    controls["Baseline"].value = "mi300x"
    assert slider.value == slider.max == 40.5
    assert "Instinct MI300X" in words(shown)
    slider.value = slider.min
    assert len(pictures(shown)) == 1


def test_an_error_is_said_and_goes_when_it_is_over(library, shown, controls, monkeypatch):
    monkeypatch.setattr(sliders, "compare", refused)
    controls["tok/s/user"].value = 50.0
    assert words(shown).strip() == "no such &lt;thing&gt;"
    assert pictures(shown) == []
    monkeypatch.undo()
    controls["tok/s/user"].value = 60.0
    assert "no such" not in words(shown)
    assert len(pictures(shown)) == 1


def refused(*_):
    raise sliders.InputError("no such <thing>")


def test_every_setting_is_the_question_that_it_names():
    asked = conditions(
        baseline="h100", subject="gb200", lengths=(8192, 2048), interactivity=40.0, vintage="2026-07", tier="neocloud"
    )
    assert asked == Parameters(
        baseline="h100", subject="gb200", input_tokens=8192, output_tokens=2048, minimum_interactivity=40.0,
        vintage="2026-07", price_tier="neocloud",
    )  # fmt: skip


def test_without_a_library_the_projects_own_is_asked(library, monkeypatch):
    monkeypatch.setattr(sliders, "load", lambda: library)
    assert explore().children[4].options == tuple(library.vintages)
