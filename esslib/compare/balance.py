"""How alike two groups are in one answer or number: standardised difference and test."""

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

COLUMNS = ["n_missing", "standardised_difference", "test", "statistic", "p_value"]
LEAST_EXPECTED = 5
MOST_TABLES = 200_000
TOLERANCE = 1e-7  # tables whose chances differ by less are equally likely, as in R


def balance(
    frame: pd.DataFrame, *, value: str, group: str, groups: tuple[str, str]
) -> pd.DataFrame:
    """Compare two groups on a number, on a yes or no, or on an answer among several.

    Parameters
    ----------
    frame : DataFrame
        One row per respondent.
    value, group : str
        Columns of what is compared (numbers, booleans or text) and of the group it belongs to.
    groups : tuple of two
        The groups (a, b), in this order.

    Returns
    -------
    DataFrame
        One row: n_missing (of both groups), standardised_difference (a - b), test (`chi2`,
        `fisher`, `mann_whitney`), statistic (chi-square, or U of a; missing for Fisher's test),
        p_value (two-sided). All but the first are missing where a group has no value or nobody
        differs.

    Notes
    -----
    The standardised difference divides the difference of means by the root of the mean of the two
    variances; that of an answer among several is Yang & Dalton's, a distance without sign. It is
    infinite where groups differ in what does not vary within either.

    Numbers: Mann-Whitney's test, corrected for ties and continuity. Answers: chi-square without
    correction, or where an expected count is below 5 the exact test of Fisher, Freeman and Halton
    (chi-square again where it would take more than 200,000 tables).

    References
    ----------
    Yang & Dalton (2012), SAS Global Forum, paper 335;
    Freeman & Halton (1951) doi:10.1093/biomet/38.1-2.141.

    Examples
    --------
    >>> frame = pd.DataFrame({"male": [True, False, True, True], "group": list("aabb")})
    >>> found = balance(frame, value="male", group="group", groups=("a", "b"))
    >>> found[["standardised_difference", "test", "p_value"]].round(2).values.tolist()
    [[-1.41, 'fisher', 1.0]]
    """
    first, second = (frame.loc[frame[group] == name, value] for name in groups)
    row: dict[str, float | str] = {"n_missing": int(first.isna().sum() + second.isna().sum())}
    first, second = first.dropna(), second.dropna()
    if len(first) and len(second) and pd.concat([first, second]).nunique() > 1:
        as_number = pd.api.types.is_numeric_dtype(frame[value]) and not _is_yes_or_no(frame[value])
        row |= (_numbers if as_number else _answers)(first, second)
    kinds = dict.fromkeys(["standardised_difference", "statistic", "p_value"], "float64")
    return pd.DataFrame([row]).reindex(columns=COLUMNS).astype({**kinds, "test": "str"})


def _is_yes_or_no(values: pd.Series) -> bool:
    return pd.api.types.is_bool_dtype(values)


def _numbers(first: pd.Series, second: pd.Series) -> dict[str, float | str]:
    a, b = first.to_numpy(dtype=float), second.to_numpy(dtype=float)
    test = stats.mannwhitneyu(a, b, method="asymptotic")
    gap, spread = a.mean() - b.mean(), math.sqrt((first.var() + second.var()) / 2)
    return {
        "standardised_difference": math.copysign(math.inf, gap) if spread == 0 else gap / spread,
        "test": "mann_whitney",
        "statistic": float(test.statistic),
        "p_value": float(test.pvalue),
    }


def _answers(first: pd.Series, second: pd.Series) -> dict[str, float | str]:
    both = [given.value_counts() for given in (first, second)]
    table = pd.concat(both, axis=1).fillna(0).sort_index().astype(int)
    counts = table.to_numpy()
    distance = _distance(counts)
    if _is_yes_or_no(first):
        distance = math.copysign(distance, first.mean() - second.mean())
    return {"standardised_difference": distance, **_tested(counts)}


def _distance(counts: NDArray[np.int_]) -> float:
    """Yang & Dalton's distance between the columns of a table of counts."""
    a, b = (counts / counts.sum(axis=0))[1:].T
    covariance = (np.diag(a + b) - np.outer(a, a) - np.outer(b, b)) / 2
    gap = a - b
    standardised = np.linalg.pinv(covariance, hermitian=True) @ gap
    if not np.allclose(covariance @ standardised, gap):
        return math.inf
    return math.sqrt(gap @ standardised)


def _tested(counts: NDArray[np.int_]) -> dict[str, float | str]:
    n_tables = math.prod(int(size) + 1 for size in sorted(counts.sum(axis=1))[:-1])
    is_sparse = stats.contingency.expected_freq(counts).min() < LEAST_EXPECTED
    if is_sparse and n_tables <= MOST_TABLES:
        return {"test": "fisher", "p_value": _fisher(counts)}
    statistic, p_value, *_ = stats.chi2_contingency(counts, correction=False)
    return {"test": "chi2", "statistic": float(statistic), "p_value": float(p_value)}


def _fisher(counts: NDArray[np.int_]) -> float:
    """Chance of all tables with the same margins that are no likelier than this one."""
    ordered = counts[np.argsort(counts.sum(axis=1), kind="stable")]
    sizes, n = ordered.sum(axis=1), ordered[:, 0].sum()
    others = np.indices(sizes[:-1] + 1).reshape(len(sizes) - 1, -1).T
    tables = np.column_stack([others, n - others.sum(axis=1)])
    possible = tables[(tables[:, -1] >= 0) & (tables[:, -1] <= sizes[-1])]
    chances = stats.multivariate_hypergeom.pmf(possible, m=sizes, n=n)
    own = stats.multivariate_hypergeom.pmf(ordered[:, 0], m=sizes, n=n)
    return min(1.0, float(chances[chances <= own * (1 + TOLERANCE)].sum()))
