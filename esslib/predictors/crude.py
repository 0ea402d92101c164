"""One characteristic at a time: 2x2 tables, odds ratios, differences of risk."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep

from esslib.predictors.binary import as_binary

ZERO_CELL = 0.5  # Haldane-Anscombe


def two_by_two(frame: pd.DataFrame, *, outcome: str, exposure: str) -> pd.DataFrame:
    """Count outcome by exposure.

    Parameters
    ----------
    frame : DataFrame
        One row per respondent.
    outcome, exposure : str
        Yes/no columns; a row where one is missing is not counted.

    Returns
    -------
    DataFrame
        2x2 counts: rows `secured`, `other` (outcome yes, no), columns `exposed`, `unexposed`.

    Raises
    ------
    ValueError
        For a value other than 0, 1, True, False or missing.

    Examples
    --------
    >>> frame = pd.DataFrame({"y": [1, 1, 0, 0], "x": [True, False, True, None]})
    >>> two_by_two(frame, outcome="y", exposure="x")
             exposed  unexposed
    secured        1          1
    other          1          0
    """
    secured, exposed = as_binary(frame, [outcome, exposure]).to_numpy().T
    counts = [
        [np.count_nonzero((secured == row) & (exposed == column)) for column in (1, 0)]
        for row in (1, 0)
    ]
    return pd.DataFrame(counts, index=["secured", "other"], columns=["exposed", "unexposed"])


def bivariate(
    frame: pd.DataFrame, *, outcome: str, exposures: Sequence[str], confidence: float = 0.95
) -> pd.DataFrame:
    """Odds ratio and tests of every exposure, unadjusted.

    Parameters
    ----------
    frame : DataFrame
        One row per respondent.
    outcome : str
        Yes/no column of the outcome.
    exposures : sequence of str
        Yes/no columns; a row is left out of the tables of those that it misses only.
    confidence : float
        Level of the interval.

    Returns
    -------
    DataFrame
        One row per exposure: covariate, secured_exposed, secured_unexposed, other_exposed,
        other_unexposed (counts), odds_ratio, ci_low, ci_high (Woolf), chi2, p_value (Pearson
        without continuity correction), p_fisher (two-sided, exact).

    Raises
    ------
    ValueError
        For a value other than 0, 1, True, False or missing.

    Notes
    -----
    With an empty cell, one half is added to all four cells for odds ratio and interval. Where
    outcome or exposure does not vary there is nothing to estimate: all but the counts is missing.

    References
    ----------
    Woolf (1955) doi:10.1111/j.1469-1809.1955.tb01348.x; Haldane (1956)
    doi:10.1111/j.1469-1809.1955.tb01285.x.

    Examples
    --------
    >>> frame = pd.DataFrame({"y": [1, 1, 1, 0, 0, 0], "x": [1, 1, 0, 1, 0, 0]})
    >>> float(bivariate(frame, outcome="y", exposures=["x"])["odds_ratio"].round(9).item())
    4.0
    """
    rows = []
    for exposure in exposures:
        table = two_by_two(frame, outcome=outcome, exposure=exposure)
        counts = {
            f"{row}_{column}": count
            for row, line in table.to_dict("index").items()
            for column, count in line.items()
        }
        rows.append({"covariate": exposure, **counts, **_association(table.to_numpy(), confidence)})
    return pd.DataFrame(rows)


def risk_differences(
    frame: pd.DataFrame, *, outcome: str, exposures: Sequence[str], confidence: float = 0.95
) -> pd.DataFrame:
    """Absolute difference of the outcome's frequency by exposure.

    Parameters
    ----------
    frame, outcome, exposures, confidence
        As for `bivariate`.

    Returns
    -------
    DataFrame
        One row per exposure: covariate, risk_exposed, risk_unexposed (share with the outcome,
        0 to 1), risk_difference (exposed minus unexposed), ci_low, ci_high (Newcombe's hybrid
        of Wilson intervals). Missing where nobody, or everybody, is exposed.

    References
    ----------
    Newcombe (1998) doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.

    Examples
    --------
    >>> frame = pd.DataFrame({"y": [1, 1, 1, 0, 0, 0], "x": [1, 1, 0, 1, 0, 0]})
    >>> float(risk_differences(frame, outcome="y", exposures=["x"])["risk_difference"].item())
    0.3333333333333333
    """
    rows = []
    for exposure in exposures:
        table = two_by_two(frame, outcome=outcome, exposure=exposure)
        rows.append({"covariate": exposure, **_difference(table, confidence)})
    return pd.DataFrame(rows)


def _difference(table: pd.DataFrame, confidence: float) -> dict[str, float]:
    cases, totals = table.loc["secured"].to_numpy(), table.sum().to_numpy()
    names = ["risk_exposed", "risk_unexposed", "risk_difference", "ci_low", "ci_high"]
    if 0 in totals:
        return dict.fromkeys(names, np.nan)
    exposed, unexposed = cases / totals
    counts = (cases[0], totals[0], cases[1], totals[1])
    interval = confint_proportions_2indep(*counts, method="newcomb", alpha=1 - confidence)
    return dict(zip(names, [exposed, unexposed, exposed - unexposed, *interval], strict=True))


def _association(table: np.ndarray, confidence: float) -> dict[str, float]:
    names = ["odds_ratio", "ci_low", "ci_high", "chi2", "p_value", "p_fisher"]
    if 0 in table.sum(axis=0) or 0 in table.sum(axis=1):
        return dict.fromkeys(names, np.nan)
    odds = Table2x2(table + ZERO_CELL if 0 in table else table, shift_zeros=False)
    low, high = odds.oddsratio_confint(1 - confidence)
    test = stats.chi2_contingency(table, correction=False)
    fisher = stats.fisher_exact(table)
    values = [odds.oddsratio, low, high, test.statistic, test.pvalue, fisher.pvalue]
    return dict(zip(names, map(float, values), strict=True))
