"""Which characteristics go with the outcome, one at a time and all at once.

The functions receive column names and know nothing of the questionnaire. Outcome and exposures
are yes/no columns: boolean or 0/1, missing allowed. An odds ratio above 1, or a coefficient above
0, means that the exposed have the outcome ("secured") more often. Coefficients are log odds
ratios.

`judge` gathers a regression with all that says how far it can be trusted; its parts stand in the
module `validation` (variance inflation, calibration, optimism) too.
"""

from esslib.predictors.crude import bivariate, risk_differences, two_by_two
from esslib.predictors.fitting import ConvergenceError, SeparationError
from esslib.predictors.judgement import Judgement, judge
from esslib.predictors.logistic import firth, fit_summary, multivariate, profile

__all__ = [
    "ConvergenceError",
    "Judgement",
    "SeparationError",
    "bivariate",
    "firth",
    "fit_summary",
    "judge",
    "multivariate",
    "profile",
    "risk_differences",
    "two_by_two",
]
