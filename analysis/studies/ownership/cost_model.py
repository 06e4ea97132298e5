"""The cost of tokens of two platforms side by side, as one function of the inputs that vary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analysis import formulas
from analysis.comparison.metrics import over
from analysis.errors import InputError, nearest
from analysis.formulas.number import Number
from analysis.formulas.steps import inputs
from analysis.library.loading.fields import excerpt
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Status, Value
from analysis.studies.ownership.domains import DOMAINS, REACH, Domain, amount
from analysis.studies.ownership.levelized import CAPITAL, COST, COST_STEPS, PRICE, PRICE_STEPS, Ownership, levelized

RESULTS = (PRICE, COST)
RATIO = "cost_ratio"
KEYS = tuple(inputs(COST_STEPS))
NETWORK, BASIS = "network_share", "price_basis"
_BESIDE = {NETWORK: Domain(0), BASIS: Domain(0)}
"""What varies beside the owners' inputs: what network adds to a capital, and which of the prices is paid."""


@dataclass(frozen=True, eq=False)
class CostModel:
    """Two platforms whose cost is compared.

    An input is named "KEY" where it is one and the same for both, as the price of electricity at one site is, and
    "PLATFORM.KEY" where it is one platform's own, which goes before the common one. KEY is a field of `Finance` or
    `Performance`, `NETWORK`, the share that network and storage add to a capital, or `BASIS`, the place in `prices`
    of the price that both pay.

    Raises:
        InputError: A platform is unknown.
    """

    baseline: str  # key of the platform whose cost is divided
    subject: str  # key of the platform by whose cost it is divided
    platforms: Mapping[str, Ownership]  # both, by their keys
    # What may be paid for an hour: published prices by platform, in USD/GPU/h, and None, the modeled one.
    prices: tuple[Mapping[str, float] | None, ...] = (None,)

    def __post_init__(self) -> None:
        """Refuse a platform that is not there."""
        for platform in (self.baseline, self.subject):
            if platform not in self.platforms:
                raise InputError(f"unknown platform {platform!r}; {nearest(platform, self.platforms)}")

    def __call__(self, varied: Mapping[str, Number]) -> dict[str, Number]:
        """Return the results by name: "PLATFORM.RESULT" for each of `RESULTS`, and `RATIO`, baseline over subject.

        Args:
            varied: Inputs by name: numbers, or arrays that broadcast. The others stay as they are.

        Raises:
            InputError: An input is unknown, or an amount is outside its domain.
        """
        self.domains(varied)
        costs: dict[str, Number] = {}
        for platform in (self.baseline, self.subject):
            steps = _levelized(self.platforms[platform], self._own(platform, varied))
            if BASIS in varied:
                steps |= self._at_published_prices(platform, varied[BASIS], steps)
            costs |= {f"{platform}.{result}": steps[result] for result in RESULTS}
        baseline, subject = (costs[f"{platform}.{COST}"] for platform in (self.baseline, self.subject))
        return costs | {RATIO: formulas.ratio(**over(COST, baseline, subject))}

    def domains(self, names: Iterable[str]) -> dict[str, Domain]:
        """Return what is allowed of inputs, by name.

        Raises:
            InputError: An input is unknown.
        """
        return input_domains(names, (self.baseline, self.subject), (*KEYS, *_BESIDE))

    def base(self, names: Iterable[str]) -> dict[str, float]:
        """Return where inputs are now, by name.

        Raises:
            InputError: An input is unknown, or common although the platforms differ in it.
        """
        numbers = {platform: self.platforms[platform].numbers() for platform in (self.baseline, self.subject)}
        base = {}
        for name in self.domains(names):
            platform, _, key = name.rpartition(".")
            if key in _BESIDE:
                base[name] = float(self.prices.index(None)) if key == BASIS else 0.0
                continue
            amounts = [float(numbers[side][key]) for side in ([platform] if platform else numbers)]
            if len(set(amounts)) > 1:
                both = zip(numbers, amounts, strict=True)
                stated = " and ".join(f"{side}.{name} {amount:g}" for side, amount in both)
                raise InputError(f"input {name!r}: found {stated}, allowed is one amount for both, or one input each")
            base[name] = amounts[0]
        return base

    def _own(self, platform: str, varied: Mapping[str, Number]) -> dict[str, Number]:
        common = {key: varied[key] for key in KEYS if key in varied}
        own = common | {key: varied[name] for key in KEYS if (name := f"{platform}.{key}") in varied}
        if (name := f"{platform}.{NETWORK}") in varied:
            capital = own.get(CAPITAL, self.platforms[platform].numbers()[CAPITAL])
            own[CAPITAL] = capital * (1 + varied[name])
        return own

    def _at_published_prices(self, platform: str, basis: Number, steps: Mapping[str, Number]) -> dict[str, Number]:
        """What differs where a published price is paid in place of the modeled one."""
        places, modeled = np.asarray(basis), steps[PRICE]
        listed = [modeled if prices is None else prices[platform] for prices in self.prices]
        price = np.select([places == place for place in range(len(listed))], listed)
        return {PRICE: price, COST: formulas.cost_per_million_tokens(price, steps["delivered_throughput_per_gpu"])}


def input_domains(names: Iterable[str], platforms: Iterable[str], keys: Iterable[str] = KEYS) -> dict[str, Domain]:
    """Return what is allowed of inputs, by name.

    Raises:
        InputError: An input is unknown.
    """
    common = {key: (DOMAINS | _BESIDE)[key] for key in keys}
    every = common | {f"{platform}.{key}": domain for platform in platforms for key, domain in common.items()}
    domains = {}
    for name in names:
        if name not in every:
            raise InputError(f"unknown input {name!r}; {nearest(name, every if '.' in name else common)}")
        domains[name] = every[name]
    return domains


def _levelized(platform: Ownership, varied: Mapping[str, Number]) -> dict[str, Number]:
    finance, performance = platform.finance, platform.performance
    return levelized(
        replace(finance, **{key: number for key, number in varied.items() if key in finance.amounts()}),
        replace(performance, **{key: number for key, number in varied.items() if key in performance.amounts()}),
    )


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
