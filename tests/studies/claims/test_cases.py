"""Statements are tried under the published conditions and under those that differ from them in one thing each."""

import pytest

from analysis.studies.claims.cases import (
    AS_ASKED,
    AS_PUBLISHED,
    changed_verdicts,
    ratios,
    recomputed,
    under_vintages,
    variants,
)
from analysis.studies.claims.evidence import Evidence
from analysis.studies.claims.ledgers import ledger
from tests.support.economies import conditions


@pytest.fixture(scope="module")
def chosen(library):
    return ratios(ledger(library))


def test_each_variant_departs_from_the_published_conditions_in_one_thing(library):
    published = conditions()
    for name, one in variants(library, published).items():
        departs = {
            field for field in type(published).model_fields if getattr(one, field) != getattr(published, field)
        }
        assert len(departs) == (name != AS_PUBLISHED)


def test_the_scenario_stands_last_where_it_asks_for_something_else(library):
    assert AS_ASKED not in variants(library, conditions())
    assert AS_ASKED not in variants(library, conditions(utilization=1.0, token_provider="Nebius"))
    assert list(variants(library, conditions(minimum_interactivity=35.0)))[-1] == AS_ASKED


def test_a_scenario_of_other_platforms_is_tried_on_those_of_the_statements(library):
    asked = conditions(baseline="b200", subject="mi355x", subject_price=9.0, minimum_interactivity=35.0)
    tried = variants(library, asked)[AS_ASKED]
    assert (tried.baseline, tried.subject, tried.subject_price) == ("h200", "gb300", None)
    assert tried.minimum_interactivity == 35


def test_there_is_one_ratio_for_each_quantity(chosen):
    assert [claim.id for claim in chosen] == [
        "price-ratio",
        "flops-ratio",
        "throughput-ratio",
        "power-ratio",
        "cost-ratio",
    ]


@pytest.mark.parametrize(
    ("changes", "power", "cost"),
    [({}, 52.80, 34.07), ({"vintage": "2026-07"}, 41.42, 34.07), ({"price_tier": "rental_3yr"}, 52.80, 25.90)],
)
def test_the_ratios_under_other_conditions(library, chosen, changes, power, cost):
    found = recomputed(library, chosen, conditions(**changes))
    assert found["throughput-ratio"].number == pytest.approx(64.09, abs=0.01)
    assert found["power-ratio"].number == pytest.approx(power, abs=0.01)
    assert found["cost-ratio"].number == pytest.approx(cost, abs=0.01)


def test_where_a_platform_misses_the_point_nothing_is_given(library, chosen):
    assert recomputed(library, chosen, conditions(minimum_interactivity=200.0)) == {}


def test_the_variants_are_the_vintages_and_the_price_tiers_each_under_its_name(library):
    found = variants(library, conditions(minimum_interactivity=35.0))
    assert list(found) == [
        "As published",
        "Prices and power of 2026-07",
        "Prices and power of 2026-08",
        "Prices and power of 2026-09",
        "Price: neocloud ownership",
        "Price: 3-year rental",
        "This scenario's point and prices",
    ]
    assert [one.vintage for one in found.values()] == ["2026-04", "2026-07", "2026-08", "2026-09", *["2026-04"] * 3]
    assert [one.price_tier for one in found.values()] == [
        *["hyperscaler"] * 4, "neocloud", "rental_3yr", "hyperscaler",
    ]  # fmt: skip


def test_each_vintage_is_compared_under_the_same_conditions(library):
    found = under_vintages(library, conditions(minimum_interactivity=50.0))
    assert list(found) == library.vintages
    for vintage, pair in found.items():
        assert pair.conditions == conditions(minimum_interactivity=50.0, vintage=vintage)


def test_a_verdict_that_stays_is_not_among_those_changed(library):
    claims, comparisons = ledger(library), under_vintages(library, conditions())
    published = Evidence(library, comparisons["2026-04"])
    changed = {claim.id: words for claim, words in changed_verdicts(claims, comparisons.values(), published)}
    assert changed["power-h200"] == ("reproduced", "superseded", "superseded", "superseded")
    assert changed["price-h200"] == ("reproduced", "reproduced", "superseded", "superseded")
    assert "throughput-ratio" not in changed
