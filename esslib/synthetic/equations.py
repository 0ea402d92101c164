"""The likelihood equations of a logistic regression, held at its printed coefficients.

The score and the information of a logistic regression are sums over respondents. At fixed
coefficients each respondent adds terms of their own, whatever the others answer, so what a change
of one respondent's covariate does to both sums is known exactly. A data set whose score is nearly
zero at the printed coefficients has them as its estimates: the distance is, to first order, the
inverse information times the score, and the error of that is of the order of the distance squared.

Compiled with numba: a search judges some hundred million changes.
"""

from __future__ import annotations

from math import exp, sqrt
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from esslib.synthetic.goals import INSIDE, CellGoals, Z

__all__ = [
    "DIGITS",
    "Effects",
    "Equations",
    "Wanted",
    "design_of",
    "effects",
    "misfit",
    "row_misfit",
    "solve",
]

Array = NDArray[np.float64]
Bits = NDArray[np.int8]
INTERCEPT_STEPS = 8
INTERCEPT_FOUND = 1e-7
SINGULAR = 1e-10
# Equal numbers may differ in their last digits between machines: order by fewer.
DIGITS = 9
# Where the CELLS of a row lie, in half widths from the coefficient.
SIDES = (0.0, -1.0, 1.0)
# A half width off is mended less easily than a coefficient: exchanges change it little.
EMPHASIS = 4.0


class Wanted(NamedTuple):
    """What a regression prints, as arrays for compiled code.

    Attributes
    ----------
    outcome
        0 or 1 per respondent.
    beta, beta_reach
        Coefficients at which the equations are held, without the intercept, and how far off the
        estimates may be.
    half, half_reach
        Half widths of the intervals, and how far off they may be.
    centre, reach, weight
        Both bounds, as in `esslib.synthetic.goals.CellGoals`.
    """

    outcome: Array
    beta: Array
    beta_reach: Array
    half: Array
    half_reach: Array
    centre: Array
    reach: Array
    weight: Array

    @classmethod
    def of(cls, outcome: Array, goals: CellGoals) -> Wanted:
        """Hold the equations in the middle of what meets all cells."""
        aims = goals.aims()
        return cls(
            outcome,
            aims.beta,
            aims.beta_reach,
            aims.half,
            aims.half_reach,
            goals.centre,
            INSIDE * goals.reach,
            goals.weight,
        )


class Equations(NamedTuple):
    """The equations of one data set.

    Attributes
    ----------
    shift
        How far the estimates lie from the coefficients at which the equations are held, to first
        order; the first term is the intercept's, which moves along: 0.
    half
        Half widths of the Wald intervals of the covariates.
    covariance
        Inverse of the information.
    probability
        Of the outcome, per respondent.
    """

    shift: Array
    half: Array
    covariance: Array
    probability: Array


class Effects(NamedTuple):
    """What each changed 0/1 cell adds to shifts, half widths: respondents × covariates × terms."""

    shift: Array
    half: Array


def design_of(columns: NDArray[np.int64]) -> Bits:
    """Return the design of a regression: an intercept, then the columns."""
    return np.column_stack([np.ones(len(columns)), columns]).astype(np.int8)


@njit(cache=True, nogil=True)
def solve(design: Bits, wanted: Wanted) -> tuple[bool, Equations]:
    """Return the equations of a design, and whether its information can be inverted.

    The intercept is not printed: it is set so that the probabilities add up to the outcomes.
    """
    n, k = design.shape
    eta, probability = np.zeros(n), np.zeros(n)
    for i in range(n):
        for j in range(1, k):
            if design[i, j]:
                eta[i] += wanted.beta[j - 1]
    intercept = 0.0
    for _ in range(INTERCEPT_STEPS):
        gradient, curvature = 0.0, 0.0
        for i in range(n):
            p = 1 / (1 + exp(-eta[i] - intercept))
            gradient += wanted.outcome[i] - p
            curvature += p * (1 - p)
        step = gradient / curvature
        intercept += step
        if abs(step) < INTERCEPT_FOUND:
            break
    score, information = np.zeros(k), np.zeros((k, k))
    for i in range(n):
        p = 1 / (1 + exp(-eta[i] - intercept))
        probability[i] = p
        for j in range(k):
            if design[i, j]:
                score[j] += wanted.outcome[i] - p
                for m in range(j + 1):
                    if design[i, m]:
                        information[j, m] += p * (1 - p)
    is_regular, covariance = _inverse(information)
    shift, half = np.zeros(k), np.zeros(k - 1)
    for j in range(1, k):
        for m in range(1, k):  # the intercept's score is zero
            shift[j] += covariance[j, m] * score[m]
        half[j - 1] = Z * sqrt(covariance[j, j])
    return is_regular, Equations(shift, half, covariance, probability)


