"""What throughput a platform reaches at a wanted interactivity: from measured rows to curve and operating point."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.errors import InputError
from analysis.frontier.constraints import Constraints
from analysis.frontier.curves import Curve, Envelope, curve_through
from analysis.frontier.limits import InfeasibleError, Narrowing
from analysis.frontier.measured import PUBLISHER, Measured
from analysis.frontier.series import knots_of, positive
from analysis.frontier.tokens import Gpus, Tokens, select
from analysis.library.loading.schemas import STACK

Allowed = str | tuple[str, ...] | None  # one word or several that a row may have; None: any

ANY = Constraints()


def throughput_curve(interactivity: ArrayLike, throughput: ArrayLike, counts: str = "") -> Curve:
    """Return the curve through the Pareto frontier of measured points, in tok/s/GPU.

    Args:
        interactivity: One value per point, in tok/s/user.
        throughput: One value per point, in tok/s/GPU.
        counts: What the throughput counts and for which workload, to keep two kinds from being compared.

    Raises:
        InputError: There is no point, the lengths differ, or a value is not a positive number.

    Source: M. Steffen, Astronomy & Astrophysics 239, 443 (1990).
    """
    speed, output = positive(interactivity, "interactivity"), positive(throughput, "throughput")
    if len(speed) != len(output):
        raise InputError(f"{len(speed)} values of interactivity and {len(output)} of throughput; allowed is one each")
    return curve_through(speed, output, counts)


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class PlatformCurve(Envelope):
    """The throughput of a platform at each interactivity, by its best series there, in tok/s/GPU.

    Attributes:
        members: One curve per series.
        counts: What the throughput counts, and for which workload.
        hardware: Key of the platform.
        series: The name of each member: framework, precision and speculative decoding.
        knots: The measured rows on the frontiers, with their index and columns and also `curve` (position in
            `members`), `series` (its name), `interactivity`, `throughput` and `slope`.
        removed: What each constraint removed.
    """

    hardware: str
    series: tuple[str, ...]
    knots: pd.DataFrame
    removed: tuple[Narrowing, ...]

    def __repr__(self) -> str:
        """What it covers, on a line."""
        covers = f"{self.low:.4g} to {self.high:.4g} tok/s/user"
        return f"<PlatformCurve of {self.hardware}: {len(self.series)} series, {covers}; {self.counts}>"

    def series_at(self, interactivity: ArrayLike) -> str | NDArray[np.object_]:
        """Return the name of the best series at each interactivity, in its shape; empty where none was measured."""
        names: NDArray[np.object_] = np.array([*self.series, ""], dtype=object)
        return names[self.best(interactivity)]


def platform_curve(
    rows: pd.DataFrame | Measured,
    hardware: str,
    *,
    input_tokens: int,
    output_tokens: int,
    precision: Allowed = None,
    speculative_decoding: Allowed = None,
    framework: Allowed = None,
    as_of: date | str | None = None,
    constraints: Constraints = ANY,
    tokens: Tokens = "total",
    gpus: Gpus = "all",
) -> PlatformCurve:
    """Return the throughput of a platform against interactivity: the upper envelope of its series' curves.

    Args:
        rows: Benchmark rows; what was worked out of measured ones for another question is not worked out again.
        hardware: Key of the platform.
        input_tokens: Nominal input length, in tokens.
        output_tokens: Nominal output length, in tokens.
        precision: One or several that are allowed; none: any.
        speculative_decoding: One or several that are allowed; none: any.
        framework: One or several that are allowed; none: any.
        as_of: Last day whose rows count; none: all days.
        constraints: What else the service asks.
        tokens: Which tokens the throughput counts: "total", "input" or "output".
        gpus: Whose number divides them: "all", "prefill" or "decode".

    Raises:
        InfeasibleError: A filter or constraint leaves nothing.
        InputError: No such platform or workload, a column is missing, something is asked twice, the throughput mixes
            two kinds, or a value is not a positive number.
    """
    words = {"precisions": precision, "speculative_decoding": speculative_decoding, "frameworks": framework}
    listed = {name: (allowed,) if isinstance(allowed, str) else allowed for name, allowed in words.items()}
    asked = constraints.narrowed({**listed, "as_of": as_of})
    table = rows if isinstance(rows, Measured) else Measured(rows)
    left, throughput, counts = select(table, hardware, (input_tokens, output_tokens), asked, tokens, gpus)
    measured = left.measured
    labels, speeds = measured.rows.index[left.places], measured["interactivity_median"][left.places]
    speed = positive(pd.Series(speeds, labels), "interactivity_median")
    output = positive(pd.Series(throughput, labels), "throughput")
    number = np.unique(measured.series[left.places], return_inverse=True)[1]
    kept, slopes = knots_of(speed, output, number, measured["date"][left.places])
    curve, places = number[kept], left.places[kept]
    stack = zip(*(measured[name][places] for name in STACK[1:]), strict=True)
    names = [" ".join(words).removesuffix(" none") for words in stack]
    if PUBLISHER in measured.rows and len(set(whose := measured[PUBLISHER][places])) > 1:
        names = [f"{name} ({publisher})" for name, publisher in zip(names, whose, strict=True)]
    starts = np.flatnonzero(np.diff(curve, prepend=-1))
    knots = measured.rows.iloc[places].assign(
        older=left.older[places], throughput=output[kept], curve=curve, interactivity=speed[kept], slope=slopes,
        series=names,
    )  # fmt: skip
    columns = (np.split(each, starts[1:]) for each in (speed[kept], output[kept], slopes))
    return PlatformCurve(
        tuple(Curve(speeds, outputs, slope, counts) for speeds, outputs, slope in zip(*columns, strict=True)),
        counts,
        hardware=hardware,
        series=tuple(names[start] for start in starts),
        knots=knots,
        removed=left.steps,
    )


def measured_operating_point(curve: PlatformCurve, minimum_interactivity: float) -> pd.Series:
    """Return the measured row of highest throughput among those at or above an interactivity.

    It has all columns of `curve.knots`, and its place in the table of rows as its name. Of equal throughputs the one
    of higher interactivity is taken. (The row is on the frontier of its series, since none of the series is better.)

    Args:
        curve: Of the platform and workload, with what else the service asks.
        minimum_interactivity: Median, in tok/s/user.

    Raises:
        InfeasibleError: No row is at or above this interactivity.
    """
    speed, output = (curve.knots[name].to_numpy() for name in ("interactivity", "throughput"))
    fast = np.flatnonzero(speed >= minimum_interactivity)
    if not fast.size:
        raise beyond(curve, minimum_interactivity)
    return curve.knots.iloc[fast[np.lexsort((speed[fast], output[fast]))[-1]]]


def beyond(curve: PlatformCurve, minimum_interactivity: float) -> InfeasibleError:
    """Return the error of an interactivity (tok/s/user) that a platform does not reach, with the highest it does."""
    return InfeasibleError(
        f"{curve.hardware}: no row reaches {minimum_interactivity:.10g} tok/s/user; the highest measured is "
        f"{curve.high:.10g} tok/s/user ({curve.counts})",
        "minimum_interactivity", minimum_interactivity, curve.high,
    )  # fmt: skip
