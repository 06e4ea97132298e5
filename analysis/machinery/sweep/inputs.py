"""What the results of a sweep are computed from: arrays small enough to be sent to a worker with each task."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.comparison.requests import is_measured, request_in
from analysis.errors import InputError
from analysis.frontier.constraints import Constraints
from analysis.frontier.curves import Envelope, Floats
from analysis.frontier.operating import library_curve
from analysis.frontier.own_lengths import ModeledCurve, OutsideError, modeled_curve
from analysis.frontier.platform import PlatformCurve
from analysis.frontier.tariff import Request
from analysis.library.models import model_of
from analysis.library.quantities import quantity
from analysis.library.sources import Library, load
from analysis.library.values import Source, Status, Value
from analysis.machinery.sweep.axes import ALL, NEWEST, NONE, OWNERSHIP, ROLES
from analysis.machinery.sweep.design import Options
from analysis.studies.ownership.finance import sourced_finance
from analysis.studies.ownership.operating_costs import capital_per_gpu, knows_capital

SERVICE = ("model", "workload", "as_of", "minimum_accuracy", "origin")
"""The choices that decide, beside the platform, which curve answers."""
UNMEASURED, ABOVE, UNPRICED = "no measured rows", "above the measured interactivity", "no price or power"
OUTSIDE, FAILED = "lengths outside of what the tariff answers for", "failed"
REASONS = ("", UNMEASURED, ABOVE, UNPRICED, OUTSIDE, FAILED)
"""Why a side has no result; at or below its highest interactivity a platform always has one."""
_OWNED = tuple(key for key in OWNERSHIP if key != "facility_life")  # a facility of no own life serves as long


@dataclass(frozen=True, eq=False)
class Answer:
    """The curve that answers for a platform and service."""

    curve: Envelope
    is_modeled: bool  # whether nobody measured such requests
    series: tuple[int, ...]  # of each of its members, the place in `Inputs.series`
    # Of each, the lowest share of right answers of its rows; NaN where nobody evaluated them.
    accuracy: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Inputs:
    """Curves, prices, powers and costs of ownership."""

    platforms: Options  # keys of the platforms, the first axis of all that follows
    # By platform and the words of `SERVICE`; only those that were measured or can be modeled.
    curves: Mapping[tuple[str, ...], Answer]
    reasons: Mapping[tuple[str, ...], str]  # why the others are not there, likewise
    series: Options  # the names of all series: framework, precision and speculative decoding; the first is empty
    price: Floats  # by platform, vintage and tier, in USD/GPU/h; NaN where not known
    power: Floats  # by platform and vintage, in kW/GPU; NaN where not known
    placeholder: NDArray[np.bool_]  # by platform, vintage and tier, whether price or power is one
    capital: Floats  # by platform, in USD/GPU; NaN where not known
    ownership: Mapping[str, float]  # what an owner of any platform pays besides capital and power, by key
    sources: tuple[Source, ...]  # where all of it was read


def inputs_of(library: Library, words: Mapping[str, Options]) -> Inputs:
    """Return what the scenarios of a design need of the library."""
    platforms = tuple(dict.fromkeys(word for role in ROLES for word in words[role]))
    price, power, placeholder, paid = _prices(library, platforms, words)
    capital, ownership, owned = _ownership(library, platforms)
    cited = [source for value in (*paid, *owned) for source in value.sources]
    curves, reasons = _curves(library, platforms, words)
    series = ("", *sorted({name for curve in curves.values() for name in curve.series}))
    origins = [origin for model in words["model"] for origin in library_of(library, model).origins]
    return Inputs(
        platforms=platforms,
        curves={key: _answer(curve, series) for key, curve in curves.items()},
        reasons=reasons,
        series=series,
        price=price,
        power=power,
        placeholder=placeholder,
        capital=capital,
        ownership=ownership,
        sources=tuple(dict.fromkeys([*cited, *(origin.source(0) for origin in origins)])),
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
    bought = [platform for platform in platforms if knows_capital(library, platform)]
    capitals = {platform: capital_per_gpu(library, platform).value for platform in bought}
    # An owner's other costs are the same whatever capital and power, which not every platform has.
    any_capital = Value(0.0, quantity("capital_per_gpu"), "", Status.ASSUMED)
    powered = next(pair for pair in product(library.platforms, library.vintages) if library.known_power(*pair))
    owner = sourced_finance(library, *powered, {"capital_per_gpu": any_capital})
    return (
        np.array([capitals[platform].number if platform in capitals else nan for platform in platforms]),
        {key: float(amount) for key, amount in owner.numbers().items() if key in _OWNED},
        [*capitals.values(), *(value for key, value in owner.values("").items() if key in _OWNED)],
    )


def _curves(
    library: Library, platforms: Options, words: Mapping[str, Options]
) -> tuple[dict[tuple[str, ...], PlatformCurve], dict[tuple[str, ...], str]]:
    """Return the curve of each platform and service, measured or else modeled, and why the others have none."""
    curves: dict[tuple[str, ...], PlatformCurve] = {}
    reasons: dict[tuple[str, ...], str] = {}
    for key in product(platforms, *(words[name] for name in SERVICE)):
        platform, model, workload, as_of, accuracy, origin = key
        request = request_in(workload)
        assert request, "a grid's workloads are lengths"
        least, publishers = None if accuracy == NONE else float(accuracy), None if origin == ALL else (origin,)
        constraints = Constraints(minimum_accuracy=least, origin=publishers)
        try:
            day = None if as_of == NEWEST else as_of
            curves[key] = _curve(library_of(library, model), platform, request, day, constraints)
        except OutsideError:
            reasons[key] = OUTSIDE
        except InputError:
            reasons[key] = UNMEASURED
    return curves, reasons


def library_of(library: Library, model: str) -> Library:
    """Return the figures of a model: the library itself where it is of that model, else the snapshot of the model."""
    if library.is_model(model):
        return library
    known = model_of(model, library.models)
    assert known, "a grid's models are listed"
    return load(library.folder, known.snapshot)


def _curve(
    library: Library, platform: str, request: Request, as_of: str | None, constraints: Constraints
) -> PlatformCurve:
    if not is_measured(library, platform, request):
        return modeled_curve(library, platform, request, as_of=as_of, constraints=constraints)
    lengths = int(request.input_tokens), int(request.output_tokens)
    return library_curve(library, platform, lengths, as_of=as_of, constraints=constraints)


def _answer(curve: PlatformCurve, series: Options) -> Answer:
    measured = [curve]
    if isinstance(curve, ModeledCurve):
        measured = [alone for stack in curve.stacks for alone in stack.curves.values()]
    lowest = pd.concat([each.knots for each in measured]).groupby("series")["accuracy"].min()
    places = tuple(series.index(name) for name in curve.series)
    accuracy = tuple(float(lowest.get(name, nan)) for name in curve.series)
    return Answer(Envelope(curve.members), isinstance(curve, ModeledCurve), places, accuracy)
