"""A way to serve a load: what it costs, what must be believed of it, and what it hangs on where it is not advised."""

from dataclasses import dataclass

import numpy as np

from analysis.library.values import Value
from analysis.studies.procurement.horizon import Path

API, RENTED, RESERVED, MIXED, OWNED = ("By API", "On demand", "Reserved", "Reserved base, peak on demand", "Owned")
NOT_FIRM, UNMEASURED, MODELED = "Not firm", "Measured too little", "Modeled price"


@dataclass(frozen=True, eq=False)
class Way:
    """One way to serve the load.

    Attributes:
        what: From whom and on what, in words; or why it has no figures.
        gpus: Of today; None where tokens are bought.
        cost: Of today's load, in USD/month; None where it has no figures.
        total: Over the horizon, in USD.
        present: The same at the cost of capital, in USD.
        power: Of today, in MW; None where somebody else has it.
        notice: How soon it can be left, in words.
        believed: What must be believed, in words.
        hangs_on: Why it is not advised where it costs less than what is, in words.
        ask: What to ask whom about that, in words.
        path: The fleet over the horizon, where there is one.
        assumed: What an owner is taken to pay, in words.
    """

    name: str
    what: str
    gpus: Value | None = None
    cost: Value | None = None
    total: Value | None = None
    present: Value | None = None
    power: Value | None = None
    notice: str = ""
    believed: str = ""
    hangs_on: str = ""
    ask: str = ""
    path: Path | None = None
    assumed: str = ""

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
