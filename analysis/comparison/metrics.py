"""The one register of metrics: what each is computed from, and which platform is above the line in its ratio."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from analysis import formulas
from analysis.formulas.steps import Formula, arguments
from analysis.library.quantities import ABSENT, OWN_PRICE, quantity
from analysis.library.values import Value, calculate

OPERATION = ("price_per_gpu_hour", "throughput_per_gpu", "power_per_gpu")
"""The quantities that are known of a platform at every point of its curve."""
RATE_KINDS = ("precision", "sparsity")
Level = TypeVar("Level")


@dataclass(frozen=True)
class Metric:
    """A quantity that platforms are compared by."""

    key: str  # key of the quantity
    formula: Formula | None = None  # the formula that computes it; None where it is given
    # Key of a metric with the same ratio, of which a table needs only one; empty where there is none.
    restates: str = ""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The quantities that it is computed from; itself where it is given."""
        return arguments(self.formula) if self.formula else (self.key,)

    @property
    def is_served(self) -> bool:
        """Whether it depends on the throughput, and so on the service, not on price and specification alone."""
        return "throughput_per_gpu" in self.inputs

    @property
    def beside_throughput(self) -> str:
        """The quantity that it is computed from together with the throughput: price or power."""
        (key,) = (key for key in self.inputs if key != "throughput_per_gpu")
        return key

    @property
    def is_turned(self) -> bool:
        """Whether its ratio is baseline over subject: it is computed, and less of it is better.

        What is given is not turned: a ratio of prices says how many times as dear the subject is.
        """
        return self.formula is not None and quantity(self.key).better == "lower"


METRICS = {
    metric.key: metric
    for metric in (
        Metric("price_per_gpu_hour"),
        Metric("flops_per_dollar", formulas.flops_per_dollar),
        Metric("throughput_per_gpu"),
        Metric("throughput_per_megawatt", formulas.throughput_per_megawatt),
        Metric("cost_per_million_tokens", formulas.cost_per_million_tokens),
        Metric("tokens_per_dollar", formulas.tokens_per_dollar, restates="cost_per_million_tokens"),
        Metric("energy_per_token", formulas.energy_per_token, restates="throughput_per_megawatt"),
    )
}
"""All metrics, in the order in which tables list them."""


def listed() -> list[str]:
    """Return the metrics that a table of all metrics lists: those that restate no other."""
    return [key for key, metric in METRICS.items() if not metric.restates]


def made_from(quantities: Collection[str]) -> list[str]:
    """Return the metrics that are made from these quantities and no others."""
    return [key for key, metric in METRICS.items() if set(metric.inputs) <= set(quantities)]


def inputs() -> list[str]:
    """Return the quantities that metrics are made from."""
    return list(dict.fromkeys(name for metric in METRICS.values() for name in metric.inputs))


def level(key: str, given: Mapping[str, Level], apply: Callable[..., Level]) -> Level:
    """Return the level of a metric, in its unit.

    Args:
        key: Key of the metric.
        given: Price, power, throughput, peak rate, by quantity, in their units.
        apply: Applies a formula to inputs by name: `calculate` for values, `operator.call` for numbers.
    """
    metric = METRICS[key]
    return apply(metric.formula, **{name: given[name] for name in metric.inputs}) if metric.formula else given[key]


def levels(given: Mapping[str, Level], apply: Callable[..., Level]) -> dict[str, Level]:
    """Return every metric that the given quantities suffice for, by key; arguments as for `level`."""
    return {key: level(key, given, apply) for key in made_from(given)}


def missing(key: str, given: Collection[str]) -> str:
    """Return what stands where a metric lacks a price or a power, in words; empty where it lacks neither."""
    lacking = (words for name, words in ABSENT.items() if name in METRICS[key].inputs and name not in given)
    return next(lacking, "")


def over(key: str, baseline: Level, subject: Level) -> dict[str, Level]:
    """Return the arguments of `formulas.ratio` that compare two platforms in a metric.

    Subject over baseline; baseline over subject in a metric of which less is better, so that above 1 the subject is
    ahead.
    """
    numerator, denominator = (baseline, subject) if METRICS[key].is_turned else (subject, baseline)
    return {"numerator": numerator, "denominator": denominator}


def ratio(key: str, baseline: Value, subject: Value) -> Value:
    """Return the ratio of two platforms in a metric, turned as `over` says.

    Raises:
        MixedKindsError: The two count different things, beyond what `mixing` allows.
    """
    return calculate(formulas.ratio, mixing=mixing(key, baseline, subject), **over(key, baseline, subject))


def ratio_of(key: str) -> str:
    """Return the name of the ratio of two platforms in a metric, as tables of results call it."""
    return f"{key}_ratio"


def mixing(key: str, *values: Value) -> tuple[str, ...]:
    """Return the aspects in which compared levels may count different things, because the reader asks for it.

    Precision and sparsity of a metric made from peak rates; the kind of price where one is the reader's own.

    Args:
        key: Key of the quantity.
        *values: Those compared, or the prices that they are made from.
    """
    kinds = RATE_KINDS if key in METRICS and "peak_flops" in METRICS[key].inputs else ()
    own = any(OWN_PRICE in value.kinds.get("price", "") for value in values)
    return (*kinds, "price") if own else kinds