@njit(cache=True, nogil=True)
def _inverse(lower: Array) -> tuple[bool, Array]:
    """Invert a positive definite matrix given by its lower triangle (Cholesky)."""
    k = lower.shape[0]
    root, turned, inverse = np.zeros((k, k)), np.zeros((k, k)), np.zeros((k, k))
    for i in range(k):
        for j in range(i + 1):
            rest = lower[i, j]
            for m in range(j):
                rest -= root[i, m] * root[j, m]
            if i > j:
                root[i, j] = rest / root[j, j]
            elif rest <= SINGULAR:
                return False, inverse
            else:
                root[i, i] = sqrt(rest)
    for j in range(k):
        turned[j, j] = 1 / root[j, j]
        for i in range(j + 1, k):
            rest = 0.0
            for m in range(j, i):
                rest -= root[i, m] * turned[m, j]
            turned[i, j] = rest / root[i, i]
    for i in range(k):
        for j in range(i + 1):
            for m in range(i, k):
                inverse[i, j] += turned[m, i] * turned[m, j]
            inverse[j, i] = inverse[i, j]
    return True, inverse


@njit(cache=True, nogil=True)
def effects(design: Bits, wanted: Wanted, now: Equations) -> Effects:
    """Return what changing each 0/1 cell does: exact in the two sums, first order in their inverse.

    The first term of a shift is the intercept's: it goes along, and changes all half widths.
    """
    n, k = design.shape
    in_shift, in_half = np.zeros((n, k - 1, k)), np.zeros((n, k - 1, k - 1))
    odds_ratio = np.exp(wanted.beta)
    levers, along, curvature = np.zeros((n, k)), np.zeros(k), 0.0
    for i in range(n):
        p = now.probability[i]
        curvature += p * (1 - p)
        for a in range(k):
            for j in range(k):
                if design[i, j]:
                    levers[i, a] += now.covariance[a, j]
            along[a] -= p * (1 - p) * (1 - 2 * p) * levers[i, a] * levers[i, a]
    for i in range(n):
        p, lever = now.probability[i], levers[i]
        for c in range(1, k):
            sign, odds = 1.0, p / (1 - p) * odds_ratio[c - 1]
            if design[i, c]:
                sign, odds = -1.0, p / (1 - p) / odds_ratio[c - 1]
            q = odds / (1 + odds)
            in_shift[i, c - 1, 0] = (p - q) / curvature
            for a in range(1, k):
                new = lever[a] + sign * now.covariance[a, c]
                in_shift[i, c - 1, a] = new * (wanted.outcome[i] - q) - lever[a] * (
                    wanted.outcome[i] - p
                )
                more = p * (1 - p) * lever[a] * lever[a] - q * (1 - q) * new * new
                more += along[a] * in_shift[i, c - 1, 0]
                in_half[i, c - 1, a - 1] = Z * Z * more / (2 * now.half[a - 1])
    return Effects(in_shift, in_half)


@njit(cache=True, nogil=True)
def row_misfit(shift: float, half: float, row: int, wanted: Wanted) -> float:
    """Sum how far the cells of one printed row lie outside their intervals."""
    total: float = max(abs(shift) - wanted.beta_reach[row], 0.0)
    total += EMPHASIS * max(abs(half - wanted.half[row]) - wanted.half_reach[row], 0.0)
    for cell in range(1, len(SIDES)):
        value = wanted.beta[row] + shift + SIDES[cell] * half
        outside = abs(value - wanted.centre[row, cell]) - wanted.reach[row, cell]
        if outside > 0:
            total += outside * wanted.weight[row, cell]
    return total


@njit(cache=True, nogil=True)
def misfit(now: Equations, wanted: Wanted) -> float:
    """Sum how far all cells lie outside their intervals."""
    total = 0.0
    for row in range(len(now.half)):
        total += row_misfit(now.shift[row + 1], now.half[row], row, wanted)
    return total
