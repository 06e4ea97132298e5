"""What is left of the ratio on equal terms, how far its rows can be trusted, and what the cut-off day leaves out."""

from collections.abc import Sequence

from analysis.comparison.sides import Side
from analysis.comparison.spread import Spread
from analysis.exhibits.statements import Shown, conclude, points, say
from analysis.frontier.series import newest
from analysis.library.values import counted, some
from analysis.studies.benchmark.like_for_like import Match, age, serving, trust_table
from analysis.studies.benchmark.point import THROUGHPUT, Doubted, MeasuredPoint
from analysis.studies.benchmark.sentences.repeats import repeated_runs, second_runs


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
    return points(
        [
            _doubts(point),
            _misleading_gpus(point),
            repeated_runs(point, runs),
            *second_runs(point),
            _replaced(point),
            *(_age(point, side) for side in point.pair.sides),
        ]
    )


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
