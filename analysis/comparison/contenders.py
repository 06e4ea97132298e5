"""What a platform delivers under a scenario's conditions, in every metric, at any interactivity."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from inspect import signature
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis import formulas
from analysis.frontier import ANY, PlatformCurve
from analysis.frontier.constraints import Constraints
from analysis.frontier.curves import Floats
from analysis.frontier.operating import library_curve, throughput_at
from analysis.library.quantities import quantity
from analysis.library.sources import Library, Platform
from analysis.library.terms import counts
from analysis.library.values import Status, Value, calculate
from analysis.scenario import Parameters

MADE: dict[str, Callable[..., Any] | None] = {
    "throughput_per_gpu": None,
    "cost_per_million_tokens": formulas.cost_per_million_tokens,
    "throughput_per_megawatt": formulas.throughput_per_megawatt,
}
"""The metrics that serving decides, each with the formula that makes it from throughput, price and power."""


@dataclass(frozen=True, eq=False)
class Contender:
    """A platform serving one workload.

    Attributes:
        library: The figures that it rests on.
        curve: Its throughput against interactivity.
        price: Of a GPU-hour, in USD/GPU/h.
        power: Per GPU, in kW/GPU.
        kinds: What its throughput counts.
    """

    library: Library
    curve: PlatformCurve
    price: Value
    power: Value
    kinds: Mapping[str, str]

    @property
    def platform(self) -> Platform:
        """The platform."""
        return self.library.platform(self.curve.hardware)

    def at(self, interactivity: float) -> dict[str, Value]:
        """Return every metric at an interactivity (tok/s/user), by quantity; empty where it was not measured."""
        throughput = throughput_at(self.library, self.curve, interactivity, self.kinds)
        return self._metrics(throughput) if throughput else {}

    def place(self, interactivity: float, words: str) -> Value:
        """Return an interactivity of the curve as a value.

        Args:
            interactivity: In tok/s/user.
            words: What is there.
        """
        return Value(interactivity, quantity("interactivity"), self.platform.name, Status.DERIVED, note=words)

    def measured(self, row: pd.Series) -> dict[str, Value]:
        """Return every metric of a measured row of the curve, and its interactivity, by quantity."""
        throughput = self.library.measured(row, "throughput", "throughput_per_gpu", self.kinds)
        speed = self.library.measured(row, "interactivity", "interactivity", {})
        return {**self._metrics(throughput), "interactivity": speed}

    def metric(self, key: str, interactivity: ArrayLike) -> Floats:
        """Return a metric at each interactivity, in its unit and their shape; NaN where it was not measured.

        Args:
            key: Key of the quantity, one of `MADE`.
            interactivity: In tok/s/user.
        """
        numbers = {
            "throughput_per_gpu": self.curve(interactivity),
            "price_per_gpu_hour": self.price.number,
            "power_per_gpu": self.power.number,
        }
        formula = MADE[key]
        if formula is None:
            return np.asarray(numbers[key])
        return np.asarray(formula(**{name: numbers[name] for name in signature(formula).parameters}))

    def _metrics(self, throughput: Value) -> dict[str, Value]:
        given: dict[str, Any] = {
            "throughput_per_gpu": throughput,
            "price_per_gpu_hour": self.price,
            "power_per_gpu": self.power,
        }
        return {
            key: calculate(formula, **{name: given[name] for name in signature(formula).parameters})
            if formula
            else given[key]
            for key, formula in MADE.items()
        }


def contender(
    library: Library,
    conditions: Parameters,
    hardware: str,
    *,
    lengths: tuple[int, int] | None = None,
    as_of: date | None = None,
    constraints: Constraints = ANY,
) -> Contender:
    """Return a platform under a scenario's conditions.

    Args:
        library: The figures.
        conditions: Workload, cut-off day, accuracy, vintage and prices.
        hardware: Key of the platform.
        lengths: Input and output tokens, where they are not the scenario's.
        as_of: Last day whose rows count, where it is not the scenario's.
        constraints: What else the configurations must satisfy.

    Raises:
        InfeasibleError: A constraint leaves no row.
        InputError: The platform was not measured at this workload, or has no price or power.
    """
    input_tokens, output_tokens = lengths or (conditions.input_tokens, conditions.output_tokens)
    curve = library_curve(
        library,
        hardware,
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        as_of=as_of or conditions.as_of,
        constraints=constraints.narrowed({"minimum_accuracy": conditions.minimum_accuracy}),
    )
    power = library.power(hardware, conditions.vintage)
    return Contender(library, curve, price(library, conditions, hardware), power, counts(input_tokens, output_tokens))


def price(library: Library, conditions: Parameters, hardware: str) -> Value:
    """Return the price of a platform's GPU-hour: the scenario's own where it states one, else that of its tier."""
    own = {conditions.baseline: "baseline_price", conditions.subject: "subject_price"}.get(hardware, "")
    amount = getattr(conditions, own) if own else None
    if amount is None:
        return library.price(hardware, conditions.price_tier, conditions.vintage)
    name = library.platform(hardware).name
    return Value(amount, quantity("price_per_gpu_hour"), name, Status.ASSUMED, place=f"parameter {own}")
