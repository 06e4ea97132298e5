"""How far a second run of the same thing differs: of all configurations, and of the two rows themselves."""

import pandas as pd

from analysis import formulas
from analysis.comparison.sides import Side
from analysis.comparison.spread import Spread, steeper
from analysis.exhibits.statements import Shown, say
from analysis.library.loading.quality import gpus
from analysis.library.loading.schemas import SERIES, STACK
from analysis.library.values import Value, calculate, counted, some
from analysis.studies.benchmark.point import THROUGHPUT, MeasuredPoint


def repeated_runs(point: MeasuredPoint, runs: Spread) -> Shown:
    """Say how far repeated runs differ, and how many of them are of the platforms and stacks of the two rows."""
    curves = [side.curve for side in (point.curve.baseline, point.curve.subject)]
    of_baseline, of_subject = (_own(runs, side, ["hardware"]) for side in point.pair.sides)
    alike = sum(_own(runs, side, list(STACK)) for side in point.pair.sides)
    return say(
        "{count} configurations were run again within {days} days. Half of them differ by at most {typical} in "
        "throughput and {speed} in interactivity; {share:2} of them differ by at most {flat} in throughput. At equal "
        "interactivity it depends on how steeply the curve falls: at {at} tok/s/user {share:2} of them differ by at "
        "most {most}, which is the band about the curve. It is an upper bound: a change of software between the two "
        "runs is in it. {own} of them are of {baseline} and {others} of {subject}; {alike} have the framework, "
        "precision and decoding of these two rows" + ("." if alike else ", so that the band is one of other stacks."),
        count=counted(len(runs.repeats), "configurations run again"),
        days=runs.within,
        typical=runs.typical("throughput"),
        speed=runs.typical("interactivity"),
        at=point.interactivity,
        share=runs.band,
        flat=runs.most(0.0),
        most=runs.most(float(steeper(curves, point.interactivity.number))),
        own=some(of_baseline, f"of {point.pair.baseline.platform.name}", none="None"),
        others=some(of_subject, f"of {point.pair.subject.platform.name}"),
        alike=some(alike, "of the stacks of the two rows"),
        **point.pair.names,
    )


def second_runs(point: MeasuredPoint) -> list[Shown]:
    """Say of each of the two rows what another run of it gave, or that there is none."""
    return [_second_run(point, side) for side in point.pair.sides]


def _second_run(point: MeasuredPoint, side: Side) -> Shown:
    twin = _twin(point.library.benchmark, side.row)
    if twin is None:
        return say("The row of {platform} itself has no second run among these rows.", platform=side.platform.name)
    now, then = side.given[THROUGHPUT], _measured(point, side, twin, "throughput_per_gpu", THROUGHPUT)
    return say(
        "The row of {platform} itself has another run, of {day}, on as many GPUs at the same concurrency: {then:4} "
        "tok/s/GPU at {speed:4} tok/s/user, where the row has {now:4} at {own:4}; row over other run {times:4}.",
        platform=side.platform.name,
        day=then.as_of,
        then=then,
        speed=_measured(point, side, twin, "interactivity_median", "interactivity"),
        now=now,
        own=side.given["interactivity"],
        times=calculate(formulas.ratio, numerator=now, denominator=then),
    )


def _measured(point: MeasuredPoint, side: Side, row: pd.Series, column: str, key: str) -> Value:
    return point.library.measured(row, column, key, side.given[key].kinds)


def _twin(rows: pd.DataFrame, row: pd.Series) -> pd.Series | None:
    """The newest other row of the same series and concurrency on as many GPUs."""
    same = rows[(rows[[*SERIES, "concurrency"]] == row[[*SERIES, "concurrency"]]).all(axis=1)]
    alike = same[(gpus(same) == gpus(same.loc[[row.name]]).iloc[0]) & (same.index != row.name)]
    return None if alike.empty else alike.sort_values("date").iloc[-1]


def _own(runs: Spread, side: Side, columns: list[str]) -> int:
    return int((runs.repeats[columns] == side.row[columns]).all(axis=1).sum())
