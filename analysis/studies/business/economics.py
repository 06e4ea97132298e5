"""What a GPU earns and costs on each platform when its tokens sell at a public price."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis import formulas
from analysis.comparison.contenders import Contender, contender
from analysis.errors import InputError
from analysis.formulas.steps import Formula, Step, inputs, run
from analysis.frontier import measured_operating_point
from analysis.frontier.crossings import highest_interactivity
from analysis.frontier.curves import Floats
from analysis.frontier.operating import overshoots
from analysis.library.choices import choice
from analysis.library.quantities import quantity
from analysis.library.sources import Library, Platform
from analysis.library.values import Status, Value, made
from analysis.scenario import Parameters
from analysis.studies.ownership.operating_costs import FLEET, fleet_utilization, utilization

ECONOMICS = (
    Step(formulas.delivered_throughput_per_gpu),
    Step(formulas.revenue_per_gpu_hour),
    Step(formulas.cost_per_million_tokens, renamed={"throughput_per_gpu": "delivered_throughput_per_gpu"}),
    Step(formulas.gross_profit_per_gpu_hour),
    Step(formulas.gross_margin),
    Step(formulas.least_utilization),
    Step(formulas.gpus_within_power, "gpus", {"facility_power_per_gpu": "power_per_gpu"}),
    Step(formulas.tokens_per_year),
    Step(formulas.revenue_per_megawatt_year),
)
"""From throughput, prices and utilization to what is earned, by the hour of a GPU and by the megawatt-year."""


@dataclass(frozen=True, eq=False)
class Economics:
    """What a platform earns and costs at a measured row."""

    contender: Contender
    row: pd.Series  # the measured row that it runs at
    # Everything given and every step of `ECONOMICS`, by name, and the row's `interactivity`.
    amounts: Mapping[str, Value]

    def __getitem__(self, name: str) -> Value:
        """Return an amount by its name."""
        return self.amounts[name]

    @property
    def platform(self) -> Platform:
        """The platform."""
        return self.contender.platform

    @property
    def earns(self) -> bool:
        """Whether anything is left of the price of a token."""
        return self["gross_margin"].number > 0

    def under(self, **changed: Value) -> "Economics":
        """Return the same with other givens, by name."""
        given = {name: self[name] for name in (*inputs(ECONOMICS), "interactivity")}
        return _economics(self.contender, self.row, {**given, **changed})

    def on_curve(self, interactivity: float) -> "Economics | None":
        """Return the same on the curve at a speed that is asked; None where the row is not much faster than that."""
        if not overshoots(self["interactivity"].number, interactivity):
            return None
        throughput = self.contender.at(interactivity)["throughput_per_gpu"]
        served = self.contender.place(interactivity, "where the curve is read")
        return self.under(throughput_per_gpu=throughput, interactivity=served)

    def margin(self, interactivity: ArrayLike) -> Floats:
        """Return the gross margin at each interactivity (tok/s/user), in its shape; NaN where it was not measured."""
        throughput = self.contender.curve(interactivity)
        delivered = formulas.delivered_throughput_per_gpu(throughput, self["utilization"].number)
        cost = formulas.cost_per_million_tokens(self["price_per_gpu_hour"].number, delivered)
        return np.asarray(formulas.gross_margin(self["token_price"].number, cost))

    @property
    def fastest(self) -> Value | None:
        """The highest interactivity at which the cost of a token is within its price; None where it is nowhere."""
        # Throughput and cost per token are inverse: a curve falls below the needed one where cost exceeds the price.
        needed = (
            self["throughput_per_gpu"].number * self["cost_per_million_tokens"].number / self["token_price"].number
        )
        reached = highest_interactivity(self.contender.curve, needed)
        if np.isnan(reached):
            return None
        about = {name: self[name] for name in ("cost_per_million_tokens", "token_price", "throughput_per_gpu")}
        return Value(
            reached, quantity("interactivity"), self.platform.name, Status.INTERPOLATED, inputs=about,
            note="where the curve through the measured rows meets the throughput at which cost and price are equal",
        )  # fmt: skip


def economics(library: Library, conditions: Parameters, token_price: Value, utilization: Value) -> list[Economics]:
    """Return the unit economics of every platform that serves the scenario's point, in the library's order.

    Each runs at its measured row of highest throughput at or above the interactivity.

    Raises:
        InputError: No platform serves the point.
    """
    sides, refused = [], []
    for hardware in library.with_rows:
        try:
            side = contender(library, conditions, hardware)
            sides.append(_at_point(library, side, conditions, token_price, utilization))
        except InputError as error:  # not measured for this workload, or not that fast
            refused.append(f"\n  {error}")
    if not sides:
        raise InputError(
            f"no platform was measured at {conditions.minimum_interactivity:g} tok/s/user or more with "
            f"{conditions.input_tokens}/{conditions.output_tokens} input/output tokens until {conditions.as_of}:"
            + "".join(refused)
        )
    return sides


def utilizations(library: Library, conditions: Parameters) -> list[Value]:
    """Return the utilization that the scenario asks for, else the estimate, then the ends of the estimate's range."""
    base = utilization(library, conditions)
    low, _, high = fleet_utilization(library).spread
    ends = [
        replace(end, subject=f"{FLEET}, {which} end of the estimate") for which, end in (("low", low), ("high", high))
    ]
    return [base, *(end for end in ends if end.number != base.number)]


def _at_point(
    library: Library, side: Contender, conditions: Parameters, token_price: Value, utilization: Value
) -> Economics:
    row = measured_operating_point(side.curve, conditions.minimum_interactivity)
    measured = side.measured(row)
    given = {
        "throughput_per_gpu": measured["throughput_per_gpu"],
        "interactivity": measured["interactivity"],
        "price_per_gpu_hour": side.price,
        "power_per_gpu": side.power,
        "token_price": token_price,
        "utilization": utilization,
        "availability": choice("availability", "unit economics", library.folder),
        "site_power": choice("site_power", "unit economics", library.folder),
    }
    return _economics(side, row, given)


def _economics(side: Contender, row: pd.Series, given: Mapping[str, Value]) -> Economics:
    def apply(formula: Formula, arguments: Mapping[str, Value]) -> Value:
        # Token price and utilization are the same for all platforms: what they make here is of this one.
        return made(side.platform.name, formula, **arguments)

    return Economics(side, row, run(ECONOMICS, given, apply))
