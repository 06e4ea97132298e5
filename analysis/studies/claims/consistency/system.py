"""What do linear constraints lower <= matrix @ x <= upper leave open, how far must they give, and which fewest clash?

The programs are solved by HiGHS without presolve, which tells infeasible from unbounded.

By Farkas' lemma constraints contradict each other exactly when a combination of their ends with weights that are not
negative cancels every variable and leaves a gap, lower ends above upper ends. The weights sum to 1, so a row takes
part at all (a binary variable) wherever its weight is not 0, without a big constant. The widest such gap is, by
duality, the least amount by which all rows must widen together (`compromise`).
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp

Floats = NDArray[np.float64]
Rows = NDArray[np.bool_]

# HiGHS takes no smaller tolerance. Logarithms of figures in base terms are of order 1 to 100.
SOLVER_TOLERANCE = 1e-10
SOLVED, INFEASIBLE, UNBOUNDED = 0, 2, 3
# Above this many candidates the search for a smallest set gives way to the deletion filter.
SMALLEST_UP_TO = 40


@dataclass(frozen=True)
class System:
    """Constraints lower <= matrix @ x <= upper on a free x."""

    matrix: Floats
    lower: Floats
    upper: Floats

    def rows(self, chosen: Rows) -> "System":
        """Return the system of the chosen rows only."""
        return System(self.matrix[chosen], self.lower[chosen], self.upper[chosen])

    def widened(self, by: float) -> "System":
        """Return the system with every end moved outward."""
        return replace(self, lower=self.lower - by, upper=self.upper + by)

    def centered(self, point: Floats) -> "System":
        """Return the same system with the point as its origin, so that small gaps stand beside small numbers."""
        value = self.matrix @ point
        return replace(self, lower=self.lower - value, upper=self.upper - value)


def compromise(system: System) -> tuple[float, Floats]:
    """Return the least amount by which all rows must widen together to agree, and a point where they then do.

    The amount is 0 where the rows agree as they are.
    """
    arrays = (system.matrix, system.lower, system.upper)
    return _compromise(system.matrix.shape[1], *(np.asarray(each, dtype=float).tobytes() for each in arrays))


@lru_cache(maxsize=256)  # one table is asked about for each of its figures
def _compromise(variables: int, matrix: bytes, lower: bytes, upper: bytes) -> tuple[float, Floats]:
    rows = np.frombuffer(matrix).reshape(-1, variables)
    system, slack = System(rows, np.frombuffer(lower), np.frombuffer(upper)), np.ones((len(rows), 1))
    result = _minimize(system, np.zeros(variables), slack, slack)
    return float(result.fun), np.asarray(result.x[:variables])


def extent(system: System, direction: Floats) -> tuple[float, float]:
    """Return the least and the greatest value of direction @ x over a feasible system, infinite where unbounded."""
    no_slack = np.zeros((len(system.matrix), 0))
    least, greatest = (_minimize(system, sign * direction, no_slack, no_slack) for sign in (1, -1))
    return (
        -inf if least.status == UNBOUNDED else float(least.fun),
        inf if greatest.status == UNBOUNDED else -float(greatest.fun),
    )


def least_shift(system: System, row: int) -> float | None:
    """Return the least shift of a row that makes the system feasible; None where the other rows allow none.

    A positive shift raises the upper end of the row, a negative one lowers the lower end.
    """
    rows, variables = system.matrix.shape
    slack = np.eye(rows)[:, [row]]
    no_slack = np.zeros_like(slack)
    result = _minimize(system, np.zeros(variables), np.hstack([slack, no_slack]), np.hstack([no_slack, slack]))
    if result.status == INFEASIBLE:
        return None
    above, below = result.x[variables:]
    return float(above - below)


def _minimize(system: System, direction: Floats, slack_above: Floats, slack_below: Floats) -> OptimizeResult:
    """Minimize direction @ x + sum of slack, where slack of 0 or more lets rows pass their upper or lower end."""
    has_upper, has_lower = np.isfinite(system.upper), np.isfinite(system.lower)
    above = np.hstack([system.matrix, -slack_above])[has_upper]
    below = np.hstack([-system.matrix, -slack_below])[has_lower]
    slacks = slack_above.shape[1]
    result = linprog(
        np.concatenate([direction, np.ones(slacks)]),
        A_ub=np.vstack([above, below]),
        b_ub=np.concatenate([system.upper[has_upper], -system.lower[has_lower]]),
        bounds=[(None, None)] * len(direction) + [(0, None)] * slacks,
        method="highs",
        options={
            "presolve": False,
            "primal_feasibility_tolerance": SOLVER_TOLERANCE,
            "dual_feasibility_tolerance": SOLVER_TOLERANCE,
        },
    )
    if result.status not in (SOLVED, INFEASIBLE, UNBOUNDED):
        raise ArithmeticError(f"the linear program was not solved: {result.message}")
    return result


def smallest_conflict(system: System, candidates: Rows, tolerance: float) -> Rows:
    """Return the fewest candidate rows that contradict each other in presence of all other rows.

    Up to `SMALLEST_UP_TO` candidates no smaller set exists, and of equally small ones this is the one with the widest
    gap; above, and where the gap is below about one part in a million (the integer solver's tolerance), the set is
    only sure to be irreducible: without any one of its rows the rest agree.
    """
    _, point = compromise(system)
    centered = system.centered(point)
    count = int(candidates.sum())
    for size in range(1, count + 1 if count <= SMALLEST_UP_TO else 1):
        chosen = _widest_gap(centered, candidates, size)
        if chosen is not None and _disagree(system, chosen | ~candidates, tolerance):
            return _irreducible(system, chosen, ~candidates, tolerance)
    return _irreducible(system, candidates, ~candidates, tolerance)


def _widest_gap(system: System, candidates: Rows, size: int) -> Rows | None:
    """Return the candidates, at most so many, that leave the widest gap; None where no combination cancels."""
    rows, variables = system.matrix.shape
    takes_part = np.eye(rows)[candidates]
    chosen = len(takes_part)
    has_upper, has_lower = np.isfinite(system.upper), np.isfinite(system.lower)
    gap = np.concatenate([np.where(has_lower, system.lower, 0), -np.where(has_upper, system.upper, 0)])
    result = milp(
        -np.concatenate([gap, np.zeros(chosen)]),
        integrality=np.repeat([0, 1], [2 * rows, chosen]),
        bounds=Bounds(0, np.concatenate([has_lower, has_upper, np.ones(chosen)])),
        constraints=[
            LinearConstraint(np.hstack([-system.matrix.T, system.matrix.T, np.zeros((variables, chosen))]), 0, 0),
            LinearConstraint(np.repeat([1, 0], [2 * rows, chosen]), 1, 1),
            LinearConstraint(np.hstack([takes_part, takes_part, -np.eye(chosen)]), -np.inf, 0),
            LinearConstraint(np.repeat([0, 1], [2 * rows, chosen]), 0, size),
        ],
        options={"mip_rel_gap": 0},
    )
    if result.x is None:
        return None
    mask = np.zeros(rows, dtype=bool)
    mask[candidates] = result.x[2 * rows :] > 0.5
    return mask


def _irreducible(system: System, chosen: Rows, held: Rows, tolerance: float) -> Rows:
    """Return what is left of the chosen rows after dropping, last first, each that the contradiction can spare."""
    left = chosen.copy()
    for row in np.flatnonzero(chosen)[::-1]:
        left[row] = False
        left[row] = not _disagree(system, left | held, tolerance)
    return left


def _disagree(system: System, rows: Rows, tolerance: float) -> bool:
    return compromise(system.rows(rows))[0] > tolerance
