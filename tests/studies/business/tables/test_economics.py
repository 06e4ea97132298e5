"""The tables of the economics hold each platform and each provider once, with what is not public said in words."""

import pytest

from analysis.studies.business import tables
from tests.support.shown import heads, rows, words


def test_price_less_cost_over_price_is_the_margin_of_each_platform(published):
    shown = rows(tables.unit_economics(published))
    own = [row for row in shown if "curve" not in row[0]]
    assert [row[0] for row in own] == [side.platform.name for side in published.sides]
    for _, _, _, revenue, paid, cost, margin, _ in shown:
        price = published.price.number
        assert float(margin) == pytest.approx(1 - float(cost) / price, rel=1e-9)
        assert float(margin) == pytest.approx(1 - float(paid) / float(revenue), rel=1e-9)


def test_below_a_row_much_faster_than_asked_stands_what_the_curve_gives_there(briefed):
    published = briefed("no stated speed")
    shown = {row[0]: row for row in rows(tables.unit_economics(published))}
    beside = [name.removesuffix(", on its curve") for name in shown if name.endswith(", on its curve")]
    fast = [side.platform.name for side in published.sides if side["interactivity"].number > 1.15 * 116]
    assert beside == fast == ["GB200 NVL72", "Instinct MI355X"]
    for name in beside:
        row, curve = shown[name], shown[f"{name}, on its curve"]
        assert float(curve[1]) == 116.0
        assert float(curve[2]) > float(row[2])
    assert float(shown["GB200 NVL72, on its curve"][3]) == pytest.approx(15.1, abs=0.2)
    assert "(1,150–7,700)" in words(tables.unit_economics(published))


def test_the_mean_of_a_provider_lies_between_its_prices(published):
    for _, _, asked, cached, given, mean, *_ in rows(tables.token_prices(published)):
        lowest = min(float(price) for price in (asked, cached, given) if price != "no price")
        assert lowest <= float(mean) <= max(float(asked), float(given))


def test_what_a_provider_does_not_publish_is_said_in_words(published, briefed):
    shown = {row[0].partition(",")[0]: row for row in rows(tables.token_prices(published))}
    assert shown["DeepSeek"][3] != "no price"
    assert "no price" in {row[3] for row in shown.values()}
    assert "not stated" in {row[6] for row in shown.values()}
    assert "\n0% of the input is taken to be billed" in words(tables.token_prices(published))
    assert "50.0% of the input is taken to be billed" in words(tables.token_prices(briefed("another pair")))


def test_the_rows_behind_the_platforms_are_named_with_their_stack(published):
    shown = {row[0]: row for row in rows(tables.platforms(published))}
    assert shown["GB300 NVL72"][1:4] == [
        "dynamo-trt FP4 without MTP",
        shown["GB300 NVL72"][2],
        shown["GB300 NVL72"][3],
    ]
    assert all("NONE" not in row[1] for row in shown.values())
    assert heads(tables.platforms(published))[-1] == "Hyperscaler ownership (USD/GPU/h)"


def test_every_other_figure_has_a_source_or_a_place_or_is_assumed(published):
    shown = rows(tables.assumptions(published))
    assert len(shown) == len(published.assumptions)
    assert {row[3] for row in shown if not row[5]} <= {"assumed"}
    assert "Taken as nothing, for want of a public figure: " in words(tables.assumptions(published))


def test_each_price_stands_beside_the_margin_at_the_service_that_it_is_for(published):
    shown = {row[0].partition(",")[0]: row for row in rows(tables.token_prices(published))}
    assert heads(tables.token_prices(published))[-2:] == ["Margin, GB300 NVL72", "Margin, HGX H200"]
    assert float(shown["Crusoe"][-1]) == published.by_key["h200"]["gross_margin"].number
    assert float(shown["Nebius"][-2]) == pytest.approx(0.949, abs=0.001)
    assert float(shown["Nebius"][-1]) < -0.7


def test_no_tier_is_shortened_to_a_price(published):
    names = heads(tables.tiers(published))
    assert names[1::2] == [
        "Hyperscaler ownership (USD/GPU/h)", "3-year rental (USD/GPU/h)", "Lowest public list (USD/GPU/h)",
        "Highest public list (USD/GPU/h)",
    ]  # fmt: skip
    for row in rows(tables.tiers(published)):
        margins = [float(cell) for cell in row[2::2] if cell != "–"]
        assert margins == sorted(margins, reverse=True)
