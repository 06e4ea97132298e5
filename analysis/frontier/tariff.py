"""The two-part tariff: what GPU time an input and an output token take, from the workloads that were measured.

At one interactivity a request is taken to need a I + b O seconds of a GPU for its I computed input and O output
tokens. All functions work on arrays along the interactivity.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.errors import InputError
from analysis.frontier.curves import Floats

Lengths = tuple[int, int]  # input and output tokens of a measured workload
Seconds = Mapping[Lengths, Floats]
"""GPU time of a request of each measured workload, in GPU s, along the interactivity."""

Span = tuple[float, float]
FEWEST = 2  # workloads that a stack must have been measured at: with fewer, nobody knows how wrong its tariff is


@dataclass(frozen=True)
class Request:
    """One request, or the mean of several: the tariff is linear, so their mean takes the mean of their times."""

    input_tokens: float  # of the prompt, in tok
    output_tokens: float  # of the answer, in tok
    cache_hit_rate: float = 0.0  # share of the prompt's tokens that a cache holds; they take no GPU time
    parts: tuple["Request", ...] = ()  # the requests that it is the mean of; none where it is one itself

    def __post_init__(self) -> None:
        """Check that there are tokens, and that the cache holds a share of them."""
        if not (self.input_tokens > 0 and self.output_tokens > 0 and 0 <= self.cache_hit_rate <= 1):
            raise InputError(f"request: found {self}, allowed are tokens above 0 and a cache hit rate from 0 to 1")

    @property
    def tokens(self) -> float:
        """Input and output tokens, in tok."""
        return self.input_tokens + self.output_tokens

    @property
    def computed_tokens(self) -> float:
        """Input tokens that no cache holds, in tok."""
        return self.input_tokens * (1 - self.cache_hit_rate)

    @property
    def lengths(self) -> Lengths | None:
        """Its lengths where it is one request without a cache, as a measured workload has them; else None."""
        plain = not self.parts and not self.cache_hit_rate
        return (int(self.input_tokens), int(self.output_tokens)) if plain else None


def mixed(shares: Sequence[float], requests: Sequence[Request]) -> Request:
    """Return the mean of several requests.

    Args:
        shares: Of each among the requests; they add up to 1.
        requests: What each asks.

    Raises:
        InputError: The shares do not add up to 1, or there is not one for each request.
    """
    if len(shares) != len(requests) or not np.isclose(sum(shares), 1) or min(shares, default=0) < 0:
        listed = ", ".join(f"{share:g}" for share in shares)
        raise InputError(f"workloads: found shares {listed}, allowed are amounts above 0 that add up to 1")
    if len(requests) == 1:
        return requests[0]
    inputs, outputs, cached = (
        sum(share * tokens for share, tokens in zip(shares, column, strict=True))
        for column in zip(
            *((each.input_tokens, each.output_tokens, each.input_tokens - each.computed_tokens) for each in requests),
            strict=True,
        )
    )
    return Request(inputs, outputs, cached / inputs, tuple(requests))


class Tariff(NamedTuple):
    """GPU time of a token along the interactivity, in GPU s/tok; NaN where it is not known."""

    input_token: Floats
    output_token: Floats

    def seconds(self, request: Request) -> Floats:
        """Return the GPU time of a request, in GPU s."""
        return self.input_token * request.computed_tokens + self.output_token * request.output_tokens


def fitted(seconds: Seconds, ratio: float, pull: float) -> Tariff:
    """Return the tariff a, b >= 0 that is nearest to the measured workloads, in relative squares.

    It minimizes the sum of ((a I + b O) / t - 1)^2 over the workloads and one more term, (pull (u - v))^2, in which
    u and v are a and b in units of the tariff of one ratio a / b that fits best. So two workloads that hardly differ
    in what they tell of a leave it near the ratio; with the pull 0 the workloads decide alone.

    Args:
        seconds: GPU time of a request of each workload.
        ratio: Of a to b, as stacks have it usually.
        pull: How strongly the tariff is drawn to it.
    """
    base = _scale(seconds, ratio)
    of_input = np.array([lengths[0] * ratio * base / time for lengths, time in seconds.items()])
    of_output = np.array([lengths[1] * base / time for lengths, time in seconds.items()])
    inputs, outputs = of_input.sum(axis=0), of_output.sum(axis=0)
    input_square, output_square = (np.sum(part**2, axis=0) + pull**2 for part in (of_input, of_output))
    cross = np.sum(of_input * of_output, axis=0) - pull**2
    common = input_square * output_square - cross**2
    first = (inputs * output_square - outputs * cross) / common
    second = (outputs * input_square - inputs * cross) / common
    # The square has one minimum; where that has a negative part, the least on the edge has that part nil.
    no_input, no_output = first < 0, second < 0
    first = np.where(no_output, inputs / input_square, np.where(no_input, 0.0, first))
    second = np.where(no_output, 0.0, np.where(no_input, outputs / output_square, second))
    return Tariff(first * ratio * base, second * base)


def meeting(tariff: Tariff, seconds: Seconds, request: Request) -> Tariff:
    """Return a tariff scaled so that it meets the workloads that were measured.

    What the fit misses at a workload, as a factor, is carried over to lengths near it: each workload weighs as the
    inverse square of its distance in the logarithms of both lengths. At a measured workload the tariff then gives
    the measured time, and between two it goes from one to the other.
    """
    asked = np.log([request.input_tokens, request.output_tokens])
    distances = np.array([np.sum((np.log(lengths) - asked) ** 2) for lengths in seconds])
    weight = (distances == 0) if (distances == 0).any() else 1 / distances
    misses = np.array([np.log(time / tariff.seconds(Request(*lengths))) for lengths, time in seconds.items()])
    scale = np.exp(np.average(misses, axis=0, weights=weight))
    return Tariff(tariff.input_token * scale, tariff.output_token * scale)


def tariff_of(seconds: Seconds, request: Request, ratio: float, pull: float) -> Tariff:
    """Return the tariff of a request: fitted to the workloads, and meeting them; arguments as of both."""
    return meeting(fitted(seconds, ratio, pull), seconds, request)


def missed(seconds: Seconds, ratio: float, pull: float) -> dict[Lengths, Floats]:
    """Return by what factor the tariff of the others misses each workload when it is left out, as a logarithm.

    Above 0 the tariff says more GPU time than was measured. Arguments as of `fitted`.
    """
    without = {left: {lengths: time for lengths, time in seconds.items() if lengths != left} for left in seconds}
    return {
        left: np.log(tariff_of(rest, Request(*left), ratio, pull).seconds(Request(*left)) / seconds[left])
        for left, rest in without.items()
        if rest
    }


def error(misses: Mapping[Lengths, Floats]) -> Floats:
    """Return the typical error as a factor: the root of the mean squared logarithm.

    Args:
        misses: By workload, as `missed` gives them.
    """
    return np.asarray(np.exp(np.sqrt(np.mean([miss**2 for miss in misses.values()], axis=0))))


def region(workloads: Iterable[Lengths], reach: float) -> tuple[Span, Span]:
    """Return the shortest and longest input, and output, that the tariff of these workloads answers for, in tok.

    Args:
        workloads: Those measured.
        reach: How many times beyond the shortest and the longest of them it may go.
    """
    inputs, outputs = zip(*workloads, strict=True)
    return (min(inputs) / reach, max(inputs) * reach), (min(outputs) / reach, max(outputs) * reach)


def _scale(seconds: Seconds, ratio: float) -> Floats:
    """The time of an output token where input tokens take the ratio of it: the geometric mean over the workloads."""
    each = [np.log(time / (ratio * lengths[0] + lengths[1])) for lengths, time in seconds.items()]
    return np.asarray(np.exp(np.mean(each, axis=0)))
