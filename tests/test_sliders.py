import pytest

from analysis.sliders import answer, explore

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
    assert pair.ratio("cost_per_million_tokens").number == pytest.approx(34.0755, abs=1e-3)
    assert "cost per million tokens" in pair._repr_html_()


def test_what_was_not_measured_is_said(library, capsys):
    assert answer(library, **{**SETTINGS, "interactivity": 249.0}) is None
    assert "the highest measured is 174.8246 tok/s/user" in capsys.readouterr().out
