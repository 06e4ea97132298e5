"""What a ratio of two serving stacks is made of: factors that multiply to it, and how far their order matters."""

from analysis.attribution.along import along
from analysis.attribution.factors import Attribution, Factor, attribute
from analysis.attribution.orders import Orders, in_all_orders
from analysis.attribution.points import Point, points
from analysis.attribution.steps import KINDS, Step, change, paths, taken, waypoints, ways
from analysis.attribution.words import doubted, product, stands_on

__all__ = [
    "KINDS",
    "Attribution",
    "Factor",
    "Orders",
    "Point",
    "Step",
    "along",
    "attribute",
    "change",
    "doubted",
    "in_all_orders",
    "paths",
    "points",
    "product",
    "stands_on",
    "taken",
    "waypoints",
    "ways",
]
