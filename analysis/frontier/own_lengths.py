"""Throughput for requests of lengths that nobody measured: the two-part tariff of every stack, along its curve."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from analysis.errors import InputError
from analysis.frontier.constraints import Constraints
from analysis.frontier.curves import Curve
from analysis.frontier.platform import ANY, PlatformCurve, throughput_curve
from analysis.frontier.stacks import Rule, StackCurves, rule, stacks
from analysis.frontier.tariff import FEWEST, Request, Span, Tariff, error, missed, region, tariff_of
from analysis.frontier.tokens import kind_of_throughput
from analysis.library.choices import choice
from analysis.library.sources import Library

BETWEEN = 8  # places between two neighboring measured interactivities at which a modeled curve is computed


class OutsideError(InputError):
    """Lengths lie outside of the region that the measured workloads of a platform answer for."""


class Modeled(NamedTuple):
    """A modeled operating point."""

    stack: StackCurves  # that serves there
    interactivity: float  # that it serves at, in tok/s/user
    tariff: Tariff  # GPU time of a token, in GPU s/tok
    error: float  # by what factor the tariff is typically wrong there


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class ModeledCurve(PlatformCurve):
    """The modeled throughput of a platform for a request, by its best stack at each interactivity, in tok/s/GPU.

    It counts input tokens that a cache holds, too. It has no measured rows, so `knots` and `removed` are empty.
    """

    stacks: tuple[StackCurves, ...]  # the stack of each member
    request: Request  # whose lengths are meant
    rule: Rule  # how the tariffs are fitted

    def point(self, interactivity: float) -> Modeled | None:
        """Return the operating point at an interactivity (tok/s/user) or above it; None where nothing serves it."""
        if np.isnan(self(interactivity)):
            return None
        stack, served = self.stacks[int(self.best(interactivity))], float(self.served_at(interactivity))
        seconds = stack.seconds(served)
        fit = tariff_of(seconds, self.request, *self.rule)
        # Between the places at which a curve is computed it differs from the fit by less than is shown; it counts.
        exact = self.request.tokens / float(self(interactivity)) / fit.seconds(self.request)
        tariff = Tariff(fit.input_token * exact, fit.output_token * exact)
        return Modeled(stack, served, tariff, float(error(missed(seconds, *self.rule))[0]))


@lru_cache(maxsize=256)
def modeled_curve(
    library: Library,
    hardware: str,
    request: Request,
    *,
    as_of: date | str | None = None,
    constraints: Constraints = ANY,
) -> ModeledCurve:
    """Return the modeled throughput of a platform for a request against interactivity.

    Args:
        library: The figures.
        hardware: Key of the platform.
        request: Its lengths, and what a cache holds of them.
        as_of: Last day whose rows count; none: all days.
        constraints: What else the rows must satisfy.

    Raises:
        OutsideError: The lengths lie outside of the region that the workloads answer for, which the message names.
        InputError: No stack of the platform was measured at two workloads.
    """
    measured = stacks(library, hardware, as_of=as_of, constraints=constraints)
    known = [stack for stack in measured if stack.places.size]
    if not known:
        raise InputError(
            f"{hardware}: no stack was measured at {FEWEST} workloads under these limits, so nobody knows how wrong "
            "a model of other lengths would be; allowed are the measured ones"
        )
    within = [stack for stack in known if answers_for(stack, request)]
    if not within:
        raise _outside(hardware, request, {_region(stack) for stack in known})
    rules = rule(library, as_of)
    members = tuple(_member(stack, request, rules) for stack in within)
    return ModeledCurve(
        members, _counts(request), hardware=hardware, series=tuple(stack.series for stack in within),
        knots=library.benchmark.iloc[:0], removed=(),
        stacks=tuple(within), request=request, rule=rules,
    )  # fmt: skip


def answers_for(stack: StackCurves, request: Request) -> bool:
    """Return whether a request, with every part of a mix, lies in the region that a stack's workloads answer for."""
    return _inside(request, _region(stack))


def _region(stack: StackCurves) -> tuple[Span, Span]:
    return region(stack.curves, choice("ratio", "reach of the two-part tariff").number)


def _member(stack: StackCurves, request: Request, rules: Rule) -> Curve:
    knots = stack.places
    between = np.linspace(knots[:-1], knots[1:], BETWEEN, endpoint=False).ravel()
    places = np.unique(np.append(between, knots[-1]))
    seconds = tariff_of(stack.seconds(places), request, *rules).seconds(request)
    return throughput_curve(places, request.tokens / seconds)


def _counts(request: Request) -> str:
    """Return what the throughput counts, as `analysis.frontier.tokens` says it of a measured one."""
    lengths = f"{request.input_tokens:.10g}/{request.output_tokens:.10g} input/output tokens"
    cached = f", {request.cache_hit_rate:.10g} of the input cached" if request.cache_hit_rate else ""
    return f"{kind_of_throughput('total', 'all')}, {lengths}{cached}"


def _inside(request: Request, spans: tuple[Span, Span]) -> bool:
    return all(
        low <= tokens <= high
        for each in request.parts or (request,)
        for tokens, (low, high) in zip((each.input_tokens, each.output_tokens), spans, strict=True)
    )


def _outside(hardware: str, request: Request, regions: set[tuple[Span, Span]]) -> OutsideError:
    asked = " and ".join(f"{each.input_tokens:,g}/{each.output_tokens:,g}" for each in request.parts or (request,))
    wide = [each for each in regions if not any(each != other and _holds(other, each) for other in regions)]
    allowed = " or ".join(
        "{:,.0f} to {:,.0f} input and {:,.0f} to {:,.0f} output tokens".format(*inputs, *outputs)
        for inputs, outputs in sorted(wide)
    )
    return OutsideError(
        f"{hardware}: found {asked} input/output tokens, outside of the region that its measured workloads answer "
        f"for; allowed are {allowed}"
    )


def _holds(outer: tuple[Span, Span], inner: tuple[Span, Span]) -> bool:
    return all(low <= start and end <= high for (low, high), (start, end) in zip(outer, inner, strict=True))
