"""Deployments fill nodes and racks: none straddles two racks, none lacks a GPU, and no system is too many."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.library.values import counted_up
from analysis.studies.procurement.packing import purchase_of, unit

sizes = st.integers(1, 200)
systems = st.sampled_from([4, 8, 72])


# GPUs of a deployment and of a system; GPUs bought at once, and deployments in them.
@pytest.mark.parametrize(
    ("deployment", "system", "gpus", "held"),
    [
        (4, 8, 8, 2),  # two on a node
        (8, 8, 8, 1),
        (12, 8, 16, 1),  # one and a half nodes: two, of which four GPUs stand idle
        (16, 8, 16, 1),
        (44, 8, 48, 1),
        (36, 72, 72, 2),
        (38, 72, 72, 1),  # 34 GPUs of the rack stand idle
        (72, 72, 72, 1),
        (73, 72, 144, 1),
        (1, 72, 72, 72),
    ],
)
def test_deployments_stay_within_a_system_or_take_whole_ones(deployment, system, gpus, held):
    found = unit(deployment, system, "systems")
    assert (found.gpus, found.deployments) == (gpus, held)


@given(deployment=sizes, system=systems)
def test_a_purchase_is_whole_systems_that_hold_its_deployments_and_no_system_too_many(deployment, system):
    found = unit(deployment, system, "systems")
    assert found.gpus % system == 0
    assert found.deployments * deployment <= found.gpus
    assert found.gpus - found.deployments * deployment < max(deployment, system)


@given(deployment=sizes, system=systems)
def test_singly_rented_gpus_are_those_of_deployments(deployment, system):
    found = unit(deployment, system, "deployments")
    assert (found.gpus, found.deployments) == (deployment, 1)


@given(deployment=sizes, system=systems, wanted=st.integers(1, 10**9))
def test_purchases_hold_what_is_wanted_and_one_fewer_would_not(deployment, system, wanted):
    found = unit(deployment, system, "systems")
    count = float(found.count(wanted))
    assert count * found.deployments >= wanted
    assert (count - 1) * found.deployments < wanted


def test_units_of_many_deployments_are_those_of_each():
    each = np.array([4, 12, 38, 72])
    together = unit(each, 72, "systems")
    for place, deployment in enumerate(each):
        alone = unit(deployment, 72, "systems")
        assert together.gpus[place] == alone.gpus
        assert together.deployments[place] == alone.deployments


def gpus(number, key):
    return counted_up(number, key, "a platform", "", {})


@given(deployment=sizes, system=systems, needed=st.floats(0.001, 1e6))
def test_values_count_as_arrays_do(deployment, system, needed):
    smallest = purchase_of(gpus(deployment, "gpus"), gpus(system, "gpus_per_system"), "systems")
    whole, purchases = smallest.for_need(gpus(needed, "deployments_needed"))
    assert whole.number == np.ceil(needed * (1 - 1e-12))
    assert purchases.number == unit(deployment, system, "systems").count(whole.number)
    assert smallest.room(purchases).number >= needed * (1 - 1e-9)
    assert smallest.total(purchases).number % system == 0


@given(deployment=sizes, system=systems, within=st.floats(0, 1e6))
def test_what_is_bought_within_a_limit_keeps_it_and_one_more_would_not(deployment, system, within):
    smallest = purchase_of(gpus(deployment, "gpus"), gpus(system, "gpus_per_system"), "systems")
    purchases = smallest.within(gpus(within, "gpus_within"))
    assert smallest.total(purchases).number <= within * (1 + 1e-8)
    assert (purchases.number + 1) * smallest.gpus.number > within


def test_rounding_does_not_buy_a_system_for_a_rounding_error():
    smallest = purchase_of(gpus(8, "gpus"), gpus(8, "gpus_per_system"), "systems")
    whole, purchases = smallest.for_need(gpus(3 * (1 + 1e-13), "deployments_needed"))
    assert (whole.number, purchases.number) == (3, 3)


def test_the_trail_of_a_count_leads_to_what_it_was_made_from():
    smallest = purchase_of(gpus(12, "gpus"), gpus(8, "gpus_per_system"), "systems")
    _, purchases = smallest.for_need(gpus(2.5, "deployments_needed"))
    names = {value.quantity.key for value in smallest.total(purchases).trail()}
    assert {"gpus", "gpus_per_system", "deployments_needed", "deployments", "purchases_needed"} <= names
    assert purchases.note == "rounded up to a whole number"


def test_what_is_bought_within_a_limit_is_said_to_be_rounded_down():
    smallest = purchase_of(gpus(12, "gpus"), gpus(8, "gpus_per_system"), "systems")
    purchases = smallest.within(gpus(40, "gpus_within"))
    assert purchases.number == 2
    assert purchases.note == "rounded down to a whole number"


@pytest.mark.parametrize(("spares", "sites"), [(1, 1), (2, 1), (0, 2), (1, 2), (3, 3)])
@pytest.mark.parametrize("deployment", [4, 12, 38])
def test_each_site_carries_its_share_with_its_spare_deployments_in_whole_purchases(spares, sites, deployment):
    one = purchase_of(gpus(deployment, "gpus"), gpus(8, "gpus_per_system"), "systems")
    smallest = purchase_of(gpus(deployment, "gpus"), gpus(8, "gpus_per_system"), "systems", sites, spares)
    for needed in (0.3, 2.5, 7.0):
        at_a_site = math.ceil((math.ceil(needed / sites) + spares) / one.deployments.number) * one.gpus.number
        whole, purchases = smallest.for_need(gpus(needed, "deployments_needed"))
        assert smallest.total(purchases).number == smallest.gpus_for(needed) == sites * at_a_site
        assert smallest.room(purchases).number >= whole.number >= needed
