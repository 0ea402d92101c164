"""What is printed about a Likert score, and whether item answers meet it.

A *stratum* is a set of respondents that no comparison divides; a group is one or more strata. The
score of a respondent is the sum of the items; "not applicable" counts as the median of its item
among the respondents that `na_scope` names, so one respondent may score differently in two
comparisons. Scores are multiples of one half and are kept as whole numbers of *half points*.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import pandas as pd
import pingouin as pg

from printed.published import Printed, parse

__all__ = [
    "NA_SCOPES",
    "NOT_APPLICABLE",
    "Contrast",
    "Group",
    "ScoreTargets",
    "check_item_scores",
    "group_scores",
    "half_points",
    "target_id",
]

NOT_APPLICABLE = 0
NA_SCOPES = ("compared_group", "whole_sample")


@dataclass(frozen=True)
class Group:
    """One compared group: the strata that form it, and its mean and SD as printed.

    An SD printed with fewer decimals than its mean ("47.3 ± 12") is held to those of the mean:
    what meets the stricter reading meets the other one too.
    """

    name: str
    strata: tuple[str, ...]
    mean: str
    sd: str

    @property
    def printed_sd(self) -> Printed:
        """The SD as parsed, with at least as many decimals as the mean."""
        sd, missing = parse(self.sd), parse(self.mean).decimals - parse(self.sd).decimals
        if missing <= 0:
            return sd
        return parse(f"{self.sd}{'' if sd.decimals else '.'}{'0' * missing}")


@dataclass(frozen=True)
class Contrast:
    """One comparison of two groups: difference (first minus second) and p as printed.

    An empty text is a number that is not printed; `is_normal` False says that Shapiro–Wilk
    rejected normality in both groups (None: nothing said).
    """

    name: str
    groups: tuple[Group, Group]
    difference: str = ""
    p_value: str = ""
    is_normal: bool | None = False


@dataclass(frozen=True)
class ScoreTargets:
    """All that is printed about one score, and the rules by which it was computed.

    Parameters
    ----------
    items
        Names of the items; each is answered `low` to `high` (low >= 1), higher counting more.
    contrasts
        The comparisons.
    na_scope
        Who gives the median that stands for "not applicable": each ``compared_group`` or the
        ``whole_sample``.
    alpha
        Level of the Shapiro–Wilk tests, as printed.
    continuity
        Whether the Mann–Whitney test was continuity corrected.
    """

    items: tuple[str, ...]
    contrasts: tuple[Contrast, ...]
    low: int = 1
    high: int = 4
    na_scope: str = "compared_group"
    alpha: str = "0.05"
    continuity: bool = True

    def __post_init__(self) -> None:
        if self.na_scope not in NA_SCOPES:
            raise ValueError(f"na_scope is {self.na_scope!r}; choose one of {NA_SCOPES}.")
        if not NOT_APPLICABLE < self.low < self.high:
            raise ValueError(f"answers {self.low} to {self.high}; give 1 <= low < high.")

    @property
    def strata(self) -> tuple[str, ...]:
        """Every stratum that a group names, once, in order."""
        named = (group.strata for contrast in self.contrasts for group in contrast.groups)
        return tuple(dict.fromkeys(chain.from_iterable(named)))

    def pool(self, group: Group) -> tuple[str, ...]:
        """Return the strata whose answers give the item medians of `group`."""
        return group.strata if self.na_scope == "compared_group" else self.strata


def target_id(contrast: Contrast, group: Group | None, statistic: str) -> str:
    """Name a target: ``contrast.group.statistic``, the group being ``all`` for both.

    >>> users, others = Group("users", ("u",), "3.1", "1.0"), Group("others", ("o",), "2", "1")
    >>> target_id(Contrast("primary", (users, others)), users, "mean")
    'primary.users.mean'
    """
    return f"{contrast.name}.{group.name if group else 'all'}.{statistic}"


def half_points(answers: pd.DataFrame, *, pool: pd.Series, middle: float) -> pd.Series:
    """Sum the answers of each respondent of `pool`, in half points.

    Parameters
    ----------
    answers
        One row per respondent, one column per item; 0 is "not applicable".
    pool
        Boolean, on the same index: the respondents whose medians stand for "not applicable", and
        whose sums are returned.
    middle
        What an item counts that nobody in the pool answered.
    """
    given = answers.loc[pool].astype("float64")
    given = given.where(given != NOT_APPLICABLE)
    filled = given.fillna(given.median()).fillna(middle)
    return (2 * filled.sum(axis="columns")).astype("int64")


def group_scores(
    answers: pd.DataFrame, strata: pd.Series, group: Group, targets: ScoreTargets
) -> pd.Series:
    """Score the members of one group by the rule of `targets`, in points.

    Examples
    --------
    >>> answers = pd.DataFrame({"q1": [4, 0, 2], "q2": [3, 3, 1]})
    >>> one = Group("one", ("a",), "6", "1.4")
    >>> rule = ScoreTargets(("q1", "q2"), (Contrast("c", (one, one)),))
    >>> group_scores(answers, pd.Series(["a", "a", "a"]), one, rule).tolist()
    [7.0, 6.0, 3.0]
    """
    pool, middle = strata.isin(targets.pool(group)), (targets.low + targets.high) / 2
    pooled = half_points(answers[list(targets.items)], pool=pool, middle=middle)
    return pooled[strata[pooled.index].isin(group.strata)] / 2


def check_item_scores(
    answers: pd.DataFrame, strata: pd.Series, targets: ScoreTargets
) -> pd.DataFrame:
    """Compare every printed number of the score with what the answers give.

    Parameters
    ----------
    answers
        One row per respondent, one column per item; 0 is "not applicable".
    strata
        Stratum of each respondent, on the same index.
    targets
        What is printed.

    Returns
    -------
    DataFrame
        One row per target: `target` (id), `printed` (text), `achieved` (unrounded), `met`.
        A mean, SD, difference or p is met when it is strictly inside the interval that the text
        stands for, so that it prints alike under any way of breaking ties.
    """
    rows = chain.from_iterable(
        _checks(answers, strata, targets, each) for each in targets.contrasts
    )
    frame = pd.DataFrame(rows, columns=["target", "printed", "achieved"])
    met = [_is_met(value, text) for value, text in zip(frame.achieved, frame.printed, strict=True)]
    return frame.assign(met=met)


def _checks(
    answers: pd.DataFrame, strata: pd.Series, targets: ScoreTargets, contrast: Contrast
) -> Iterator[tuple[str, str, float]]:
    scores = [group_scores(answers, strata, group, targets) for group in contrast.groups]
    for group, score in zip(contrast.groups, scores, strict=True):
        yield target_id(contrast, group, "mean"), group.mean, score.mean()
        yield target_id(contrast, group, "sd"), group.printed_sd.text, score.std()
        if contrast.is_normal is False:
            shapiro_p = pg.normality(score)["pval"].iloc[0]
            yield target_id(contrast, group, "shapiro_p"), f"<{targets.alpha}", shapiro_p
    if contrast.difference:
        difference = scores[0].mean() - scores[1].mean()
        yield target_id(contrast, None, "difference"), contrast.difference, difference
    if contrast.p_value:
        test = pg.mwu(*scores, use_continuity=targets.continuity)
        yield target_id(contrast, None, "p_value"), contrast.p_value, test["p_val"].iloc[0]


def _is_met(value: float, text: str) -> bool:
    within = parse(text).interval()
    above = within.low is None or value > within.low
    return bool(above and (within.high is None or value < within.high))
