"""Values for missing points: medians, means, or matched donors.

Works on a frame of points, one row per person and one column per item; knows no questionnaire.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Ints = NDArray[np.intp]

N_IMPUTATIONS = 20
N_DONORS = 5


@dataclass(frozen=True)
class Rule:
    """What a missing point is worth: by item a `statistic` of its points, else what `fill` says.

    A statistic takes how often each group has each kind of points (groups by kinds) and what the
    kinds are worth, rising, and gives one value per group. A value that is borrowed from other
    persons depends on the scope.
    """

    statistic: Callable[[Ints, Floats], Floats] | None = None
    fill: Callable[[pd.DataFrame, pd.Series | None, np.random.Generator | None], pd.DataFrame] = (
        lambda points, scope, rng: points.copy()
    )
    borrows: bool = True
    gives_values: bool = True


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
    chosen = _named(rule)
    if chosen.borrows:
        _refuse_empty(points.notna().any(), n_rows=len(points))
    if chosen.statistic is None:
        return chosen.fill(points, scope, rng)
    codes = _group_codes(scope, len(points))
    valued = np.empty(points.shape[::-1])
    for item, name in enumerate(points):
        kinds, found = pd.factorize(points[name].to_numpy(), sort=True)
        valued[item] = _by_item(kinds, np.asarray(found), chosen.statistic, codes)
    return pd.DataFrame(valued.T, index=points.index, columns=points.columns, copy=False)


def totals_by_item(
    kinds: pd.DataFrame, points: Floats, *, rule: str, scope: pd.Series | None = None
) -> pd.Series:
    """Add up each respondent's points where the rule is by item: the sum of `impute`.

    Answers are counted as they stand, so that a country takes little time and memory.

    Parameters
    ----------
    kinds : DataFrame of integer
        One row per respondent, one column per item: the place of the answer's points in `points`,
        negative where it has none.
    points : array of float
        What each kind of answer is worth, in ascending order.
    rule : str
        One by item, such as "item_median".
    scope : Series, optional
        As in `impute`.

    Raises
    ------
    ValueError
        Nobody answered an item, or the rule is none by item.

    Examples
    --------
    >>> kinds = pd.DataFrame({"q1": [0, 1, -1], "q2": [1, 1, 0]})
    >>> totals_by_item(kinds, np.array([1.0, 2.0]), rule="item_median").tolist()
    [3.0, 4.0, 2.5]
    """
    statistic = _named(rule).statistic
    if statistic is None:
        raise ValueError(
            f"rule is {rule!r}, which gives an item no value of its own; use `impute`."
        )
    _refuse_empty(kinds.ge(0).any(), n_rows=len(kinds))
    codes = _group_codes(scope, len(kinds))
    totals = np.zeros(len(kinds))
    for item in kinds:
        totals += _by_item(kinds[item].to_numpy(), points, statistic, codes)
    return pd.Series(totals, index=kinds.index)


def _by_item(
    kinds: NDArray[np.integer],
    points: Floats,
    statistic: Callable[[Ints, Floats], Floats],
    codes: Ints,
) -> Floats:
    """Return the points of one item; where missing, the statistic of the group's, or of all's."""
    n_kinds, n_groups = len(points) + 1, codes.max(initial=0) + 1
    cells = codes * n_kinds + np.maximum(kinds, -1) + 1
    counted = np.bincount(cells, minlength=n_groups * n_kinds).reshape(n_groups, n_kinds)
    known = counted[:, 1:]  # missing is the first kind
    worth = np.empty((n_groups, n_kinds))
    borrowed = np.where(known.any(axis=1, keepdims=True), known, known.sum(axis=0))
    worth[:, 0] = statistic(borrowed, points)
    worth[:, 1:] = points
    return np.asarray(worth.ravel().take(cells))


def _mean(counts: Ints, points: Floats) -> Floats:
    return np.asarray(counts @ points / np.maximum(counts.sum(axis=1), 1))


def _median(counts: Ints, points: Floats) -> Floats:
    up_to, n = counts.cumsum(axis=1).T, counts.sum(axis=1)
    low, high = ((up_to <= place).sum(axis=0) for place in ((n - 1) // 2, n // 2))
    return np.asarray((points.take(low, mode="clip") + points.take(high, mode="clip")) / 2)


def _group_codes(scope: pd.Series | None, n_rows: int) -> Ints:
    if scope is None:
        return np.zeros(n_rows, dtype=np.intp)
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
    codes = _group_codes(scope, len(values))[order]
    filled = np.empty_like(values)
    for item, rest in enumerate(_rest_means(values).T):
        filled[order, item] = _matched_item(values[:, item], rest, codes, rng)
    return pd.DataFrame(filled, index=points.index, columns=points.columns)


def _matched_item(known: Floats, rest: Floats, codes: Ints, rng: np.random.Generator) -> Floats:
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


def _donors(predicted: Floats, wanted: Floats, rng: np.random.Generator) -> Ints:
    """Positions in the sorted `predicted`, drawn among the nearest ones (all ties included)."""
    levels, first = np.unique(predicted, return_index=True)
    last = np.append(first[1:], predicted.size)
    nearest = np.searchsorted((levels[1:] + levels[:-1]) / 2, wanted)
    width = np.maximum(last - first, min(N_DONORS, predicted.size))[nearest]
    middle = (first + last)[nearest]
    start: Ints = np.clip((middle - width) // 2, 0, predicted.size - width)
    return start + (rng.random(wanted.shape) * width).astype(np.intp)


def _named(rule: str) -> Rule:
    if rule not in RULES:
        raise ValueError(f"rule is {rule!r}; choose one of {', '.join(RULES)}.")
    return RULES[rule]


def _refuse_empty(has_points: pd.Series, *, n_rows: int) -> None:
    empty = has_points.index[~has_points]
    if n_rows and len(empty):
        # all are empty where each respondent left some item out
        named = ", ".join(empty) if len(empty) < len(has_points) else "every item"
        others = " or ".join(repr(name) for name, rule in RULES.items() if not rule.borrows)
        raise ValueError(
            f"Nobody answered {named}, so 'not applicable' has no value to take there. "
            f"Leave the item out of the scale or choose na_rule {others}."
        )


RULES = {
    "item_median": Rule(statistic=_median),
    "person_mean": Rule(fill=lambda p, scope, rng: p.T.fillna(p.mean(axis=1)).T, borrows=False),
    "item_mean": Rule(statistic=_mean),
    "complete_case": Rule(borrows=False, gives_values=False),
    "multiple_imputation": Rule(fill=_matched),
}
