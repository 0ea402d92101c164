"""All characteristics at once: logistic regression by maximum likelihood and by Firth's method."""

import contextlib
import math
from collections.abc import Sequence

import pandas as pd

from esslib.predictors.fitting import (
    DesignMatrix,
    SeparationError,
    check_separation,
    design,
    maximum_likelihood,
    profile_likelihood,
)

FIRTH_PENALTY = 0.5  # weight of the log determinant of the information: Jeffreys' prior


def multivariate(
    frame: pd.DataFrame, *, outcome: str, covariates: Sequence[str], confidence: float = 0.95
) -> pd.DataFrame:
    """Logistic regression of the outcome on all covariates, by two methods.

    Parameters
    ----------
    frame : DataFrame
        One row per respondent; rows that miss the outcome or a covariate are left out.
    outcome : str
        Yes/no column of the outcome.
    covariates : sequence of str
        Yes/no columns.
    confidence : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        One row per covariate (no intercept): covariate; coefficient, se, ci_low, ci_high,
        p_value (maximum likelihood, Wald); and the columns of `firth`.

    Raises
    ------
    SeparationError
        If covariates separate the outcome; `firth` alone still has an answer.
    ConvergenceError
        If the iterations do not settle.
    ValueError
        If a covariate is constant or a combination of the others, the outcome does not vary, or
        a value is neither yes, no nor missing.

    References
    ----------
    Albert & Anderson (1984) doi:10.1093/biomet/71.1.1 for separation.

    Examples
    --------
    >>> frame = pd.DataFrame({"y": [1, 1, 1, 0, 0, 0], "x": [1, 1, 0, 1, 0, 0]})
    >>> table = multivariate(frame, outcome="y", covariates=["x"])
    >>> table["coefficient"].round(6).item()  # log 4
    1.386294
    """
    given = design(frame, outcome, covariates)
    fit = maximum_likelihood(given)
    low, high = fit.conf_int(1 - confidence).loc[list(covariates)].to_numpy().T
    table = pd.DataFrame(
        {
            "covariate": list(covariates),
            "coefficient": fit.params[list(covariates)].to_numpy(),
            "se": fit.bse[list(covariates)].to_numpy(),
            "ci_low": low,
            "ci_high": high,
            "p_value": fit.pvalues[list(covariates)].to_numpy(),
        }
    )
    return table.merge(_firth(given, confidence), on="covariate", validate="one_to_one")


def firth(
    frame: pd.DataFrame, *, outcome: str, covariates: Sequence[str], confidence: float = 0.95
) -> pd.DataFrame:
    """Firth's penalised logistic regression, finite even under separation.

    Parameters
    ----------
    frame, outcome, covariates, confidence
        As for `multivariate`.

    Returns
    -------
    DataFrame
        One row per covariate: covariate, firth_coefficient, firth_ci_low, firth_ci_high (profile
        of the penalised likelihood), firth_p (penalised likelihood-ratio test).

    Raises
    ------
    ConvergenceError, ValueError
        As for `multivariate`, separation apart.

    References
    ----------
    Firth (1993) doi:10.1093/biomet/80.1.27; Heinze & Schemper (2002) doi:10.1002/sim.1047.

    Examples
    --------
    >>> frame = pd.DataFrame({"y": [1, 1, 1, 0, 0, 0], "x": [1, 1, 1, 1, 0, 0]})
    >>> firth(frame, outcome="y", covariates=["x"])["firth_coefficient"].round(4).item()
    2.4567
    """
    return _firth(design(frame, outcome, covariates), confidence)


def profile(
    frame: pd.DataFrame, *, outcome: str, covariates: Sequence[str], confidence: float = 0.95
) -> pd.DataFrame:
    """Profile intervals and likelihood-ratio tests of the ordinary logistic regression.

    Parameters
    ----------
    frame, outcome, covariates, confidence
        As for `multivariate`.

    Returns
    -------
    DataFrame
        One row per covariate: covariate, profile_coefficient, profile_ci_low, profile_ci_high,
        profile_p. Unlike Wald's, the interval need not be symmetric.

    Raises
    ------
    SeparationError, ConvergenceError, ValueError
        As for `multivariate`.

    References
    ----------
    Venzon & Moolgavkar (1988) doi:10.2307/2347496.

    Examples
    --------
    >>> frame = pd.DataFrame({"y": [1, 1, 1, 0, 0, 0], "x": [1, 1, 0, 1, 0, 0]})
    >>> profile(frame, outcome="y", covariates=["x"])["profile_p"].round(4).item()
    0.4097
    """
    given = design(frame, outcome, covariates)
    check_separation(given)
    table = profile_likelihood(given, penalty=0, confidence=confidence).add_prefix("profile_")
    return table.rename_axis("covariate").reset_index()


def fit_summary(frame: pd.DataFrame, *, outcome: str, covariates: Sequence[str]) -> pd.DataFrame:
    """How much the regression of `multivariate` rests on.

    Returns
    -------
    DataFrame
        One row: n (complete rows), n_events (outcome yes), events_per_variable (rarer outcome
        divided by the number of covariates), log_likelihood, pseudo_r2 (McFadden); the last two
        missing where covariates separate the outcome.

    Raises
    ------
    ConvergenceError, ValueError
        As for `multivariate`, separation apart.

    References
    ----------
    Peduzzi et al. (1996) doi:10.1016/S0895-4356(96)00236-3.

    Examples
    --------
    >>> frame = pd.DataFrame({"y": [1, 1, 1, 0, 0, 0], "x": [1, 1, 0, 1, 0, 0]})
    >>> fit_summary(frame, outcome="y", covariates=["x"])[["n", "events_per_variable"]]
       n  events_per_variable
    0  6                  3.0
    """
    given = design(frame, outcome, covariates)
    n, n_events = int(given.weights.sum()), int(given.weights @ given.y)
    row = {
        "n": n,
        "n_events": n_events,
        "events_per_variable": min(n_events, n - n_events) / len(covariates),
        "log_likelihood": math.nan,
        "pseudo_r2": math.nan,
    }
    with contextlib.suppress(SeparationError):
        fit = maximum_likelihood(given)
        row |= {"log_likelihood": fit.llf, "pseudo_r2": fit.pseudo_rsquared("mcf")}
    return pd.DataFrame([row])


def _firth(given: DesignMatrix, confidence: float) -> pd.DataFrame:
    table = profile_likelihood(given, penalty=FIRTH_PENALTY, confidence=confidence)
    return table.add_prefix("firth_").rename_axis("covariate").reset_index()
