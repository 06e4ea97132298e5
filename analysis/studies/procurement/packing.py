"""In which units the GPUs of deployments are bought, how many deployments a unit holds, and how many it takes."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis import formulas
from analysis.library.quantities import quantity
from analysis.library.values import ROUNDING, Status, Value, counted_up, made
from analysis.studies.procurement.load import SUBJECT


@dataclass(frozen=True)
class Unit:
    """The smallest purchase: GPUs that are bought at once, and the deployments that they hold.

    A deployment of at most a system's GPUs stays within a system; a larger one takes whole systems of its own. What
    it leaves over of them is paid and idle: no row tells how a deployment does across racks, or beside a part of
    another one.
    """

    gpus: NDArray[np.float64]
    deployments: NDArray[np.float64]

    def count(self, deployments: ArrayLike) -> NDArray[np.float64]:
        """Return how many purchases hold so many whole deployments."""
        return np.asarray(
            np.ceil(formulas.purchases_needed(np.asarray(deployments), self.deployments) * (1 - ROUNDING))
        )


def unit(deployment_gpus: ArrayLike, gpus_per_system: float, purchase: str, sites: float = 1) -> Unit:
    """Return the unit that deployments of so many GPUs are bought in, in their shape.

    Args:
        deployment_gpus: GPUs of a deployment.
        gpus_per_system: GPUs of a node or rack.
        purchase: "systems", or "deployments" where only the GPUs of whole deployments are paid.
        sites: Sites that share the load evenly, each of which buys the same.
    """
    each = np.asarray(deployment_gpus, dtype=float)
    if purchase == "deployments":
        return Unit(each * sites, np.ones_like(each) * sites)
    gpus = np.ceil(each / gpus_per_system) * gpus_per_system
    return Unit(gpus * sites, np.maximum(1.0, np.floor(gpus_per_system / each)) * sites)


@dataclass(frozen=True)
class Purchase:
    """The smallest purchase of a platform, as values."""

    gpus: Value  # GPUs that are bought at once
    deployments: Value  # deployments that they hold
    of_systems: bool = True  # whether whole systems are paid
    # Deployments at all sites that may fail, bought beside those that carry the load; None without any.
    spare: Value | None = None

    def gpus_for(self, needed: ArrayLike) -> NDArray[np.float64]:
        """Return the GPUs of the whole purchases for so many deployments, unrounded, and the spare ones."""
        whole = np.ceil(np.asarray(needed) * (1 - ROUNDING)) + (self.spare.number if self.spare else 0)
        purchases = np.ceil(formulas.purchases_needed(whole, self.deployments.number) * (1 - ROUNDING))
        return np.asarray(purchases * self.gpus.number)

    def for_need(self, needed: Value) -> tuple[Value, Value]:
        """Return the whole deployments for so many, unrounded, and the purchases that hold them and the spare."""
        deployments = held = rounded(needed, "deployments")
        if self.spare:
            parts = {"carrying": deployments, "spare": self.spare}
            number = deployments.number + self.spare.number
            held = counted_up(number, "deployments", needed.subject, "carrying + spare", parts)
        unrounded = made(
            needed.subject, formulas.purchases_needed, deployments=held, deployments_per_purchase=self.deployments
        )
        return deployments, rounded(unrounded, "purchases")

    def within(self, gpus: Value) -> Value:
        """Return how often the purchase can be made with so many GPUs."""
        unrounded = made(gpus.subject, formulas.purchases_within, gpus_within=gpus, gpus_per_purchase=self.gpus)
        return rounded(unrounded, "whole_purchases", up=False)

    def room(self, purchases: Value) -> Value:
        """Return the deployments that so many purchases hold beside the spare ones."""
        name, each = purchases.subject, self.deployments
        held = made(name, formulas.fleet_deployments, purchases=purchases, deployments_per_purchase=each)
        if not self.spare:
            return held
        left, parts = max(0.0, held.number - self.spare.number), {"held": held, "spare": self.spare}
        return counted_up(left, "fleet_deployments", name, "held - spare", parts)

    def total(self, purchases: Value) -> Value:
        """Return the GPUs of so many purchases."""
        return made(purchases.subject, formulas.fleet_gpus, purchases=purchases, gpus_per_purchase=self.gpus)


def purchase_of(deployment: Value, system: Value, purchase: str, sites: int = 1, spares: int = 0) -> Purchase:
    """Return the smallest purchase for a deployment."""
    smallest = unit(deployment.number, system.number, purchase, sites)
    parts = {"GPUs of a deployment": deployment}
    if purchase == "systems":
        parts["GPUs of a system"] = system
    of_sites, of_spares = (
        Value(float(number), quantity(key), SUBJECT, Status.CHOSEN, place=f"parameter {key}")
        for key, number in (("sites", sites), ("spares", spares))
    )
    if sites > 1:
        parts["sites"] = of_sites
    given = {"spares": of_spares, "sites": of_sites}
    spare = counted_up(sites * spares, "spare_deployments", SUBJECT, "spares x sites", given) if spares else None
    name = deployment.subject
    return Purchase(
        counted_up(float(smallest.gpus), "gpus_per_purchase", name, "as few as hold a deployment", parts),
        counted_up(float(smallest.deployments), "deployments_per_purchase", name, "as many as it holds", parts),
        purchase == "systems",
        spare,
    )


def rounded(number: Value, key: str, up: bool = True) -> Value:
    """Return a value rounded up, or down, to a whole one; what is whole but for rounding stays as it is."""
    whole = math.ceil(number.number * (1 - ROUNDING)) if up else math.floor(number.number * (1 + ROUNDING))
    note = f"rounded {'up' if up else 'down'} to a whole number"
    return counted_up(whole, key, number.subject, note, {number.quantity.name: number})
