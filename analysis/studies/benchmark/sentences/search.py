"""Which operating points can have produced the printed levels, in sentences."""

from analysis.exhibits.statements import Shown, conclude, say
from analysis.library.quantities import quantity
from analysis.library.sources import TIERS
from analysis.library.values import Status, Value, counted
from analysis.studies.benchmark.point import ANY, BEST, ROWS, MeasuredPoint, Reconstruction
from analysis.studies.benchmark.targets import constants
from analysis.studies.benchmark.workloads import Candidate, candidate, elsewhere, tally

_PAIRS = (
    "each the best of both platforms at some floor of interactivity, at every workload and in every way of counting "
    "tokens and GPUs"
)
"""Which pairs of rows are searched."""


def target(point: MeasuredPoint) -> Shown:
    """Say which throughputs the printed levels leave both platforms, or that they leave none to search for."""
    search, names = point.search, point.pair.names
    if search is None:
        return say(
            "The publication prints no levels of {baseline} and {subject} that bound the throughput of both under "
            "any of the prices at hand, so there is nothing to search for.",
            **names,
        )
    low, high, other_low, other_high = search.target.ends(names["baseline"], names["subject"])
    priced = constants(point.library, *(side.platform.key for side in point.pair.sides))
    vintage, tier = search.prices[0]
    fit = (
        "lets the printed levels be true together: {tier} as of {vintage}."
        if len(search.prices) == 1
        else "let the printed levels be true together; the first is {tier} as of {vintage}."
    )
    return say(
        f"Of {{all}} combinations of vintage and kind of price that both platforms have, {{fit}} {fit} The {{count}} "
        "printed levels that throughput enters then leave {baseline} {low} to {high} tok/s/GPU, and {subject} "
        "{other_low} to {other_high}.",
        all=counted(len(priced), "combinations of vintage and kind of price"),
        fit=counted(len(search.prices), "combinations that fit"),
        tier=TIERS[tier],
        vintage=vintage,
        count=counted(len(search.target.claims), "printed levels that throughput enters"),
        low=low,
        high=high,
        other_low=other_low,
        other_high=other_high,
        **names,
    )


def singled_out(search: Reconstruction | None) -> Shown | None:
    """Say how few pairs of rows fit both throughputs that the printed levels leave, and how narrow those are.

    None where the printed levels leave none to search for.
    """
    if search is None:
        return None
    fit, tried, _ = _tally(search, ROWS)
    widths = [
        Value(high / low - 1, quantity("relative_difference"), "width of an interval", Status.DERIVED, digits=2)
        for low, high in (search.target.baseline, search.target.subject)
    ]
    return conclude(
        "All inputs but the two throughputs are looked up, and for these the printed levels leave intervals that are "
        "{first} and {second} wide. Of {tried} pairs of measured rows, " + _PAIRS + ", {fit} {verb} in both "
        "intervals.",
        tried=tried,
        fit=fit if fit.number else "none",
        verb="lies" if fit.number <= 1 else "lie",
        first=widths[0],
        second=widths[1],
    )


def matches(point: MeasuredPoint) -> list[Shown]:
    """Say how many measured rows and points of curves fit the printed levels, and how near the others come."""
    search = point.search
    if search is None:
        return []
    rows_miss = point.is_published and not _tally(search, BEST)[0].number
    return [
        _rows(point, search),
        _single_rows(point, search),
        _on_curves(point, search),
        *([_why_curves_miss(point)] if rows_miss else []),
        _any_series(search),
    ]


def _rows(point: MeasuredPoint, search: Reconstruction) -> Shown:
    fit, tried, next_off = _tally(search, ROWS)
    nearest = _nearest(point, search, ROWS)
    verb = "fits" if fit.number <= 1 else "fit"
    joint = ": " if fit.number == 1 else "; the nearest is "
    return conclude(
        f"Of {{tried}} pairs of measured rows, {_PAIRS}, {{fit}} {verb} every printed level{joint}"
        "{baseline} with {first} and {subject} with {second} at {lengths}, {counts}, at {speed} tok/s/user, "
        "{decoding}. The next nearest is {off} away.",
        tried=tried,
        fit=fit if fit.number else "none",
        first=nearest.baseline_series,
        second=nearest.subject_series,
        lengths=nearest.lengths,
        counts=nearest.counts,
        speed=nearest.interactivity,
        decoding=nearest.decoding,
        off=next_off,
        **point.pair.names,
    )


def _single_rows(point: MeasuredPoint, search: Reconstruction) -> Shown:
    return say(
        "Of all rows of either platform at any workload, counted in any of the kinds of tokens and GPUs, {first} of "
        "{baseline} and {second} of {subject} lie in their intervals.",
        first=counted(len(search.inside[0]), "rows of the baseline in its interval"),
        second=counted(len(search.inside[1]), "rows of the subject in its interval"),
        **point.pair.names,
    )


def _on_curves(point: MeasuredPoint, search: Reconstruction) -> Shown:
    nearest = _nearest(point, search, BEST)
    return say(
        "On the curves between the rows, with each platform at its best and both at exactly the same interactivity, "
        "the nearest point is {lengths}, {counts}, at {speed} tok/s/user, {departure} away; the nearest of another "
        "workload or kind of token is {other} away.",
        lengths=nearest.lengths,
        counts=nearest.counts,
        speed=nearest.interactivity,
        departure=nearest.departure,
        other=tally(elsewhere(search.candidates[BEST]), "another workload or kind of token")[2],
    )


def _why_curves_miss(point: MeasuredPoint) -> Shown:
    return say(
        "The curves miss where the rows fit because the rows are not at exactly the same interactivity: {first:5} "
        "and {second:5} tok/s/user.",
        first=point.pair.baseline.given["interactivity"],
        second=point.pair.subject.given["interactivity"],
    )


def _any_series(search: Reconstruction) -> Shown:
    fit, tried, _ = _tally(search, ANY)
    fitting = search.candidates[ANY].query("departure == 0")
    both = int(fitting["both_best"].sum())
    best = (
        " In {best} of these pairs both series are the best of their platforms at that interactivity; in the others "
        "an operator would have had a better one at hand."
        if both
        else " In none of these pairs are both series the best of their platforms at that interactivity: an operator "
        "would have had a better one at hand."
    )
    return say(
        "The printed levels alone do not single a point out: of all {tried} pairs of series, each anywhere in its "
        f"range, {{fit}} {'fit' if len(fitting) > 1 else 'fits'}.{best if len(fitting) else ''}",
        tried=tried,
        fit=fit if len(fitting) else "none",
        best=counted(both, "pairs that fit and are best on both sides"),
    )


def _tally(search: Reconstruction, kind: str) -> tuple[Value, Value, Value]:
    return tally(search.candidates[kind], kind.lower())


def _nearest(point: MeasuredPoint, search: Reconstruction, kind: str) -> Candidate:
    baseline, subject = (side.platform.key for side in point.pair.sides)
    return candidate(point.library, search.candidates[kind].iloc[0], baseline, subject)
