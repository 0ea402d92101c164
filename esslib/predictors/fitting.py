"""Fits of a logistic regression, each of which says when it has no answer.

The estimators take seconds to import, so whoever fits nothing does not pay for them.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from esslib.predictors.binary import as_binary

if TYPE_CHECKING:
    from statsmodels.discrete.discrete_model import BinaryResultsWrapper

TOLERANCE = 1e-6  # well below it, step halving meets the limits of floating point
MAX_ITERATIONS = 100


class ConvergenceError(ValueError):
    """No estimate was reached."""


class SeparationError(ConvergenceError):
    """Some covariates predict the outcome without error, so their estimates are infinite.

    Attributes
    ----------
    covariates : tuple of str
    """

    def __init__(self, message: str, covariates: Sequence[str]) -> None:
        super().__init__(message)
        self.covariates = tuple(covariates)


def design(
    frame: pd.DataFrame, outcome: str, covariates: Sequence[str]
) -> tuple[pd.Series, pd.DataFrame]:
    """Return outcome and covariates of the complete rows, with a column `const` of ones.

    Raises
    ------
    ValueError
        As `multivariate`.
    """
    from statsmodels.tools import add_constant

    complete = as_binary(frame, [outcome, *covariates]).dropna()
    y, x = complete[outcome], complete[list(covariates)]
    if y.nunique() < 2:
        raise ValueError(
            f"Outcome {outcome!r} does not vary among the {len(y)} complete rows: nothing to predict."
        )
    columns = add_constant(x, has_constant="add")
    rank = np.linalg.matrix_rank(columns)
    if rank < columns.shape[1]:
        spare = [
            str(name) for name in x if np.linalg.matrix_rank(columns.drop(columns=name)) == rank
        ]
        raise ValueError(
            f"Covariates {', '.join(spare)}: constant or combinations of one another among the "
            f"{len(y)} complete rows. Leave one out."
        )
    return y, columns


def maximum_likelihood(y: pd.Series, x: pd.DataFrame) -> BinaryResultsWrapper:
    """Fit the ordinary logistic regression.

    Raises
    ------
    SeparationError, ConvergenceError
        As `multivariate`.
    """
    from statsmodels.discrete.discrete_model import Logit

    check_separation(y, x)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said below, as an error
        fit = Logit(y, x).fit(disp=0, tol=TOLERANCE, maxiter=MAX_ITERATIONS)
    if not fit.mle_retvals["converged"]:
        raise ConvergenceError(_unsettled("Maximum likelihood", x))
    return fit


def profile_likelihood(
    y: pd.Series, x: pd.DataFrame, *, penalty: float, confidence: float
) -> pd.DataFrame:
    """Estimate, profile limits and likelihood-ratio p of every covariate (index).

    Parameters
    ----------
    penalty : float
        Weight of the log determinant of the information: 0 for the ordinary likelihood, 0.5 for
        Firth's.

    Raises
    ------
    ConvergenceError
        As `multivariate`.
    """
    from firthmodels.adapters.statsmodels import FirthLogit

    model = FirthLogit(y, x, penalty_weight=penalty)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said below, as an error
        fit = model.fit(maxiter=MAX_ITERATIONS, gtol=TOLERANCE, xtol=TOLERANCE)
        limits = fit.conf_int(1 - confidence, maxiter=MAX_ITERATIONS, tol=TOLERANCE)
    values = np.column_stack([fit.params, limits, fit.pvalues])
    if not fit.converged or np.isnan(values).any():
        raise ConvergenceError(_unsettled("Profile likelihood", x))
    columns = ["coefficient", "ci_low", "ci_high", "p"]
    return pd.DataFrame(values, index=x.columns, columns=columns).drop(index="const")


def check_separation(y: pd.Series, x: pd.DataFrame) -> None:
    """Raise SeparationError, naming the covariates, where some separate the outcome."""
    from firthmodels import detect_separation

    found = detect_separation(x.drop(columns="const"), y)
    if found.separation:
        guilty = x.columns.drop("const")[~found.is_finite[:-1]]  # the intercept comes last
        raise SeparationError(
            f"Covariates {', '.join(guilty)} separate the outcome {y.name!r}: their estimates are "
            "infinite. Use `firth`, or leave them out.",
            guilty.tolist(),
        )


def _unsettled(method: str, x: pd.DataFrame) -> str:
    return (
        f"{method} did not settle within {MAX_ITERATIONS} iterations for the covariates "
        f"{', '.join(x.columns.drop('const'))}. Leave out the rarest."
    )
