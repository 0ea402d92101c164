"""The items and their sum: scores, what the scale is worth, and whom it tells apart (notebook 02)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from esslib.chapters.outcomes import group_summaries
from esslib.score.instrument import count_answers
from esslib.score.properties import TOTAL, beside_ranges, instrument_statistics, properties
from esslib.score.scoring import ScoreRules, points, scale_of, score
from esslib.survey.classes import compared_groups, tool_classes
from esslib.survey.codebook import Codebook


def score_contrasts(
    people: pd.DataFrame,
    codebook: Codebook,
    *,
    score_direction: str = "agreement_is_secure",
    na_rule: str = "item_median",
    na_scope: str = "compared_group",
    secured_definition: str = "methods",
    seed: int = 0,
) -> pd.DataFrame:
    """Score every respondent once per contrast.

    The value of "not applicable" may depend on the compared group, so a respondent can have a
    different score in each contrast.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    codebook : Codebook
    score_direction, na_rule, na_scope : str
        How answers become points, see `esslib.score.scoring.ScoreRules`.
    secured_definition : {"methods", "regression"}
        Which tools count as secured.
    seed : int
        Of multiple imputation, anew in every contrast.

    Returns
    -------
    DataFrame
        One row per contrast and compared respondent: row (as in `people`), contrast, group,
        ess_total (20-80 points, missing where the rules give none), n_not_applicable,
        n_unanswered.

    Raises
    ------
    ValueError
        A rule is unknown, or nobody answered an item.
    """
    rules, rng = ScoreRules(score_direction, na_rule, na_scope), np.random.default_rng(seed)
    groups = compared_groups(people, codebook, definition=secured_definition)
    scale = scale_of(codebook)
    parts = [
        score(people, scale=scale, rules=rules, groups=groups[contrast], rng=rng)
        .assign(contrast=contrast, group=groups[contrast])
        .dropna(subset="group")
        for contrast in map(str, groups)
    ]
    columns = ["row", "contrast", "group", TOTAL, "n_not_applicable", "n_unanswered"]
    return pd.concat(parts).rename_axis("row").reset_index()[columns]


def questionnaire(
    people: pd.DataFrame,
    codebook: Codebook,
    *,
    score_direction: str = "agreement_is_secure",
    na_rule: str = "item_median",
    na_scope: str = "compared_group",
    secured_definition: str = "methods",
    seed: int = 0,
) -> dict[str, pd.DataFrame]:
    """Return the scores, what the items are worth as a scale, and how they tell tools apart.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    codebook : Codebook
    score_direction, na_rule, na_scope, secured_definition
        As for `score_contrasts`.
    seed : int
        Of multiple imputation, and again of the parallel analysis.

    Returns
    -------
    dict of DataFrame
        `scored`, the rows of `score_contrasts`, and `score_summary`, their `group_summaries`;
        `items`, `reliability`, `parallel_analysis`, `floor_ceiling`, `known_groups` and
        `items_by_class` of ``results.csv``; `answers_by_group` (counts of answers by item and
        group) and `item_means` (mean points, items by classes).
    """
    scale = scale_of(codebook)
    classes = tool_classes(people, codebook, definition=secured_definition)
    rules = ScoreRules(score_direction, na_rule)
    given = points(people, scale=scale, direction=score_direction)
    scored = score_contrasts(
        people,
        codebook,
        score_direction=score_direction,
        na_rule=na_rule,
        na_scope=na_scope,
        secured_definition=secured_definition,
        seed=seed,
    )
    return {
        "scored": scored,
        "score_summary": group_summaries(scored, codebook),
        **properties(people.assign(tool_class=classes), scale=scale, rules=rules, seed=seed),
        "answers_by_group": count_answers(people, scale=scale, by="group"),
        "item_means": given.groupby(classes, observed=False).mean().T,
    }


def within_ranges(
    people: pd.DataFrame, codebook: Codebook, ranges: pd.DataFrame, *, seed: int
) -> pd.DataFrame:
    """Set what the printed numbers leave open beside its range over reconstructed cohorts.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy; scored by the default rules, as the reconstructed ones are.
    codebook : Codebook
    ranges : DataFrame
        ``instrument_ranges.csv``.
    seed : int
        Of the parallel analysis.

    Returns
    -------
    DataFrame
        Rows of `esslib.score.properties.beside_ranges`: those of the whole questionnaire and of the
        score, and the share of each item in the difference between the first and the last class.
    """
    described = questionnaire(people, codebook, seed=seed)
    beside = beside_ranges(instrument_statistics(described), ranges)
    first, *_, last = described["item_means"].columns
    is_share = beside["statistic"].eq("share_percent") & beside["groups"].eq(f"{first} - {last}")
    return beside[beside["variable"].isin(["", TOTAL]) | is_share]
