"""All rows of a model that the project holds: as they stood on a day, before later runs replaced them, and since."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.frontier import PlatformCurve
from analysis.frontier.series import SAME_SPEED
from analysis.library.loading.origins import read_origins
from analysis.library.loading.snapshots import snapshot_names
from analysis.library.models import listed, model_of, same_model
from analysis.library.sources import Library, load
from analysis.library.values import WIDE


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
