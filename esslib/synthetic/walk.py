"""A walk over data sets that keeps all margins: exchanges of two respondents' values, annealed.

One proposal exchanges the values of an exposed and an unexposed respondent in one column, or flips
one respondent. It is judged by the effects of both flips (:mod:`.equations`), row by row until the
sum is too high, and made if the equations of the new data set agree (Metropolis).
"""

from __future__ import annotations

from math import log
from typing import NamedTuple

import numpy as np
from numba import njit

from esslib.synthetic.equations import (
    Bits,
    Effects,
    Equations,
    Wanted,
    effects,
    misfit,
    row_misfit,
    solve,
)
from esslib.synthetic.margin_table import Held, Ints

__all__ = ["Place", "start", "walk"]

FLIPS = 0.05
NOBODY = -1
# How much worse than allowed a predicted misfit may be before a move is dismissed unfitted.
SLACK = 0.01


class Place(NamedTuple):
    """Where a walk is: its data set, the misfit there, and the best one met on the last stretch."""

    design: Bits
    misfit: float
    best: Bits
    best_misfit: float


@njit(cache=True, nogil=True)
def start(design: Bits, wanted: Wanted) -> Place:
    """Begin a walk; the misfit is infinite where the information cannot be inverted."""
    is_regular, now = solve(design, wanted)
    here = misfit(now, wanted) if is_regular else np.inf
    return Place(design.copy(), here, design.copy(), here)


@njit(cache=True, nogil=True)
def walk(
    place: Place,
    wanted: Wanted,
    held: Held,
    n_steps: int,
    temperature: float,
    rng: np.random.Generator,
) -> Place:
    """Make `n_steps` proposals at one temperature (in units of the coefficients)."""
    design, here = place.design.copy(), place.misfit
    best, best_misfit = design.copy(), here
    now = solve(design, wanted)[1]
    effect = effects(design, wanted, now)
    filled, order, n_exposed = _tables(design, held)
    n, k = len(design), design.shape[1] - 1
    for _ in range(n_steps):
        c = int(rng.random() * k)
        one, other = _draw(n_exposed[c], n, rng)
        i = order[c, one] if one != NOBODY else NOBODY
        j = order[c, other] if other != NOBODY else NOBODY
        limit = here - temperature * log(1 - rng.random())
        if _predicted(now, effect, wanted, c, i, j, limit + SLACK) > limit + SLACK:
            continue
        if not _is_allowed(filled, held, c, i, j):
            continue
        _exchange(design, c, i, j)
        is_regular, after = solve(design, wanted)
        there = misfit(after, wanted) if is_regular else np.inf
        if there > limit:
            _exchange(design, c, j, i)
            continue
        here, now = there, after
        effect = effects(design, wanted, now)
        filled, order, n_exposed = _tables(design, held)
        if here < best_misfit:
            best, best_misfit = design.copy(), here
            if here == 0:
                break
    return Place(design, here, best, best_misfit)


@njit(cache=True, nogil=True)
def _tables(design: Bits, held: Held) -> tuple[Ints, Ints, Ints]:
    """Return the exposed within each margin, and each column's respondents, the exposed first."""
    n, k = len(design), design.shape[1] - 1
    filled = np.zeros_like(held.low)
    order, n_exposed = np.zeros((k, n), np.int64), np.zeros(k, np.int64)
    for c in range(k):
        last = n
        for i in range(n):
            if design[i, c + 1]:
                order[c, n_exposed[c]] = i
                n_exposed[c] += 1
                for m in range(held.low.shape[1]):
                    filled[c, m] += held.inside[c, m, held.stratum[i]]
            else:
                last -= 1
                order[c, last] = i
    return filled, order, n_exposed


@njit(cache=True, nogil=True)
def _draw(n_exposed: int, n: int, rng: np.random.Generator) -> tuple[int, int]:
    """Draw the places of an exposed and an unexposed respondent; for a flip, of one only."""
    one = int(rng.random() * n_exposed)
    other = n_exposed + int(rng.random() * (n - n_exposed))
    chance = rng.random()
    if chance < FLIPS / 2:
        one = NOBODY
    elif chance < FLIPS:
        other = NOBODY
    # Nobody is there to draw where all are exposed, or none.
    if n_exposed == 0:
        one = NOBODY
    if n_exposed == n:
        other = NOBODY
    return one, other


@njit(cache=True, nogil=True)
def _predicted(
    now: Equations, effect: Effects, wanted: Wanted, c: int, i: int, j: int, limit: float
) -> float:
    """Predict the misfit after a move, the moved column's row first; stop when over the limit."""
    total = 0.0
    k = len(now.half)
    for place in range(k):
        row = c + place
        if row >= k:
            row -= k
        shift, half = now.shift[row + 1], now.half[row]
        if i != NOBODY:
            shift += effect.shift[i, c, row + 1]
            half += effect.half[i, c, row]
        if j != NOBODY:
            shift += effect.shift[j, c, row + 1]
            half += effect.half[j, c, row]
        total += row_misfit(shift, half, row, wanted)
        if total > limit:
            break
    return total


@njit(cache=True, nogil=True)
def _is_allowed(filled: Ints, held: Held, c: int, i: int, j: int) -> bool:
    """Tell whether every margin holds once `i` is no longer exposed and `j` is."""
    for m in range(filled.shape[1]):
        after = filled[c, m]
        if i != NOBODY:
            after -= held.inside[c, m, held.stratum[i]]
        if j != NOBODY:
            after += held.inside[c, m, held.stratum[j]]
        if after < held.low[c, m] or after > held.high[c, m]:
            return False
    return True


@njit(cache=True, nogil=True)
def _exchange(design: Bits, c: int, i: int, j: int) -> None:
    if i != NOBODY:
        design[i, c + 1] = 0
    if j != NOBODY:
        design[j, c + 1] = 1
