"""All rows of a model as they stood on a day, and what a platform delivers by them at the point of a claim."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.frontier import PlatformCurve
from analysis.frontier.constraints import Constraints, series_names
from analysis.frontier.operating import library_curve, throughput_at
from analysis.frontier.series import SAME_SPEED
from analysis.frontier.tokens import kind_of_throughput
from analysis.library.loading.origins import read_origins
from analysis.library.loading.snapshots import snapshot_names
from analysis.library.measurements.formats.inferencex import PUBLISHER
from analysis.library.models import listed, model_of, same_model
from analysis.library.quantities import counts
from analysis.library.sources import Library, load
from analysis.library.values import WIDE, Value
from analysis.scenario import Parameters
from analysis.studies.claims.claim import Claim


@dataclass(frozen=True, eq=False)
class Archive:
    """The snapshots that hold rows of one model."""

    libraries: tuple[Library, ...]  # one a snapshot

    @property
    def model(self) -> str:
        """The name of the model."""
        return self.libraries[0].model

    def has(self, platform: str) -> bool:
        """Return whether any row is of a platform."""
        return any(platform in library.with_rows for library in self.libraries)

    def until(self, day: date | None) -> Library:
        """Return the snapshot with the newest row until a day; of equal ones the one with most rows until then."""

        def known(place: int) -> tuple[np.datetime64, int]:
            days = self._days[place]
            count = int(np.searchsorted(days, np.datetime64(day), "right")) if day else len(days)
            return days[count - 1] if count else np.datetime64(0, "D"), count

        return self.libraries[max(range(len(self.libraries)), key=known)]

    @cached_property
    def _days(self) -> list[NDArray[np.datetime64]]:
        """The days of the rows of each, the oldest first."""
        return [np.sort(library.benchmark["date"].to_numpy()) for library in self.libraries]


def is_about(model: str, rows_of: str, folder: Path) -> bool:
    """Return whether a statement about a model is about rows of one, by the names that `models.csv` lists."""
    meant = model_of(model, listed(folder))
    return same_model(model, rows_of) or (meant is not None and meant.is_meant_by(rows_of))


@lru_cache(maxsize=64)
def archive(library: Library, model: str) -> Archive | None:
    """Return the rows of a model; None where no snapshot holds any.

    Of the library's own model those snapshots count that share rows with its own: rows that a reader measured alone
    are not mixed with others.
    """
    names = _of(library, model)
    if is_about(model, library.model, library.folder):
        others = [load(library.folder, name) for name in names if name != library.snapshot]
        own = {name for name, _ in library.measured_rows.parts}
        related = [other for other in others if own & {name for name, _ in other.measured_rows.parts}]
        return Archive((library, *related))
    return Archive(tuple(load(library.folder, name) for name in names)) if names else None


def _of(library: Library, model: str) -> list[str]:
    """The snapshots of a model."""
    folder = library.folder / "benchmarks"
    stated = {name: folder / f"{name}.yaml" for name in snapshot_names(folder)}
    models = {name: read_origins(path).model for name, path in stated.items() if path.is_file()}
    about = {served: is_about(model, served, library.folder) for served in set(models.values())}
    return [name for name, served in models.items() if about[served]]


def was_replaced(then: PlatformCurve | None, since: PlatformCurve, interactivity: float, day: date) -> bool:
    """Return whether rows of a day that a point stood on have been replaced, so that their curve is not known.

    So it is where nothing of the day serves the point, and where the rows around it lie more than a factor of 2 apart
    or only faster than it, and later runs of the same series lie between them.
    """
    later, speed = since.knots["date"] > pd.Timestamp(day), since.knots["interactivity"]
    if then is None or then.best(interactivity) < 0:
        return bool((later & (speed >= interactivity)).any())
    member = int(then.best(interactivity))
    own = then.members[member]
    above = int(np.searchsorted(own.interactivity, interactivity))
    slower = int(np.searchsorted(own.interactivity, interactivity, side="right")) - 1
    low = float(own.interactivity[slower]) if slower >= 0 else 0.0
    if slower >= 0 and own.throughput[slower] <= WIDE * own.throughput[above]:
        return False
    between = speed.between(low * (1 + SAME_SPEED), float(own.interactivity[above]) * (1 - SAME_SPEED))
    return bool((later & between & (since.knots["series"] == then.series[member])).any())


NO_ROW = "no row of {platform} serves this point"
REPLACED = "rows of {platform} of that day were replaced since"
MEDIANS = "the rows of {model} are medians over runs, not those of a day"
OTHERS = "the row of {platform} is one of {publisher}, and the statement is about rows of " + PUBLISHER
NOT_YET = "no row of {platform} of that day is here"


@dataclass(frozen=True)
class Served:
    """A platform at a claim's point."""

    value: Value | None  # its throughput from the rows of the day; None where they are not known
    remark: str = ""  # why there is none, empty where there is one
    since: Value | None = None  # the throughput from the rows at hand, where those of the day are not known


def at_point(archive: Archive, platform: str, claim: Claim, role: str, conditions: Parameters) -> Served:
    """Return what a platform delivers at the interactivity and the sequence lengths that a claim states."""
    day, point = claim.day(role), claim.point
    assert point.interactivity is not None
    then, now = archive.until(day), archive.until(None)

    def curve(library: Library, until: date | None) -> PlatformCurve:
        let_in = _every_series(library, platform) if point.lets_suspect_rows_in else ()
        return library_curve(
            library,
            platform,
            (point.input_tokens or 0, point.output_tokens or 0),
            precision=getattr(point, f"{role}_precision") or None,
            speculative_decoding=getattr(point, f"{role}_speculative_decoding") or None,
            framework=getattr(point, f"{role}_framework") or None,
            as_of=until,
            constraints=Constraints(
                origin=publishers(library),
                minimum_accuracy=conditions.minimum_accuracy,
                suspect_series=(*conditions.suspect_series, *let_in),
            ),
            tokens=point.counted,
        )

    name = now.platform(platform).name
    since_curve = then_curve = None
    with suppress(InputError):
        since_curve = curve(now, None)
        then_curve = curve(then, day)
    if since_curve is None:
        return Served(None, NO_ROW.format(platform=name))
    kinds = counts(now.model, point.input_tokens or 0, point.output_tokens or 0)
    kinds |= {"tokens": kind_of_throughput(point.counted, "all")} if point.tokens not in ("", "total") else {}
    since = throughput_at(now, since_curve, point.interactivity, kinds)
    if any(origin.medians_until for origin in now.origins):
        return Served(None, MEDIANS.format(model=now.model), since)
    if was_replaced(then_curve, since_curve, point.interactivity, day):
        return Served(None, (REPLACED if then_curve else NOT_YET).format(platform=name), since)
    value = then_curve and throughput_at(then, then_curve, point.interactivity, kinds)
    return Served(value) if value else Served(None, NO_ROW.format(platform=name))


def publishers(library: Library) -> tuple[str, ...]:
    """Return whose rows judge a published statement: the benchmark's, and those that vendors supplied to it."""
    supplied = [origin.publisher for origin in library.origins if origin.supplied]
    return tuple(dict.fromkeys([PUBLISHER, *supplied]))


@lru_cache(maxsize=256)
def _every_series(library: Library, platform: str) -> tuple[str, ...]:
    rows = library.benchmark[library.benchmark["hardware"] == platform]
    return tuple(series_names(rows).unique())
