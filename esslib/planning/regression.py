"""How many respondents a logistic regression needs, by the criteria of Riley et al."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
from scipy import stats


@dataclass(frozen=True)
class Model:
    """A logistic regression to come, and the criteria of Riley et al. (2020).

    Attributes
    ----------
    n_parameters : int
        Candidate predictor parameters (one per dichotomous covariate).
    event_fraction : float
        Expected share with the outcome, between 0 and 1.
    r2_nagelkerke : float
        Expected share of the largest R2 that this fraction allows; the authors advise 0.15 where
        nothing is known.
    shrinkage : float
        Least uniform shrinkage of the coefficients.
    optimism : float
        Largest difference of apparent and adjusted Nagelkerke R2, and largest error of the
        overall risk.
    """

    n_parameters: int
    event_fraction: float
    r2_nagelkerke: float = 0.15
    shrinkage: float = 0.9
    optimism: float = 0.05

    @property
    def largest_r2(self) -> float:
        """Cox-Snell R2 of a perfect model."""
        p = self.event_fraction
        return 1 - math.exp(2 * (p * math.log(p) + (1 - p) * math.log(1 - p)))


def regression_sizes(model: Model) -> pd.DataFrame:
    """Smallest sample for a logistic regression, by each criterion of Riley et al.

    Parameters
    ----------
    model : Model

    Returns
    -------
    DataFrame
        Rows `shrinkage`, `optimism` and `overall_risk` of `next_study.csv`: criterion, target,
        n_total, n_events (expected with the outcome, rounded up) and events_per_parameter. The
        sample has to meet all three, so the largest counts.

    References
    ----------
    Riley et al. (2019) doi:10.1002/sim.7992; Riley et al. (2020) doi:10.1136/bmj.m441.

    Examples
    --------
    >>> table = regression_sizes(Model(n_parameters=12, event_fraction=0.4))
    >>> table[["criterion", "n_total", "n_events"]]
          criterion  n_total  n_events
    0     shrinkage      913       366
    1      optimism      300       120
    2  overall_risk      369       148
    """
    r2 = model.r2_nagelkerke * model.largest_r2
    optimism = model.optimism * model.largest_r2
    p = model.event_fraction
    sizes = {
        "shrinkage": (model.shrinkage, _shrunken(model.n_parameters, r2, model.shrinkage)),
        "optimism": (model.optimism, _shrunken(model.n_parameters, r2, r2 / (r2 + optimism))),
        "overall_risk": (
            model.optimism,
            (stats.norm.isf(0.025) / model.optimism) ** 2 * p * (1 - p),
        ),
    }
    rows = []
    for criterion, (target, size) in sizes.items():
        n = math.ceil(size)
        row = {"criterion": criterion, "target": target, "n_total": n, "n_events": math.ceil(n * p)}
        rows.append({**row, "events_per_parameter": n * p / model.n_parameters})
    return pd.DataFrame(rows)


def _shrunken(n_parameters: int, r2: float, shrinkage: float) -> float:
    """Sample size at which the expected uniform shrinkage is `shrinkage`."""
    return n_parameters / ((shrinkage - 1) * math.log(1 - r2 / shrinkage))
