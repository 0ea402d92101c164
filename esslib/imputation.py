"""Values for missing points: medians, means, or matched donors.

Works on a frame of points, one row per person and one column per item; knows no questionnaire.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.floating]

RULES = ("item_median", "person_mean", "item_mean", "complete_case", "multiple_imputation")
N_IMPUTATIONS = 20
N_DONORS = 5


def impute(
    points: pd.DataFrame,
    *,
    rule: str,
    scope: pd.Series | None = None,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """Give every missing point the value that the rule says.

    Parameters
    ----------
    points : DataFrame
        One row per respondent, one float column per item.
    rule : str
        "item_median" and "item_mean": of the item; "person_mean": of the person's other items;
        "multiple_imputation": mean of 20 predictive-mean-matching draws; "complete_case": none.
    scope : Series, optional
        Group within which medians, means and donors are found (same index); by default all rows
        are one group; rows with a missing group form one together. An item that nobody in a
        group answered (fewer than 5 for donors) takes its value from all rows.
    rng : numpy.random.Generator, optional
        Needed by "multiple_imputation" only.

    Returns
    -------
    DataFrame
        Same shape. Under "person_mean" a row without any point stays missing.

    Raises
    ------
    ValueError
        For an unknown rule, an item without any point, or a missing `rng`.

    Notes
    -----
    Each of the 20 draws regresses the item on the mean of the person's other items, draws the
    line from its posterior, and takes the answer of one of the (at least 5) persons nearest on
    it. One predictor serves where groups are smaller than the number of items, for which chained
    equations over all items have no solution. Draws do not depend on the order of the rows.

    References
    ----------
    Little (1988) doi:10.1080/07350015.1988.10509663;
    van Buuren & Groothuis-Oudshoorn (2011) doi:10.18637/jss.v045.i03.

    Examples
    --------
    >>> frame = pd.DataFrame({"q1": [1.0, 2.0, 4.0, None], "q2": [3.0, None, 3.0, 2.0]})
    >>> impute(frame, rule="item_median")["q1"].tolist()
    [1.0, 2.0, 4.0, 2.0]
    """
    if rule not in RULES:
        raise ValueError(f"rule is {rule!r}; choose one of {', '.join(RULES)}.")
    if rule == "complete_case":
        return points.copy()
    if rule == "person_mean":
        means = points.mean(axis=1)
        filled = {item: column.fillna(means) for item, column in points.items()}
        return pd.DataFrame(filled, index=points.index)
    _check_every_item_has_points(points)
    if rule == "multiple_imputation":
        return _matched(points, scope, rng)
    statistic = rule.removeprefix("item_")
    if scope is None:
        return points.fillna(points.agg(statistic))
    codes = _group_codes(scope)
    valued = np.empty(points.shape[::-1])
    for item, name in enumerate(points):
        given = points[name].to_numpy()
        values = _by_group(given, codes, statistic)
        valued[item] = np.where(np.isnan(given), values.take(codes), given)
    return pd.DataFrame(valued.T, index=points.index, columns=points.columns, copy=False)


def _by_group(given: Floats, codes: NDArray[np.intp], statistic: str) -> Floats:
    """Return the statistic of each group's points, or of all points where it has none.

    Points are few, so that counting them is quicker than sorting them.
    """
    kinds, found = pd.factorize(given, sort=True)
    points: Floats = np.asarray(found)
    n_groups, n_kinds = codes.max() + 1, len(points) + 1
    cells = np.bincount(codes * n_kinds + kinds + 1, minlength=n_groups * n_kinds)
    counts = cells.reshape(n_groups, n_kinds)[:, 1:]  # the first kind, -1 + 1, is missing
    counts = np.where(counts.any(axis=1, keepdims=True), counts, counts.sum(axis=0))
    n = counts.sum(axis=1, keepdims=True)
    if statistic == "mean":
        return np.asarray(counts @ points / n[:, 0])
    up_to = counts.cumsum(axis=1)
    low, high = ((up_to <= place).sum(axis=1) for place in ((n - 1) // 2, n // 2))
    return np.asarray((points.take(low) + points.take(high)) / 2)


def _group_codes(scope: pd.Series) -> NDArray[np.intp]:
    return pd.factorize(scope, use_na_sentinel=False, sort=True)[0]


def _matched(
    points: pd.DataFrame, scope: pd.Series | None, rng: np.random.Generator | None
) -> pd.DataFrame:
    if rng is None:
        raise ValueError(
            "Rule 'multiple_imputation' draws at random and has no generator: "
            "pass rng=numpy.random.default_rng(seed)."
        )
    order = np.argsort(points.index, kind="stable")  # draws must not depend on the row order
    values = points.to_numpy()[order]
    codes = np.zeros(len(values), dtype=int)
    if scope is not None:
        codes = _group_codes(scope)[order]
    filled = np.empty_like(values)
    for item, rest in enumerate(_rest_means(values).T):
        filled[order, item] = _matched_item(values[:, item], rest, codes, rng)
    return pd.DataFrame(filled, index=points.index, columns=points.columns)


def _matched_item(
    known: Floats, rest: Floats, codes: NDArray[np.intp], rng: np.random.Generator
) -> Floats:
    is_missing = np.isnan(known)
    filled = known.copy()
    for code in np.unique(codes[is_missing]):
        holes = np.flatnonzero(is_missing & (codes == code))
        donors = np.flatnonzero(~is_missing & (codes == code))
        if donors.size < N_DONORS:
            donors = np.flatnonzero(~is_missing)
        filled[holes] = _mean_draw(rest[donors], known[donors], rest[holes], rng)
    return filled


def _rest_means(values: Floats) -> Floats:
    """Mean of every person's other items; of all persons where a person has none."""
    is_known = ~np.isnan(values)
    known = np.where(is_known, values, 0)
    n_others = is_known.sum(axis=1, keepdims=True) - is_known
    sums = known.sum(axis=1, keepdims=True) - known
    overall = sums.sum(axis=0) / np.maximum(n_others.sum(axis=0), 1)
    return np.asarray(np.where(n_others > 0, sums / np.maximum(n_others, 1), overall))


