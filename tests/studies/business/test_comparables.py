"""What a brief is held against is dated, of all chips of the data, and says what is only claimed."""

import pytest

from analysis.studies.business import sentences, tables
from analysis.studies.business.comparables import evidence
from analysis.studies.procurement.offers import offers
from tests.support.economies import conditions
from tests.support.shown import rows, words


@pytest.fixture(scope="module")
def known(library, judged):
    return {each.platform.key: each for each in evidence(library, judged)}


def test_what_is_measured_is_told_apart_from_what_is_supplied_or_only_claimed(known):
    kinds = {key: each.kind for key, each in known.items()}
    assert kinds["mi355x"] == kinds["tpuv7"] == "measured"
    assert kinds["jalapeno"] == "supplied by its vendor, no public run"
    assert kinds["vr200"] == "only claimed"
    assert known["jalapeno"].measured == 0 < known["jalapeno"].supplied


def test_rents_have_their_provider_and_day(library):
    shown = {row[0]: row for row in rows(tables.rents(offers(library, conditions())))}
    assert shown["GB200 NVL72"][2:4] == ["10.5", "CoreWeave, on-demand, 2026-09-20"]
    for row in shown.values():
        assert row[2] == "–" or float(row[2]) <= float(row[4])
    assert "Asked for and not published: GB300 NVL72." in words(tables.rents(offers(library, conditions())))


def test_prices_of_all_models_stand_in_the_order_of_their_days(library):
    shown = rows(tables.price_history(library))
    assert [row[0] for row in shown] == sorted(row[0] for row in shown)
    assert {"DeepSeek, DeepSeek-R1", "MiniMax, MiniMax-M3"} <= {row[1] for row in shown}


def test_each_consideration_names_a_platform_and_a_figure(published, claim):
    lines = words(sentences.considerations(published, claim)).splitlines()
    names = [platform.name for platform in published.library.platforms.values()]
    assert len(lines) == 5
    for line in lines:
        assert any(name in line for name in names)
        assert any(sign in line for sign in ("$", "x "))
    assert len(words(sentences.considerations(published, None)).splitlines()) == 4
