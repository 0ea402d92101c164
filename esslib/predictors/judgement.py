"""The regression of all characteristics with everything that says how far it can be trusted."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from esslib.predictors import internal_validation
from esslib.predictors.fitting import SeparationError, complete_rows
from esslib.predictors.logistic import firth, fit_summary, multivariate, profile

TABLE = [
    *("coefficient", "se", "ci_low", "ci_high", "p_value"),
    *("firth_coefficient", "firth_ci_low", "firth_ci_high", "firth_p"),
]
CHECKS = ["profile_coefficient", "profile_ci_low", "profile_ci_high", "profile_p", "vif"]
VALIDATION = ["statistic", "apparent", "optimism", "corrected", "n_used"]
CALIBRATION = ["n", "predicted", "observed", "ci_low", "ci_high"]


@dataclass(frozen=True, eq=False)
class Judgement:
    """One logistic regression; what has no estimate is missing.

    Attributes
    ----------
    multivariate : DataFrame
        As `predictors.multivariate`, one row per covariate asked for.
    checks : DataFrame
        The columns of `predictors.profile`, and vif.
    fit : DataFrame
        As `predictors.fit_summary`.
    validation : DataFrame
        As `internal_validation.optimism`, with n_resamples.
    calibration : DataFrame
        As `internal_validation.calibration`; no rows where covariates separate the outcome.
    constant : tuple of str
        Covariates that are the same for everyone and were left out.
    separating : tuple of str
        Covariates that separate the outcome: then only Firth's method has an answer.
    """

    multivariate: pd.DataFrame
    checks: pd.DataFrame
    fit: pd.DataFrame
    validation: pd.DataFrame
    calibration: pd.DataFrame
    constant: tuple[str, ...] = ()
    separating: tuple[str, ...] = ()


def judge(
    frame: pd.DataFrame,
    *,
    outcome: str,
    rng: np.random.Generator,
    n_resamples: int = internal_validation.N_RESAMPLES,
    confidence: float = 0.95,
) -> Judgement:
    """Fit the outcome on all other columns and judge the fit, whatever the cohort allows.

    Covariates that do not vary are left out; where covariates separate the outcome, only Firth's
    columns have values.

    Parameters
    ----------
    frame, outcome, confidence
        As for `predictors.multivariate`; every column but the outcome is a covariate.
    rng, n_resamples
        As for `internal_validation.optimism`.

    Raises
    ------
    ConvergenceError, ValueError
        As `predictors.multivariate`, separation and constant covariates apart.

    Examples
    --------
    >>> frame = pd.DataFrame({"y": [1, 1, 1, 0, 0, 0], "x": [1, 1, 1, 1, 0, 0], "z": 1})
    >>> found = judge(frame, outcome="y", rng=np.random.default_rng(1))
    >>> found.constant, found.separating
    (('z',), ('x',))
    """
    covariates = [str(name) for name in frame.columns.drop(outcome)]
    complete = complete_rows(frame, [outcome, *covariates])
    constant = tuple(name for name in covariates if complete[name].nunique() < 2)
    model: dict[str, Any] = {
        "outcome": outcome,
        "covariates": [c for c in covariates if c not in constant],
    }
    fit = fit_summary(complete, **model)
    inflation = internal_validation.variance_inflation(complete, **model)
    separating: tuple[str, ...] = ()
    try:
        table = multivariate(complete, **model, confidence=confidence)
        profiled = profile(complete, **model, confidence=confidence)
        judged = internal_validation.optimism(complete, **model, rng=rng, n_resamples=n_resamples)
        calibration = internal_validation.calibration(complete, **model)
    except SeparationError as error:
        separating = error.covariates
        table = firth(complete, **model, confidence=confidence)
        profiled = inflation[["covariate"]]
        judged = pd.DataFrame({"statistic": internal_validation.STATISTICS, "n_used": 0})
        calibration = pd.DataFrame()
    rows = pd.Index(covariates, name="covariate")
    return Judgement(
        _filled(table, TABLE, rows),
        _filled(profiled.merge(inflation, on="covariate"), CHECKS, rows),
        fit,
        judged.reindex(columns=VALIDATION).assign(n_resamples=n_resamples),
        calibration.reindex(columns=CALIBRATION).astype({"n": "int64"}),
        constant,
        separating,
    )


def _filled(frame: pd.DataFrame, columns: list[str], rows: pd.Index) -> pd.DataFrame:
    return frame.set_index("covariate").reindex(rows, columns=columns).reset_index()
