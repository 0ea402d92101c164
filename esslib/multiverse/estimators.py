"""Estimates of the difference between two groups, in the unit of the score.

Every estimator takes a `Sample` and a confidence level and returns an `Estimate`: first group
minus second, so that a positive one means that the first group scores higher.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special, stats
from statsmodels.regression.linear_model import OLS
from statsmodels.robust.norms import HuberT
from statsmodels.robust.robust_linear_model import RLM

from esslib.compare import compare

Floats = NDArray[np.floating]

TRIMMED = 0.2  # share of each tail that Yuen's test leaves out
HALVINGS = 60  # of the bracket of a limit: below the resolution of floating point
FULL_LEVERAGE = 1 - 1e-8  # a person alone in a cell, whose residual says nothing
ROUNDS = 200
SMALLEST_GROUP = 5  # nobody would defend a comparison with fewer


class Unestimable(ValueError):
    """The data of a specification give no estimate; the message is the code of the reason."""


@dataclass(frozen=True, eq=False)
class Sample:
    """Compared persons.

    Attributes
    ----------
    scores : (n,) floats
        Points.
    is_first : (n,) bools
        Whether the person stands in the first group.
    covariates : (n, k) floats
        What the regressions adjust for; k may be 0.
    """

    scores: Floats
    is_first: NDArray[np.bool_]
    covariates: Floats

    @property
    def groups(self) -> tuple[Floats, Floats]:
        """Scores of the first and of the second group."""
        return self.scores[self.is_first], self.scores[~self.is_first]


@dataclass(frozen=True)
class Estimate:
    """An estimate with its interval and two-sided p value."""

    estimate: float
    ci_low: float
    ci_high: float
    p_value: float


def by_welch(sample: Sample, confidence: float) -> Estimate:
    """Return the difference of means by Welch's t test, doi:10.1093/biomet/34.1-2.28."""
    return _t_test(sample, confidence, trim=0)


def by_yuen(sample: Sample, confidence: float) -> Estimate:
    """Return the difference of 20 % trimmed means by Yuen's test, doi:10.1093/biomet/61.1.165."""
    return _t_test(sample, confidence, trim=TRIMMED)


def by_mann_whitney(sample: Sample, confidence: float) -> Estimate:
    """Return Hodges and Lehmann's shift and the Mann-Whitney p of `esslib.compare.compare`."""
    a, b = sample.groups
    frame = pd.DataFrame({"value": [*a, *b], "group": ["a"] * a.size + ["b"] * b.size})
    row = compare(frame, value="value", group="group", groups=("a", "b"), confidence=confidence)
    columns = ["hodges_lehmann", "hl_ci_low", "hl_ci_high", "p_value"]
    return Estimate(*row[columns].to_numpy(dtype=float)[0].tolist())


def by_brunner_munzel(sample: Sample, confidence: float) -> Estimate:
    """Return Hodges and Lehmann's shift with the shifts that Brunner and Munzel do not reject.

    The test allows the groups to differ in spread as well. Its own effect, the probability that
    a member of the first group scores higher, is one half once the first group is moved by minus
    the Hodges-Lehmann shift: so that shift is its estimate in points. The limits are found by
    bisection. Source: Brunner & Munzel (2000)
    doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U.
    """
    a, b = (np.sort(group) for group in sample.groups)
    middle = by_mann_whitney(sample, confidence).estimate
    widest = a[-1] - b[0] + 1, a[0] - b[-1] - 1
    low, high = (_limit(a, b, (middle, end), (1 - confidence) / 2) for end in widest[::-1])
    t, df = _brunner_munzel(a, b)
    return Estimate(middle, low, high, float(2 * special.stdtr(df, -abs(t))))


def by_ols(sample: Sample, confidence: float) -> Estimate:
    """Return the adjusted difference of means by least squares; unadjusted, Student's t test."""
    return _least_squares(sample, confidence, covariance="nonrobust")


def by_ols_hc3(sample: Sample, confidence: float) -> Estimate:
    """Return the same difference with standard errors that allow unequal variances (HC3).

    Source: MacKinnon & White (1985) doi:10.1016/0304-4076(85)90158-7.
    """
    return _least_squares(sample, confidence, covariance="HC3")


