"""Logistic regression made for search: the fit, and what flipping any cell would change.

Maximum likelihood by Newton's method, Wald standard errors from the inverse information. A flip of
one cell of the design moves coefficients and variances by the terms below (first order in the
other rows, exact in its own), so that thousands of swaps are judged for the price of one fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Fit", "Shift", "fit", "flip_shifts"]

Array = NDArray[np.float64]
NEWTON_STEPS = 25
CONVERGED = 1e-8
SEPARATED = 12.0


@dataclass(frozen=True)
class Fit:
    """A fitted regression: coefficients, their covariance matrix, fitted probabilities."""

    beta: Array
    covariance: Array
    probability: Array

    @property
    def variance(self) -> Array:
        """Variances of the coefficients."""
        return np.diagonal(self.covariance)


@dataclass(frozen=True)
class Shift:
    """Change of coefficients and variances by flipping a cell: rows × covariates × terms."""

    beta: Array
    variance: Array


def fit(design: Array, outcome: Array, start: Array) -> Fit | None:
    """Fit a logistic regression; None where the coefficients run away (separation).

    Parameters
    ----------
    design
        Respondents × terms, the first term being the intercept (ones).
    outcome
        0 or 1 per respondent.
    start
        Coefficients to start from.

    Examples
    --------
    >>> found = fit(np.ones((4, 1)), np.array([1.0, 0, 0, 0]), np.zeros(1))
    >>> round(float(np.exp(found.beta[0])), 6)
    0.333333
    """
    beta: Array = start
    for _ in range(NEWTON_STEPS):
        probability = 1 / (1 + np.exp(-(design @ beta)))
        weighted = design * (probability * (1 - probability))[:, None]
        try:
            covariance = np.asarray(np.linalg.inv(weighted.T @ design), dtype=np.float64)
        except np.linalg.LinAlgError:
            return None
        step = covariance @ (design.T @ (outcome - probability))
        beta = np.asarray(beta + step, dtype=np.float64)
        size = np.abs(step).max()
        if size < CONVERGED:
            return Fit(beta, covariance, probability)
        if not size < SEPARATED or np.abs(beta).max() > SEPARATED:
            return None
    return None


def flip_shifts(design: Array, outcome: Array, now: Fit) -> Shift:
    """Predict what flipping each 0/1 cell of the design does to the fit.

    Returns
    -------
    Shift
        For each row and each covariate (terms but the intercept). Two flips together do about the
        sum of both.
    """
    p, beta, covariance = now.probability, now.beta, now.covariance
    weight = p * (1 - p)
    change = 1 - 2 * design[:, 1:]
    odds = (p / (1 - p))[:, None] * np.exp(change * beta[1:])
    p_new = odds / (1 + odds)
    lever = design @ covariance
    lever_new = lever[:, None, :] + change[:, :, None] * covariance[1:][None]
    d_beta = (outcome[:, None] - p_new)[:, :, None] * lever_new
    d_beta -= ((outcome - p)[:, None] * lever)[:, None, :]
    own = (p_new * (1 - p_new))[:, :, None] * lever_new**2 - (weight[:, None] * lever**2)[:, None]
    skew = (lever**2 * (weight * (1 - 2 * p))[:, None]).T @ design
    return Shift(d_beta, -own - d_beta @ skew.T)
