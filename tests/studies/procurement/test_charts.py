"""Figures of a procurement brief show every platform, say what they draw, and are drawn the same each time."""

import io

import pandas as pd
import pytest

from analysis.machinery.press.amounts import agrees, amounts
from analysis.studies.procurement import charts
from analysis.studies.procurement.charts import cost_by_platform, runway
from analysis.studies.procurement.options import months_until
from tests.support.buyers import LONG, QUOTE, brief

LIMITED = {**LONG, "power_limit": 0.2, "budget_per_month": 2e5}


@pytest.fixture(scope="module")
def published(library):
    return brief(library)


@pytest.fixture(scope="module")
def limited(library):
    return brief(library, **LIMITED)


def data(shown):
    return pd.read_csv(io.StringIO(shown.report["csv"]))


def test_costs_rise_from_the_first_line_and_are_those_of_the_least_costly_offers(published):
    drawn = data(cost_by_platform(published))
    costs = drawn["cost per month (USD)"]
    assert costs.is_monotonic_increasing
    for row in drawn.itertuples():
        (key,) = [key for key, fleet in published.fleets.items() if fleet.platform.name == row.platform]
        assert published.cheapest(key).offer.provider == row.provider


def test_every_platform_is_in_the_words_of_the_figure_priced_or_not(published):
    said = cost_by_platform(published).report["alt"]
    for platform in published.library.platforms.values():
        assert platform.name in said
    assert "GB300 NVL72 no public list price" in said
    assert "Instinct MI300X cannot meet the limits" in said


@pytest.mark.parametrize("draw", [cost_by_platform, runway])
def test_every_number_that_the_figures_say_has_a_value_behind_it(limited, draw):
    shown = draw(limited)
    said = shown.report["alt"]
    for platform in limited.library.platforms.values():
        said = said.replace(platform.name, "")
    behind = [*shown.values]  # noqa: PD011
    for text in amounts(said):
        assert any(agrees(text, one.show(4), one.number) for one in behind), text


def test_the_months_drawn_are_those_of_the_fleets_and_the_limits(limited):
    drawn = data(runway(limited)).set_index("platform")
    for key, fleet in limited.fleets.items():
        row = drawn.loc[fleet.platform.name]
        lasts = months_until(fleet.room, fleet.needed, limited.load.growth, "it").number
        assert row["bought (months)"] == lasts
        limits = {one.name: one.months.number for one in (limited.cheapest(key) or limited.modeled[key]).limits}
        assert {name: row[f"{name} (months)"] for name in limits} == limits


def test_the_legend_of_the_months_fills_what_the_figure_fills(limited, monkeypatch):
    monkeypatch.setattr(charts.months, "drawn", lambda figure, *_, **__: figure)
    axes = runway(limited).axes[0]
    shown = {line.get_marker(): line.get_markerfacecolor() for line in axes.lines if len(line.get_xdata()) == 1}
    for handle in axes.get_legend().legend_handles:
        assert (handle.get_markerfacecolor() == "white") == (shown[handle.get_marker()] == "white")


def test_what_lies_beyond_power_and_budget_is_not_filled(limited):
    drawn = data(cost_by_platform(limited))
    assert set(drawn["within the limits"]) == {True, False}


def test_one_offer_is_enough_for_a_figure(library):
    only = brief(library, **LONG, quotes=[QUOTE], maximum_ttft_median=1.3, minimum_accuracy=0.957)
    assert len(data(cost_by_platform(only))) >= 1


@pytest.mark.parametrize("words", ["$5 off, $6 on", r"$\frac{$", "a_b^c", "100%", "{price}", "<b>&"])
def test_a_provider_s_words_are_drawn_as_they_are(library, words):
    odd = brief(library, quotes=[QUOTE | {"provider": f"A {words}", "terms": words + " a"}])
    drawn = data(cost_by_platform(odd))
    assert f"A {words}" in set(drawn["provider"])


def test_a_load_that_hardly_grows_is_drawn_to_the_end_of_the_axis(library):
    slow = brief(library, growth_per_year=0.001, power_limit=10.0)
    assert "Months until growth" in runway(slow).report["alt"]


def test_an_absurd_load_can_be_drawn(library):
    absurd = brief(library, tokens_per_day=1e15, power_limit=5.0, budget_per_month=1e6)
    assert (data(runway(absurd))["power (months)"] == 0).all()
    assert data(cost_by_platform(absurd))["cost per month (USD)"].min() > 1e10


@pytest.mark.parametrize("draw", [cost_by_platform, runway])
def test_the_same_brief_draws_the_same_picture(limited, draw):
    first, second = (draw(limited).data["image/svg+xml"] for _ in range(2))
    assert first == second


def test_without_a_firm_offer_no_cost_is_drawn(library):
    assert cost_by_platform(brief(library, minimum_interactivity=5000.0)) is None


@pytest.mark.parametrize(
    "changes", [{}, {"growth_per_year": 0.0, "power_limit": 1.0}, {"minimum_interactivity": 5e3}]
)
def test_months_are_drawn_only_of_a_load_that_grows_towards_a_limit(library, changes):
    assert runway(brief(library, **changes)) is None
