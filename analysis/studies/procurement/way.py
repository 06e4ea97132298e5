"""A way to serve a load: what it costs, what must be believed of it, and what it hangs on where it is not advised."""

from dataclasses import dataclass

import numpy as np

from analysis.library.values import Value
from analysis.studies.procurement.horizon import Path

API, RENTED, RESERVED, MIXED, OWNED = ("By API", "On demand", "Reserved", "Reserved base, peak on demand", "Owned")
NOT_FIRM, UNMEASURED, MODELED = "Not firm", "Measured too little", "Modeled price"


@dataclass(frozen=True, eq=False)
class Way:
    """One way to serve the load."""

    name: str
    what: str  # from whom and on what, in words; or why it has no figures
    gpus: Value | None = None  # of today; None where tokens are bought
    cost: Value | None = None  # of today's load, in USD/month; None where it has no figures
    total: Value | None = None  # over the horizon, in USD
    present: Value | None = None  # the same at the cost of capital, in USD
    power: Value | None = None  # of today, in MW; None where somebody else has it
    notice: str = ""  # how soon it can be left, in words
    believed: str = ""  # what must be believed, in words
    hangs_on: str = ""  # why it is not advised where it costs less than what is, in words
    ask: str = ""  # what to ask whom about that, in words
    path: Path | None = None  # the fleet over the horizon, where there is one
    assumed: str = ""  # what an owner is taken to pay, in words

    @property
    def amount(self) -> float:
        """The total, in USD; infinite where it is not known."""
        return self.total.number if self.total else np.inf


def rented(
    name: str, taken: Path, notice: str, believed: str, hangs_on: str = "", ask: str = "", whose: str = ""
) -> Way:
    """Return the way that an offer, or a modeled price, is."""
    option = taken.option
    fleet, offer = option.fleet, option.offer
    beyond = [limit.name for limit in option.limits if limit.room.number < fleet.deployments.number]
    if beyond:
        hangs_on = "; ".join(filter(None, [f"it is beyond your limit of {' and '.join(beyond)}", hangs_on]))
        ask = ask or "Ask whoever set the limit whether it can be raised"
    return Way(
        name, f"{fleet.platform.name}, {f'{offer.provider}, {offer.terms}' if offer else whose}", fleet.gpus,
        option.cost_per_month, taken.total, taken.present, fleet.megawatts(), notice, believed, hangs_on, ask, taken,
    )  # fmt: skip
