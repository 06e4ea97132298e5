"""The table of the factors of a ratio: what each change makes, between which stacks, and in other orders."""

from analysis.exhibits.statements import Cell, Shown, table
from analysis.library.values import counted
from analysis.studies.attribution.factors import Attribution, Factor
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.steps import TOTAL, change

COLUMNS = ["Change", "Before (tok/s/GPU)", "After (tok/s/GPU)", "Factor", "Least", "Most", "Series that it stands on"]


def by_change(point: Point) -> Shown:
    """Return the factors at a point in the default order, and their product."""
    best = point.best
    total: list[Cell] = [TOTAL, *point.throughputs, best.total, best.total, best.total, "product of the factors"]
    return table(
        f"factors-{point.name}",
        "The factors at {lengths} and {at} tok/s/user, and their range over the orders of the changes.",
        COLUMNS,
        [*(_row(best, factor) for factor in best.factors), total],
        note="Admissible orders of the changes: {admissible} of {possible}. In an admissible order every stack on "
        "the way was measured at this interactivity.",
        **point.where,
        possible=counted(best.orders.possible, "orders"),
        admissible=counted(len(best.orders.admissible), "admissible orders"),
    )


def _row(attribution: Attribution, factor: Factor) -> list[Cell]:
    kind = factor.step.kind
    return [
        f"{kind[:1].upper()}{kind[1:]}: {change(attribution.stacks.library, factor.step)}",
        *(throughput or "not served" for throughput in factor.reached),
        factor.value or factor.words,
        factor.low or "–",
        factor.high or "–",
        attribution.series(factor.before, factor.after),
    ]
