"""The log odds ratio of one characteristic, adjusted for others, by three estimators.

`esslib.predictors` describes every covariate of a model; here only the first matters, which is
many times faster over hundreds of models.
"""

from __future__ import annotations

import warnings
from typing import Literal

import numpy as np
from scipy import stats

from esslib.multiverse.estimators import Estimate, Floats, Unestimable
from esslib.predictors.penalised import BACKEND, FirthLogisticRegression, detect_separation

TARGET = 0  # place of the characteristic among the columns
TOLERANCE = 1e-6  # well below it, step halving meets the limits of floating point
MAX_ITERATIONS = 100
FIRTH_PENALTY = 0.5  # weight of the log determinant of the information: Jeffreys' prior
LOGITS = ("logit_wald", "logit_profile", "logit_firth")


def log_odds_ratios(y: Floats, x: Floats, confidence: float) -> dict[str, Estimate | str]:
    """Estimate the log odds ratio of the first column by every estimator.

    Parameters
    ----------
    y : (n,) floats
        Outcome, 0 or 1.
    x : (n, k) floats
        Characteristic of interest and adjustments, without a column of ones.
    confidence : float
        Level of the intervals.

    Returns
    -------
    dict
        "logit_wald" and "logit_profile" (maximum likelihood with Wald's, or the profile interval
        and likelihood-ratio p) and "logit_firth" (penalised, profile); in place of an estimate
        that the data do not give, the code of the reason: "no_variance", "collinear",
        "separated" or "not_converged".

    References
    ----------
    Venzon & Moolgavkar (1988) doi:10.2307/2347496; Firth (1993) doi:10.1093/biomet/80.1.27;
    Heinze & Schemper (2002) doi:10.1002/sim.1047.
    """
    try:
        check_design(y, x)
    except Unestimable as error:
        return dict.fromkeys(LOGITS, str(error))
    found: dict[str, Estimate | str] = {}
    try:
        ordinary = _fitted(y, x, penalty=0)
        found["logit_wald"] = _wald(ordinary, confidence)
        found["logit_profile"] = _profiled(ordinary, confidence)
    except Unestimable as error:
        found = {**dict.fromkeys(LOGITS, str(error)), **found}
    try:
        found["logit_firth"] = _profiled(_fitted(y, x, penalty=FIRTH_PENALTY), confidence)
    except Unestimable as error:
        found["logit_firth"] = str(error)
    return found


def check_design(y: Floats, x: Floats) -> None:
    """Check that the outcome varies and that no column is constant or follows from the others.

    Raises
    ------
    Unestimable
        With the code "no_variance" or "collinear".
    """
    if not y.size or np.ptp(y) == 0:
        raise Unestimable("no_variance")
    if np.linalg.matrix_rank(np.column_stack([np.ones(len(y)), x])) <= x.shape[1]:
        raise Unestimable("collinear")


def _fitted(y: Floats, x: Floats, *, penalty: float) -> FirthLogisticRegression:
    if not penalty and detect_separation(x, y).separation:
        raise Unestimable("separated")
    model = FirthLogisticRegression(
        backend=BACKEND,
        penalty_weight=penalty,
        max_iter=MAX_ITERATIONS,
        gtol=TOLERANCE,
        xtol=TOLERANCE,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said below, as a reason
        model.fit(x, y)
    if not model.converged_:
        raise Unestimable("not_converged")
    return model


def _wald(model: FirthLogisticRegression, confidence: float) -> Estimate:
    low, high = _limits(model, "wald", confidence)
    se = (high - low) / 2 / stats.norm.ppf((1 + confidence) / 2)
    estimate = float(model.coef_[TARGET])
    return Estimate(estimate, low, high, float(2 * stats.norm.sf(abs(estimate) / se)))


def _profiled(model: FirthLogisticRegression, confidence: float) -> Estimate:
    low, high = _limits(model, "pl", confidence)
    p_value = model.lrt(features=TARGET).lrt_pvalues_[TARGET]
    return Estimate(float(model.coef_[TARGET]), low, high, float(p_value))


def _limits(
    model: FirthLogisticRegression, method: Literal["wald", "pl"], confidence: float
) -> tuple[float, float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said below, as a reason
        low, high = model.conf_int(
            1 - confidence, method, features=TARGET, max_iter=MAX_ITERATIONS, tol=TOLERANCE
        )[TARGET]
    if not np.isfinite([low, high]).all():
        raise Unestimable("not_converged")
    return float(low), float(high)
