"""What a scenario says itself of uncertain inputs: declared distributions and correlations, each checked by name."""

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from analysis.errors import InputError, nearest
from analysis.library.loading.fields import excerpt
from analysis.library.sources import load
from analysis.scenario import Parameters
from analysis.studies.ownership.cost_model import KEYS, amounts, input_domains
from analysis.studies.ownership.domains import REACH, Domain, amount
from analysis.studies.uncertainty.distributions import Distribution, Fixed, Lognormal, Triangular, Uniform, lognormal
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


WIDEST = 10  # standard deviation of a logarithm: six of them are twenty-six powers of ten


def distributions(declared: Mapping[str, Any], platforms: Iterable[str]) -> dict[str, Distribution]:
    """Return own distributions of uncertain inputs, by input; arguments and errors as for `amounts`."""
    domains = input_domains(declared, platforms, [key for key in KEYS if key != "pue"])
    readable = {name: _readable(f"uncertain, {name}", stated) for name, stated in declared.items()}
    own = dict(uncertain_inputs("uncertain", readable, [], domains).distributions)
    for name, distribution in own.items():
        _check_reach(f"uncertain, {name}", name, distribution)
    return own


def correlations(declared: Sequence[Any], platforms: Iterable[str]) -> tuple[Correlation, ...]:
    """Return which uncertain inputs move together.

    Raises:
        InputError: One is not understood, names an unknown input, or contradicts the others.
    """
    tied = tuple(correlation(f"correlations[{place}]", pair) for place, pair in enumerate(declared))
    domains = input_domains([name for pair in tied for name in pair.inputs], platforms)
    # Which inputs vary is known when the figures are read; that the correlations can be at all is known now.
    return UncertainInputs(dict.fromkeys(domains, Uniform(0, 1)), tied).correlations


def check(conditions: Parameters) -> None:
    """Refuse what a scenario states of owning that no model could take, before any work is done.

    Raises:
        InputError: An input is unknown, or an amount, a distribution or a correlation cannot be; the message names
            it.
    """
    pair = (conditions.baseline, conditions.subject)
    every = load(snapshot=conditions.snapshot).platforms  # a procurement brief asks what any of them costs to own
    for name, read, platforms in (
        ("finance", amounts, every), ("uncertain", distributions, pair), ("correlations", correlations, pair),
    ):  # fmt: skip
        try:
            read(getattr(conditions, name), platforms)
        except InputError as error:
            raise InputError(str(error) if str(error).startswith(name) else f"{name}: {error}") from None


def _readable(place: str, declared: Any) -> Any:
    """A declaration whose amounts a model can reckon with, its probabilities as numbers.

    A notebook's parameter cell was given them as text, which is all that a key of JSON can be.
    """
    if not isinstance(declared, Mapping):
        return amount(place, declared)
    readable = {key: amount(f"{place}, {key}", stated) for key, stated in declared.items()}
    if not isinstance(readable.get("distribution", ""), str):
        raise InputError(f"{place}: found the distribution {excerpt(readable['distribution'])}, allowed is a word")
    if isinstance(quantiles := readable.get("quantiles"), Mapping):
        where = f"{place}, quantiles"
        readable["quantiles"] = {_plain_number(share): amount(where, stated) for share, stated in quantiles.items()}
    return readable


def _check_reach(place: str, name: str, distribution: Distribution) -> None:
    """Refuse what a model's powers cannot hold, although the input could have it."""
    ends = distribution.support
    if isinstance(distribution, Lognormal):
        if distribution.spread > WIDEST:
            spread = f"found quantiles whose logarithm spreads by {distribution.spread:.3g}"
            raise InputError(f"{place}: {spread}, allowed is at most {WIDEST}")
        low, high = distribution.quantile(np.array([0.001, 0.999]))
        ends = float(low), float(high)
    if reach := REACH.get(name.rpartition(".")[2]):
        for end in ends:
            reach.check(place, end)


def _plain_number(text: Any) -> Any:
    with suppress(ValueError):
        return float(text) if isinstance(text, str) else text
    return text
