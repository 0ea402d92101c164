"""What the answers say about the questionnaire itself: item statistics and reliability."""

import numpy as np
import pandas as pd
from scipy import stats

from esslib.score.factors import ordinal_reliability, polychoric_matrix
from esslib.score.imputation import impute
from esslib.score.scoring import Scale, points

LEAST_ROWS = 3  # a correlation of two rows is 1 whatever the answers


def count_answers(tidy: pd.DataFrame, *, scale: Scale, by: str | None = None) -> pd.DataFrame:
    """Count the answers to every item.

    Parameters
    ----------
    tidy : DataFrame
        One row per respondent, with the items of `scale` as answer codes.
    scale : Scale
    by : str, optional
        Column of groups to count within; rows without a group are left out.

    Returns
    -------
    DataFrame
        One row per item (and group): item, the column `by` when given, n (respondents),
        n_<code> for every answer code, n_not_applicable, n_unanswered.

    Examples
    --------
    >>> scale = Scale(items=("q1",), points={"yes": 1, "no": 2})
    >>> count_answers(pd.DataFrame({"q1": ["no", "yes", "no", None]}), scale=scale)
      item  n  n_yes  n_no  n_not_applicable  n_unanswered
    0   q1  4      1     2                 0             1
    """
    if by is None:
        return pd.DataFrame([_counts(tidy, item, scale) for item in scale.items])
    groups = list(tidy[[by, *scale.items]].groupby(by, observed=True))
    rows = [
        {"item": item, by: name, **_counts(members, item, scale)}
        for item in scale.items
        for name, members in groups
    ]
    return pd.DataFrame(rows)


def item_table(tidy: pd.DataFrame, *, scale: Scale, direction: str) -> pd.DataFrame:
    """Describe every item.

    Parameters
    ----------
    tidy : DataFrame
        One row per respondent, with the items of `scale` as answer codes.
    scale : Scale
    direction : str
        Of the points, see `esslib.score.scoring.ScoreRules`; it matters to `median` only.

    Returns
    -------
    DataFrame
        Columns of `count_answers`, then median (points; "not applicable" left out), item_total
        (correlation of the item with the sum of the other items, -1 to 1), alpha_if_dropped
        (Cronbach's alpha of the other items).

    Notes
    -----
    The last two columns use respondents with points on every item. They are missing with fewer
    than three of them; item_total also where the item or the others' sum does not vary among
    them, alpha_if_dropped where the others' sum does not vary or only one item remains.

    References
    ----------
    Nunnally & Bernstein (1994), Psychometric Theory, chapter 8.

    Examples
    --------
    >>> scale = Scale(items=("q1", "q2"), points={"yes": 1, "no": 4})
    >>> tidy = pd.DataFrame({"q1": ["no", "yes", "no"], "q2": ["no", "yes", "yes"]})
    >>> item_table(tidy, scale=scale, direction="literal")[["item", "median", "item_total"]]
      item  median  item_total
    0   q1     4.0         0.5
    1   q2     1.0         0.5
    """
    given = points(tidy, scale=scale, direction=direction)
    complete = given.dropna()
    return count_answers(tidy, scale=scale).assign(
        median=given.median().to_numpy(),
        item_total=[_rest_correlation(complete, item) for item in scale.items],
        alpha_if_dropped=[_alpha(complete.drop(columns=item)) for item in scale.items],
    )


def reliability(points: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Return every reliability of the sum of the items, and how many persons the first rests on.

    Parameters
    ----------
    points : DataFrame
        One row per person, one column per item; missing where there are no points.
    confidence : float
        Level of the intervals.

    Returns
    -------
    DataFrame
        Rows `n_complete` (persons with points on every item), `alpha_complete` (Cronbach's, of
        these), `alpha_item_median` (of all, missing points worth the median of their item),
        `alpha_ordinal` and `omega_ordinal` (see `factors.ordinal_reliability`): statistic,
        estimate, ci_low, ci_high. The alphas are missing with fewer than three rows, where the sum
        does not vary, or where nobody has points on an item.

    Notes
    -----
    Feldt's interval, from the number of rows used. That of `alpha_item_median` takes imputed
    values for answers and is therefore too narrow.

    References
    ----------
    Cronbach (1951) doi:10.1007/BF02310555; Feldt et al. (1987) doi:10.1177/014662168701100107.

    Examples
    --------
    >>> frame = pd.DataFrame({"q1": [1, 2, 4, 3.0], "q2": [1, 3, 4, None], "q3": [2, 2, 4, 3.0]})
    >>> reliability(frame)["estimate"].round(2).head(3).tolist()
    [3.0, 0.95, 0.95]
    """
    complete, is_known = points.dropna(), points.notna().any().all()
    valued = impute(points, rule="item_median") if is_known else complete
    rows = [
        {"statistic": "n_complete", "estimate": float(len(complete))},
        {"statistic": "alpha_complete", **_alpha_interval(complete, confidence)},
        {"statistic": "alpha_item_median", **_alpha_interval(valued, confidence)},
    ]
    ordinal = ordinal_reliability(polychoric_matrix(points))
    return pd.concat([pd.DataFrame(rows), ordinal], ignore_index=True)


def _counts(tidy: pd.DataFrame, item: str, scale: Scale) -> dict[str, object]:
    counts = tidy[item].value_counts()
    codes = [*scale.points, scale.not_applicable]
    return {
        "item": item,
        "n": len(tidy),
        **{f"n_{code}": int(counts.get(code, 0)) for code in codes},
        "n_unanswered": int(tidy[item].isna().sum()),
    }


def _rest_correlation(complete: pd.DataFrame, item: str) -> float:
    rest = complete.drop(columns=item).sum(axis=1)
    if len(complete) < LEAST_ROWS or min(complete[item].nunique(), rest.nunique()) < 2:
        return np.nan
    return float(complete[item].corr(rest))


def _alpha(complete: pd.DataFrame) -> float:
    if len(complete) < LEAST_ROWS or complete.shape[1] < 2 or complete.sum(axis=1).nunique() < 2:
        return np.nan
    import pingouin as pg  # see esslib.compare.groups

    return float(pg.cronbach_alpha(complete)[0])


def _alpha_interval(complete: pd.DataFrame, confidence: float) -> dict[str, float]:
    # computed here because pingouin rounds its interval to three decimals
    estimate = _alpha(complete)
    n, n_items = complete.shape
    tail = (1 - confidence) / 2
    high, low = stats.f.ppf([tail, 1 - tail], n - 1, (n - 1) * (n_items - 1))
    return {
        "estimate": estimate,
        "ci_low": 1 - (1 - estimate) * low,
        "ci_high": 1 - (1 - estimate) * high,
    }
