"""What a platform delivers under a scenario's conditions, in every metric, at any interactivity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import call

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.comparison.metrics import level, levels
from analysis.frontier import ANY, PlatformCurve
from analysis.frontier.constraints import Constraints
from analysis.frontier.curves import Floats
from analysis.frontier.operating import library_curve, throughput_at
from analysis.library.quantities import OWN_PRICE, counts, quantity
from analysis.library.sources import Library, Platform
from analysis.library.values import Status, Value, calculate
from analysis.scenario import Parameters

LIMITS = ("minimum_accuracy", "minimum_interactivity_p99", "maximum_ttft_median", "maximum_ttft_p99")
"""The limits of a scenario that each row of a platform keeps, beside the interactivity that is asked."""


@dataclass(frozen=True, eq=False, repr=False)
class Contender:
    """A platform serving one workload.

    Attributes:
        library: The library that its rows, price and power come from.
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

    def __repr__(self) -> str:
        """Platform, price and curve, on a line."""
        return f"<{self.platform.name} at {self.price}: {self.curve}>"

    @property
    def platform(self) -> Platform:
        """The platform."""
        return self.library.platform(self.curve.hardware)

    @property
    def given(self) -> dict[str, Value]:
        """Price and power, by quantity."""
        return {"price_per_gpu_hour": self.price, "power_per_gpu": self.power}

    def throughput(self, interactivity: float) -> Value | None:
        """Return the throughput at an interactivity (tok/s/user), in tok/s/GPU; None where nothing serves it."""
        return throughput_at(self.library, self.curve, interactivity, self.kinds)

    def at(self, interactivity: float) -> dict[str, Value]:
        """Return every metric at an interactivity (tok/s/user), by quantity; empty where nothing serves it."""
        throughput = self.throughput(interactivity)
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
            key: Key of the quantity, a metric that serving decides.
            interactivity: In tok/s/user.
        """
        return self._level(key, self.curve(interactivity))

    def bracket(self, key: str, interactivity: ArrayLike) -> tuple[Floats, Floats]:
        """Return between which levels of a metric the measured rows put the curve, the lower ones first.

        Arguments as for `metric`.
        """
        ends = [self._level(key, row) for row in self.curve.rows_around(interactivity)]
        return np.minimum(*ends), np.maximum(*ends)

    def _level(self, key: str, throughput: Floats) -> Floats:
        given = {name: value.number for name, value in self.given.items()}
        return np.asarray(level(key, {**given, "throughput_per_gpu": throughput}, call))

    def _metrics(self, throughput: Value) -> dict[str, Value]:
        return levels({**self.given, "throughput_per_gpu": throughput}, calculate)


def contender(
    library: Library,
    conditions: Parameters,
    hardware: str,
    *,
    role: str = "",
    lengths: tuple[int, int] | None = None,
    as_of: date | None = None,
    constraints: Constraints = ANY,
) -> Contender:
    """Return a platform under a scenario's conditions.

    Args:
        library: The library of rows, prices and powers.
        conditions: Workload, cut-off day, accuracy, vintage and prices.
        hardware: Key of the platform.
        role: "baseline" or "subject", where the platform may be both.
        lengths: Input and output tokens, where they are not the scenario's.
        as_of: Last day whose rows count, where it is not the scenario's.
        constraints: Constraints besides those of the scenario.

    Raises:
        InfeasibleError: A constraint leaves no row.
        InputError: The platform was not measured at this workload, or has no price or power.
    """
    asked, day = lengths or (conditions.input_tokens, conditions.output_tokens), as_of or conditions.as_of
    curve = library_curve(library, hardware, asked, as_of=day, constraints=answering(conditions, constraints))
    paid, power = price(library, conditions, hardware, role), library.power(hardware, conditions.vintage)
    return Contender(library, curve, paid, power, counts(library.model, *asked))


def answering(conditions: Parameters, constraints: Constraints = ANY) -> Constraints:
    """Return which rows may answer under a scenario: within its limits, and of a suspect series only where named."""
    return constraints.narrowed(
        {name: getattr(conditions, name) for name in LIMITS}
        | {"suspect_series": tuple(conditions.suspect_series), "origin": tuple(conditions.origin) or None}
    )


def unpriced(library: Library, conditions: Parameters) -> list[str]:
    """Return the names of the platforms measured at the workload whose price or power the vintage does not know."""
    rows = library.benchmark
    asked = (rows["input_tokens"] == conditions.input_tokens) & (rows["output_tokens"] == conditions.output_tokens)
    measured = set(rows["hardware"][asked & (rows["date"] <= pd.Timestamp(conditions.as_of))])
    return [
        platform.name
        for key, platform in library.platforms.items()
        if key in measured
        and not (known_price(library, conditions, key) and library.known_power(key, conditions.vintage))
    ]


def price(library: Library, conditions: Parameters, hardware: str, role: str = "") -> Value:
    """Return the price of a platform's GPU-hour, in USD/GPU/h, where there must be one; see `known_price`.

    Raises:
        InputError: The scenario states none, and its vintage has none in its tier.
    """
    known = known_price(library, conditions, hardware, role)
    return known or library.price(hardware, conditions.price_tier, conditions.vintage)


def known_price(library: Library, conditions: Parameters, hardware: str, role: str = "") -> Value | None:
    """Return the price of a platform's GPU-hour: the scenario's own where it states one, else that of its tier.

    In USD/GPU/h; None where the vintage has none.

    Args:
        library: The library of rows, prices and powers.
        conditions: Platforms, vintage, tier and own prices.
        hardware: Key of the platform.
        role: "baseline" or "subject", where the platform may be both; else it is told by the key.
    """
    roles = {conditions.subject: "subject", conditions.baseline: "baseline"}
    own = f"{role or roles.get(hardware)}_price"
    amount = getattr(conditions, own, None)
    if amount is None:
        return library.known_price(hardware, conditions.price_tier, conditions.vintage)
    return Value(
        amount, quantity("price_per_gpu_hour"), library.platform(hardware).name, Status.ASSUMED,
        {"price": OWN_PRICE}, place=f"parameter {own}",
    )  # fmt: skip
