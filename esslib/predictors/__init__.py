"""Which characteristics go with the outcome, one at a time and all at once.

The functions receive column names and know nothing of the questionnaire. Outcome and exposures
are yes/no columns: boolean or 0/1, missing allowed. An odds ratio above 1, or a coefficient above
0, means that the exposed have the outcome ("secured") more often. Coefficients are log odds
ratios.
"""

from esslib.predictors.crude import bivariate, risk_differences, two_by_two
from esslib.predictors.logistic import (
    ConvergenceError,
    SeparationError,
    firth,
    fit_summary,
    multivariate,
    profile,
)
from esslib.predictors.validation import calibration, optimism, variance_inflation

__all__ = [
    "ConvergenceError",
    "SeparationError",
    "bivariate",
    "calibration",
    "firth",
    "fit_summary",
    "multivariate",
    "optimism",
    "profile",
    "risk_differences",
    "two_by_two",
    "variance_inflation",
]
