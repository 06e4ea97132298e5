"""The first answer says how many ways cost less than what it advises, and by when its quote can be signed."""

import datetime

from analysis.studies.procurement import sentences, tables
from analysis.studies.procurement.way import OWNED
from analysis.studies.procurement.ways import cheaper
from tests.support.buyers import LONG, QUOTE, brief
from tests.support.shown import words

CHEAP = {f"{key}.capital_per_gpu": 1000.0 for key in ("h200", "b200", "gb200", "gb300")}
DEAR = {f"{key}.capital_per_gpu": 900_000.0 for key in ("h200", "b200", "gb200", "gb300")}


def answered(library, **changes):
    return words(*sentences.answer(brief(library, **LONG, **changes)))


def test_the_first_sentence_says_how_many_ways_cost_less(library):
    for finance in (CHEAP, DEAR):
        found = brief(library, **LONG, finance=finance)
        first = words(*sentences.answer(found)).partition(":")[0]
        assert f"unless one of the {len(cheaper(found))} cheaper ways below proves to hold" in first
    assert OWNED in {way.name for way in cheaper(brief(library, **LONG, finance=CHEAP))}
    assert OWNED not in {way.name for way in cheaper(brief(library, **LONG, finance=DEAR))}


def test_a_spare_deployment_is_said_in_the_right_number(library):
    assert "Counted in: one spare deployment in case one fails." in answered(library, spares=1)
    two = answered(library, spares=2, sites=2)
    assert "2 spare deployments at each site in case as many fail and whole systems at each of 2 sites" in two


def test_what_users_get_off_the_peak_is_told_where_the_hours_are_stated(library):
    assert sentences.off_peak(brief(library, **LONG)) is None
    said = words(sentences.off_peak(brief(library, **LONG, day_shape="office hours")))
    speed = float(said.partition("gives ")[2].partition(" tok/s/user")[0])
    assert speed > LONG["minimum_interactivity"]
    flat = words(sentences.off_peak(brief(library, **LONG, day_shape="flat")))
    assert float(flat.partition("gives ")[2].partition(" tok/s/user")[0]) < speed


def test_the_day_to_sign_by_is_the_last_day_of_the_quote(library):
    quote = QUOTE | {"price": 0.01, "platform": "b200", "term_months": 24}
    dates = {"expiry": datetime.date(2099, 12, 31), "start": datetime.date(2100, 1, 15)}
    said = answered(library, finance=DEAR, quotes=[quote | dates])
    assert "By when: sign by 2099-12-31" in said
    assert "service starts on 2100-01-15; it binds for 24 months." in said
    silent = answered(library, finance=DEAR, quotes=[quote])
    assert "states no last day to sign and no start: ask for it in writing" in silent


def test_a_list_price_has_no_day_to_sign_by(library):
    assert "By when: a list price is no offer and has no last day" in answered(library, finance=DEAR)


def test_what_the_buyer_states_is_stated_in_the_table_of_assumptions(library):
    shown = words(tables.assumptions(brief(library, **LONG, horizon=24, growth_per_year=0.5)))
    by_figure = {line.split(" | ")[0]: line for line in shown.splitlines() if " | " in line}
    assert "| stated |" in by_figure["Growth per year, the buyer's load"]
    assert "| assumed |" in by_figure["Utilization at the peak, the buyer's load"]
