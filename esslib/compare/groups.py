"""Groups described, and two of them compared."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from esslib.compare.samples import Floats, samples

MOST_DIFFERENCES = 10_000_000  # of distinct values, held in memory
DECIMALS = 10  # of a difference beyond
Distinct = tuple[Floats, NDArray[np.intp]]  # values, rising, and their counts
SHAPIRO_SIZES = range(4, 5001)  # pingouin's minimum; Royston's p-value was fitted up to 5000


def summarise(frame: pd.DataFrame, *, value: str, group: str) -> pd.DataFrame:
    """Describe `value` in every group.

    Parameters
    ----------
    frame : DataFrame
        One row per respondent.
    value, group : str
        Columns of the number to describe and of the group it belongs to.

    Returns
    -------
    DataFrame
        One row per group (sorted, or in category order): group, n, mean, sd, median, q1, q3,
        min, max (unit of `value`), shapiro_w, shapiro_p.

    Notes
    -----
    `n` counts the values that are there. `sd` divides by n - 1 (missing for one value);
    quartiles interpolate linearly (R's type 7). Shapiro-Wilk is missing for fewer than 4 or
    more than 5000 values and where all values are equal. A group without any value keeps its
    row, with n = 0.

    References
    ----------
    Shapiro & Wilk (1965) doi:10.1093/biomet/52.3-4.591;
    Royston (1995) doi:10.2307/2986146.

    Examples
    --------
    >>> frame = pd.DataFrame({"score": [60, 64, 40, 48], "group": list("aabb")})
    >>> summarise(frame, value="score", group="group")[["group", "n", "mean"]]
      group  n  mean
    0     a  2  62.0
    1     b  2  44.0
    """
    groups = frame.groupby(group, observed=True)[value]
    return pd.DataFrame([{"group": name, **_describe(values)} for name, values in groups])


def compare(
    frame: pd.DataFrame,
    *,
    value: str,
    group: str,
    groups: tuple[object, object],
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare `value` between two groups, first minus second.

    Parameters
    ----------
    frame : DataFrame
        One row per respondent.
    value, group : str
        Columns of the number to compare and of the group it belongs to.
    groups : tuple of two
        The groups (a, b); other rows of the frame are left out.
    confidence : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        One row:

        - difference, ci_low, ci_high: mean of a minus mean of b, with Welch's interval, which
          does not assume equal variances;
        - hodges_lehmann: median of all pairwise differences a - b;
        - u: Mann-Whitney U of a (pairs in which a is above b, plus half of the ties);
        - p_value: two-sided, from the normal approximation with tie and continuity
          correction; exact where there are no ties and a group has 8 values or fewer;
        - rank_biserial: 2u / (n_a n_b) - 1, from -1 to 1, positive where a is above b (the
          sign pingouin uses);
        - cles: probability that a value of a is above one of b, ties counted half;
        - hl_ci_low, hl_ci_high: the shifts that the corrected asymptotic test does not reject
          (R's `wilcox.test(exact = FALSE, conf.int = TRUE)`); an end is the outermost pairwise
          difference where the groups are too small to exclude any shift;
        - difference_of_medians: median of a minus median of b.

    Raises
    ------
    ValueError
        If one of the two groups has no value.

    Notes
    -----
    Welch's interval is missing where a group has one value or neither group varies; p_value
    where all values are equal.

    References
    ----------
    Mann & Whitney (1947) doi:10.1214/aoms/1177730491; Welch (1947) doi:10.1093/biomet/34.1-2.28;
    Hodges & Lehmann (1963) doi:10.1214/aoms/1177704172; Kerby (2014) doi:10.2466/11.IT.3.1.

    Examples
    --------
    >>> frame = pd.DataFrame({"score": [60, 64, 70, 40, 48], "group": list("aaabb")})
    >>> row = compare(frame, value="score", group="group", groups=("a", "b")).iloc[0]
    >>> float(row["hodges_lehmann"]), float(row["cles"])
    (21.0, 1.0)
    """
    a, b = samples(frame, value=value, group=group, groups=groups)
    low, high = _welch_interval(a, b, confidence)
    u, p_value = mann_whitney(a, b)
    cles = u / (a.size * b.size)
    shift, shift_low, shift_high = _hodges_lehmann(a, b, confidence)
    row = {
        "difference": a.mean() - b.mean(),
        "ci_low": low,
        "ci_high": high,
        "hodges_lehmann": shift,
        "u": u,
        "p_value": p_value,
        "rank_biserial": 2 * cles - 1,
        "cles": cles,
        "hl_ci_low": shift_low,
        "hl_ci_high": shift_high,
        "difference_of_medians": np.median(a) - np.median(b),
    }
    return pd.DataFrame([row])


def normal_quantiles(frame: pd.DataFrame, *, value: str, group: str) -> pd.DataFrame:
    """Set every value beside the one that a normal distribution would have in its place.

    Parameters
    ----------
    frame : DataFrame
        One row per respondent.
    value, group : str
        Columns of the number and of the group it belongs to.

    Returns
    -------
    DataFrame
        One row per value that is there, by group (sorted, or in category order) and rising:
        group, expected (quantile of the normal distribution that has the group's mean and sd, at
        Filliben's median ranks), observed. Both in the unit of `value`; equal where the group is
        normal. Ties keep their places; expected is missing in a group of one value.

    References
    ----------
    Filliben (1975) doi:10.1080/00401706.1975.10489279.

    Examples
    --------
    >>> frame = pd.DataFrame({"score": [50, 40, 60], "group": list("aaa")})
    >>> normal_quantiles(frame, value="score", group="group").round(1)
      group  expected  observed
    0     a      41.8      40.0
    1     a      50.0      50.0
    2     a      58.2      60.0
    """
    parts = []
    for name, values in frame.dropna(subset=value).groupby(group, observed=True)[value]:
        places, observed = stats.probplot(values.astype(float), fit=False)
        expected = values.mean() + values.std() * places
        parts.append(pd.DataFrame({"group": name, "expected": expected, "observed": observed}))
    return pd.concat(parts, ignore_index=True)


def mann_whitney(a: Floats, b: Floats) -> tuple[float, float]:
    """Return U of `a` and the two-sided p, as in `compare`; p is missing if all are equal."""
    # pingouin.mwu calls the same test, but then holds all n_a * n_b differences in memory
    if np.ptp(np.concatenate([a, b])) == 0:
        return a.size * b.size / 2, np.nan
    test = stats.mannwhitneyu(a, b)
    return float(test.statistic), float(test.pvalue)


def welch(a: Floats, b: Floats) -> tuple[float, float]:
    """Return Welch's t and its two-sided p, missing where `compare` gives no interval."""
    means = _welch_means(a, b)
    if means is None:
        return np.nan, np.nan
    t, p_value, _ = means.ttest_ind(usevar="unequal")
    return float(t), float(p_value)


def _describe(values: pd.Series) -> dict[str, float]:
    kept = values.dropna().astype(float)
    shapiro_w, shapiro_p = _shapiro(kept.to_numpy(dtype=float))
    q1, median, q3 = kept.quantile([0.25, 0.5, 0.75])
    return {
        "n": len(kept),
        "mean": kept.mean(),
        "sd": kept.std(),
        "median": median,
        "q1": q1,
        "q3": q3,
        "min": kept.min(),
        "max": kept.max(),
        "shapiro_w": shapiro_w,
        "shapiro_p": shapiro_p,
    }


def _shapiro(values: Floats) -> tuple[float, float]:
    if values.size not in SHAPIRO_SIZES or np.ptp(values) == 0:
        return np.nan, np.nan
    import pingouin as pg  # a second or more, which notebooks that test nothing need not pay

    test = pg.normality(values).iloc[0]
    return float(test["W"]), float(test["pval"])


def _welch_interval(a: Floats, b: Floats, confidence: float) -> tuple[float, float]:
    means = _welch_means(a, b)
    if means is None:
        return np.nan, np.nan
    low, high = means.tconfint_diff(alpha=1 - confidence, usevar="unequal")
    return float(low), float(high)


def _welch_means(a: Floats, b: Floats) -> CompareMeans | None:
    if min(a.size, b.size) < 2 or np.ptp(a) == np.ptp(b) == 0:
        return None
    return CompareMeans(DescrStatsW(a), DescrStatsW(b))


def _hodges_lehmann(a: Floats, b: Floats, confidence: float) -> tuple[float, float, float]:
    # distinct values and their counts stand for all pairs: scores repeat, so few are left
    (a_values, a_counts), (b_values, b_counts) = (
        np.unique(group, return_counts=True) for group in (a, b)
    )
    ranked: Callable[[float], float]
    if a_values.size * b_values.size > MOST_DIFFERENCES:
        ranked = partial(_searched, (a_values, a_counts), (b_values, b_counts))
    else:
        differences = np.subtract.outer(a_values, b_values).ravel()
        order = np.argsort(differences, kind="stable")
        differences = differences[order]
        pairs_up_to = np.cumsum(np.multiply.outer(a_counts, b_counts).ravel()[order])

        def counted(rank: float) -> float:
            position = int(np.searchsorted(pairs_up_to, rank))
            return float(differences[min(position, differences.size - 1)])

        ranked = counted

    n_pairs = a.size * b.size
    middle = (ranked((n_pairs + 1) // 2) + ranked(n_pairs // 2 + 1)) / 2
    ties = np.concatenate([a_counts, b_counts]).astype(float)
    total = a.size + b.size
    spread = np.sqrt(n_pairs / 12 * (total + 1 - np.sum(ties**3 - ties) / (total * (total - 1))))
    margin = 0.5 + stats.norm.isf((1 - confidence) / 2) * spread
    low = ranked(np.floor(n_pairs / 2 - margin) + 1)
    high = ranked(np.ceil(n_pairs / 2 + margin))
    return middle, low, high


def _searched(a: Distinct, b: Distinct, rank: float) -> float:
    """Return the difference of this rank, to `DECIMALS`, without making all differences."""
    (a_values, a_counts), (b_values, b_counts) = a, b
    n_below = np.append(0, np.cumsum(b_counts))
    half = 10.0**-DECIMALS / 2
    low, high = a_values[0] - b_values[-1] - 2 * half, a_values[-1] - b_values[0]
    while high - low > half:
        middle = (low + high) / 2
        first = np.searchsorted(b_values, a_values - middle - half / 10)
        if a_counts @ (n_below[-1] - n_below[first]) < rank:
            low = middle
        else:
            high = middle
    return round(float(high), DECIMALS)
