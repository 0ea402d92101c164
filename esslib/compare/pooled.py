"""One difference measured in several cohorts: its mean, and how much it varies among them."""

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.meta_analysis import CombineResults, combine_effects

METHODS: dict[str, dict[str, Any]] = {
    "paule_mandel": {"method_re": "pm", "atol": 1e-8},
    "dersimonian_laird": {"method_re": "dl"},
}
COLUMNS = (
    *("method", "n_cohorts", "estimate", "ci_low", "ci_high", "prediction_low", "prediction_high"),
    *("tau2", "i2", "q", "q_p"),
)


def pool(estimates: pd.Series, variances: pd.Series, *, confidence: float = 0.95) -> pd.DataFrame:
    """Summarise the estimates of several cohorts with random effects.

    Parameters
    ----------
    estimates, variances : Series
        One value per cohort, same index; a cohort without both, or whose variance is 0, is left
        out.
    confidence : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        Rows `paule_mandel` and `dersimonian_laird` (how tau2 is estimated): method, n_cohorts,
        estimate, ci_low, ci_high (Hartung-Knapp, its scale at least 1), prediction_low,
        prediction_high (of the difference in a new cohort), tau2 (variance between cohorts), i2
        (percent of the variation that is not chance, from q), q and q_p (Cochran's test that all
        cohorts have one difference). Missing, n_cohorts and a single cohort's estimate apart, where
        there are fewer than two cohorts; the prediction interval where there are fewer than three.

    References
    ----------
    Paule & Mandel (1982) doi:10.6028/jres.087.022; DerSimonian & Laird (1986)
    doi:10.1016/0197-2456(86)90046-2; Knapp & Hartung (2003) doi:10.1002/sim.1482, modified as in
    Röver et al. (2015) doi:10.1186/s12874-015-0091-1; IntHout et al. (2016)
    doi:10.1136/bmjopen-2015-010247 (prediction).

    Examples
    --------
    >>> found = pool(pd.Series([4.0, 9.0, 17.0]), pd.Series([4.0, 5.0, 6.0]))
    >>> found[["method", "estimate", "tau2", "i2"]].round(2)
                  method  estimate   tau2     i2
    0       paule_mandel       9.9  37.86  88.17
    1  dersimonian_laird       9.9  36.77  88.17
    """
    known = pd.DataFrame({"estimate": estimates, "variance": variances}).dropna()
    known = known[known["variance"] > 0].astype("float64")
    rows = [
        {"method": name, "n_cohorts": len(known), **_pooled(known, options, confidence)}
        for name, options in METHODS.items()
    ]
    return pd.DataFrame(rows).reindex(columns=[*COLUMNS])


def weights(variances: pd.Series, *, tau2: float) -> pd.Series:
    """Return each cohort's share of the random-effects mean, in percent; missing as the variance.

    Examples
    --------
    >>> weights(pd.Series([1.0, 3.0, None]), tau2=1.0).round(1).tolist()
    [66.7, 33.3, nan]
    """
    inverse = 1 / (variances.where(variances > 0) + tau2)
    return 100 * inverse / inverse.sum()


def _pooled(known: pd.DataFrame, options: dict[str, Any], confidence: float) -> dict[str, float]:
    if len(known) < 2:
        return {"estimate": known["estimate"].sum(min_count=1)}
    effects = known["estimate"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):  # tau2 below 0, or q of 0
        combined = combine_effects(effects, known["variance"].to_numpy(), **options)
    mean, error, scale = _scaled(combined)
    error *= np.sqrt(max(scale, 1.0))
    df, tau2 = combined.df_resid, max(float(combined.tau2), 0.0)
    half = stats.t.isf((1 - confidence) / 2, df) * error
    spread = stats.t.isf((1 - confidence) / 2, df) * np.hypot(error, np.sqrt(tau2))
    predicted = [mean - spread, mean + spread] if df > 1 else [np.nan, np.nan]
    return {
        "estimate": mean,
        "ci_low": mean - half,
        "ci_high": mean + half,
        "prediction_low": predicted[0],
        "prediction_high": predicted[1],
        "tau2": tau2,
        "i2": 100 * max(float(combined.i2), 0.0),
        "q": combined.q,
        "q_p": stats.chi2.sf(combined.q, df),
    }


def _scaled(combined: CombineResults) -> tuple[float, float, float]:
    """Mean, standard error, Hartung-Knapp scale; fixed ones without variance between cohorts."""
    model = "re" if combined.tau2 > 0 else "fe"
    names = ("mean_effect", "sd_eff_w", "scale_hksj")
    mean, error, scale = (float(getattr(combined, f"{name}_{model}")) for name in names)
    return mean, error, scale
