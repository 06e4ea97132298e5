from types import SimpleNamespace

import pytest

from analysis.comparison import sliders
from analysis.comparison.sliders import answer, explore
from analysis.scenario import Parameters

SETTINGS = {
    "baseline": "h200", "subject": "gb300", "lengths": (1024, 1024), "interactivity": 116.0, "vintage": "2026-04",
    "tier": "hyperscaler",
}  # fmt: skip


def test_the_controls_start_at_the_published_point_and_answer(library):
    shown = explore(library)
    settings = {child.description: child.value for child in shown.children[:-1]}
    assert settings["Baseline"] == "h200"
    assert settings["ISL/OSL"] == (1024, 1024)
    pair = answer(library, **SETTINGS)
    assert pair.ratio("cost_per_million_tokens").number == pytest.approx(34.11, abs=0.005)
    assert "Cost per million tokens" in pair._repr_html_()


def test_what_was_not_measured_is_said(library, capsys):
    assert answer(library, **{**SETTINGS, "interactivity": 249.0}) is None
    assert "the highest measured is 174.8246 tok/s/user" in capsys.readouterr().out


@pytest.fixture
def controls(library):
    shown = explore(library)
    return {child._kwarg: child for child in shown.kwargs_widgets}


def test_each_control_is_named_and_starts_where_the_published_comparison_stands(controls):
    assert {name: (one.description, one.value) for name, one in controls.items()} == {
        "baseline": ("Baseline", "h200"),
        "subject": ("Subject", "gb300"),
        "lengths": ("ISL/OSL", (1024, 1024)),
        "interactivity": ("tok/s/user", 116.0),
        "vintage": ("Vintage", "2026-04"),
        "tier": ("Price tier", "hyperscaler"),
    }


def test_the_controls_offer_what_the_data_hold(library, controls):
    platforms = {platform.name: key for key, platform in library.platforms.items()}
    assert controls["baseline"].options == controls["subject"].options == platforms
    assert controls["lengths"].options == {"1k/1k": (1024, 1024), "1k/8k": (1024, 8192), "8k/1k": (8192, 1024)}
    assert controls["vintage"].options == tuple(library.vintages)
    assert controls["tier"].options == ("hyperscaler", "neocloud", "rental_3yr")
    slider = controls["interactivity"]
    assert (slider.min, slider.max, slider.step) == (10, 250, 2)


def test_every_setting_is_the_question_that_it_names(library, monkeypatch):
    monkeypatch.setattr(
        sliders, "compare", lambda figures, asked, basis: SimpleNamespace(figures=figures, asked=asked, basis=basis)
    )
    found = answer(
        library, baseline="h100", subject="gb200", lengths=(8192, 2048), interactivity=40.0, vintage="2026-07",
        tier="neocloud",
    )  # fmt: skip
    assert (found.figures, found.basis) == (library, "curve")
    assert found.asked == Parameters(
        baseline="h100", subject="gb200", input_tokens=8192, output_tokens=2048, minimum_interactivity=40.0,
        vintage="2026-07", price_tier="neocloud",
    )  # fmt: skip


def test_what_is_shown_below_the_controls_is_the_answer_to_them(library, monkeypatch):
    asked = []
    monkeypatch.setattr(sliders, "answer", lambda figures, **chosen: asked.append((figures, chosen)))
    shown = explore(library)
    shown.children[3].value = 50.0
    shown.update()
    figures, chosen = asked[-1]
    assert figures is library
    assert chosen == {**SETTINGS, "interactivity": 50.0}


def test_without_a_library_the_projects_own_is_asked(library, monkeypatch):
    monkeypatch.setattr(sliders, "load", lambda: library)
    assert explore().children[4].options == tuple(library.vintages)
