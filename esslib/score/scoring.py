"""Add up the items of the questionnaire, whatever "not applicable" is taken to mean.

Answers are codes; a `Scale` says which columns they stand in and how many points each code is
worth as the methods print it (full agreement is worth least). A missing answer is *unanswered*,
which is not the same as the answer "not applicable" (N/A).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from esslib.score.imputation import RULES, impute, totals_by_item
from esslib.survey.codebook import Codebook

CHOICES = {
    "score_direction": ("agreement_is_secure", "literal"),
    "na_rule": tuple(RULES),
    "na_scope": ("compared_group", "whole_sample"),
    "unanswered": ("exclude", "as_not_applicable"),
}
UNANSWERED, NOT_APPLICABLE = -1, -2  # the kinds of answer that have no points
TOTAL_DECIMALS = 10  # equal totals stay equal, whatever the order in which they were added up


@dataclass(frozen=True)
class Scale:
    """Items, the points of each answer code as the methods print them, and the N/A code.

    Examples
    --------
    >>> Scale(items=("q1", "q2"), points={"yes": 1, "no": 2}).limits
    (2, 4)
    """

    items: tuple[str, ...]
    points: Mapping[str, int]
    not_applicable: str = "not_applicable"

    @property
    def limits(self) -> tuple[int, int]:
        """Lowest and highest possible total."""
        values = self.points.values()
        return len(self.items) * min(values), len(self.items) * max(values)

    @property
    def answers(self) -> list[str]:
        """Codes of the answers that have points, in ascending order of these."""
        return sorted(self.points, key=self.points.__getitem__)


def scale_of(codebook: Codebook) -> Scale:
    """Return the items of the score and the points of their answers."""
    return Scale(items=tuple(codebook.items), points=codebook.points)


@dataclass(frozen=True)
class ScoreRules:
    """The choices that the score depends on; the defaults give the printed results.

    Attributes
    ----------
    score_direction : str
        "literal": points as the methods print them (a high total is full disagreement);
        "agreement_is_secure": their mirror image (a high total is more security).
    na_rule : str
        What N/A is worth: the median or mean of its item ("item_median", "item_mean") or of the
        person's own items ("person_mean"); no total at all ("complete_case"); or the mean of
        20 predictive-mean-matching draws ("multiple_imputation").
    na_scope : str
        Among whom medians, means and donors are found: "compared_group" or "whole_sample".
    unanswered : str
        "exclude": no total unless every item has an answer, and no part in medians, means and
        donors; "as_not_applicable": treated as N/A.

    Raises
    ------
    ValueError
        For a value outside `CHOICES`.

    Examples
    --------
    >>> ScoreRules(score_direction="literal").na_rule
    'item_median'
    """

    score_direction: str = "agreement_is_secure"
    na_rule: str = "item_median"
    na_scope: str = "compared_group"
    unanswered: str = "exclude"

    def __post_init__(self) -> None:
        for name, choice in asdict(self).items():
            _check_choice(name, choice)


def score(
    tidy: pd.DataFrame,
    *,
    scale: Scale,
    rules: ScoreRules,
    groups: pd.Series | None = None,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """Total score of every respondent.

    Parameters
    ----------
    tidy : DataFrame
        One row per respondent, with the items of `scale` as answer codes.
    scale : Scale
    rules : ScoreRules
    groups : Series, optional
        Compared group of every row, same index as `tidy`; missing for rows that stand outside
        the comparison, which get no total. Needed by na_scope="compared_group".
    rng : numpy.random.Generator, optional
        Needed by na_rule="multiple_imputation" only.

    Returns
    -------
    DataFrame
        Index of `tidy`; ess_total (points; missing where the rules give none),
        n_not_applicable, n_unanswered (of the items).

    Raises
    ------
    ValueError
        For an answer code the scale does not know, missing or misaligned `groups`, a missing
        `rng`, or an item without any answer in the sample.

    Notes
    -----
    N/A is valued in the literal coding and the total is mirrored afterwards, so the two
    directions always add up to the sum of the limits (100 for 20 items of 1 to 4 points).
    Values of the item, or donors, come from the whole sample where a group has too few. Under
    "item_..." rules a person who answered nothing but N/A gets the total of the items' values;
    under "person_mean" none. With multiple imputation the total is the mean over the draws: it
    serves as a point score and does not carry the uncertainty between draws.

    Examples
    --------
    >>> tidy = pd.DataFrame({"q1": ["yes", "no", "no"], "q2": ["yes", "not_applicable", "no"]})
    >>> scale = Scale(items=("q1", "q2"), points={"yes": 1, "no": 2})
    >>> rules = ScoreRules(score_direction="literal", na_scope="whole_sample")
    >>> score(tidy, scale=scale, rules=rules)["ess_total"].tolist()
    [2.0, 3.5, 4.0]
    """
    scope = _scope(tidy, rules, groups)
    kinds = _kinds(tidy, scale)
    n_na = kinds.eq(NOT_APPLICABLE).sum(axis=1)
    n_unanswered = kinds.eq(UNANSWERED).sum(axis=1)
    has_total = pd.Series(True, index=tidy.index) if groups is None else groups.notna()
    if rules.unanswered == "exclude":
        has_total &= n_unanswered == 0
        kinds[n_unanswered > 0] = UNANSWERED
    total = _total(kinds, scale, rules, scope, rng).round(TOTAL_DECIMALS)
    if rules.score_direction == "agreement_is_secure":
        total = sum(scale.limits) - total
    return pd.DataFrame(
        {
            "ess_total": total.where(has_total),
            "n_not_applicable": n_na,
            "n_unanswered": n_unanswered,
        }
    )


def _total(
    kinds: pd.DataFrame,
    scale: Scale,
    rules: ScoreRules,
    scope: pd.Series | None,
    rng: np.random.Generator | None,
) -> pd.Series:
    worth = _worth(scale)
    if RULES[rules.na_rule].statistic:
        return totals_by_item(kinds, worth, rule=rules.na_rule, scope=scope)
    literal = _valued(kinds, worth)
    return impute(literal, rule=rules.na_rule, scope=scope, rng=rng).sum(axis=1, skipna=False)


def points(tidy: pd.DataFrame, *, scale: Scale, direction: str) -> pd.DataFrame:
    """Points of every answer.

    Parameters
    ----------
    tidy : DataFrame
        One row per respondent, with the items of `scale` as answer codes.
    scale : Scale
    direction : str
        "agreement_is_secure" or "literal", see `ScoreRules`.

    Returns
    -------
    DataFrame
        Index of `tidy`, one float column per item; missing for N/A and for no answer.

    Raises
    ------
    ValueError
        For an answer code that the scale does not know, or an unknown direction.

    Examples
    --------
    >>> scale = Scale(items=("q1",), points={"yes": 1, "no": 4})
    >>> points(pd.DataFrame({"q1": ["yes", None]}), scale=scale, direction="agreement_is_secure")
        q1
    0  4.0
    1  NaN
    """
    _check_choice("score_direction", direction)
    worth = _worth(scale)
    if direction == "agreement_is_secure":
        worth = worth.min() + worth.max() - worth
    return _valued(_kinds(tidy, scale), worth)


def _worth(scale: Scale) -> NDArray[np.floating]:
    """Points of `scale.answers` as the methods print them."""
    return np.array([scale.points[answer] for answer in scale.answers], dtype=float)


def _valued(kinds: pd.DataFrame, worth: NDArray[np.floating]) -> pd.DataFrame:
    """Return what each kind of answer is worth; negative kinds nothing."""
    table = np.append(worth, [np.nan, np.nan])
    columns = np.array([table.take(kinds[item]) for item in kinds])  # -1 is the last place
    return pd.DataFrame(columns.T, index=kinds.index, columns=kinds.columns, copy=False)


def _kinds(tidy: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """Return the place of each answer in `scale.answers`, or why it has none."""
    known = {answer: place for place, answer in enumerate(scale.answers)}
    known[scale.not_applicable] = NOT_APPLICABLE
    columns = np.empty((len(scale.items), len(tidy)), dtype=np.int8)
    for place, item in enumerate(scale.items):
        answers = pd.Categorical(tidy[item])
        unknown = set(answers.categories) - known.keys()
        if unknown and (wrong := tidy[item].isin(unknown)).any():
            raise ValueError(
                f"Column {item!r}, row {wrong.idxmax()}: answer {tidy[item][wrong].iloc[0]!r} "
                f"is none of {', '.join(sorted(known))}. Clean the answer or extend the scale."
            )
        table = np.array([*(known.get(c, UNANSWERED) for c in answers.categories), UNANSWERED])
        columns[place] = table.take(answers.codes)  # -1, missing, is the last place
    return pd.DataFrame(columns.T, index=tidy.index, columns=list(scale.items), copy=False)


def _scope(tidy: pd.DataFrame, rules: ScoreRules, groups: pd.Series | None) -> pd.Series | None:
    if groups is not None and not groups.index.equals(tidy.index):
        raise ValueError("`groups` and `tidy` have different indexes: take both from one frame.")
    if rules.na_scope == "whole_sample":
        return None
    if groups is None:
        raise ValueError(
            "na_scope 'compared_group' needs `groups`, the compared group of every row; "
            "pass it or choose na_scope 'whole_sample'."
        )
    return groups


def _check_choice(name: str, choice: str) -> None:
    if choice not in CHOICES[name]:
        raise ValueError(f"{name} is {choice!r}; choose one of {', '.join(CHOICES[name])}.")
