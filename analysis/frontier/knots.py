"""Which measured points a curve goes through, how steep it is there, and the cubics that join them."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.interpolate import PPoly

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]


def pareto(interactivity: Floats, throughput: Floats, series: Positions) -> Positions:
    """Return the positions of the points on the Pareto frontier of their series.

    They are ordered by series, then by rising interactivity. A point is kept if no other of its series has equal or
    higher interactivity and equal or higher throughput; of several points that are the same, one is kept. Along a
    frontier interactivity rises and throughput falls, both strictly.

    Args:
        interactivity: One value per point, in tok/s/user.
        throughput: One value per point, in tok/s/GPU.
        series: Number of each point's series, from 0.
    """
    order = np.lexsort((throughput, interactivity, series))
    rank = np.unique(throughput[order], return_inverse=True)[1]
    # One running maximum from the right serves all series: each is lifted above those that it passed before.
    lifted = (rank + len(rank) * (series.max() - series[order]))[::-1]
    best_so_far = np.maximum.accumulate(lifted)
    kept = np.append(True, lifted[1:] > best_so_far[:-1])
    frontier: Positions = order[kept[::-1]]
    return frontier


def steffen_slopes(interactivity: Floats, throughput: Floats, series: Positions) -> Floats:
    """Return the slope of each series' monotone cubic at its knots, in tok/s/GPU per tok/s/user.

    With the secants s and widths h of the pieces left and right of a knot, the parabola through three knots has the
    slope p = (s_l h_r + s_r h_l) / (h_l + h_r), and the slope taken is
    (sign s_l + sign s_r) min(|s_l|, |s_r|, |p| / 2). At an end it is (3 s - m) / 2, with the slope m at the other
    knot of the piece: no curvature there. Two knots give a line; one knot has slope 0.

    Args:
        interactivity: Of the knots, rising within a series, in tok/s/user.
        throughput: Of the knots, in tok/s/GPU.
        series: Number of each knot's series; the knots of a series stand together.

    Source: M. Steffen, Astronomy & Astrophysics 239, 443 (1990); the end slopes are those of d3's curveMonotoneX.
    """
    inside = series[1:] == series[:-1]
    width = np.where(inside, np.diff(interactivity), 1.0)
    secant = np.where(inside, np.diff(throughput), 0.0) / width
    left, right = secant[:-1], secant[1:]
    parabola = (left * width[1:] + right * width[:-1]) / (width[:-1] + width[1:])
    steepest = np.minimum(np.minimum(np.abs(left), np.abs(right)), np.abs(parabola) / 2)

    slopes = np.zeros(len(throughput))
    slopes[1:-1] = (np.sign(left) + np.sign(right)) * steepest
    opens = inside & ~np.append(False, inside[:-1])
    closes = inside & ~np.append(inside[1:], False)
    slopes[:-1][opens] = (3 * secant[opens] - slopes[1:][opens]) / 2
    slopes[1:][closes] = (3 * secant[closes] - slopes[:-1][closes]) / 2
    line = opens & closes
    slopes[:-1][line] = slopes[1:][line] = secant[line]
    return slopes


def cubic_through(places: Floats, values: Floats, slopes: Floats) -> Floats:
    """Return what stands before the powers 0 to 3 of the distance from the left knot, a column a piece."""
    width = np.diff(places)
    secant = np.diff(values) / width
    bend = (slopes[:-1] + slopes[1:] - 2 * secant) / width
    return np.array([values[:-1], slopes[:-1], (secant - slopes[:-1]) / width - bend, bend / width])


def piecewise(places: Floats, cubic: Floats) -> "PPoly":
    """Return the piecewise cubic of these knots and columns with its derivatives and roots; NaN outside of it."""
    from scipy.interpolate import PPoly  # half a second, and few ask for it

    return PPoly.construct_fast(cubic[::-1], places, extrapolate=False)
