"""What each offer costs for a load, which of them carry it within the limits, and at which price others would."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analysis import formulas
from analysis.library.values import Value, counted_up, made
from analysis.scenario import Parameters
from analysis.studies.procurement.fleet import Fleet
from analysis.studies.procurement.growth import Ceiling, binding, ceilings
from analysis.studies.procurement.load import Load
from analysis.studies.procurement.offers import Offer, billed


@dataclass(frozen=True, eq=False)
class Option:
    """A fleet at a price."""

    fleet: Fleet
    offer: Offer | None  # from whom; None where the price is a model's and nobody offers it
    price: Value  # of a GPU-hour, in USD/GPU/h
    cost_per_month: Value  # of the fleet, in USD/month
    cost_per_million_tokens: Value  # of the buyer's tokens, idle capacity included, in USD/Mtok
    limits: tuple[Ceiling, ...]  # what power and budget leave room for
    binding: str  # what decides the size of the fleet, in a word
    enough: bool = True  # whether the platform was measured well enough within the limits to be ranked

    @property
    def fits(self) -> bool:
        """Whether the fleet stays within power and budget."""
        return all(limit.room.number >= self.fleet.deployments.number for limit in self.limits)

    @property
    def firm(self) -> bool:
        """Whether somebody offers it and may not take it back."""
        return self.offer is not None and self.offer.firm

    @property
    def ranks(self) -> bool:
        """Whether it is ranked: a firm offer of what was measured enough."""
        return self.firm and self.enough


def option(
    fleet: Fleet, offer: Offer | None, price: Value, load: Load, conditions: Parameters, enough: bool = True
) -> Option:
    """Return a fleet at a price."""
    subject = offer.name if offer else fleet.platform.name
    cost, effective = fleet.cost(price, subject), price
    if offer and offer.bills_otherwise:
        note = "as the quote bills: its minimum of GPUs at least, and its egress"
        month = float(billed(conditions, offer, np.array([fleet.gpus.number]))[0])
        cost = counted_up(month, "cost_per_month", subject, note, {"price": price, "GPUs": fleet.gpus})
        effective = fleet.price_for(cost, subject)
    per_token = made(
        subject, formulas.delivered_cost_per_million_tokens, cost_per_month=cost, tokens_per_day=load.tokens_per_day
    )
    limits = ceilings(fleet, load, conditions, effective)
    return Option(fleet, offer, price, cost, per_token, limits, binding(fleet, load, conditions, limits), enough)


def ranked(options: Iterable[Option]) -> list[Option]:
    """Return the firm offers of what was measured enough that keep the limits, the least costly first."""
    within = [option for option in options if option.ranks and option.fits]
    return sorted(within, key=lambda option: option.cost_per_month.number)


def rival(fleet: Fleet, options: Iterable[Option]) -> Option | None:
    """Return the least costly firm offer on another platform that carries the load; None where there is none."""
    others = (option for option in ranked(options) if option.fleet.platform != fleet.platform)
    return next(others, None)


def break_even(fleet: Fleet, options: Iterable[Option]) -> Value | None:
    """Return the price at which a platform costs as much as the best offer on another one, in USD/GPU/h.

    Whole systems are in it on both sides. None where no other platform is offered.
    """
    other = rival(fleet, options)
    return fleet.price_for(other.cost_per_month) if other else None
