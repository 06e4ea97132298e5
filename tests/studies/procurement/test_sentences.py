"""Sentences of a brief are honest whatever is asked: an answer, what comes nearest, or that there is none."""

import pytest

from analysis.exhibits.statements import say
from analysis.studies.procurement import sentences
from analysis.studies.procurement.horizon import best
from analysis.studies.procurement.sentences.basis import limits_in_words, load_in_words
from tests.support.buyers import LONG, QUOTE, brief, conditions, varied
from tests.support.shown import words

# Only Instinct MI355X answers its first token so soon with this accuracy, and nobody asks a firm price for it.
UNPRICED = {**LONG, "maximum_ttft_median": 0.26, "minimum_accuracy": 0.955, "maximum_ttft_p99": 5.0}
ABSURD = {"tokens_per_day": 1e15, "power_limit": 5.0, "budget_per_month": 1e6}
NOBODY = {"minimum_interactivity": 5000.0}


@pytest.fixture(scope="module")
def published(library):
    return brief(library)


def test_the_question_repeats_load_lengths_and_limits(library, published):
    assert "serve 2.00B tokens a day at 1k/1k, with at least 116 tok/s/user, at which cost" in words(
        sentences.question(published)
    )
    users = words(sentences.question(brief(library, **LONG, concurrent_users=2000.0)))
    assert "2,000 users at once at the peak" in users


def test_the_answer_names_platform_provider_price_and_break_even(published):
    said = words(*sentences.answer(published))
    for expected in ("HGX B200", "Together AI", "$4.99", "$174,850", "$2.87", "HGX B300", "$6.94"):
        assert expected in said
    assert "grows by 100% a year, so that it takes" in said


def test_an_answer_without_a_rival_says_that_there_is_no_price_to_compare_with(library):
    alone = brief(library, **UNPRICED, quotes=[QUOTE | {"platform": "mi355x"}])
    assert best(alone).offer.provider == "Example Cloud"
    assert "there is none to compare with" in words(*sentences.answer(alone))


def test_a_quote_is_the_answer_where_it_is_the_least(library):
    said = words(*sentences.answer(brief(library, **LONG, quotes=[QUOTE | {"price": 0.5}], tokens_per_day=5e9)))
    assert "GB300 NVL72 (1 × NVL72 rack) from Example Cloud, 1-year reserved, at $0.500 per GPU-hour" in said


def test_prices_are_called_what_they_are(library, published):
    assert "a list price is no offer" in words(*sentences.answer(published))
    quoted = words(*sentences.answer(brief(library, **LONG, quotes=[QUOTE | {"price": 0.5}], tokens_per_day=5e9)))
    assert "not an offer" not in quoted


def test_the_days_of_rows_and_prices_and_the_vintage_of_power_stand_together(published):
    said = words(sentences.basis(published))
    days = sorted(option.price.as_of for option in published.firm)
    assert f"public list prices of {days[0]} to {days[-1]}" in said
    assert "power of the vintage 2026-04" in said


def test_deployments_are_told_without_systems(library):
    assert "NVL72)" not in words(*sentences.answer(brief(library, purchase="deployments")))


def test_a_load_that_does_not_grow_is_told_as_such(library):
    assert "The load is not said to grow" in words(*sentences.answer(brief(library, growth_per_year=0.0)))


def test_an_absurd_load_is_answered_by_what_the_limits_leave_room_for(library):
    said = words(*sentences.answer(brief(library, **ABSURD)))
    assert "At none of the public list prices can 1,000,000B tokens a day be carried" in said
    assert "leaves room for 0.00983% of the load" in said


def test_a_platform_without_any_firm_price_is_told_as_such(library):
    assert "none of them is a price public" in words(*sentences.answer(brief(library, **UNPRICED)))


def test_a_limit_that_nobody_meets_is_answered_with_the_table_that_tells_why(library):
    said = words(*sentences.answer(brief(library, **NOBODY)))
    assert "No measured platform serves 1k/1k with at least 5,000 tok/s/user" in said
    assert "The table of platforms that cannot serve it" in said


def test_the_basis_counts_rows_prices_and_doubts(library, published):
    said = words(sentences.basis(published))
    doubted = sum(bool(fleet.doubts) for fleet in published.fleets.values())
    assert f"{len(published.fleets)} configurations measured by SemiAnalysis from 2" in said
    assert f"{doubted} of them at odds with themselves; {len(published.firm)} public list prices" in said
    assert sentences.basis(brief(library, **NOBODY)) is None


