"""Which serving stacks were measured for a workload, and how fast any of them, or the best of several, is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.errors import InputError
from analysis.frontier import ANY, PlatformCurve
from analysis.frontier.constraints import Constraints, passing
from analysis.frontier.curves import Curve, Floats
from analysis.frontier.measured import Measured
from analysis.frontier.operating import throughput_at
from analysis.frontier.series import curves, frontiers
from analysis.frontier.tokens import KINDS
from analysis.library.loading.schemas import SERIES, series_name
from analysis.library.quantities import counts
from analysis.library.sources import Library, Platform
from analysis.library.values import Value
from analysis.scenario import Parameters
from analysis.studies.attribution.steps import ENGINES, FEATURES, IDENTITY, Stack


@dataclass(frozen=True, eq=False)
class Stacks:
    """All measured stacks of one workload."""

    library: Library  # the figures that the rows come from
    # The rows that count: until the day, the newest of each configuration, keeping the constraints.
    rows: pd.DataFrame
    # Those on the frontier of their series, with slopes, as `analysis.frontier.series.frontiers` gives them.
    knots: pd.DataFrame
    series: pd.DataFrame  # what each curve is of: a row a curve, with the columns of `IDENTITY`
    members: tuple[Curve, ...]  # the curves
    input_tokens: int  # nominal input length, in tokens
    output_tokens: int  # nominal output length, in tokens
    _known: dict[tuple[tuple[str, str | bool], ...], PlatformCurve | None] = field(default_factory=dict)

    @property
    def platforms(self) -> list[Platform]:
        """The platforms that were measured, as the library orders them."""
        measured = set(self.series["hardware"])
        return [platform for key, platform in self.library.platforms.items() if key in measured]

    @cached_property
    def every(self) -> list[Stack]:
        """Each stack that was measured, once, in the order of its name."""
        return sorted({self._stack(place) for place in range(len(self.series))})

    @property
    def kinds(self) -> dict[str, str]:
        """What the throughputs count."""
        return counts(self.library.model, self.input_tokens, self.output_tokens)

    def curve(self, hardware: str, **wanted: str | bool) -> PlatformCurve | None:
        """Return the envelope of a platform's series that are as wanted; None where none is.

        Args:
            hardware: Key of the platform.
            **wanted: Values of the columns of `series`; what is not named is free.
        """
        key = tuple({"hardware": hardware, **wanted}.items())
        if key not in self._known:
            self._known[key] = self._picked(hardware, dict(key))
        return self._known[key]

    def curve_of(self, stack: Stack) -> PlatformCurve | None:
        """Return the curve of a stack; None where it was not measured."""
        return self.curve(stack.hardware, **{name: getattr(stack, name) for name in FEATURES})

    def throughput(self, stack: Stack, interactivity: ArrayLike) -> Floats:
        """Return a stack's throughput at each interactivity, in tok/s/GPU and its shape; NaN where not measured."""
        curve = self.curve_of(stack)
        return np.full(np.shape(interactivity), np.nan)[()] if curve is None else curve(interactivity)

    def value(self, stack: Stack, interactivity: float) -> Value | None:
        """Return a stack's throughput at an interactivity, in tok/s/GPU; None where it was not measured."""
        return self.value_at(interactivity, stack.hardware, **{name: getattr(stack, name) for name in FEATURES})

    def value_at(self, interactivity: float, hardware: str, **wanted: str | bool) -> Value | None:
        """Return what the best of a platform's series that are as wanted delivers; None if none does."""
        curve = self.curve(hardware, **wanted)
        return None if curve is None else throughput_at(self.library, curve, interactivity, self.kinds)

    def best(self, hardware: str, interactivity: ArrayLike) -> list[Stack | None]:
        """Return the stack with the highest throughput at each interactivity; None where none was measured."""
        of_platform = np.flatnonzero(self.series["hardware"] == hardware)
        points = np.atleast_1d(np.asarray(interactivity, dtype=float))
        if not of_platform.size:
            return [None] * len(points)
        reached = np.array([self.members[place].at_or_above(points) for place in of_platform])
        served = ~np.isnan(reached).all(axis=0)
        places = of_platform[np.argmax(np.nan_to_num(reached), axis=0)]
        stacks = {place: self._stack(place) for place in np.unique(places)}
        return [stacks[place] if answer else None for place, answer in zip(places, served, strict=True)]

    def name(self, stack: Stack) -> str:
        """Return a stack in words, with the platform's name."""
        return f"{self.library.platform(stack.hardware).name}, {stack.software}"

    def _stack(self, place: int) -> Stack:
        row = self.series.iloc[place]
        features = {name: row[name] for name in FEATURES}
        return Stack(row["hardware"], **features | {"disaggregated": bool(row["disaggregated"])})

    def _picked(self, hardware: str, wanted: Mapping[str, str | bool]) -> PlatformCurve | None:
        fits = np.logical_and.reduce([self.series[column].to_numpy() == value for column, value in wanted.items()])
        places = np.flatnonzero(fits)
        if not places.size:
            return None
        names, of_curve = self.series["name"].to_numpy()[places], self.knots["curve"].to_numpy()
        inside = np.isin(of_curve, places)
        picked = np.searchsorted(places, of_curve[inside])
        knots = self.knots[inside].assign(curve=picked, series=names[picked])
        members, counted = tuple(self.members[place] for place in places), self.members[0].counts
        return PlatformCurve(members, counted, hardware=hardware, series=tuple(names), knots=knots, removed=())


def measured_stacks(
    library: Library,
    conditions: Parameters,
    *,
    lengths: tuple[int, int] | None = None,
    constraints: Constraints = ANY,
) -> Stacks:
    """Return all stacks that were measured for a workload, one series a hardware, framework and set of features.

    Raises:
        InfeasibleError: A constraint leaves nothing.
        InputError: The workload was not measured.
    """
    input_tokens, output_tokens = lengths or (conditions.input_tokens, conditions.output_tokens)
    every = library.benchmark
    rows = every[(every["input_tokens"] == input_tokens) & (every["output_tokens"] == output_tokens)]
    if rows.empty:
        raise InputError(f"{library.snapshot_path}: no rows of workload {input_tokens}/{output_tokens} tokens")
    asked = constraints.narrowed(
        {
            "as_of": conditions.as_of,
            "minimum_accuracy": conditions.minimum_accuracy,
            "suspect_series": tuple(conditions.suspect_series),
            "origin": tuple(conditions.origin) or None,
        }
    )
    current = passing(Measured(rows), asked).rows
    current = current[~current["label_doubt"]]  # of these it is not known which stack was measured
    current = current.assign(engine=current["framework"].map(lambda name: ENGINES.get(name, name)))
    knots = frontiers(current, (*SERIES, "disaggregated"))
    series = knots.drop_duplicates("curve")[list(IDENTITY)].reset_index(drop=True)
    series["name"] = [series_name(row) for _, row in series.iterrows()]
    counted = f"{KINDS['total', 'all']}, {input_tokens}/{output_tokens} input/output tokens"
    return Stacks(library, current, knots, series, curves(knots, counted), input_tokens, output_tokens)
