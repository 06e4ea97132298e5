"""What stands behind the answer is said of those whom it concerns, and of nobody else."""

from dataclasses import replace

import pytest

from analysis.studies.attribution.software import by_framework
from analysis.studies.business import sentences
from analysis.studies.business.stated_returns import stated_cases, statement
from tests.support.shown import words


def test_the_mean_price_says_which_share_is_input(published):
    assert "50% of them input: $3.38 per million" in words(sentences.mean_price(published))


def test_the_economics_stand_at_the_speed_that_the_price_is_for(published, briefed):
    text = words(sentences.speed_of_the_seller(published))
    assert "36.0 tok/s/user, slower than the 116 asked for" in text
    assert "Of the public prices only that of Nebius is known to be for the speed that is asked for." in text
    assert published.conditions.minimum_interactivity == 36
    assert all(side["interactivity"].number >= 36 for side in published.sides)
    silent = briefed("no stated speed")
    assert "taken to be for the 116 tok/s/user" in words(sentences.speed_of_the_seller(silent))
    assert silent.conditions == silent.asked


def test_a_doubted_row_is_a_caution(published):
    first, *others = published.sides
    doubted = replace(first, row=first.row.copy())
    doubted.row["doubts"] = "prefill and decode do not add up"
    sound = [side for side in others if not side.row["doubts"]]
    (caution,) = sentences.doubted_rows(replace(published, sides=[doubted, *sound]))
    assert 'class="caution"' in caution.html
    assert f"{first.platform.name}: prefill and decode do not add up." in words(caution)


def test_platforms_that_do_not_serve_the_point_are_named(published, briefed):
    text = words(sentences.unserved(briefed("no stated speed")))
    assert "Instinct MI300X" in text
    assert "GB300 NVL72" not in text
    slow = briefed("slow")
    assert set(slow.by_key) == set(slow.library.with_rows)
    assert sentences.unserved(slow) is None


def test_platforms_without_a_public_capital_are_named(published, briefed):
    text = words(sentences.without_capital(briefed("another pair")))
    assert text == "No public figure of the capital: HGX H100, HGX B200, HGX B300, Instinct MI355X."
    owned = [returns.platform.key for returns in published.owned]
    with_capital = [side for side in published.sides if side.platform.key in owned]
    assert sentences.without_capital(replace(published, sides=with_capital)) is None


def test_software_is_told_by_its_range_and_of_the_two_platforms(published, library):
    gained = by_framework(library)
    told, own = sentences.software(published, gained)
    gains = [one.interactivity for one in gained if one.hardware in published.by_key]
    assert f"from {min(gains, key=lambda gain: gain.number).show()} (" in words(told)
    assert f"to {max(gains, key=lambda gain: gain.number).show()} (" in words(told)
    assert all(line.split(" with ")[0] in ("GB300 NVL72", "HGX H200") for line in words(own).splitlines())


def test_where_no_run_was_repeated_nothing_is_said_of_software(published, library):
    assert sentences.software(published, []) == []
    others = [one for one in by_framework(library) if one.framework not in {"dynamo-trt"}]
    assert len(sentences.software(replace(published, sides=published.sides), others)) == 1


def test_the_stated_return_is_told_as_printed_with_what_it_needs(published, library):
    stated = statement(library, "gb200")
    cases = stated_cases(published, stated)
    assert "$5 million GB200 NVL72 generates $75 million" in words(sentences.stated_return(published, stated, cases))
    assert "and no throughput of DeepSeek-R1-0528." in words(sentences.stated_return(published, stated, {}))
    *_, last = cases.values()
    factor = 75e6 / last["earned"].number
    text = words(sentences.needed_for_the_stated_return(stated, cases))
    assert float(text.split("product is at least ")[1].split("x")[0]) == pytest.approx(factor, rel=5e-3)


def test_the_returns_say_which_price_of_the_same_system_they_take(published, library):
    stated = statement(library, "gb200")
    said = words(sentences.at_the_stated_investment(published, stated))
    assert "take $3,300,000 for the same system" in said
    assert "At the stated $5 million the capital comes back after 1.04 months, not 0.684" in said
    assert "$2,310,000 per GPU, not $2,330,000" in said


def test_a_statement_at_the_price_of_the_returns_needs_no_word(published, library):
    stated = statement(library, "gb200")
    same = replace(stated, investment=replace(stated.investment, number=3_300_000.0))
    assert sentences.at_the_stated_investment(published, same) is None
    assert sentences.at_the_stated_investment(replace(published, owned=[]), stated) is None
