"""Two platforms at one operating point each: the levels of every metric, and their ratios."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from inspect import signature
from typing import Any

import pandas as pd

from analysis import formulas
from analysis.frontier import measured_operating_point
from analysis.frontier.constraints import Constraints
from analysis.frontier.operating import library_curve
from analysis.library.quantities import quantity
from analysis.library.sources import Library, Platform
from analysis.library.terms import counts
from analysis.library.terms import workload as workload
from analysis.library.values import Status, Value, calculate, given
from analysis.scenario import Parameters

METRICS: dict[str, Callable[..., Any] | None] = {
    "price_per_gpu_hour": None,
    "flops_per_dollar": formulas.flops_per_dollar,
    "throughput_per_gpu": None,
    "throughput_per_megawatt": formulas.throughput_per_megawatt,
    "cost_per_million_tokens": formulas.cost_per_million_tokens,
}
INPUT_METRICS = ("price_per_gpu_hour", "flops_per_dollar")
SUBJECT_BELOW = ("cost_per_million_tokens", "energy_per_token")
FLOPS_KINDS = ("precision", "sparsity")
OWN_PRICE = "own price"


@dataclass(frozen=True)
class Side:
    """One platform of a comparison.

    Attributes:
        platform: The platform.
        row: The measured row that it stands on.
        given: What is given: price, power, throughput, interactivity, peak rate, by quantity.
    """

    platform: Platform
    row: pd.Series
    given: Mapping[str, Value]

    @cached_property
    def levels(self) -> dict[str, Value]:
        """Every metric of the platform, by quantity: given, or computed from what is given, where all of it is."""
        found = {}
        for key, formula in METRICS.items():
            names = signature(formula).parameters if formula else [key]
            if all(name in self.given for name in names):
                inputs = {name: self.given[name] for name in names}
                found[key] = calculate(formula, mixing=(), **inputs) if formula else self.given[key]
        return found


@dataclass(frozen=True)
class HeadToHead:
    """A subject beside a baseline, under the conditions asked for."""

    baseline: Side
    subject: Side
    conditions: Parameters

    @property
    def sides(self) -> tuple[Side, Side]:
        """Baseline and subject."""
        return self.baseline, self.subject

    @property
    def names(self) -> dict[str, Any]:
        """The platforms as text names them, by role: what sentences and captions take."""
        return {"baseline": self.baseline.platform.name, "subject": self.subject.platform.name}

    @property
    def lengths(self) -> str:
        """The sequence lengths as the field says them, such as 1k/1k."""
        return workload(self.conditions.input_tokens, self.conditions.output_tokens)

    @property
    def metrics(self) -> list[str]:
        """The metrics that both sides have."""
        return [key for key in METRICS if all(key in side.levels for side in self.sides)]

    @property
    def values(self) -> list[Value]:
        """Every ratio, and everything given of both sides."""
        return [*map(self.ratio, self.metrics), *(value for side in self.sides for value in side.given.values())]

    @property
    def floor(self) -> Value:
        """The interactivity that each user gets at least, in tok/s/user, as the scenario asks."""
        asked, place = self.conditions.minimum_interactivity, "parameter minimum_interactivity"
        return Value(asked, quantity("interactivity"), "floor", Status.CHOSEN, place=place, printed=f"{asked:g}")

    def _repr_html_(self) -> str:
        """Levels and ratios as a table, for Jupyter."""
        from analysis.comparison.head_to_head import frame

        return str(frame(self).to_html(float_format="{:,.4g}".format))

    def levels(self, key: str) -> tuple[Value, Value]:
        """Return a metric's level of the baseline and of the subject."""
        return self.baseline.levels[key], self.subject.levels[key]

    def ratio(self, key: str) -> Value:
        """Return how many times the subject's level is the baseline's; for cost and energy the other way round."""
        before, after = self.levels(key)
        numerator, denominator = (before, after) if key in SUBJECT_BELOW else (after, before)
        return calculate(formulas.ratio, mixing=self.mixing(key), numerator=numerator, denominator=denominator)

    def mixing(self, key: str) -> tuple[str, ...]:
        """Return in which aspects the sides may count different things, because the scenario asks for it."""
        kinds = FLOPS_KINDS if key == "flops_per_dollar" else ()
        prices = {side.given["price_per_gpu_hour"].kinds["price"] for side in self.sides}
        return (*kinds, "price") if OWN_PRICE in prices else kinds


