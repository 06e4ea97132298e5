"""The answer of the brief says what is true of the scenario asked for, and no more."""

from dataclasses import replace

import pytest

from analysis.studies.business import sentences
from tests.support.shown import words


def test_the_question_names_model_lengths_and_floor(published):
    text = words(sentences.question(published))
    assert published.seller.model in text
    assert "at 1k/1k (input and output tokens of a request) and 116 tok/s/user or more (what a user gets" in text


def test_what_is_earned_and_paid_is_said_of_both(published, briefed):
    text = words(sentences.earned_and_paid(published))
    for expected in ("Crusoe's price of", "$3.38", "60% of full load", "$95.7", "$2.65", "$11.5", "$1.41"):
        assert expected in text
    other = words(sentences.earned_and_paid(briefed("another pair")))
    assert "DeepSeek's price of 2025-02-09" in other
    assert "Instinct MI355X earns $1.26 and costs $1.48; one of HGX B200 earns $4.10 and costs $1.95." in other


@pytest.mark.parametrize("name", ["itself", "too fast"])
def test_one_platform_is_not_told_twice(briefed, name):
    assert "; one of" not in words(sentences.earned_and_paid(briefed(name)))


def test_where_neither_serves_the_point_the_best_is_told(published):
    conditions = published.conditions.model_copy(update={"baseline": "tpuv7", "subject": "jalapeno"})
    text = words(sentences.earned_and_paid(replace(published, conditions=conditions)))
    assert f"a GPU-hour of {published.best.platform.name} earns" in text


def test_the_margin_stands_beside_every_tier_at_the_price_s_own_speed(published):
    text = words(sentences.margin(published))
    assert text.startswith(
        "With 60% of full load sold at Crusoe's price, $3.38 per million tokens, which is for 36.0 tok/s/user and "
        "not for the 116 asked for, and served at that speed, the gross margin is: "
    )
    assert "no price at lowest public list" in text
    assert "GB300 NVL72 97.2% at hyperscaler ownership, 95.9% at 3-year rental" in text
    assert "HGX H200 87.8% at hyperscaler ownership, 86.1% at 3-year rental, 70.0% at lowest" in text


def test_a_price_without_a_speed_is_not_said_to_be_for_one(briefed):
    text = words(sentences.margin(briefed("no stated speed")))
    assert "which names no speed and is taken to be for the 116 tok/s/user asked for" in text


def test_platforms_with_a_margin_are_counted_and_the_highest_named(published, briefed):
    text = words(sentences.earning(published))
    assert "left on 7 of the 9 platforms" in text
    assert "97.6%, on GB200 NVL72" in text
    assert "does not rank HGX B200" in text
    assert "Instinct" not in text
    assert "left on none of the 3 platforms" in words(sentences.earning(briefed("too fast")))


def test_the_worth_is_told_of_every_platform_whose_capital_is_known_and_none_is_called_the_best(published):
    text = words(sentences.payback(published))
    assert "while the price of tokens stays as it is" in text
    assert (
        "$2,410,000 per GPU of GB300 NVL72, $2,330,000 per GPU of GB200 NVL72, $252,000 per GPU of HGX H200" in text
    )
    assert "highest" not in text


def test_a_return_above_all_of_the_capital_a_year_carries_its_cause(published):
    assert words(sentences.payback(published)).endswith("(list prices without a demand limit).")


def test_where_nothing_comes_back_that_is_said(published, briefed):
    assert "On none of the platforms whose capital has a public figure" in words(
        sentences.payback(briefed("too fast"))
    )
    assert "so no return is computed" in words(sentences.payback(replace(published, owned=())))


def test_confidence_counts_every_kind_of_figure(published, briefed):
    text = words(sentences.confidence(published))
    assert text.startswith("Confidence: this rests on 9 measured rows")
    assert ", the utilization among them" in text
    assert "the utilization among them" not in words(sentences.confidence(briefed("another pair")))
    placeholders = sum(value.status == "placeholder" for value in published.rests_on)
    assert f"{placeholders} placeholders" in text
