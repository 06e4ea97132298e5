"""Printed levels leave each throughput an interval, the same that the whole table implies, and only at its prices."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.studies.benchmark.targets import Target, compatible, target
from analysis.studies.claims.claim import jointly
from analysis.studies.claims.ledgers import ledger

BOX = Target((90.0, 100.0), (5500.0, 6500.0), ())
AMOUNT = st.floats(1, 1e5)


@pytest.fixture(scope="module")
def claims(library):
    return ledger(library)


def known(library, vintage="2026-04", tier="hyperscaler", pair=("h200", "gb300")):
    prices = {f"price_per_gpu_hour {key}": library.price(key, tier, vintage) for key in pair}
    return prices | {f"power_per_gpu {key}": library.power(key, vintage) for key in pair}


def test_intervals_are_those_that_the_table_as_a_whole_implies(library, claims):
    given_values = known(library)
    left = target(claims, "h200", "gb300", given_values)
    implied = jointly([claim for claim in claims if not claim.is_ratio], given_values).implied
    assert left.baseline == pytest.approx(implied["throughput_per_gpu h200"], rel=1e-9)
    assert left.subject == pytest.approx(implied["throughput_per_gpu gb300"], rel=1e-9)


def test_both_measured_throughputs_lie_in_what_the_publication_leaves(library, claims):
    left = target(claims, "h200", "gb300", known(library))
    assert left.departure(np.array(93.153164), np.array(5970.2614)) == 0
    assert left.baseline[1] / left.baseline[0] < 1.003
    assert {claim.quantity for claim in left.claims} == {
        "throughput_per_gpu",
        "throughput_per_megawatt",
        "cost_per_million_tokens",
    }


def test_only_the_prices_in_force_when_published_are_compatible(library, claims):
    assert list(compatible(library, claims, "h200", "gb300")) == [("2026-04", "hyperscaler")]


def test_later_prices_contradict_the_printed_levels(library, claims):
    assert target(claims, "h200", "gb300", known(library, "2026-08")) is None
    assert not jointly([claim for claim in claims if not claim.is_ratio], known(library, "2026-08")).feasible


def test_platforms_without_printed_levels_have_no_target(library, claims):
    assert target(claims, "b200", "mi355x", known(library, pair=("b200", "mi355x"))) is None
    assert target(claims, "h200", "gb200", known(library, pair=("h200", "gb200"))) is None
    assert compatible(library, claims, "b200", "mi355x") == {}
    assert target([], "h200", "gb300", known(library)) is None


def test_ratios_do_not_narrow_the_target(library, claims):
    levels = [claim for claim in claims if not claim.is_ratio]
    assert target(levels, "h200", "gb300", known(library)) == target(claims, "h200", "gb300", known(library))


def test_ends_are_values_of_the_platforms_and_their_sources(library, claims):
    left = target(claims, "h200", "gb300", known(library))
    ends = left.ends("HGX H200", "GB300 NVL72")
    assert [end.number for end in ends] == [*left.baseline, *left.subject]
    assert [end.subject for end in ends] == ["HGX H200", "HGX H200", "GB300 NVL72", "GB300 NVL72"]
    assert {source.id for end in ends for source in end.sources} == {"nvidia-tco-2026"}
    told = "throughput with which all printed levels can be true at once"
    assert [end.note for end in ends] == [f"lowest {told}", f"highest {told}"] * 2
    assert {(end.quantity.key, str(end.status), end.digits) for end in ends} == {("throughput_per_gpu", "derived", 4)}
    assert [claim.id for claim in left.claims] == [
        f"{what}-{platform}" for platform in ("h200", "gb300") for what in ("throughput", "power", "cost")
    ]


@pytest.mark.parametrize(
    ("baseline", "subject", "departure"),
    [
        (95, 6000, 0),
        (90, 6500, 0),
        (110, 6000, 0.1),
        (75, 6000, 0.2),
        (95, 5000, 0.1),
        (95, 13000, 1.0),
        (110, 13000, 1.0),
        (75, 5000, 0.2),
        (120, 5000, 0.2),
    ],
)
def test_departure_is_the_share_by_which_the_farther_throughput_lies_outside(baseline, subject, departure):
    assert BOX.departure(np.array(baseline), np.array(subject)) == pytest.approx(departure)


@given(AMOUNT, AMOUNT)
def test_departure_is_nothing_inside_only(baseline, subject):
    inside = 90 <= baseline <= 100 and 5500 <= subject <= 6500
    assert (BOX.departure(np.array(baseline), np.array(subject)) == 0) == inside


@given(AMOUNT, AMOUNT, st.floats(1.001, 2))
def test_excess_rises_and_shortfall_falls_with_the_throughputs(baseline, subject, more):
    before, after = np.array([baseline, subject]), np.array([baseline, subject]) * more
    assert BOX.excess(*after) > BOX.excess(*before)
    assert BOX.shortfall(*after) < BOX.shortfall(*before)
