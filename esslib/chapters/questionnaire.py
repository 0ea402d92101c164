"""The items and their sum: scores, the worth of the scale, whom it tells apart (notebook 02)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from esslib.chapters.outcomes import group_summaries
from esslib.score.instrument import count_answers
from esslib.score.properties import TOTAL, beside_ranges, instrument_statistics, properties
from esslib.score.scoring import ScoreRules, points, scale_of, score
from esslib.survey.classes import compared_groups, tool_classes
from esslib.survey.codebook import Codebook


@dataclass(frozen=True)
class Scoring:
    """How answers become the scores of compared groups: the choices of notebook 02.

    Attributes
    ----------
    score_direction, na_rule, na_scope : str
        See `esslib.score.scoring.ScoreRules`.
    secured_definition : {"methods", "regression"}
        Which tools count as secured.
    seed : int
        Of multiple imputation, anew in every contrast, and again of the parallel analysis.
    """

    score_direction: str = "agreement_is_secure"
    na_rule: str = "item_median"
    na_scope: str = "compared_group"
    secured_definition: str = "methods"
    seed: int = 0

    @property
    def rules(self) -> ScoreRules:
        """The choices that scoring itself knows."""
        return ScoreRules(self.score_direction, self.na_rule, self.na_scope)


def score_contrasts(people: pd.DataFrame, codebook: Codebook, **choices: Any) -> pd.DataFrame:
    """Score every respondent once per contrast.

    The value of "not applicable" may depend on the compared group, so a respondent can have a
    different score in each contrast.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    codebook : Codebook
    **choices
        Attributes of `Scoring`.

    Returns
    -------
    DataFrame
        One row per contrast and compared respondent: row (as in `people`), contrast, group,
        ess_total (20-80 points, missing where the rules give none), n_not_applicable,
        n_unanswered.

    Raises
    ------
    TypeError
        There is no such choice.
    ValueError
        A rule is unknown, nobody answered an item, or a score lies outside the scale's limits.
    """
    how, scale = Scoring(**choices), scale_of(codebook)
    rng = np.random.default_rng(how.seed)
    groups = compared_groups(people, codebook, definition=how.secured_definition)
    parts = [
        score(people, scale=scale, rules=how.rules, groups=groups[contrast], rng=rng)
        .assign(contrast=contrast, group=groups[contrast])
        .dropna(subset="group")
        for contrast in map(str, groups)
    ]
    columns = ["row", "contrast", "group", TOTAL, "n_not_applicable", "n_unanswered"]
    scored = pd.concat(parts).rename_axis("row").reset_index()[columns]
    if not scored[TOTAL].dropna().between(*scale.limits).all():
        raise ValueError(f"a score lies outside {scale.limits}: points and limits do not agree.")
    return scored


def questionnaire(
    people: pd.DataFrame, codebook: Codebook, **choices: Any
) -> dict[str, pd.DataFrame]:
    """Return the scores, what the items are worth as a scale, and how they tell tools apart.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    codebook : Codebook
    **choices
        Attributes of `Scoring`.

    Returns
    -------
    dict of DataFrame
        `scored`, the rows of `score_contrasts`, and `score_summary`, their `group_summaries`;
        `items`, `reliability`, `parallel_analysis`, `floor_ceiling`, `known_groups` and
        `items_by_class` of ``results.csv``; `answers_by_group` (counts of answers by item and
        group) and `item_means` (mean points, items by classes).
    """
    how, scale = Scoring(**choices), scale_of(codebook)
    classes = tool_classes(people, codebook, definition=how.secured_definition)
    rules = ScoreRules(how.score_direction, how.na_rule)
    given = points(people, scale=scale, direction=how.score_direction)
    scored = score_contrasts(people, codebook, **choices)
    classed = people.assign(tool_class=classes)
    return {
        "scored": scored,
        "score_summary": group_summaries(scored, codebook),
        **properties(classed, scale=scale, rules=rules, seed=how.seed),
        "answers_by_group": count_answers(people, scale=scale, by="group"),
        "item_means": given.groupby(classes, observed=False).mean().T,
    }


def item_blocks(results: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Set side by side what tells the classes of tools apart, item by item.

    Parameters
    ----------
    results : mapping
        Frames of `questionnaire`, as released.

    Returns
    -------
    dict of DataFrame
        `mean_points` and `na_percent` (items by classes), and `share_percent`: the share of each
        item in the difference between the first and the last class, the largest first.
    """
    means, between = results["item_means"], results["known_groups"]
    first, *_, last = means.columns
    pair = between[(between["group_a"] == first) & (between["group_b"] == last)]
    shares = pair.set_index("variable")["share_percent"].drop(TOTAL)
    shares = shares.sort_values(ascending=False, kind="stable")
    by_class = results["items_by_class"]
    blocks = {
        "mean_points": means,
        "share_percent": shares.to_frame(f"{first} - {last}"),
        "na_percent": by_class.pivot(index="item", columns="tool_class", values="na_percent"),
    }
    return {name: block.loc[shares.index] for name, block in blocks.items()}


def within_ranges(
    people: pd.DataFrame, ranges: pd.DataFrame, codebook: Codebook, *, seed: int
) -> dict[str, pd.DataFrame]:
    """Set what the printed numbers leave open beside its range over reconstructed cohorts.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy; scored by the default rules, as the reconstructed ones are.
    ranges : DataFrame
        ``instrument_ranges.csv``.
    codebook : Codebook
    seed : int
        Of the parallel analysis.

    Returns
    -------
    dict of DataFrame
        `within_ranges`, rows of `esslib.score.properties.beside_ranges`: those of the whole
        questionnaire and of the score, and the share of each item in the difference between the
        first and the last class.
    """
    described = questionnaire(people, codebook, seed=seed)
    beside = beside_ranges(instrument_statistics(described), ranges)
    first, *_, last = described["item_means"].columns
    is_share = beside["statistic"].eq("share_percent") & beside["groups"].eq(f"{first} - {last}")
    return {"within_ranges": beside[beside["variable"].isin(["", TOTAL]) | is_share]}