def test_a_worse_accuracy_is_cautioned_once_with_the_answer_or_below_it(library, published):
    assert "GSM8K" not in words(*sentences.cautions(published))
    suspect = ["mi355x mori-sglang fp4 mtp"]
    let_in = brief(library, suspect_series=suspect)
    caution = f"Instinct MI355X answered {let_in.fleets['mi355x'].accuracy.show()} of the questions of GSM8K"
    assert caution in words(*sentences.cautions(let_in))
    assert "GSM8K" not in words(*sentences.answer(let_in))
    quote = QUOTE | {"platform": "mi355x", "price": 0.01}
    cheap = brief(library, quotes=[quote], suspect_series=suspect)
    assert best(cheap).fleet.platform.key == "mi355x"
    assert caution in words(*sentences.answer(cheap))
    assert "GSM8K" not in words(*sentences.cautions(cheap))


def test_a_row_that_contradicts_itself_is_named(published):
    said = words(*sentences.cautions(published))
    for fleet in published.fleets.values():
        assert (f"The row of {fleet.platform.name} contradicts itself" in said) == bool(fleet.doubts)


def test_a_limit_that_ends_the_growth_is_told_with_its_months(library, published):
    assert sentences.ends(published) is None
    limited = brief(library, budget_per_month=2e5, power_limit=0.5, horizon=12)
    said = words(sentences.ends(limited)).splitlines()
    ending = [limit for limit in best(limited).limits if limit.months.number < 12]
    assert len(said) == len(ending) + 1
    assert said[-1].startswith("The budget pays for the GPUs of today")


def test_quotes_that_were_not_received_are_told_as_such(library, published):
    assert "states no quotes received" in words(sentences.no_quotes(published))
    assert sentences.no_quotes(brief(library, quotes=[QUOTE])) is None


def test_changes_are_counted_that_bring_another_platform(library, published):
    others = varied(published)
    here = best(published).fleet.platform
    changed = [one for one in others if best(one.brief) and best(one.brief).fleet.platform != here]
    said = words(sentences.changes(published, others))
    assert f"Under {len(changed)} of these {len(others)} changes" in said


def test_without_any_answer_the_changes_are_named_and_with_one_elsewhere_the_table_tells(library):
    nobody = brief(library, **NOBODY)
    fast = [variation for variation in varied(nobody) if "market" not in variation.change]
    assert "Under none of these changes" in words(sentences.changes(nobody, fast))
    assert sentences.changes(nobody, varied(nobody)) is None  # where the market is, many serve
    tight = brief(library, minimum_interactivity=320.0)
    others = varied(tight)
    answered = any(best(one.brief) for one in others)
    assert best(tight) is None
    assert answered
    assert sentences.changes(tight, others) is None


def test_five_questions_hold_the_buyer_s_limits_and_growth(library):
    said = words(sentences.questions(brief(library, **LONG, maximum_ttft_p99=5.0))).splitlines()
    assert len(said) == 5
    assert "at 8k/1k with all caches cold" in said[2]
    assert "a time to first token of at most 5 s for all but the slowest hundredth in every turn" in said[3]


def test_what_is_measured_before_signing_is_of_the_platform_of_the_answer(library, published):
    said = words(sentences.checks(published)).splitlines()
    assert len(said) == 6
    assert "GPUs on HGX B200" in said[0]
    assert len(words(sentences.checks(brief(library, **NOBODY))).splitlines()) == 3


def test_a_load_in_another_mix_says_how_it_was_sized(library, published):
    assert sentences.other_mix(published) is None
    other = brief(library, **LONG, input_tokens_per_day=1e9, output_tokens_per_day=1e9)
    assert "in another ratio than in requests of 8k/1k" in words(sentences.other_mix(other))
    same = brief(library, **LONG, input_tokens_per_day=8e9, output_tokens_per_day=1e9)
    assert sentences.other_mix(same) is None


def test_limits_and_load_are_said_as_the_buyer_stated_them(library):
    limits = limits_in_words(conditions(maximum_ttft_p99=2.5, minimum_accuracy=0.95))
    said = words(say("{limits}", limits=limits))
    assert said.startswith("at least 116 tok/s/user, a time to first token of at most 2.5 s for all but")
    assert said.endswith("and a GSM8K accuracy of at least 95.0%")
    load = load_in_words(brief(library, concurrent_users=5000.0).load)
    assert words(say("{load}", load=load)).startswith("5,000 users at once")
