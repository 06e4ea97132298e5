"""Reads uncertain inputs that a scenario declares as data."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.errors import InputError, nearest
from analysis.studies.ownership.domains import Domain
from analysis.studies.uncertainty.distributions import Distribution, Fixed, Triangular, Uniform, lognormal
from analysis.studies.uncertainty.sampling import Correlation, UncertainInputs

_KEYS = {
    "fixed": ("value",),
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "lognormal": ("quantiles",),
}


def uncertain_inputs(
    place: str, inputs: Mapping[str, Any], correlations: Sequence[Any], domains: Mapping[str, Domain]
) -> UncertainInputs:
    """Return the inputs that a scenario declares.

    Args:
        place: What a message names first, such as the scenario.
        inputs: A distribution by name, each as `distribution` takes it.
        correlations: Mappings with `inputs`, two names, and `correlation`, a number.
        domains: What is allowed of each input, by name.

    Raises:
        InputError: A declaration is not understood, a distribution reaches out of its input's domain, or the
            correlations cannot be.
    """
    distributions = {name: distribution(f"{place}, {name}", declared) for name, declared in inputs.items()}
    for name, of_input in distributions.items():
        _check_support(f"{place}, {name}", of_input, domains[name])
    return UncertainInputs(distributions, tuple(correlation(f"{place}, correlations", pair) for pair in correlations))


def distribution(place: str, declared: Any) -> Distribution:
    """Return a distribution that is declared as data.

    A number is fixed. A mapping names its `distribution`: "fixed" with `value`, "uniform" with `low` and `high`,
    "triangular" with `low`, `mode` and `high`, or "lognormal" with `quantiles`, amounts by probability.

    Raises:
        InputError: It is none of these, or its numbers are out of order; the message names the key.
    """
    if not isinstance(declared, Mapping):
        return Fixed(_number(place, declared))
    kind = declared.get("distribution")
    if not isinstance(kind, str) or kind not in _KEYS:
        raise InputError(f"{place}: unknown distribution {kind!r}; {nearest(str(kind), _KEYS)}")
    _check_keys(place, declared, ("distribution", *_KEYS[kind]))
    if kind == "lognormal":
        return lognormal(f"{place}, quantiles", _quantiles(f"{place}, quantiles", declared["quantiles"]))
    numbers = [_number(f"{place}, {key}", declared[key]) for key in _KEYS[kind]]
    if kind == "fixed":
        return Fixed(*numbers)
    if numbers != sorted(numbers) or numbers[0] == numbers[-1]:
        stated = ", ".join(f"{key} {number:g}" for key, number in zip(_KEYS[kind], numbers, strict=True))
        raise InputError(
            f"{place}: out of order, found {stated}; allowed is {' <= '.join(_KEYS[kind])}, low below high"
        )
    return Uniform(*numbers) if kind == "uniform" else Triangular(*numbers)


def correlation(place: str, declared: Any) -> Correlation:
    """Return that two inputs move together, as it is declared: a mapping with `inputs`, two names, and `correlation`.

    Raises:
        InputError: It is not understood; the message names the key.
    """
    if not isinstance(declared, Mapping):
        raise InputError(f"{place}: found {declared!r}, allowed are inputs and correlation")
    _check_keys(place, declared, ("inputs", "correlation"))
    names = declared["inputs"]
    if not isinstance(names, list | tuple) or len(names) != 2 or not all(isinstance(name, str) for name in names):
        raise InputError(f"{place}, inputs: found {names!r}, allowed are two names")
    return Correlation((names[0], names[1]), _number(f"{place}, correlation", declared["correlation"]))


def _quantiles(place: str, declared: Any) -> dict[float, float]:
    if not isinstance(declared, Mapping):
        raise InputError(f"{place}: found {declared!r}, allowed are amounts by probability")
    return {_number(place, probability): _number(place, amount) for probability, amount in declared.items()}


def _check_keys(place: str, declared: Mapping[str, Any], wanted: tuple[str, ...]) -> None:
    for key in declared:
        if key not in wanted:
            raise InputError(f"{place}: unknown key {key!r}; {nearest(str(key), wanted)}")
    if missing := [key for key in wanted if key not in declared]:
        raise InputError(f"{place}: missing {', '.join(missing)}")


def _check_support(place: str, distribution: Distribution, domain: Domain) -> None:
    open_ended = not isinstance(distribution, Fixed)
    for end, bound in zip(distribution.support, (domain.low, domain.high), strict=True):
        if not domain.holds(end) and not (open_ended and end == bound):
            raise InputError(f"{place}: the distribution reaches {end:g}, allowed is {domain}")


def _number(place: str, given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        raise InputError(f"{place}: found {given!r}, allowed is a number")
    return float(given)
