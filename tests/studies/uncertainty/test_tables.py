"""The tables of doubt agree with the draws and the exact derivatives that they are made of."""

import pytest

from analysis.comparison.token_prices import offer
from analysis.library.values import given
from analysis.studies.ownership.cost_model import RATIO
from analysis.studies.uncertainty import tables
from analysis.studies.uncertainty.doubts import doubts
from tests.support.owned import pair
from tests.support.shown import heads, rows, words


@pytest.fixture(scope="module")
def owned(library):
    return pair(library)


@pytest.fixture(scope="module")
def study(owned):
    return doubts(owned)


def test_elasticities_begin_with_the_strongest_and_leave_out_what_does_not_pull(owned, study):
    shown = tables.elasticities(owned, study)
    assert heads(shown) == ["Input", "HGX H200", "GB300 NVL72", "Cost ratio"]
    strengths = [max(abs(float(cell)) for cell in row[1:3]) for row in rows(shown)]
    assert strengths == sorted(strengths, reverse=True)
    assert min(strengths) > 0
    for _, baseline, subject, ratio in rows(shown):
        assert float(ratio) == pytest.approx(float(baseline) - float(subject), abs=1e-9)


def test_elasticities_stand_alone_where_there_is_no_ratio(library):
    alone = pair(library, subject="b300")
    assert heads(tables.elasticities(alone, doubts(alone))) == ["Input", "HGX H200"]
    unknown = pair(library, baseline="b200", subject="b300")
    assert "no capital is sourced" in words(tables.elasticities(unknown, None))


def test_ranges_hold_where_an_input_is_and_the_ratio_between_its_ends(study):
    listed = rows(tables.ranges(study))
    assert len(listed) == len(study.tornado(RATIO))
    assert {row[4] for row in listed} == {"lognormal", "discrete", "triangular", "uniform"}
    for name, low, base, high, kind, _, at_low, at_high in listed:
        if name.startswith("Network"):  # the modeled capital holds none yet
            assert float(base) == 0 < float(low) < float(high)
            continue
        assert kind == "discrete" or float(low) <= float(base) <= float(high)
        ends = sorted([float(at_low), float(at_high)])
        assert ends[0] <= study.owned.cost_ratio.number <= ends[1]


def test_bands_rise_and_hold_every_level_of_both_platforms(study):
    listed = rows(tables.bands(study))
    assert len(listed) == 1 + 4
    for _, *quantiles in listed:
        assert [float(cell) for cell in quantiles] == sorted(float(cell) for cell in quantiles)


def test_the_variance_that_is_not_listed_is_told_in_sum(study):
    shown, shares = tables.variance(study), study.shares(RATIO)
    small = [share["total"].number for share in shares.values() if share["total"].number < 1e-2]
    assert len(rows(shown)) + len(small) == len(shares)
    assert "The other inputs together make" in words(shown)
    assert any(value.number == sum(small) for value in shown.values)


def test_correlated_inputs_have_no_shares_of_variance(owned):
    pairs = [{"inputs": ["h200.utilization", "gb300.utilization"], "correlation": 0.9}]
    correlated = doubts(owned.under(correlations=pairs))
    assert tables.variance(correlated) is None


@pytest.mark.parametrize("make", [tables.ranges, tables.bands, tables.variance])
def test_without_doubts_about_a_modeled_cost_there_is_no_table(make):
    assert make(None) is None


def test_what_a_report_rests_on_is_what_its_tables_show(library, owned, study):
    price = offer(library, "Crusoe", None).blended(1024, 1024, 0.0)
    listed = {value.id for value in given(tables.rests_on(owned, study, price))}
    for shown in (tables.elasticities(owned, study), tables.bands(study)):
        sourced = [value for value in given(shown.values) if value.sources]
        assert {value.id for value in sourced} <= listed