def _mean_draw(x: Floats, y: Floats, x_missing: Floats, rng: np.random.Generator) -> Floats:
    """Mean over the draws of a donor's y, matched on the linear prediction of y from x."""
    centred = x - x.mean()
    spread = float(centred @ centred) or np.inf  # no slope where all x are equal
    slope = centred @ y / spread
    predicted = y.mean() + slope * centred
    residual = (y - predicted) @ (y - predicted)
    sd = np.sqrt(residual / rng.chisquare(max(y.size - 2, 1), (N_IMPUTATIONS, 1)))
    slopes = slope + sd / np.sqrt(spread) * rng.standard_normal((N_IMPUTATIONS, 1))
    levels = y.mean() + sd / np.sqrt(y.size) * rng.standard_normal((N_IMPUTATIONS, 1))
    order = np.argsort(predicted, kind="stable")
    wanted = levels + slopes * (x_missing - x.mean())
    drawn = y[order][_donors(predicted[order], wanted, rng)]
    return np.asarray(drawn.mean(axis=0))


def _donors(predicted: Floats, wanted: Floats, rng: np.random.Generator) -> NDArray[np.intp]:
    """Positions in the sorted `predicted`, drawn among the nearest ones (all ties included)."""
    levels, first = np.unique(predicted, return_index=True)
    last = np.append(first[1:], predicted.size)
    nearest = np.searchsorted((levels[1:] + levels[:-1]) / 2, wanted)
    width = np.maximum(last - first, min(N_DONORS, predicted.size))[nearest]
    middle = (first + last)[nearest]
    start: NDArray[np.intp] = np.clip((middle - width) // 2, 0, predicted.size - width)
    return start + (rng.random(wanted.shape) * width).astype(np.intp)


def _check_every_item_has_points(points: pd.DataFrame) -> None:
    empty = points.columns[points.isna().all()]
    if len(points) and len(empty):
        # all are empty where each respondent left some item out
        named = ", ".join(empty) if len(empty) < points.shape[1] else "every item"
        raise ValueError(
            f"Nobody answered {named}, so 'not applicable' has no value to take there. "
            "Leave the item out of the scale or choose na_rule 'person_mean' or 'complete_case'."
        )
