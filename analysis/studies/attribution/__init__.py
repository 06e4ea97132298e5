"""What a ratio of two serving stacks is made of: factors that multiply to it, and how far their order matters."""

from analysis.studies.attribution.along import along
from analysis.studies.attribution.factors import Attribution, Factor, attribute, in_order
from analysis.studies.attribution.orders import Orders, in_all_orders
from analysis.studies.attribution.points import Point, points
from analysis.studies.attribution.steps import KINDS, Step, change, paths, taken, waypoints, ways
from analysis.studies.attribution.words import differing, doubted, product, stands_on, undoubted

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
    "differing",
    "doubted",
    "in_all_orders",
    "in_order",
    "paths",
    "points",
    "product",
    "stands_on",
    "taken",
    "undoubted",
    "waypoints",
    "ways",
]
