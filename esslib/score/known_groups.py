"""Does the questionnaire tell apart groups that ought to differ, and by which items?

The functions take points and groups and know no tool. Points should not depend on the groups: give
"not applicable" no value, or the same in all groups, before comparing them.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from esslib.compare import compare, samples
from esslib.compare.effects import brunner_munzel
from esslib.compare.multiplicity import adjust_p

MEASURES = (
    *("mean_a", "mean_b", "difference", "ci_low", "ci_high"),
    *("cliff_delta", "delta_ci_low", "delta_ci_high", "p_value"),
)


def floor_and_ceiling(points: pd.DataFrame, *, low: float, high: float) -> pd.DataFrame:
    """Count who stands at the ends of a scale, where it can no longer tell people apart.

    Parameters
    ----------
    points : DataFrame
        One row per person, one column per item or score; missing where there are no points.
    low, high : float
        Least and most points that a column can have.

    Returns
    -------
    DataFrame
        One row per column: variable, n (with points), n_floor, floor_percent, n_ceiling,
        ceiling_percent (of n; missing where n is 0).

    Raises
    ------
    ValueError
        Points outside `low` to `high`.

    References
    ----------
    Terwee et al. (2007) doi:10.1016/j.jclinepi.2006.03.012: a score has such an effect when over
    15 % stand at one end.

    Examples
    --------
    >>> floor_and_ceiling(pd.DataFrame({"q1": [1, 4, 4, None]}), low=1, high=4).round(1)
      variable  n  n_floor  floor_percent  n_ceiling  ceiling_percent
    0       q1  3        1           33.3          2             66.7
    """
    outside = points.lt(low) | points.gt(high)
    if outside.any(axis=None):
        column = str(outside.any().idxmax())
        wrong = points.loc[outside[column], column]
        raise ValueError(
            f"Column {column!r}, row {wrong.index[0]}: {wrong.iloc[0]} points lie outside "
            f"{low} to {high}. Give the limits of this scale."
        )
    n, at_floor, at_ceiling = points.notna().sum(), points.eq(low).sum(), points.eq(high).sum()
    counted = pd.DataFrame(
        {
            "n": n,
            "n_floor": at_floor,
            "floor_percent": 100 * at_floor / n,
            "n_ceiling": at_ceiling,
            "ceiling_percent": 100 * at_ceiling / n,
        }
    )
    return counted.rename_axis("variable").reset_index()


def not_applicable_rates(counts: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Add to counted answers how often an item did not apply.

    Parameters
    ----------
    counts : DataFrame
        Counts of answers with n, n_not_applicable and n_unanswered, as
        `esslib.score.instrument.count_answers` returns them.
    confidence : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        The counts with na_percent (of the answers given; missing where there are none) and its
        Wilson interval na_ci_low, na_ci_high.

    References
    ----------
    Wilson (1927) doi:10.1080/01621459.1927.10502953.

    Examples
    --------
    >>> counts = pd.DataFrame({"n": [20], "n_not_applicable": [4], "n_unanswered": [0]})
    >>> not_applicable_rates(counts).filter(like="na_").round(1)
       na_percent  na_ci_low  na_ci_high
    0        20.0        8.1        41.6
    """
    given = (counts["n"] - counts["n_unanswered"]).replace(0, np.nan)
    n_na = counts["n_not_applicable"]
    low, high = proportion_confint(n_na, given, alpha=1 - confidence, method="wilson")
    return counts.assign(na_percent=100 * n_na / given, na_ci_low=100 * low, na_ci_high=100 * high)


def group_differences(
    points: pd.DataFrame,
    groups: pd.Series,
    *,
    order: Sequence[str],
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare every column of points between every two groups.

    Parameters
    ----------
    points : DataFrame
        One row per person, one column per item or score; missing where there are no points.
    groups : Series
        Group of every person, same index; others than those of `order` are left out.
    order : sequence of str
        The groups; differences are the earlier one minus the later one.
    confidence : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        One row per pair of groups and column: variable, group_a, group_b, n_a, n_b, mean_a,
        mean_b, difference (of means, points), ci_low, ci_high (Welch), cliff_delta (share of
        pairs of persons in which a is higher minus share in which b is, -1 to 1), delta_ci_low,
        delta_ci_high (Brunner-Munzel), p_value (Mann-Whitney), p_holm (Holm over all rows),
        share_percent (the column's part in the sum of the differences between the two groups;
        negative where it goes against them; missing where the sum is 0).

    Notes
    -----
    Where a group has no points in a column, that row has its counts only, and the shares are those
    of the other columns.

    References
    ----------
    Cliff (1993) doi:10.1037/0033-2909.114.3.494; Holm (1979)
    https://www.jstor.org/stable/4615733.

    Examples
    --------
    >>> frame = pd.DataFrame({"q1": [4, 3, 4, 1, 2, 1.0], "q2": [3, 4, 2, 2, 3, 2.0]})
    >>> group = pd.Series(list("aaabbb"))
    >>> found = group_differences(frame, group, order=("a", "b"))
    >>> found[["variable", "difference", "cliff_delta", "share_percent"]].round(2)
      variable  difference  cliff_delta  share_percent
    0       q1        2.33         1.00          77.78
    1       q2        0.67         0.44          22.22
    """
    named = points.assign(group=groups)
    rows = [
        {"variable": name, **_pair(named, str(name), pair, confidence)}
        for pair in combinations(order, 2)
        for name in points
    ]
    table = adjust_p(pd.DataFrame(rows)).drop(columns="p_bh")
    whole = table.groupby(["group_a", "group_b"])["difference"].transform("sum")
    share = 100 * table["difference"] / whole.mask(np.isclose(whole, 0))
    return table.assign(share_percent=share)


def _pair(
    named: pd.DataFrame, value: str, pair: tuple[str, str], confidence: float
) -> dict[str, object]:
    counts = [int(named.loc[named["group"] == name, value].count()) for name in pair]
    row: dict[str, object] = {"group_a": pair[0], "group_b": pair[1]}
    row |= {"n_a": counts[0], "n_b": counts[1], **dict.fromkeys(MEASURES, np.nan)}
    if not all(counts):
        return row
    a, b = samples(named, value=value, group="group", groups=pair)
    test = compare(named, value=value, group="group", groups=pair, confidence=confidence).iloc[0]
    ranked = brunner_munzel(a, b, confidence=confidence).iloc[0]
    return row | {
        "mean_a": a.mean(),
        "mean_b": b.mean(),
        **test[["difference", "ci_low", "ci_high"]],
        "cliff_delta": test["rank_biserial"],
        "delta_ci_low": 2 * ranked["ci_low"] - 1,
        "delta_ci_high": 2 * ranked["ci_high"] - 1,
        "p_value": test["p_value"],
    }
