"""In which units the GPUs of deployments are bought, and how many deployments a unit holds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.procurement.made import ROUNDING


@dataclass(frozen=True)
class Unit:
    """The smallest number of GPUs that is bought at once, and the deployments that it holds.

    A deployment of at most a system's GPUs stays within a system; a larger one takes whole systems of its own. What
    it leaves over of them is paid and idle: no row tells how a deployment does across racks, or beside a part of
    another one.

    Attributes:
        gpus: GPUs of the unit.
        deployments: Deployments within it.
    """

    gpus: NDArray[np.float64]
    deployments: NDArray[np.float64]

    def count(self, deployments: ArrayLike) -> NDArray[np.float64]:
        """Return how many units hold so many deployments."""
        return np.asarray(np.ceil(np.asarray(deployments) / self.deployments * (1 - ROUNDING)))


def unit(deployment_gpus: ArrayLike, gpus_per_system: int, purchase: str) -> Unit:
    """Return the unit that deployments of so many GPUs are bought in, in their shape.

    Args:
        deployment_gpus: GPUs of a deployment.
        gpus_per_system: GPUs of a node or rack.
        purchase: "systems", or "deployments" where only the GPUs of whole deployments are paid.
    """
    each = np.asarray(deployment_gpus, dtype=float)
    if purchase == "deployments":
        return Unit(each, np.ones_like(each))
    return Unit(np.ceil(each / gpus_per_system) * gpus_per_system, np.maximum(1.0, np.floor(gpus_per_system / each)))
