"""The table of the factors of a ratio: what each change makes, between which stacks, and in other orders."""

from analysis.exhibits.statements import Cell, Shown
from analysis.exhibits.tables import table
from analysis.library.values import counted
from analysis.studies.attribution.factors import Attribution, Factor
from analysis.studies.attribution.points import Point
from analysis.studies.attribution.steps import TOTAL, change


def by_change(point: Point) -> Shown:
    """Return the factors at a point in the default order, and their product."""
    best = point.best
    orders = len(best.orders.admissible)
    over = ["Least", "Most"] if orders > 1 else []
    total: list[Cell] = [TOTAL, *point.throughputs, best.total, *([best.total] * len(over)), "product of the factors"]
    return table(
        f"factors-{point.name}",
        "The factors at {lengths} and {at} tok/s/user"
        + (", and their range over the orders of the changes." if over else "."),
        ["Change", "Before (tok/s/GPU)", "After (tok/s/GPU)", "Factor", *over, "Series that it stands on"],
        [*(_row(best, factor, bool(over)) for factor in best.factors), total],
        note="Admissible orders of the changes: {admissible} of {possible}. In an admissible order every stack on "
        "the way was measured at this interactivity.",
        **point.where,
        possible=counted(best.orders.possible, "orders"),
        admissible=counted(orders, "admissible orders"),
    )


def _row(attribution: Attribution, factor: Factor, is_over_orders: bool) -> list[Cell]:
    kind = factor.step.kind
    over = [factor.low or "–", factor.high or "–"] if is_over_orders else []
    return [
        f"{kind[:1].upper()}{kind[1:]}: {change(attribution.stacks.library, factor.step)}",
        *(throughput or "not served" for throughput in factor.reached),
        factor.value or factor.words,
        *over,
        attribution.series(factor.before, factor.after),
    ]
