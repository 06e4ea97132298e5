"""The first answer says when renting is not the least costly way, and by when its quote can be signed."""

import datetime

from analysis.studies.procurement import sentences, tables
from tests.support.buyers import LONG, QUOTE, brief
from tests.support.shown import words

CHEAP = {f"{key}.capital_per_gpu": 1000.0 for key in ("h200", "b200", "gb200", "gb300")}
DEAR = {f"{key}.capital_per_gpu": 900_000.0 for key in ("h200", "b200", "gb200", "gb300")}


def answered(library, **changes):
    return words(*sentences.answer(brief(library, **LONG, **changes)))


def test_the_first_sentence_says_that_owning_costs_less_where_it_does(library):
    first = answered(library, finance=CHEAP).partition(" is $")[0]
    assert first.startswith("Renting, the least costly is")
    assert "owned GPUs would total $" in first


def test_where_no_other_way_costs_less_the_answer_is_what_to_sign(library):
    assert answered(library, finance=DEAR).startswith("What to sign now:")


def test_the_day_to_sign_by_is_the_last_day_of_the_quote(library):
    quote = QUOTE | {"price": 0.01, "platform": "b200", "term_months": 24}
    dates = {"expiry": datetime.date(2099, 12, 31), "start": datetime.date(2100, 1, 15)}
    said = answered(library, finance=DEAR, quotes=[quote | dates])
    assert "By when: sign by 2099-12-31" in said
    assert "service starts on 2100-01-15; it binds for 24 months." in said
    silent = answered(library, finance=DEAR, quotes=[quote])
    assert "states no last day to sign and no start: ask for it in writing" in silent


def test_a_list_price_has_no_day_to_sign_by(library):
    assert "By when: a list price has no last day" in answered(library, finance=DEAR)


def test_what_the_buyer_states_is_stated_in_the_table_of_assumptions(library):
    shown = words(tables.assumptions(brief(library, **LONG, horizon=24, growth_per_year=0.5)))
    by_figure = {line.split(" | ")[0]: line for line in shown.splitlines() if " | " in line}
    assert "| stated |" in by_figure["Growth per year, the buyer's load"]
    assert "| assumed |" in by_figure["Utilization at the peak, the buyer's load"]
