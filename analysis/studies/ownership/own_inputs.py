"""What a scenario says itself of the cost of owning a GPU: amounts by input, checked by name."""

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.errors import InputError
from analysis.formulas.steps import inputs
from analysis.library.loading.fields import excerpt
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Status, Value
from analysis.studies.ownership.cost_model import input_domains
from analysis.studies.ownership.domains import REACH, amount
from analysis.studies.ownership.levelized import PRICE_STEPS

FINANCE_KEYS = tuple(key for key in inputs(PRICE_STEPS) if key != "pue")
"""What an owner pays. Power is all-in, so that there is no PUE to choose."""


def amounts(declared: Mapping[str, Any], platforms: Iterable[str]) -> dict[str, float]:
    """Return own amounts of what an owner pays, by input: "KEY" for all platforms, "PLATFORM.KEY" for one.

    Raises:
        InputError: An input is unknown, or an amount is not a number of its domain; the message names the input.
    """
    own = {}
    for name, domain in input_domains(declared, platforms, FINANCE_KEYS).items():
        if isinstance(declared[name], Mapping):
            raise InputError(f"{name}: found a distribution, allowed is a number, {domain}")
        if isinstance(stated := amount(name, declared[name]), bool | str) or not isinstance(stated, int | float):
            raise InputError(f"{name}: found {excerpt(stated)}, allowed is a number, {domain}")
        domain.check(name, stated)
        if reach := REACH.get(name.rpartition(".")[2]):
            reach.check(name, stated)
        own[name] = float(stated)
    return own


def own_amounts(declared: Mapping[str, float], platform: str) -> dict[str, float]:
    """Return the amounts that hold for a platform, by key; its own go before the common ones."""
    common = {name: amount for name, amount in declared.items() if "." not in name}
    own = {name.partition(".")[2]: amount for name, amount in declared.items() if name.partition(".")[0] == platform}
    return {**common, **{key: amount for key, amount in own.items() if key}}


def own_values(library: Library, declared: Mapping[str, Any], platform: str) -> dict[str, Value]:
    """Return the same as values, from amounts as the scenario has them; errors as for `amounts`."""
    name = library.platform(platform).name
    return {
        key: Value(number, quantity(key), name, Status.ASSUMED, place=f"parameter finance, {key}")
        for key, number in own_amounts(amounts(declared, library.platforms), platform).items()
    }
