"""One platform of a comparison: at the row that serves a speed or keeps limits on tails, or on its curve there."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import isnan
from typing import Literal, get_args

import pandas as pd

from analysis import formulas
from analysis.comparison import metrics
from analysis.comparison.contenders import Contender, contender, known_price
from analysis.comparison.row_for import WAITS, first_token, row_behind
from analysis.comparison.tariff import ModeledContender
from analysis.errors import InputError, nearest
from analysis.frontier import measured_operating_point
from analysis.frontier.constraints import Constraints
from analysis.frontier.operating import rows_beside, throughput_at
from analysis.frontier.platform import beyond
from analysis.library.quantities import quantity
from analysis.library.sources import Library, Platform
from analysis.library.values import Status, Value, calculate
from analysis.scenario import Parameters

Basis = Literal["rows", "curve"]
"""Which reading of a platform answers: its best measured row at or above a speed, or its curve at that speed."""


@dataclass(frozen=True, eq=False, repr=False)
class Side:
    """One platform of a comparison.

    Attributes:
        contender: The platform with its curve, price and power.
        row: The measured row at which it is compared; on the curve the row next above the point, of the same series.
        given: Price, power, throughput, interactivity and peak rate, by quantity.
        waits: Modeled times to first token, by quantity, where the row's are those of other requests.
    """

    contender: Contender
    row: pd.Series
    given: Mapping[str, Value]
    waits: Mapping[str, Value] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Platform, series, speed and throughput, on a line."""
        speed, throughput = self.given["interactivity"], self.given["throughput_per_gpu"]
        return f"<{self.platform.name}, {self.series}: {throughput} at {speed}>"

    @property
    def platform(self) -> Platform:
        """The platform."""
        return self.contender.platform

    @property
    def is_modeled(self) -> bool:
        """Whether nobody measured the platform at these lengths."""
        return isinstance(self.contender, ModeledContender)

    @property
    def series(self) -> str:
        """The series that serves: framework, precision and, if there is any, speculative decoding."""
        return str(self.row["series"])

    @cached_property
    def levels(self) -> dict[str, Value]:
        """Every metric of the platform, by quantity: given, or computed from what is given, where all of it is."""
        return metrics.levels(self.given, calculate)

    @property
    def service(self) -> dict[str, Value]:
        """What users get beside the tokens, by quantity: speed, time to first token and accuracy, where known."""
        measured = {
            key: self.contender.library.measured(self.row, column, key, {})
            for key, column in (("ttft_median", "ttft_median"), ("ttft_tail", "ttft_p99"), ("accuracy", "accuracy"))
            if not isnan(self.row[column])
        }
        return {"interactivity": self.given["interactivity"], **measured, **self.waits}


def side(contender: Contender, interactivity: float, rate: str, basis: Basis) -> Side:
    """Return a platform at a speed.

    Raises:
        InfeasibleError: No row reaches the interactivity.
        InputError: There is no such basis.
    """
    if basis not in get_args(Basis):
        raise InputError(f"basis: found {basis!r}; {nearest(str(basis), get_args(Basis))}")
    library = contender.library
    if isinstance(contender, ModeledContender):
        return _modeled(contender, interactivity, rate)
    row = measured_operating_point(contender.curve, interactivity)
    if basis == "curve":
        row = rows_beside(contender.curve, interactivity)[1]
    at_point = _measured(contender, row)
    if basis == "curve":
        throughput = throughput_at(library, contender.curve, interactivity, contender.kinds)
        assert throughput is not None, "a row at or above the speed serves it on the curve, too"
        served = contender.place(float(contender.curve.served_at(interactivity)), "where the curve is read")
        on_a_row = throughput.status == Status.MEASURED
        at_point = (at_point if on_a_row else {"interactivity": served}) | {"throughput_per_gpu": throughput}
    return Side(contender, row, {**contender.given, **at_point, **_peak(contender, rate)})


def _modeled(contender: ModeledContender, interactivity: float, rate: str) -> Side:
    """Return a platform whose throughput is modeled; its row is the one whose first token is scaled."""
    tariff = contender.tariff(interactivity)
    if tariff is None:
        raise beyond(contender.curve, interactivity)
    row = row_behind(tariff)
    throughput = contender.throughput(interactivity)
    assert throughput is not None, "there is a tariff"
    every = {key: first_token(contender.library, tariff, column) for column, key in WAITS.items()}
    waits = {key: wait for key, wait in every.items() if wait}
    point = {"throughput_per_gpu": throughput, "interactivity": tariff.interactivity}
    return Side(contender, row, {**contender.given, **point, **_peak(contender, rate)}, waits)


def _peak(contender: Contender, rate: str) -> dict[str, Value]:
    library, hardware = contender.library, contender.platform.key
    return {"peak_flops": library.peak_flops(hardware, rate)} if library.has_rate(hardware, rate) else {}


def repriced(side: Side, conditions: Parameters, role: str) -> Side:
    """Return a platform at the same point and at other prices and power; without what their vintage does not know."""
    library, hardware = side.contender.library, side.platform.key
    known = {
        "price_per_gpu_hour": known_price(library, conditions, hardware, role),
        "power_per_gpu": library.known_power(hardware, conditions.vintage),
    }
    return replace(side, given={key: value for key, value in {**side.given, **known}.items() if value})


def _measured(contender: Contender, row: pd.Series) -> dict[str, Value]:
    """Return what was measured at a row of the curve: throughput, speed, concurrency and GPUs, by quantity."""
    library, metrics_there = contender.library, contender.measured(row)
    pools = {role: library.measured(row, role, role, {}) for role in ("prefill_gpus", "decode_gpus")}
    deployment = (
        pools | {"gpus": calculate(formulas.deployment_gpus, mixing=(), **pools)}
        if row["disaggregated"]
        else {"gpus": replace(pools["decode_gpus"], quantity=quantity("gpus"))}
    )
    return {
        "throughput_per_gpu": metrics_there["throughput_per_gpu"],
        "interactivity": metrics_there["interactivity"],
        "concurrency": library.measured(row, "concurrency", "concurrency", {}),
        **deployment,
    }


TINY = 1e-9  # an interactivity that every row reaches, in tok/s/user


@dataclass(frozen=True, eq=False)
class Goodput:
    """The best measured row of a platform that keeps two limits on tails, and its throughput in tok/s/GPU."""

    row: pd.Series
    throughput: Value


def goodput(library: Library, conditions: Parameters, hardware: str, speed: float, wait: float) -> Goodput | None:
    """Return the row of highest throughput whose 99th percentiles keep a speed and a time to first token.

    Args:
        library: The figures.
        conditions: Workload, cut-off day, accuracy, vintage and prices; its own limits on tails are kept as well.
        hardware: Key of the platform.
        speed: That all but the slowest hundredth get at least, in tok/s/user.
        wait: For the first token, of all but the slowest hundredth, at most, in s.
    """
    speed_limit = max(speed, conditions.minimum_interactivity_p99 or speed)
    wait_limit = min(wait, conditions.maximum_ttft_p99 or wait)
    tails = {"minimum_interactivity_p99": speed_limit, "maximum_ttft_p99": wait_limit}
    with suppress(InputError):  # no row keeps both, or there are none at these lengths
        side = contender(library, conditions.model_copy(update=tails), hardware, constraints=Constraints())
        row = measured_operating_point(side.curve, TINY)
        return Goodput(row, side.measured(row)["throughput_per_gpu"])
    return None
