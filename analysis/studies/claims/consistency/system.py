"""What do linear constraints lower <= matrix @ x <= upper leave open, and how far must they give?

The programs are solved by HiGHS without presolve, which tells infeasible from unbounded.
"""

from dataclasses import dataclass, replace
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, linprog

Floats = NDArray[np.float64]
Rows = NDArray[np.bool_]

# HiGHS takes no smaller tolerance. Logarithms of figures in base terms are of order 1 to 100.
SOLVER_TOLERANCE = 1e-10
SOLVED, INFEASIBLE, UNBOUNDED = 0, 2, 3


@dataclass(frozen=True)
class System:
    """Constraints lower <= matrix @ x <= upper on a free x.

    Attributes:
        matrix: One row for each constraint, one column for each variable.
        lower: One lower end for each row, possibly -infinity.
        upper: One upper end for each row, possibly infinity.
    """

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
    rows, variables = system.matrix.shape
    result = _minimize(system, np.zeros(variables), np.ones((rows, 1)), np.ones((rows, 1)))
    return float(result.fun), np.asarray(result.x[:variables])


def extent(system: System, direction: Floats) -> tuple[float, float]:
    """Return the least and the greatest value of direction @ x over a feasible system, infinite where unbounded."""
    no_slack = np.zeros((len(system.matrix), 0))
    least, greatest = (_minimize(system, sign * direction, no_slack, no_slack) for sign in (1, -1))
    return (
        -inf if least.status == UNBOUNDED else float(least.fun),
        inf if greatest.status == UNBOUNDED else -float(greatest.fun),
    )


def least_shifts(system: System, elastic: Rows) -> Floats | None:
    """Return the shifts of the elastic rows, least in sum, that make the system feasible, 0 for the other rows.

    A positive shift raises the upper end of its row, a negative one lowers the lower end. None where no shift of
    these rows helps, because the others contradict each other.
    """
    variables = system.matrix.shape[1]
    slack = np.eye(len(elastic))[:, elastic]
    no_slack = np.zeros_like(slack)
    result = _minimize(system, np.zeros(variables), np.hstack([slack, no_slack]), np.hstack([no_slack, slack]))
    if result.status == INFEASIBLE:
        return None
    above, below = np.split(result.x[variables:], 2)
    shifts = np.zeros(len(elastic))
    shifts[elastic] = above - below
    return shifts


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
