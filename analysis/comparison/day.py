"""A day's load hour by hour: how many GPUs its peak takes, how busy they are, and what users get off-peak."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from analysis import formulas
from analysis.comparison.contenders import Contender
from analysis.errors import InputError
from analysis.frontier.crossings import highest_interactivity
from analysis.frontier.curves import Curve, Floats
from analysis.library.choices import choice
from analysis.library.quantities import quantity
from analysis.library.values import Status, Value, made
from analysis.scenario import HOURS, Parameters

SECONDS = 3600
SHAPES = ("flat", "office hours", "two time zones")


def shape(name: str) -> Floats:
    """Return the load of each hour of a day over the mean load.

    Args:
        name: One of `SHAPES`: the same at all hours; high in office hours and low outside of them; the latter twice,
            for users in two time zones.

    Raises:
        InputError: There is no such shape.
    """
    if name not in SHAPES:
        raise InputError(f"day_shape: found {name!r}, allowed are {', '.join(SHAPES)}")
    if name == "flat":
        return np.ones(HOURS)
    begin, end, outside, apart = (
        choice(key, "office hours").number for key in ("hour_begin", "hour_end", "off_hours_share", "zones_apart")
    )
    hours = np.arange(HOURS)
    within = np.where((hours >= begin) & (hours < end), 1.0, outside)
    office = np.roll(within, -1) + within + np.roll(within, 1)  # people come and go over three hours
    return hourly(office + np.roll(office, int(apart)) if name == "two time zones" else office)


def hourly(loads: Sequence[float] | Floats) -> Floats:
    """Return the load of each hour over the mean load, from loads in any unit.

    Raises:
        InputError: There are not 24 of them, one is negative, or all are nil.
    """
    every = np.asarray(loads, dtype=float)
    if every.shape != (HOURS,) or not np.isfinite(every).all() or (every < 0).any() or not every.any():
        raise InputError(f"hourly_load: found {len(every)} numbers, allowed are 24 from 0 on, and one above it")
    return np.asarray(every / every.mean())


@dataclass(frozen=True, eq=False)
class DayLoad:
    """The load of a day."""

    tokens_per_day: Value  # input and output tokens, in tok/day
    arrivals: Floats  # of users who wait for an answer, in each hour over their mean
    batch_share: float = 0.0  # share of the tokens that may wait for any hour of the day

    @cached_property
    def hours(self) -> Floats:
        """The load of each hour, in tok/s: batch fills the hours in which users ask least, up to one level."""
        mean = self.tokens_per_day.number / (HOURS * SECONDS)
        users, batch = (1 - self.batch_share) * mean * self.arrivals, self.batch_share * mean * HOURS
        rising = np.sort(users)
        levels = (batch + np.cumsum(rising)) / np.arange(1, HOURS + 1)
        within = np.append(rising[1:], np.inf) >= levels  # the first level that does not reach the next hour's users
        level = float(levels[np.argmax(within)])
        return np.asarray(np.maximum(users, level))

    @property
    def peak_factor(self) -> Value:
        """The load of the busiest hour over the mean load."""
        factor = float(self.hours.max() / self.hours.mean())
        return Value(factor, quantity("peak_factor"), "a day's load", Status.ASSUMED, note="of the shape of the day")


def day_load(conditions: Parameters, tokens_per_day: Value) -> DayLoad:
    """Return the load of a scenario's day: of its own hours or its shape, else the same at all hours."""
    own = conditions.hourly_load
    return DayLoad(
        tokens_per_day, hourly(own) if own else shape(conditions.day_shape or "flat"), conditions.batch_share
    )


@dataclass(frozen=True, eq=False)
class DayFleet:
    """GPUs of one platform that carry a day's load."""

    load: DayLoad
    throughput: Value  # of a GPU at full load and the interactivity asked, in tok/s/GPU
    gpus: Value  # that the busiest hour takes, whole ones
    needed: Value  # that the hours take in the mean, were GPUs had by the hour
    utilization: Value  # mean load over what the GPUs deliver at full load
    speeds: Floats  # that users get in each hour, in tok/s/user

    def speed(self, hour: int) -> Value:
        """Return what users get in an hour, in tok/s/user."""
        subject, key = self.throughput.subject, quantity("interactivity")
        return Value(float(self.speeds[hour]), key, subject, Status.MODELED, inputs={"throughput": self.throughput})

    @property
    def quietest(self) -> Value:
        """What users get in the hour of the least load, in tok/s/user."""
        return self.speed(int(np.argmin(self.load.hours)))


def day_fleet(serving: Contender, load: DayLoad, interactivity: float, peak_utilization: float) -> DayFleet | None:
    """Return the GPUs that carry a day's load on a platform; None where nothing serves the interactivity.

    In each hour the load is spread over all GPUs. Where fewer requests share a GPU, the same series serves them at
    the higher interactivity at which its curve has that throughput, at most its highest measured one.

    Args:
        serving: The platform, measured or modeled.
        load: Of the day.
        interactivity: That users get at least, in tok/s/user.
        peak_utilization: Load in the busiest hour over what the GPUs deliver at full load.
    """
    throughput = serving.throughput(interactivity)
    if throughput is None:
        return None
    each = throughput.number * peak_utilization
    by_hour = np.ceil(load.hours / each)
    name = serving.platform.name
    gpus = Value(
        float(by_hour.max()), quantity("fleet_gpus"), name, Status.DERIVED, inputs={"throughput": throughput}
    )
    fleet = {"fleet_gpus": gpus, "throughput_per_gpu": throughput}
    used = made(name, formulas.fleet_utilization, tokens_per_day=load.tokens_per_day, **fleet)
    member = serving.curve.members[int(serving.curve.best(interactivity))]
    speeds = [_speed(member, hour / gpus.number, interactivity) for hour in load.hours]
    needed = replace(gpus, number=float(by_hour.mean()))
    return DayFleet(load, throughput, gpus, needed, used, np.array(speeds))


def _speed(curve: Curve, throughput: float, slowest: float) -> float:
    """Return the interactivity at which a series serves so much, in tok/s/user; no lower than is asked."""
    if not throughput:
        return curve.high
    return max(float(highest_interactivity(curve, throughput)), slowest)
