"""What a scenario says itself of uncertain inputs: distributions and correlations, checked by name."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from analysis.errors import InputError
from analysis.library.loading.outside import excerpt
from analysis.library.sources import load
from analysis.scenario import Parameters
from analysis.studies.ownership.cost_model import KEYS, input_domains
from analysis.studies.ownership.domains import REACH, amount
from analysis.studies.ownership.own_inputs import amounts
from analysis.studies.uncertainty.declarations import correlation, uncertain_inputs
from analysis.studies.uncertainty.distributions import Distribution, Lognormal, Uniform
from analysis.studies.uncertainty.sampling import Correlation, UncertainInputs

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
        readable["quantiles"] = {_number(share): amount(where, stated) for share, stated in quantiles.items()}
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


def _number(text: Any) -> Any:
    with suppress(ValueError):
        return float(text) if isinstance(text, str) else text
    return text
