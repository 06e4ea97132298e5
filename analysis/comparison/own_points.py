"""What a token costs at each operating point of a reader's own, beside the published curve at the same speed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis import formulas
from analysis.errors import InputError
from analysis.frontier.measured import Measured
from analysis.frontier.platform import platform_curve, throughput_curve
from analysis.frontier.tariff import FEWEST, Request, tariff_of
from analysis.library.measurements.points import Point, Reading
from analysis.library.measurements.run import nominal
from analysis.library.sources import Library

PER_MILLION = 1e6


@dataclass(frozen=True)
class OwnPoint:
    """An operating point, with what is known of its deployment; what is not known is empty."""

    hardware: str
    model: str
    precision: str  # such as "fp8"
    stack: str  # framework and speculative decoding, as a row says them
    input_tokens: int
    output_tokens: int
    concurrency: int
    interactivity: float  # median, in tok/s/user
    throughput: float  # input and output tokens, in tok/s/GPU

    @property
    def lengths(self) -> tuple[int, int]:
        """Input and output tokens of its workload."""
        return self.input_tokens, self.output_tokens

    @property
    def deployed(self) -> tuple[str, str, str]:
        """What tells its stack from another."""
        return self.hardware, self.precision, self.stack


@dataclass(frozen=True)
class Costed:
    """What an operating point costs, and what the published curve gives at its speed."""

    point: OwnPoint
    cost: float  # of a million tokens at full load, in USD/Mtok
    per_megawatt: float | None  # in tok/s/MW; None where no power is known
    joules: float | None  # per token, in J/tok; likewise
    # Of a million input tokens by the two-part tariff, in USD/Mtok; None unless two workloads of the stack serve that
    # speed.
    input_cost: float | None
    output_cost: float | None  # of a million output tokens, likewise
    # Throughput of the best sound published series at that speed, in tok/s/GPU; None if there is none.
    published: float | None
    series: str  # its name, or why there is none
    published_cost: float | None  # in USD/Mtok at the same price


class Published:
    """The curves of a publisher's sound rows."""

    def __init__(self, library: Library, publisher: str) -> None:
        """Take the rows of a publisher from a library."""
        self._library = library
        self._rows = Measured(library.benchmark[library.benchmark["publisher"] == publisher])

    def at(self, point: OwnPoint) -> tuple[float | None, str]:
        """Return the throughput of the best series at a point's speed and its name, or None and why there is none."""
        if point.model and not self._library.is_model(point.model):
            return None, f"its rows are of {self._library.model}"
        try:
            curve = platform_curve(
                self._rows, point.hardware, input_tokens=point.input_tokens, output_tokens=point.output_tokens,
                precision=point.precision or None,
            )  # fmt: skip
        except InputError as error:
            return None, str(error)
        if point.interactivity > curve.high:
            return None, f"its fastest row gives {curve.high:.4g} tok/s/user"
        return float(curve(point.interactivity)), str(curve.series_at(point.interactivity))


def own_points(readings: Sequence[Reading]) -> list[OwnPoint]:
    """Return the operating points of files that were read, by rising interactivity.

    Raises:
        InputError: A file does not say how many GPUs served, or its lengths are no nominal ones.
    """
    points = [_of_run(point) for reading in readings for point in reading.points]
    points += [point for reading in readings for point in _of_rows(reading)]
    return sorted(points, key=lambda point: (point.input_tokens, point.output_tokens, point.interactivity))


def _of_rows(reading: Reading) -> list[OwnPoint]:
    rows = [] if reading.rows is None else reading.rows.to_dict("records")
    return [
        OwnPoint(
            row["hardware"], reading.model, row["precision"], f"{row['framework']} {row['speculative_decoding']}",
            row["input_tokens"], row["output_tokens"], row["concurrency"], row["interactivity_median"],
            row["throughput_per_gpu"],
        )
        for row in rows
    ]  # fmt: skip


def _of_run(point: Point) -> OwnPoint:
    run, stated = point.run, point.deployment
    if stated.all_gpus is None:
        raise InputError(f"{run.place}: the file does not say how many GPUs served; give --gpus")
    if run.tpot.median is None:
        raise InputError(f"{run.place}: has no time per output token")
    stack = " ".join(filter(None, [stated.framework, stated.speculative_decoding]))
    prompt = nominal(run.input_tokens, stated.input_tokens, "input", run.place)
    answer = nominal(run.output_tokens, stated.output_tokens, "output", run.place)
    return OwnPoint(
        stated.hardware, stated.model, stated.precision, stack, prompt, answer, point.concurrency,
        1 / run.tpot.median, run.throughput / stated.all_gpus,
    )  # fmt: skip


def costed(
    points: Sequence[OwnPoint], price: float, power: float | None, published: Published | None
) -> list[Costed]:
    """Return what operating points cost, beside the published curve of the same platform, model and workload.

    Args:
        points: The operating points.
        price: In USD/GPU/h.
        power: In kW/GPU; None where it is not known.
        published: What they stand beside; None where nobody says on which hardware they were measured.
    """
    answers = []
    for point in points:
        by_power = (formulas.throughput_per_megawatt, formulas.energy_per_token)
        per_megawatt, joules = (None if power is None else made(point.throughput, power) for made in by_power)
        cost, tokens = formulas.cost_per_million_tokens(price, point.throughput), token_costs(point, points, price)
        throughput, series = published.at(point) if published else (None, "give --hardware")
        other_cost = None if throughput is None else formulas.cost_per_million_tokens(price, throughput)
        answers.append(Costed(point, cost, per_megawatt, joules, *tokens, throughput, series, other_cost))
    return answers


def token_costs(point: OwnPoint, points: Sequence[OwnPoint], price: float) -> tuple[float | None, float | None]:
    """Return what a million input and output tokens cost at a point's speed, in USD/Mtok; None where nobody knows.

    The GPU time of a request is taken to be a I + b O, from all workloads of the point's stack that serve its speed;
    the workloads decide alone. The price is in USD/GPU/h.
    """
    seconds = {}
    for lengths in sorted({other.lengths for other in points}):
        alike = [other for other in points if other.lengths == lengths and other.deployed == point.deployed]
        if not alike:
            continue
        curve = throughput_curve([other.interactivity for other in alike], [other.throughput for other in alike])
        if point.interactivity <= curve.high:
            seconds[lengths] = np.array([sum(lengths) / float(curve.at_or_above(point.interactivity))])
    if len(seconds) < FEWEST:
        return None, None
    tariff = tariff_of(seconds, Request(point.input_tokens, point.output_tokens), 1.0, 0.0)
    input_time, output_time = (PER_MILLION * float(part[0]) for part in tariff)
    return formulas.input_token_cost(price, input_time), formulas.output_token_cost(price, output_time)
