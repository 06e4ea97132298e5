"""What the chain needs of the library, small and free of files, so that it travels with a task."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from math import nan

import numpy as np
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.frontier.constraints import Constraints
from analysis.frontier.curves import Envelope, Floats
from analysis.frontier.operating import library_curve
from analysis.library.quantities import quantity
from analysis.library.sources import Library
from analysis.library.terms import workloads
from analysis.library.values import Source, Status, Value
from analysis.machinery.sweep.axes import NONE, OWNERSHIP, ROLES
from analysis.machinery.sweep.design import Words
from analysis.studies.ownership.operating_costs import capital_per_gpu, knows_capital, sourced_finance

SERVICE = ("workload", "as_of", "minimum_accuracy")
"""The choices that decide, beside the platform, which curve answers."""
_OWNED = tuple(key for key in OWNERSHIP if key != "facility_life")  # a facility of no own life serves as long


@dataclass(frozen=True, eq=False)
class Figures:
    """Curves, prices, powers and costs of ownership.

    Attributes:
        platforms: Keys of the platforms, the first axis of all that follows.
        curves: By platform and the words of `SERVICE`; only those that were measured.
        price: By platform, vintage and tier, in USD/GPU/h; NaN where not known.
        power: By platform and vintage, in kW/GPU; NaN where not known.
        placeholder: By platform, vintage and tier, whether price or power is one.
        capital: By platform, in USD/GPU; NaN where not known.
        ownership: What an owner pays else, by key.
        sources: Where all of it was read.
    """

    platforms: Words
    curves: Mapping[tuple[str, ...], Envelope]
    price: Floats
    power: Floats
    placeholder: NDArray[np.bool_]
    capital: Floats
    ownership: Mapping[str, float]
    sources: tuple[Source, ...]


def figures(library: Library, words: Mapping[str, Words]) -> Figures:
    """Return what the scenarios of a design need of the library.

    Args:
        library: The figures.
        words: The words of each choice of the design.
    """
    platforms = tuple(dict.fromkeys(word for role in ROLES for word in words[role]))
    curves, origins = _curves(library, platforms, words)
    shape = (len(platforms), len(words["vintage"]), len(words["price_tier"]))
    price, power, placeholder = np.full(shape, nan), np.full(shape[:2], nan), np.zeros(shape, dtype=bool)
    used: list[Value] = []
    for (one, platform), (two, vintage) in product(enumerate(platforms), enumerate(words["vintage"])):
        with suppress(InputError):
            draw = library.power(platform, vintage)
            power[one, two] = draw.number
            used.append(draw)
            placeholder[one, two] |= draw.status == Status.PLACEHOLDER
        for three, tier in enumerate(words["price_tier"]):
            with suppress(InputError):
                paid = library.price(platform, tier, vintage)
                price[one, two, three] = paid.number
                used.append(paid)
                placeholder[one, two, three] |= paid.status == Status.PLACEHOLDER
    known = [platform for platform in platforms if knows_capital(library, platform)]
    capitals = {platform: capital_per_gpu(library, platform).value for platform in known}
    no_capital = Value(0.0, quantity("capital_per_gpu"), "", Status.ASSUMED)
    owner = sourced_finance(library, platforms[0], words["vintage"][0], {"capital_per_gpu": no_capital})
    used += [*capitals.values(), *(value for key, value in owner.values("").items() if key in _OWNED)]
    return Figures(
        platforms,
        curves,
        price,
        power,
        placeholder,
        np.array([capitals[platform].number if platform in capitals else nan for platform in platforms]),
        {key: float(amount) for key, amount in owner.numbers().items() if key in _OWNED},
        tuple(dict.fromkeys([*(source for value in used for source in value.sources), *origins])),
    )


def _curves(
    library: Library, platforms: Words, words: Mapping[str, Words]
) -> tuple[dict[tuple[str, ...], Envelope], list[Source]]:
    lengths = workloads(library.benchmark)
    found: dict[tuple[str, ...], Envelope] = {}
    for platform, *service in product(platforms, *(words[name] for name in SERVICE)):
        name, as_of, accuracy = service
        asked = Constraints(minimum_accuracy=None if accuracy == NONE else float(accuracy))
        with suppress(InputError):
            curve = library_curve(
                library,
                platform,
                input_tokens=lengths[name][0],
                output_tokens=lengths[name][1],
                as_of=as_of,
                constraints=asked,
            )
            found[platform, name, as_of, accuracy] = Envelope(curve.members)
    return found, [origin.source(0) for origin in library.origins]
