"""How a sweep judges a ratio: by thresholds, or by whether it is as a printed figure says."""

from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from analysis.comparison.metrics import METRICS, OPERATION, made_from, ratio_of
from analysis.errors import InputError, nearest
from analysis.frontier.curves import Floats
from analysis.library.loading.fields import Positive
from analysis.library.sources import Library
from analysis.machinery.sweep.design import Codes
from analysis.studies.claims.ledgers import DEFAULT, ledger

COST, LEVELIZED = "cost_per_million_tokens", "levelized_"
"""Prefix of the names of results that are made from the levelized price in place of the price."""
UNKNOWN, NO_CLAIM = "not measured", "no such statement"
PLACES = ("below the printed figure", "as printed", "above the printed figure")
Threshold = Annotated[Positive, Field(le=1e6)]


class Asked(BaseModel):
    """What a grid file asks for: thresholds of a ratio, or a published statement."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    ratio: str = ratio_of(COST)
    thresholds: Annotated[list[Threshold], Field(min_length=1, max_length=50)] = [1.0, 10.0, 35.0, 50.0]
    claim: str = ""
    ledger: str = DEFAULT


def compared_columns() -> dict[str, str]:
    """Return the columns of a side that are compared with the other's, each with the metric that it holds."""
    return {key: key for key in made_from(OPERATION)} | {LEVELIZED + COST: COST}


def ratio_columns() -> dict[str, str]:
    """Return the columns of ratios, each with the metric that it compares."""
    return {ratio_of(column): key for column, key in compared_columns().items()}


@dataclass(frozen=True)
class VerdictRule:
    """How a ratio gets the word that judges it."""

    ratio: str  # the ratio that is judged, one of `ratios`
    edges: tuple[float, ...]  # rising ratios at which the word changes; at the edge the next word holds
    # One more than edges, then the words for a ratio that was not measured and for one of another pair.
    words: tuple[str, ...]
    pair: tuple[str, str] | None = None  # baseline and subject of the statement; empty where any pair is judged

    def codes(self, ratio: Floats, of_pair: bool | NDArray[np.bool_] = True) -> Codes:
        """Return the position of each ratio's word among the words, in its shape."""
        positions = np.searchsorted(self.edges, ratio, side="right")
        positions = np.where(np.isnan(ratio), len(self.edges) + 1, positions)
        return np.where(of_pair, positions, len(self.edges) + 2).astype(np.int16)


def verdict_rule(library: Library, asked: Asked, place: str) -> VerdictRule:
    """Return how ratios are judged.

    Raises:
        InputError: No such ratio or statement, or thresholds that do not rise.
    """
    if asked.claim:
        return _of_claim(library, asked, place)
    if asked.ratio not in ratio_columns():
        raise InputError(f"{place}: verdict: unknown ratio {asked.ratio!r}; {nearest(asked.ratio, ratio_columns())}")
    edges = tuple(asked.thresholds)
    if any(low >= high for low, high in pairwise(edges)):
        raise InputError(f"{place}: verdict: thresholds: found {asked.thresholds}, allowed are rising numbers")
    between = [f"{low:g} to {high:g}" for low, high in pairwise(edges)]
    words = (f"below {edges[0]:g}", *between, f"{edges[-1]:g} or more", UNKNOWN, NO_CLAIM)
    return VerdictRule(asked.ratio, edges, words)


def _of_claim(library: Library, asked: Asked, place: str) -> VerdictRule:
    claims = {claim.id: claim for claim in ledger(library, asked.ledger) if claim.is_ratio}
    if asked.claim not in claims:
        raise InputError(f"{place}: verdict: no ratio {asked.claim!r}; {nearest(asked.claim, claims)}")
    claim = claims[asked.claim]
    judged = made_from(OPERATION)
    if claim.quantity not in judged:
        raise InputError(f"{place}: verdict: {asked.claim} is of {claim.quantity}; {nearest(claim.quantity, judged)}")
    low, high = claim.figure.interval
    # A statement's figure is that of its subject over that of its baseline, whichever is ahead.
    turned = METRICS[claim.quantity].is_turned
    pair = (claim.subject, claim.baseline) if turned else (claim.baseline, claim.subject)
    # The interval's own upper end still reads as printed.
    edges = (low, np.nextafter(high, inf)) if high < inf else (low, inf)
    return VerdictRule(ratio_of(claim.quantity), edges, (*PLACES, UNKNOWN, NO_CLAIM), pair)