def by_huber(sample: Sample, confidence: float) -> Estimate:
    """Return the adjusted shift by Huber's M estimator, which lets outliers weigh less.

    Source: Huber (1973) doi:10.1214/aos/1176342503. Interval and p from the normal distribution.
    """
    design = _design(sample)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said below, as a reason
        fit = RLM(sample.scores, design, M=HuberT()).fit(maxiter=ROUNDS)
    if fit.fit_history["iteration"] >= ROUNDS:
        raise Unestimable("not_converged")
    low, high = fit.conf_int(1 - confidence)[1]
    return Estimate(*map(float, (fit.params[1], low, high, fit.pvalues[1])))


Estimator = Callable[[Sample, float], Estimate]
TWO_SAMPLE: dict[str, Estimator] = {
    "welch": by_welch,
    "yuen": by_yuen,
    "mann_whitney": by_mann_whitney,
    "brunner_munzel": by_brunner_munzel,
}
REGRESSIONS: dict[str, Estimator] = {"ols": by_ols, "ols_hc3": by_ols_hc3, "huber": by_huber}


def check_groups(sample: Sample) -> None:
    """Check that both groups have five scores and that the scores vary within one of them.

    Raises
    ------
    Unestimable
        With the code "too_few" or "no_variance".
    """
    a, b = sample.groups
    if min(a.size, b.size) < SMALLEST_GROUP:
        raise Unestimable("too_few")
    if np.ptp(a) == np.ptp(b) == 0:
        raise Unestimable("no_variance")


def _t_test(sample: Sample, confidence: float, *, trim: float) -> Estimate:
    a, b = sample.groups
    centre = stats.trim_mean(a, trim) - stats.trim_mean(b, trim)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said below, as a reason
        test = stats.ttest_ind(a, b, equal_var=False, trim=trim)
        low, high = test.confidence_interval(confidence)
    if not np.isfinite([low, high, test.pvalue]).all():
        raise Unestimable("no_variance")
    return Estimate(*map(float, (centre, low, high, test.pvalue)))


def _limit(a: Floats, b: Floats, bracket: tuple[float, float], tail: float) -> float:
    """Outermost shift that is not rejected, between the estimate and a shift that must be."""
    kept, rejected = bracket
    for _ in range(HALVINGS):
        middle = (kept + rejected) / 2
        t, df = _brunner_munzel(a - middle, b)
        if special.stdtr(df, -abs(t)) < tail:
            rejected = middle
        else:
            kept = middle
    return kept


def _brunner_munzel(a: Floats, b: Floats) -> tuple[float, float]:
    """Statistic (positive where a is above b) and degrees of freedom, of sorted groups."""
    above_b = _placements(a, b)
    above_a = _placements(b, a)
    parts = np.var(above_b, ddof=1) / a.size, np.var(above_a, ddof=1) / b.size
    spread = sum(parts)
    effect = above_b.mean() - 0.5
    if spread == 0:
        return float(np.sign(effect) * np.inf) if effect else 0.0, float(a.size + b.size - 2)
    df = spread**2 / (parts[0] ** 2 / (a.size - 1) + parts[1] ** 2 / (b.size - 1))
    return float(effect / np.sqrt(spread)), float(df)


def _placements(values: Floats, others: Floats) -> Floats:
    """Share of the sorted others below each value, ties counted half."""
    below = np.searchsorted(others, values, "left") + np.searchsorted(others, values, "right")
    return np.asarray(below / (2 * others.size))


def _least_squares(sample: Sample, confidence: float, *, covariance: str) -> Estimate:
    design = _design(sample)
    model = OLS(sample.scores, design)
    if covariance == "HC3" and _leverage(design).max() > FULL_LEVERAGE:
        raise Unestimable("leverage")
    fit = model.fit(cov_type=covariance, use_t=True)
    low, high = fit.conf_int(1 - confidence)[1]
    return Estimate(*map(float, (fit.params[1], low, high, fit.pvalues[1])))


def _leverage(design: Floats) -> Floats:
    q, _ = np.linalg.qr(design)
    return np.asarray((q**2).sum(axis=1))


def _design(sample: Sample) -> Floats:
    """Intercept, group, covariates.

    Raises
    ------
    Unestimable
        Fewer than two persons more than columns ("too_few"), or columns that are constant or
        follow from others ("collinear").
    """
    n = sample.scores.size
    design = np.column_stack([np.ones(n), sample.is_first, sample.covariates]).astype(float)
    if n < design.shape[1] + 2:
        raise Unestimable("too_few")
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise Unestimable("collinear")
    return design
