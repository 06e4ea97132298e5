"""Which fewest constraints cannot all hold?

By Farkas' lemma constraints contradict each other exactly when a combination of their ends with weights that are not
negative cancels every variable and leaves a gap, lower ends above upper ends. The weights sum to 1, so a row takes
part at all (a binary variable) wherever its weight is not 0, without a big constant. The widest such gap is, by
duality, the least amount by which all rows must widen together (`compromise`).
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.studies.claims.consistency.system import Rows, System, compromise

# Above this many candidates the search for a smallest set gives way to the deletion filter.
SMALLEST_UP_TO = 40


def smallest_conflict(system: System, candidates: Rows, tolerance: float) -> Rows:
    """Return the fewest candidate rows that contradict each other in presence of all other rows.

    Up to `SMALLEST_UP_TO` candidates no smaller set exists, and of equally small ones this is the one with the widest
    gap; above, and where the gap is below about one part in a million (the integer solver's tolerance), the set is
    only sure to be irreducible: without any one of its rows the rest agree.

    Args:
        system: Rows that contradict each other.
        candidates: The rows to choose from, as a mask; the others hold throughout.
        tolerance: The amount of common widening up to which rows count as agreeing.
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
