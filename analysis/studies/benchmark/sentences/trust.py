"""What is left of the ratio on equal terms, how far rows can be trusted and run again, what the cut-off hides."""

from collections.abc import Sequence

import pandas as pd

from analysis import formulas
from analysis.comparison.sides import Side
from analysis.comparison.spread import Spread, steeper
from analysis.exhibits.statements import Shown, conclude, points, say
from analysis.frontier.series import newest
from analysis.library.loading.quality import gpus
from analysis.library.loading.schemas import SERIES, STACK
from analysis.library.values import Value, calculate, counted, some
from analysis.studies.benchmark.like_for_like import Match, age, serving, trust_table
from analysis.studies.benchmark.point import THROUGHPUT, Doubted, MeasuredPoint


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


def on_equal_terms(matches: Sequence[Match], point: MeasuredPoint) -> Shown | None:
    """Say the ratio on the first equal terms that both platforms keep at the floor; None where they keep none."""
    floor = point.pair.floor
    for match in matches[1:]:
        if ratio := match.ratio(THROUGHPUT, floor.number):
            return conclude(
                "{terms}, the ratio of throughput at {floor} tok/s/user is {ratio}; best against best it is {best}.",
                terms=match.terms,
                floor=floor,
                ratio=ratio,
                best=matches[0].ratio(THROUGHPUT, floor.number) or match.missing(floor.number),
            )
    return None


def doubted_matches(matches: Sequence[Match], point: MeasuredPoint, doubted: Doubted) -> Shown | None:
    """Say which ratios on equal terms rest on a series that answered far fewer questions rightly; None: on none."""
    floor = point.pair.floor.number
    both = [match for match in matches[1:] if match.ratio(THROUGHPUT, floor)]
    behind = [
        (match.terms, side.platform, serving(side, floor))
        for match in both
        for side in (match.baseline, match.subject)
        if side
    ]
    sentences = [
        say(
            "{terms}: {platform} stands on {series}, which answered only {accuracy} of the questions of its accuracy "
            "evaluations, so that ratio is in doubt.",
            terms=terms,
            platform=platform.name,
            series=series,
            accuracy=doubted[platform.key, series],
        )
        for terms, platform, series in behind
        if (platform.key, series) in doubted
    ]
    return points(sentences) if sentences else None


def trust(point: MeasuredPoint, runs: Spread) -> Shown:
    """Say what the checks of the data find, how far repeated runs differ, and how old the rows are."""
    checks = [_doubts(point), _misleading_gpus(point), repeated_runs(point, runs), *second_runs(point)]
    return points([*checks, _replaced(point), *(_age(point, side) for side in point.pair.sides)])


def cut_off(point: MeasuredPoint) -> Shown:
    """Say how many rows the cut-off day leaves out, and of whom."""
    counts = trust_table(point.library.benchmark, point.pair.conditions.as_of)
    own = counts[counts["hardware"].isin([side.platform.key for side in point.pair.sides])]
    left_out = int(own["left_out"].sum())
    return say(
        "The cut-off leaves out {all} of {rows} rows, {own} of them of {baseline} or {subject}"
        + ("." if left_out else ", so the two readings are the same."),
        all=counted(int(counts["left_out"].sum()), "rows after the cut-off"),
        rows=counted(len(point.library.benchmark), "rows of the snapshot"),
        own=some(left_out, "rows of the two platforms after the cut-off"),
        **point.pair.names,
    )


def _doubts(point: MeasuredPoint) -> Shown:
    rows = point.library.benchmark
    first, second = (f"{side.platform.name} {side.row['doubts'] or 'none'}" for side in point.pair.sides)
    return say(
        "Of all {all} rows, {doubt} are in doubt: their own columns contradict each other in some way. None is "
        "dropped for it. Doubts of the two rows of {point}: {first}; {second}.",
        all=counted(len(rows), "rows of the snapshot"),
        doubt=counted((rows["doubts"] != "").sum(), "rows with a doubt"),
        point=point.name,
        first=first,
        second=second,
    )


def _misleading_gpus(point: MeasuredPoint) -> Shown:
    counts = trust_table(point.library.benchmark, point.pair.conditions.as_of)
    return say(
        "In {count} rows the GPU columns hold something else than the GPUs of the deployment: the product of tensor "
        "and expert parallelism, or the whole deployment twice. The throughput over all GPUs is right in them; one "
        "over decode GPUs would not be.",
        count=counted(int(counts["misleading_gpus"].sum()), "rows whose GPU columns mislead"),
    )


def _replaced(point: MeasuredPoint) -> Shown:
    rows = point.library.benchmark
    replaced = len(rows) - len(newest(rows))
    return say(
        "Within the snapshot itself {count} "
        + ("row is" if replaced <= 1 else "rows are")
        + " of a configuration that a newer row measured again"
        + ("." if replaced else ": it holds the latest run of each only."),
        count=some(replaced, "rows replaced by a newer one", none="no"),
    )


def _age(point: MeasuredPoint, side: Side) -> Shown:
    day, name, sources = point.pair.conditions.as_of, side.platform.name, side.given[THROUGHPUT].sources
    rows = point.library.benchmark[point.library.benchmark["hardware"] == side.platform.key]
    dated = rows[rows["date"].dt.date <= day]
    return say(
        "On the cut-off day the row of {platform} was {age} days old, and the median of all rows of {platform} "
        "{median} days.",
        platform=name,
        age=age(dated.loc[[side.row.name], "date"], day, f"row of {name}", sources),
        median=age(dated["date"], day, f"rows of {name}", sources),
    )
