"""What the results of a sweep are computed from: arrays small enough to be sent to a worker with each task."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from math import nan

import numpy as np
from numpy.typing import NDArray

from analysis.comparison.requests import is_measured, request_in
from analysis.errors import InputError
from analysis.frontier.constraints import Constraints
from analysis.frontier.curves import Envelope, Floats
from analysis.frontier.operating import library_curve
from analysis.frontier.own_lengths import ModeledCurve, modeled_curve
from analysis.frontier.tariff import Request
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.values import Source, Status, Value
from analysis.machinery.sweep.axes import ALL, NONE, OWNERSHIP, ROLES
from analysis.machinery.sweep.design import Options
from analysis.studies.ownership.operating_costs import capital_per_gpu, knows_capital, sourced_finance

SERVICE = ("workload", "as_of", "minimum_accuracy", "origin")
"""The choices that decide, beside the platform, which curve answers."""
_OWNED = tuple(key for key in OWNERSHIP if key != "facility_life")  # a facility of no own life serves as long


@dataclass(frozen=True, eq=False)
class Inputs:
    """Curves, prices, powers and costs of ownership.

    Attributes:
        platforms: Keys of the platforms, the first axis of all that follows.
        curves: By platform and the words of `SERVICE`; only those that were measured or can be modeled.
        modeled: The keys of the curves that are modeled.
        price: By platform, vintage and tier, in USD/GPU/h; NaN where not known.
        power: By platform and vintage, in kW/GPU; NaN where not known.
        placeholder: By platform, vintage and tier, whether price or power is one.
        capital: By platform, in USD/GPU; NaN where not known.
        ownership: What an owner of any platform pays besides capital and power, by key.
        sources: Where all of it was read.
    """

    platforms: Options
    curves: Mapping[tuple[str, ...], Envelope]
    modeled: frozenset[tuple[str, ...]]
    price: Floats
    power: Floats
    placeholder: NDArray[np.bool_]
    capital: Floats
    ownership: Mapping[str, float]
    sources: tuple[Source, ...]


def inputs_of(library: Library, words: Mapping[str, Options]) -> Inputs:
    """Return what the scenarios of a design need of the library.

    Args:
        library: Prices, powers, rows and amounts, with their sources.
        words: The words of each choice of the design.
    """
    platforms = tuple(dict.fromkeys(word for role in ROLES for word in words[role]))
    price, power, placeholder, paid = _prices(library, platforms, words)
    capital, ownership, owned = _ownership(library, platforms)
    cited = [source for value in (*paid, *owned) for source in value.sources]
    curves = _curves(library, platforms, words)
    return Inputs(
        platforms=platforms,
        curves={key: Envelope(curve.members) for key, curve in curves.items()},
        modeled=frozenset(key for key, curve in curves.items() if isinstance(curve, ModeledCurve)),
        price=price,
        power=power,
        placeholder=placeholder,
        capital=capital,
        ownership=ownership,
        sources=tuple(dict.fromkeys([*cited, *(origin.source(0) for origin in library.origins)])),
    )


def _prices(
    library: Library, platforms: Options, words: Mapping[str, Options]
) -> tuple[Floats, Floats, NDArray[np.bool_], list[Value]]:
    """Return prices, powers, and where one is a placeholder, as arrays; and the values that they hold."""
    shape = (len(platforms), len(words["vintage"]), len(words["price_tier"]))
    price, power, placeholder = np.full(shape, nan), np.full(shape[:2], nan), np.zeros(shape, dtype=bool)
    values: list[Value] = []
    for at, (platform, vintage) in _places(platforms, words["vintage"]):
        if drawn := library.known_power(platform, vintage):
            values.append(drawn)
            power[at] = drawn.number
            placeholder[at] |= drawn.status == Status.PLACEHOLDER
    for at, (platform, vintage, tier) in _places(platforms, words["vintage"], words["price_tier"]):
        if paid := library.known_price(platform, tier, vintage):
            values.append(paid)
            price[at] = paid.number
            placeholder[at] |= paid.status == Status.PLACEHOLDER
    return price, power, placeholder, values


def _places(*axes: Options) -> Iterator[tuple[tuple[int, ...], tuple[str, ...]]]:
    """Yield each place of an array with these axes, and its word on each axis."""
    for pairs in product(*map(enumerate, axes)):
        yield tuple(position for position, _ in pairs), tuple(word for _, word in pairs)


def _ownership(library: Library, platforms: Options) -> tuple[Floats, dict[str, float], list[Value]]:
    """Return the capital of each platform, what an owner of any pays else, and the values that these are."""
    capitals = {
        platform: capital_per_gpu(library, platform).value
        for platform in platforms
        if knows_capital(library, platform)
    }
    # An owner's other costs are the same whatever capital and power, which not every platform has.
    any_capital = Value(0.0, quantity("capital_per_gpu"), "", Status.ASSUMED)
    powered = next(pair for pair in product(library.platforms, library.vintages) if library.known_power(*pair))
    owner = sourced_finance(library, *powered, {"capital_per_gpu": any_capital})
    return (
        np.array([capitals[platform].number if platform in capitals else nan for platform in platforms]),
        {key: float(amount) for key, amount in owner.numbers().items() if key in _OWNED},
        [*capitals.values(), *(value for key, value in owner.values("").items() if key in _OWNED)],
    )


def _curves(library: Library, platforms: Options, words: Mapping[str, Options]) -> dict[tuple[str, ...], Envelope]:
    """Return the curve of each platform and service: measured where there is one, else modeled where that can be."""
    curves: dict[tuple[str, ...], Envelope] = {}
    for platform, *service in product(platforms, *(words[name] for name in SERVICE)):
        workload, as_of, accuracy, origin = service
        request = request_in(workload)
        with suppress(InputError):
            if request:
                constraints = Constraints(
                    minimum_accuracy=None if accuracy == NONE else float(accuracy),
                    origin=None if origin == ALL else (origin,),
                )
                curves[platform, *service] = _curve(library, platform, request, as_of, constraints)
    return curves


def _curve(library: Library, platform: str, request: Request, as_of: str, constraints: Constraints) -> Envelope:
    if not is_measured(library, platform, request):
        return modeled_curve(library, platform, request, as_of=as_of, constraints=constraints)
    inputs, outputs = int(request.input_tokens), int(request.output_tokens)
    return library_curve(
        library, platform, input_tokens=inputs, output_tokens=outputs, as_of=as_of, constraints=constraints
    )