def compare(library: Library, conditions: Parameters) -> HeadToHead:
    """Return two platforms, each at the measured row of highest throughput that serves the interactivity.

    Raises:
        InputError: A platform was not measured under these conditions, or a figure is not known.
    """
    return HeadToHead(
        _side(library, conditions, conditions.baseline, conditions.baseline_rate, "baseline_price"),
        _side(library, conditions, conditions.subject, conditions.subject_rate, "subject_price"),
        conditions,
    )


def _side(library: Library, conditions: Parameters, hardware: str, rate: str, own_price: str) -> Side:
    curve = library_curve(
        library,
        hardware,
        input_tokens=conditions.input_tokens,
        output_tokens=conditions.output_tokens,
        as_of=conditions.as_of,
        constraints=Constraints(minimum_accuracy=conditions.minimum_accuracy),
    )
    row = measured_operating_point(curve, conditions.minimum_interactivity)
    given = {
        "price_per_gpu_hour": _price(library, conditions, hardware, own_price),
        "power_per_gpu": library.power(hardware, conditions.vintage),
        "throughput_per_gpu": library.measured(
            row, "throughput_per_gpu", "throughput_per_gpu", counts(conditions.input_tokens, conditions.output_tokens)
        ),
        "interactivity": library.measured(row, "interactivity_median", "interactivity", {}),
        "concurrency": library.measured(row, "concurrency", "concurrency", {}),
    }
    if library.has_rate(hardware, rate):
        given["peak_flops"] = library.peak_flops(hardware, rate)
    pools = {role: library.measured(row, role, role, {}) for role in ("prefill_gpus", "decode_gpus")}
    if row["disaggregated"]:
        given |= pools | {"gpus": calculate(formulas.deployment_gpus, mixing=(), **pools)}
    else:
        given["gpus"] = replace(pools["decode_gpus"], quantity=quantity("gpus"))
    return Side(library.platform(hardware), row, given)


def _price(library: Library, conditions: Parameters, hardware: str, own_price: str) -> Value:
    amount = getattr(conditions, own_price)
    if amount is None:
        return library.price(hardware, conditions.price_tier, conditions.vintage)
    return Value(
        amount, quantity("price_per_gpu_hour"), library.platform(hardware).name, Status.ASSUMED,
        {"price": OWN_PRICE}, place=f"parameter {own_price}",
    )  # fmt: skip


def frame(pair: HeadToHead) -> pd.DataFrame:
    """Return the levels of both platforms and their ratios, a metric a row.

    `attrs` holds, as plain values, `units` by metric and `assumptions`, the records of every figure that the results
    rest on, each with source, date and status.
    """
    ratios = {key: pair.ratio(key) for key in pair.metrics}
    table = pd.DataFrame(
        {
            "unit": [quantity(key).unit for key in ratios],
            pair.baseline.platform.name: [pair.baseline.levels[key].number for key in ratios],
            pair.subject.platform.name: [pair.subject.levels[key].number for key in ratios],
            "ratio": [value.number for value in ratios.values()],
            "cautions": [", ".join(sorted(value.cautions)) for value in ratios.values()],
        },
        index=pd.Index([quantity(key).name for key in ratios], name="metric"),
    )
    table.attrs = {
        "units": {quantity(key).name: quantity(key).unit for key in ratios},
        "assumptions": [value.record() for value in given(ratios.values())],
    }
    return table
