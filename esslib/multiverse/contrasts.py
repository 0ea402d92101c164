"""Every specification of the comparisons of the score."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from esslib.multiverse.estimators import (
    REGRESSIONS,
    TWO_SAMPLE,
    Estimator,
    Sample,
    Unestimable,
    check_groups,
)
from esslib.multiverse.specifications import (
    as_frame,
    basic_covariates,
    comparisons,
    score_readings,
    score_rules,
)
from esslib.score.scoring import scale_of, score
from esslib.survey.classes import covariates
from esslib.survey.codebook import Codebook

Row = dict[str, object]
SEEDS = 2**32


def contrast_specifications(
    people: pd.DataFrame,
    codebook: Codebook,
    *,
    rng: np.random.Generator,
    alpha: float = 0.05,
) -> pd.DataFrame:
    """Estimate every contrast under every distinct set of choices.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    codebook : Codebook
    rng : Generator
        Seeds multiple imputation, the same way in every specification.
    alpha : float
        Intervals have level 1 - `alpha`.

    Returns
    -------
    DataFrame
        Columns of `multiverse.csv`. Estimates are in points of the score, first group minus
        second *as scored*: under `score_direction="literal"` a negative estimate means that the
        first group is the more secure one. Without estimate, `reason` says why.

    Notes
    -----
    Every score is computed once and meets all tests. The literal coding mirrors the score, and
    all estimators follow a mirror: its rows are those of the other direction, turned round.
    """
    seed = int(rng.integers(SEEDS))
    designs = adjustments(people, codebook)
    scale = scale_of(codebook)
    rows: list[Row] = []
    for reading in score_readings(has_gaps=_has_gaps(people, codebook)):
        rules = score_rules(reading)
        for made, first, groups in comparisons(people, codebook):
            scored = score(
                people, scale=scale, rules=rules, groups=groups, rng=np.random.default_rng(seed)
            )
            done = _tested(scored["ess_total"], groups == first, designs, 1 - alpha)
            rows += [{**reading, **made, **row} for row in done]
    secure = [{**row, "score_direction": "agreement_is_secure"} for row in rows]
    return as_frame([*secure, *map(mirrored, secure)])


def adjustments(people: pd.DataFrame, codebook: Codebook) -> dict[str, NDArray[np.floating]]:
    """Return what regressions adjust for, one float column per covariate, missing kept.

    Returns
    -------
    dict
        "none" (no column), "age_gender" (the `basic` covariates of ``covariates.csv``) and "all"
        (those of the regression table).
    """
    bivariate = covariates(people, codebook, analysis="bivariate")
    frames = {
        "none": bivariate[[]],
        "age_gender": bivariate[basic_covariates(codebook)],
        "all": covariates(people, codebook, analysis="multivariate"),
    }
    return {name: frame.to_numpy(dtype=float, na_value=np.nan) for name, frame in frames.items()}


def mirrored(row: Row) -> Row:
    """Return the specification in the literal direction: the mirror image of the other."""
    turned = {"estimate": "estimate", "ci_low": "ci_high", "ci_high": "ci_low"}
    values = {new: -row[old] for new, old in turned.items() if old in row}  # type: ignore[operator]
    return {**row, **values, "score_direction": "literal"}


def _has_gaps(people: pd.DataFrame, codebook: Codebook) -> bool:
    return bool(people[list(codebook.items)].isna().any(axis=None))


def _tested(
    totals: pd.Series,
    is_first: pd.Series,
    designs: dict[str, NDArray[np.floating]],
    confidence: float,
) -> list[Row]:
    scores, first = totals.to_numpy(dtype=float), is_first.to_numpy(dtype=bool)
    rows: list[Row] = []
    for adjustment, design in designs.items():
        complete = ~np.isnan(scores) & ~np.isnan(design).any(axis=1)
        sample = Sample(scores[complete], first[complete], design[complete])
        tests = REGRESSIONS if adjustment != "none" else TWO_SAMPLE | REGRESSIONS
        for name, estimator in tests.items():
            made = {"test": name, "adjustment": adjustment, "n": sample.scores.size}
            rows.append({**made, **_estimated(estimator, sample, confidence)})
    return rows


def _estimated(estimator: Estimator, sample: Sample, confidence: float) -> Row:
    try:
        check_groups(sample)
        return asdict(estimator(sample, confidence))
    except Unestimable as error:
        return {"reason": str(error)}
