"""How far the regression of all characteristics can be trusted, beyond its p-values."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special, stats
from statsmodels.stats.proportion import proportion_confint

from esslib.predictors.fitting import DesignMatrix, design, maximum_likelihood

Floats = NDArray[np.floating]

STATISTICS = ["auc", "brier", "calibration_slope", "calibration_intercept"]
N_RESAMPLES = 1_000
DRAWN_SINGLY = 10_000  # respondents
BATCH = 200  # resamples held in memory at a time
ITERATIONS = 30
SETTLED = 1e-8  # largest last step of a coefficient
EXTREME = 15  # log odds; beyond it a fitted probability stands for 0 or 1
DAMPING = 1e-9  # a covariate may be constant in a resample
DECIMALS = 10  # equal covariates must give equal predictions, whatever the rounding


def variance_inflation(
    frame: pd.DataFrame, *, outcome: str, covariates: Sequence[str]
) -> pd.DataFrame:
    """By how much the other covariates inflate the variance of each coefficient.

    Returns
    -------
    DataFrame
        One row per covariate: covariate, vif = 1 / (1 - R2 of its regression on the others), 1 if
        unrelated to them; on the complete rows of `multivariate`.

    Raises
    ------
    ValueError
        As `multivariate`.

    References
    ----------
    Marquardt (1970) doi:10.1080/00401706.1970.10488699.

    Examples
    --------
    >>> frame = pd.DataFrame({"y": [1, 0, 1, 0], "a": [1, 1, 0, 0], "b": [1, 0, 0, 1]})
    >>> variance_inflation(frame, outcome="y", covariates=["a", "b"])["vif"].tolist()
    [1.0, 1.0]
    """
    given = design(frame, outcome, covariates)
    covariance = np.atleast_2d(np.cov(given.x[list(covariates)].T, fweights=given.weights))
    vif = np.diag(covariance) * np.diag(np.linalg.inv(covariance))
    return pd.DataFrame({"covariate": list(covariates), "vif": vif})


def calibration(
    frame: pd.DataFrame, *, outcome: str, covariates: Sequence[str], n_groups: int = 5
) -> pd.DataFrame:
    """Predicted against observed frequency of the outcome, in groups of rising prediction.

    Parameters
    ----------
    frame, outcome, covariates
        As for `multivariate`.
    n_groups : int
        Groups of about equal size, cut at quantiles of the prediction; equal predictions stay
        together, so there may be fewer.

    Returns
    -------
    DataFrame
        One row per group: n, predicted (mean probability), observed (share with the outcome),
        ci_low, ci_high (Wilson, 95 %).

    Raises
    ------
    SeparationError, ConvergenceError, ValueError
        As `multivariate`.

    References
    ----------
    Van Calster et al. (2019) doi:10.1186/s12916-019-1466-7.

    Examples
    --------
    >>> frame = pd.DataFrame({"y": [1, 1, 1, 0, 0, 0], "x": [1, 1, 0, 1, 0, 0]})
    >>> calibration(frame, outcome="y", covariates=["x"], n_groups=2)[["n", "observed"]].round(3)
       n  observed
    0  3     0.333
    1  3     0.667
    """
    given = design(frame, outcome, covariates)
    by_row = maximum_likelihood(given).predict(given.x).round(DECIMALS)
    everybody = pd.DataFrame({"predicted": by_row, "observed": given.y}).iloc[given.places]
    group = pd.qcut(everybody["predicted"].to_numpy(), n_groups, labels=False, duplicates="drop")
    together = everybody.groupby(group)
    table = together.mean().reset_index(drop=True)
    n = together.size().to_numpy()
    low, high = proportion_confint(together["observed"].sum().to_numpy(), n, method="wilson")
    table.insert(0, "n", n)
    return table.assign(ci_low=low, ci_high=high)


def optimism(
    frame: pd.DataFrame,
    *,
    outcome: str,
    covariates: Sequence[str],
    rng: np.random.Generator,
    n_resamples: int = N_RESAMPLES,
) -> pd.DataFrame:
    """How well the regression would predict new respondents of the same kind.

    Each bootstrap resample is fitted anew and judged on itself and on the original rows; the mean
    difference is the optimism of judging a regression on the data that made it.

    Parameters
    ----------
    frame, outcome, covariates
        As for `multivariate`.
    rng : numpy.random.Generator
    n_resamples : int

    Returns
    -------
    DataFrame
        Rows `auc` (0.5 chance, 1 perfect), `brier` (mean squared error of the probability, 0
        perfect), `calibration_slope` (1 perfect, lower is too extreme), `calibration_intercept`
        (0 perfect): statistic, apparent, optimism, corrected (apparent minus optimism), n_used
        (resamples).

    Raises
    ------
    SeparationError, ConvergenceError, ValueError
        As `multivariate`.

    Notes
    -----
    A resample in which the covariates separate the outcome has no estimate and is left out:
    `n_used` says how many remain. With few events per variable many are lost, and the corrected
    values are then too favourable; with none left, they are missing. Up to 10,000 respondents are
    drawn one by one; of more, how often each distinct row is drawn, which is the same in law.

    References
    ----------
    Harrell et al. (1996) doi:10.1002/(SICI)1097-0258(19960229)15:4<361::AID-SIM168>3.0.CO;2-4.

    Examples
    --------
    >>> rng = np.random.default_rng(5)
    >>> frame = pd.DataFrame({"x": rng.integers(0, 2, 90), "y": rng.integers(0, 2, 90)})
    >>> result = optimism(frame, outcome="y", covariates=["x"], rng=rng, n_resamples=50)
    >>> bool(result["corrected"][0] < result["apparent"][0])
    True
    """
    given = design(frame, outcome, covariates)
    fitted = maximum_likelihood(given).params.to_numpy()
    y, x, weights = given.y.to_numpy(), given.x.to_numpy(), given.weights.astype(float)
    counts = _resampled(given, n_resamples, rng)
    batches = [
        _judge(y, x, weights, batch) for batch in np.split(counts, range(BATCH, n_resamples, BATCH))
    ]
    optimisms = np.concatenate(batches)
    apparent = np.array([*_accuracy(y, x @ fitted, weights), 1.0, 0.0])
    mean = optimisms.mean(axis=0) if len(optimisms) else np.full_like(apparent, np.nan)
    table = pd.DataFrame({"statistic": STATISTICS, "apparent": apparent, "optimism": mean})
    return table.assign(corrected=apparent - mean, n_used=len(optimisms))


def _resampled(
    given: DesignMatrix, n_resamples: int, rng: np.random.Generator
) -> NDArray[np.integer]:
    """How often each distinct row stands in each resample."""
    n, n_rows = len(given.places), len(given.weights)
    if n > DRAWN_SINGLY:
        return rng.multinomial(n, given.weights / n, n_resamples)
    draws = given.places[rng.integers(0, n, (n_resamples, n))]
    return np.stack([np.bincount(draw, minlength=n_rows) for draw in draws])


def _judge(y: Floats, x: Floats, weights: Floats, counts: NDArray[np.integer]) -> Floats:
    """Optimism of auc, brier, slope and intercept, one row per resample that can be fitted."""
    coefficients, is_settled = _fit(y, x, counts.astype(float))
    log_odds = coefficients[is_settled] @ x.T
    on_itself = _accuracy(y, log_odds, counts[is_settled].astype(float))
    on_original = _accuracy(y, log_odds, weights)
    line = np.stack([np.ones_like(log_odds), log_odds], axis=-1)
    intercept, slope = _fit(y, line, np.broadcast_to(weights, log_odds.shape))[0].T
    auc, brier = (own - original for own, original in zip(on_itself, on_original, strict=True))
    return np.stack([auc, brier, 1 - slope, -intercept], axis=1)


def _fit(y: Floats, x: Floats, weights: Floats) -> tuple[Floats, NDArray[np.bool]]:
    """Newton's method for many weightings of the rows at once; which of them have an estimate."""
    coefficients = np.zeros((len(weights), x.shape[-1]))
    turned = np.swapaxes(x, -1, -2)
    step = coefficients
    for _ in range(ITERATIONS):
        p = special.expit(np.matmul(x, coefficients[..., None])[..., 0])
        score = np.matmul(turned, (weights * (y - p))[..., None])
        information = np.matmul(turned * (weights * p * (1 - p))[:, None, :], x)
        step = np.linalg.solve(information + DAMPING * np.eye(x.shape[-1]), score)[..., 0]
        coefficients = coefficients + step
        if np.abs(step).max(initial=0) < SETTLED**2:
            break
    log_odds = np.matmul(x, coefficients[..., None])[..., 0]
    is_extreme = (np.abs(log_odds) * (weights > 0)).max(axis=-1) > EXTREME
    return coefficients, (np.abs(step).max(axis=-1) < SETTLED) & ~is_extreme


def _accuracy(y: Floats, log_odds: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """AUC and Brier score along the last axis, of rows that stand `weights` times."""
    weights = np.broadcast_to(weights, log_odds.shape)
    rounded = log_odds.round(DECIMALS)
    order = rounded.argsort(axis=-1)
    others = np.take_along_axis(weights * (1 - y), order, axis=-1).cumsum(axis=-1)
    others = np.concatenate([np.zeros_like(others[..., :1]), others], axis=-1)
    ends = [stats.rankdata(rounded, end, axis=-1).astype(int) for end in ("min", "max")]
    below, up_to = (
        np.take_along_axis(others, end - shift, axis=-1)
        for end, shift in zip(ends, (1, 0), strict=True)
    )
    events = weights * y
    pairs = events.sum(axis=-1) * others[..., -1]
    auc = (events * (below + up_to)).sum(axis=-1) / 2 / pairs
    error = weights * (y - special.expit(log_odds)) ** 2
    return auc, error.sum(axis=-1) / weights.sum(axis=-1)
