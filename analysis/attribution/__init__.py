"""What a ratio of two serving stacks is made of: factors that multiply to it, and how far their order matters."""

from analysis.attribution.along import along
from analysis.attribution.factors import Attribution, Factor, attribute
from analysis.attribution.orders import Orders, in_all_orders
from analysis.attribution.steps import KINDS, Step, change, paths, taken, waypoints, ways

__all__ = [
    "KINDS",
    "Attribution",
    "Factor",
    "Orders",
    "Step",
    "along",
    "attribute",
    "change",
    "in_all_orders",
    "paths",
    "taken",
    "waypoints",
    "ways",
]
