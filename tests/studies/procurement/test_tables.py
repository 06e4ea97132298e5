"""The tables of a brief hold every platform and every offer, and say in their cells what there is no figure of."""

import pytest

from analysis.library.quantities import quantity
from analysis.library.values import Status, Value
from analysis.studies.procurement import tables
from analysis.studies.procurement.horizon import answer
from analysis.studies.procurement.tables.platforms import short
from tests.support.buyers import LONG, QUOTE, brief, varied
from tests.support.shown import heads, rows, words


@pytest.fixture(scope="module")
def published(library):
    return brief(library)


@pytest.fixture(scope="module")
def nobody(library):
    return brief(library, minimum_interactivity=5000.0)


def test_every_platform_is_sized_in_two_tables_or_told_in_the_third(library, published):
    sized = [row[0] for row in rows(tables.operating_points(published))]
    assert sized == [row[0] for row in rows(tables.fleets(published))]
    told = {row[0] for row in rows(tables.unserved(published))}
    assert {*sized, *told} == {platform.name for platform in library.platforms.values()}
    assert not told & {*sized}


def test_a_row_much_faster_than_asked_has_the_value_of_the_curve_beside_it(published):
    heads_of, shown = heads(tables.operating_points(published)), rows(tables.operating_points(published))
    assert heads_of[-1] == "On the curve at the speed asked (tok/s/GPU)"
    asked = published.conditions.minimum_interactivity
    for row in shown:
        is_fast = float(row[heads_of.index("Interactivity (tok/s/user)")]) > 1.15 * asked
        assert (row[-1] != "–") == is_fast
        if is_fast:
            assert float(row[-1]) >= float(row[heads_of.index("Throughput (tok/s/GPU)")])
    assert "GB200 NVL72" in [row[0] for row in shown if row[-1] != "–"]


def test_where_nobody_serves_the_load_only_the_reasons_are_a_table(nobody):
    assert tables.operating_points(nobody) is None
    assert tables.fleets(nobody) is None
    reasons = rows(tables.unserved(nobody))
    limited = [row[0] for row in reasons if row[1] == "cannot meet the limits"]
    assert limited == [platform.name for platform in nobody.library.with_rows.values()]
    assert {row[1] for row in reasons if row[0] not in limited} == {"not measured at these lengths"}


def test_a_platform_that_was_not_measured_has_no_limit_at_fault(library):
    early = brief(library, as_of="2025-10-01")
    unmeasured = [row for row in rows(tables.unserved(early)) if row[1] == "not measured until the cut-off day"]
    assert unmeasured
    assert all(row[2:] == ["–"] * 4 for row in unmeasured)


def test_power_is_told_once_for_vintages_that_agree(library, published):
    vintages = [head for head in heads(tables.fleets(published)) if head.startswith("MW, vintage")]
    powers = {tuple(library.power(key, vintage).number for key in published.fleets) for vintage in library.vintages}
    assert len(vintages) == len(powers) < len(library.vintages)


@pytest.mark.parametrize(("purchase", "note"), [("systems", "whole systems of its own"), ("deployments", "singly")])
def test_the_note_says_what_is_paid(library, purchase, note):
    shown = tables.fleets(brief(library, purchase=purchase))
    assert note in words(shown)
    assert (rows(shown)[0][2] == "–") == (purchase == "deployments")


def test_offers_are_all_told_the_least_costly_first(published, nobody):
    listed = rows(tables.offers(published))
    costs = [float(row[5]) for row in listed if row[5] != "–"]
    assert costs == sorted(costs)
    assert [row[5] for row in listed[len(costs) :]] == ["–"] * (len(listed) - len(costs))
    providers = " ".join(row[0] for row in listed)
    for provider in ("CoreWeave", "Nebius", "Nscale", "Together AI"):
        assert f"{provider}, " in providers
    assert "no public price" in {row[2] for row in listed}
    assert {row[7] for row in rows(tables.offers(nobody))} == {"SLA not met"}


def test_a_platform_without_a_firm_price_stands_at_a_modeled_one(published):
    modeled = {row[1] for row in rows(tables.offers(published)) if row[0].startswith("No provider: hyperscaler")}
    unpriced = {fleet.platform.name for key, fleet in published.fleets.items() if not published.cheapest(key)}
    assert modeled == unpriced
    assert "No provider: what the model of the vintage 2026-04 has" in words(tables.offers(published))


def test_a_quote_is_told_as_yours(library):
    listed = rows(tables.offers(brief(library, **LONG, quotes=[QUOTE])))
    assert [row[3] for row in listed if row[0].startswith("Example Cloud")] == ["your quote"]


def test_a_variation_totals_so_many_times_as_much(published):
    others = varied(published)
    for row, variation in zip(rows(tables.variations(published, others)), others, strict=True):
        assert row[0] == variation.change
        if taken := answer(variation.brief):
            times = float(row[4]) / answer(published).total.number
            assert float(row[4]) == pytest.approx(taken.total.number)
            assert float(row[5]) == pytest.approx(times)
        else:
            assert row[1:] == ["none within the limits", *["–"] * 4]


def test_without_an_answer_there_are_no_times_and_without_any_no_table(library, nobody):
    tight = brief(library, minimum_interactivity=320.0)
    listed = rows(tables.variations(tight, varied(tight)))
    assert {row[5] for row in listed} == {"–"}
    fast = [variation for variation in varied(nobody) if "market" not in variation.change]
    assert tables.variations(nobody, fast) is None


def test_features_are_told_of_every_platform_with_rows(library, published):
    listed = rows(tables.features(published))
    assert [row[0] for row in listed] == [platform.name for platform in library.with_rows.values()]
    assert heads(tables.features(published))[1:4] == [
        "FP4 over FP8", "MTP over none", "Disaggregated over aggregated",
    ]  # fmt: skip


def test_assumptions_hold_what_was_asked_and_nothing_that_was_measured(library):
    asked = brief(library, power_limit=3.0, maximum_ttft_median=20.0)
    listed = rows(tables.assumptions(asked))
    assert "measured" not in {row[3] for row in listed}
    assert {"parameter tokens_per_day", "parameter power_limit", "parameter maximum_ttft_median"} <= {
        row[5] for row in listed
    }


def test_a_count_that_would_burst_a_table_is_shortened_and_any_other_is_not():
    def count(number):
        return short(Value(number, quantity("fleet_gpus"), "it", Status.DERIVED)).show()

    assert count(48.0) == "48"
    assert count(999_999.0) == "999,999"
    assert count(23_435_616.0) == "23.4M"
