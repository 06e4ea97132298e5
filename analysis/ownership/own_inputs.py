"""What a scenario says itself of the cost of owning a GPU: amounts and distributions by input, checked by name."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from analysis.errors import InputError
from analysis.loading.outside import excerpt
from analysis.ownership import PRICE
from analysis.ownership.cost_model import KEYS, input_domains
from analysis.ownership.domains import LARGEST, REACH, SMALLEST
from analysis.ownership.plan import inputs
from analysis.uncertainty.declarations import correlation, distribution, uncertain_inputs
from analysis.uncertainty.distributions import Distribution, Fixed, Lognormal, Uniform
from analysis.uncertainty.sampling import Correlation, UncertainInputs

FINANCE_KEYS = tuple(key for key in inputs(PRICE) if key != "pue")
"""What an owner pays. Power is all-in, so that there is no PUE to choose."""
WIDEST = 10
"""Standard deviation of a logarithm: six of them are twenty-six powers of ten."""


def amounts(declared: Mapping[str, Any], platforms: Iterable[str]) -> dict[str, float]:
    """Return own amounts of what an owner pays, by input: "KEY" for both platforms, "PLATFORM.KEY" for one.

    Args:
        declared: As the scenario has them.
        platforms: Keys of the two platforms.

    Raises:
        InputError: An input is unknown, or an amount is not a number of its domain; the message names the input.
    """
    found = {}
    for name, domain in input_domains(declared, platforms, FINANCE_KEYS).items():
        one = distribution(name, _readable(name, declared[name]))
        if not isinstance(one, Fixed):
            raise InputError(f"{name}: found a distribution, allowed is a number, {domain}")
        domain.check(name, one.value)
        _check_reach(name, name, one)
        found[name] = one.value
    return found


def own_amounts(declared: Mapping[str, float], platform: str) -> dict[str, float]:
    """Return the amounts that hold for a platform, by key; its own go before the common ones."""
    common = {name: amount for name, amount in declared.items() if "." not in name}
    own = {name.partition(".")[2]: one for name, one in declared.items() if name.partition(".")[0] == platform}
    return {**common, **{key: amount for key, amount in own.items() if key}}


def distributions(declared: Mapping[str, Any], platforms: Iterable[str]) -> dict[str, Distribution]:
    """Return own distributions of uncertain inputs, by input; arguments and errors as for `amounts`."""
    domains = input_domains(declared, platforms, [key for key in KEYS if key != "pue"])
    readable = {name: _readable(f"uncertain, {name}", one) for name, one in declared.items()}
    found = dict(uncertain_inputs("uncertain", readable, [], domains).distributions)
    for name, one in found.items():
        _check_reach(f"uncertain, {name}", name, one)
    return found


def correlations(declared: Sequence[Any], platforms: Iterable[str]) -> tuple[Correlation, ...]:
    """Return which uncertain inputs move together.

    Args:
        declared: Mappings with `inputs`, two names, and `correlation`, a number.
        platforms: Keys of the two platforms.

    Raises:
        InputError: One is not understood, names an unknown input, or contradicts the others.
    """
    found = tuple(correlation(f"correlations[{place}]", one) for place, one in enumerate(declared))
    domains = input_domains([name for one in found for name in one.inputs], platforms)
    # Which inputs vary is known when the figures are read; that the correlations can be at all is known now.
    return UncertainInputs(dict.fromkeys(domains, Uniform(0, 1)), found).correlations


def _readable(place: str, declared: Any) -> Any:
    """A declaration whose amounts a model can reckon with, its probabilities as numbers.

    A notebook's parameter cell was given them as text, which is all that a key of JSON can be.
    """
    if not isinstance(declared, Mapping):
        return _reckoned(place, declared)
    found = {key: _reckoned(f"{place}, {key}", one) for key, one in declared.items()}
    if not isinstance(found.get("distribution", ""), str):
        raise InputError(f"{place}: found the distribution {excerpt(found['distribution'])}, allowed is a word")
    if isinstance(quantiles := found.get("quantiles"), Mapping):
        where = f"{place}, quantiles"
        found["quantiles"] = {_number(share): _reckoned(where, amount) for share, amount in quantiles.items()}
    return found


def _reckoned(place: str, amount: Any) -> Any:
    if isinstance(amount, int | float) and amount != 0 and not SMALLEST <= abs(amount) <= LARGEST:
        raise InputError(
            f"{place}: found {excerpt(amount)}, allowed is a number, 0 or from {SMALLEST:g} to {LARGEST:g} in size"
        )
    return amount


def _check_reach(place: str, name: str, one: Distribution) -> None:
    """Refuse what a model's powers cannot hold, although the input could have it."""
    ends = one.support
    if isinstance(one, Lognormal):
        if one.spread > WIDEST:
            said = f"found quantiles whose logarithm spreads by {one.spread:.3g}, allowed is at most {WIDEST}"
            raise InputError(f"{place}: {said}")
        low, high = one.quantile(np.array([0.001, 0.999]))
        ends = float(low), float(high)
    if reach := REACH.get(name.rpartition(".")[2]):
        for end in ends:
            reach.check(place, end)


def _number(text: Any) -> Any:
    with suppress(ValueError):
        return float(text) if isinstance(text, str) else text
    return text
