"""Fits of a logistic regression, each of which says when it has no answer.

The estimators take seconds to import, so whoever fits nothing does not pay for them.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from esslib.predictors.binary import as_binary

if TYPE_CHECKING:
    from statsmodels.genmod.generalized_linear_model import GLMResultsWrapper

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


class DesignMatrix(NamedTuple):
    """What a regression sees: the distinct complete rows, which are few however many respondents.

    Attributes
    ----------
    y : Series
        Outcome.
    x : DataFrame
        Covariates after a column `const` of ones.
    weights : array of int
        How many respondents have this row.
    places : array of int
        Row of each respondent.
    """

    y: pd.Series
    x: pd.DataFrame
    weights: NDArray[np.integer]
    places: NDArray[np.integer]


def design(frame: pd.DataFrame, outcome: str, covariates: Sequence[str]) -> DesignMatrix:
    """Return the distinct complete rows, in the order of the first respondent of each.

    Raises
    ------
    ValueError
        As `multivariate`.
    """
    from statsmodels.tools import add_constant

    complete = complete_rows(frame, [outcome, *covariates])
    places = (
        complete.groupby(complete.columns.tolist(), sort=False).ngroup().to_numpy(dtype=np.intp)
    )
    is_first = ~pd.Series(places).duplicated().to_numpy()
    y, x = complete.loc[is_first, outcome], complete.loc[is_first, list(covariates)]
    if y.nunique() < 2:
        raise ValueError(
            f"Outcome {outcome!r} does not vary among the {len(complete)} complete rows: nothing "
            "to predict."
        )
    columns = add_constant(x, has_constant="add")
    rank = np.linalg.matrix_rank(columns)
    if rank < columns.shape[1]:
        spare = [
            str(name) for name in x if np.linalg.matrix_rank(columns.drop(columns=name)) == rank
        ]
        raise ValueError(
            f"Covariates {', '.join(spare)}: constant or combinations of one another among the "
            f"{len(complete)} complete rows. Leave one out."
        )
    return DesignMatrix(y, columns, np.bincount(places), places)


def complete_rows(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return the columns as 0/1, without the rows that lack a value.

    Raises
    ------
    ValueError
        No row is complete, or as `binary.as_binary`.
    """
    complete = as_binary(frame, columns).dropna()
    if complete.empty:
        counts = frame[list(columns)].count()
        raise ValueError(
            f"None of the {len(frame)} rows is complete: {counts.idxmin()!r} has only "
            f"{counts.min()} values. Leave it out or complete it."
        )
    return complete


def maximum_likelihood(given: DesignMatrix) -> GLMResultsWrapper:
    """Fit the ordinary logistic regression.

    Raises
    ------
    SeparationError, ConvergenceError
        As `multivariate`.
    """
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    check_separation(given)
    model = GLM(given.y, given.x, Binomial(), freq_weights=given.weights)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said below, as an error
        fit = model.fit(
            method="newton",
            start_params=np.zeros(given.x.shape[1]),
            disp=0,
            tol=TOLERANCE,
            maxiter=MAX_ITERATIONS,
        )
    if not fit.mle_retvals["converged"]:
        raise ConvergenceError(_unsettled("Maximum likelihood", given.x))
    return fit


def profile_likelihood(given: DesignMatrix, *, penalty: float, confidence: float) -> pd.DataFrame:
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
    from esslib.predictors.penalised import BACKEND, FirthLogisticRegression

    model = FirthLogisticRegression(
        backend=BACKEND,
        fit_intercept=False,  # stands in x
        max_iter=MAX_ITERATIONS,
        gtol=TOLERANCE,
        xtol=TOLERANCE,
        penalty_weight=penalty,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said below, as an error
        fit = model.fit(given.x.to_numpy(), given.y.to_numpy(), given.weights).lrt()
        limits = fit.conf_int(1 - confidence, method="pl", max_iter=MAX_ITERATIONS, tol=TOLERANCE)
    values = np.column_stack([fit.coef_, limits, fit.lrt_pvalues_])
    if not fit.converged_ or np.isnan(values).any():
        raise ConvergenceError(_unsettled("Profile likelihood", given.x))
    columns = ["coefficient", "ci_low", "ci_high", "p"]
    return pd.DataFrame(values, index=given.x.columns, columns=columns).drop(index="const")


def check_separation(given: DesignMatrix) -> None:
    """Raise SeparationError, naming the covariates, where some separate the outcome."""
    from esslib.predictors.penalised import detect_separation

    y, x = given.y, given.x
    mixed = x[x.duplicated(keep=False)]  # where both outcomes occur, no combination parts them
    if len(mixed) and np.linalg.matrix_rank(mixed) == x.shape[1]:
        return
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
