"""Two platforms at one operating point each: the levels of every metric, and their ratios."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from analysis import formulas
from analysis.comparison import metrics
from analysis.comparison.contenders import price
from analysis.frontier import measured_operating_point
from analysis.frontier.constraints import Constraints
from analysis.frontier.operating import library_curve
from analysis.library.quantities import quantity
from analysis.library.sources import Library, Platform
from analysis.library.terms import counts
from analysis.library.terms import workload as workload
from analysis.library.values import Status, Value, calculate, given
from analysis.scenario import Parameters


@dataclass(frozen=True)
class Side:
    """One platform of a comparison.

    Attributes:
        platform: The platform.
        row: The measured row at which it is compared.
        given: Price, power, throughput, interactivity and peak rate, by quantity.
    """

    platform: Platform
    row: pd.Series
    given: Mapping[str, Value]

    @cached_property
    def levels(self) -> dict[str, Value]:
        """Every metric of the platform, by quantity: given, or computed from what is given, where all of it is."""
        return metrics.levels(self.given, calculate)


@dataclass(frozen=True)
class HeadToHead:
    """A subject beside a baseline, under the conditions of a scenario."""

    baseline: Side
    subject: Side
    conditions: Parameters

    @property
    def sides(self) -> tuple[Side, Side]:
        """Baseline and subject."""
        return self.baseline, self.subject

    @property
    def names(self) -> dict[str, Any]:
        """The names of the platforms by role, to be filled into sentences and captions."""
        return {"baseline": self.baseline.platform.name, "subject": self.subject.platform.name}

    @property
    def lengths(self) -> str:
        """The sequence lengths as the field says them, such as 1k/1k."""
        return workload(self.conditions.input_tokens, self.conditions.output_tokens)

    @property
    def metrics(self) -> list[str]:
        """The metrics that a table of both lists: those that both sides have and that restate no other."""
        return [key for key in metrics.listed() if all(key in side.levels for side in self.sides)]

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
        """Return how many times the subject's level is the baseline's; turned where less is better."""
        return metrics.ratio(key, *self.levels(key))

    def row(self, key: str) -> list[Value | str]:
        """Return a metric as a row of a table: its label, both levels and their ratio."""
        return [quantity(key).label, *self.levels(key), self.ratio(key)]

    def mixing(self, key: str) -> tuple[str, ...]:
        """Return the aspects in which the sides may count different things, because the scenario asks for it."""
        return metrics.mixing(key, *self.levels("price_per_gpu_hour"))


def compare(library: Library, conditions: Parameters) -> HeadToHead:
    """Return two platforms, each at the measured row of highest throughput that serves the interactivity.

    Raises:
        InputError: A platform was not measured under these conditions, or has no price or power.
    """
    return HeadToHead(
        _side(library, conditions, conditions.baseline, conditions.baseline_rate, "baseline"),
        _side(library, conditions, conditions.subject, conditions.subject_rate, "subject"),
        conditions,
    )


def _side(library: Library, conditions: Parameters, hardware: str, rate: str, role: str) -> Side:
    curve = library_curve(
        library,
        hardware,
        input_tokens=conditions.input_tokens,
        output_tokens=conditions.output_tokens,
        as_of=conditions.as_of,
        constraints=Constraints(
            minimum_accuracy=conditions.minimum_accuracy, suspect_series=tuple(conditions.suspect_series)
        ),
    )
    row = measured_operating_point(curve, conditions.minimum_interactivity)
    given = {
        "price_per_gpu_hour": price(library, conditions, hardware, role),
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


def frame(pair: HeadToHead) -> pd.DataFrame:
    """Return the levels of both platforms and their ratios, a metric a row.

    `attrs` holds plain values: `units` by metric, and `assumptions`, a record with source, date and status of every
    given value that the results are computed from.
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
