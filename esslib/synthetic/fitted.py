"""The cells of a logistic regression, fitted by maximum likelihood."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray
from statsmodels.discrete.discrete_model import Logit
from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning

from esslib.synthetic.goals import Z

__all__ = ["fitted_cells"]


def fitted_cells(
    design: NDArray[np.generic], outcome: NDArray[np.generic]
) -> NDArray[np.float64] | None:
    """Return each covariate's coefficient and bounds; None where the coefficients run away.

    Parameters
    ----------
    design
        Respondents × (intercept, covariates).
    outcome
        0 or 1 for each respondent.

    Returns
    -------
    ndarray
        Covariates × (coefficient, lower bound, upper bound); the intercept is left out.
    """
    with warnings.catch_warnings():
        # both are found in what is returned
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        try:
            found = Logit(outcome, design).fit(disp=False, maxiter=50)
        except np.linalg.LinAlgError:
            return None
    if not found.mle_retvals["converged"]:
        return None
    half = Z * found.bse
    return np.column_stack([found.params, found.params - half, found.params + half])[1:]
