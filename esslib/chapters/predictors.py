"""Which characteristics go with a secured tool, and how far that can be trusted (notebook 05)."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from esslib.compare.multiplicity import adjust_p
from esslib.predictors import Judgement, bivariate, judge, multivariate, risk_differences
from esslib.survey.classes import OUTCOME, definitions, predictor_frame
from esslib.survey.codebook import Codebook


def predictors(
    people: pd.DataFrame,
    codebook: Codebook,
    *,
    secured_definition: str,
    secured_definition_adjusted: str,
    alpha: float,
    seed: int,
    n_resamples: int,
) -> dict[str, pd.DataFrame]:
    """Relate each characteristic to a secured tool, one at a time and all at once.

    Parameters
    ----------
    people : DataFrame
        Included respondents, tidy.
    codebook : Codebook
    secured_definition, secured_definition_adjusted : {"methods", "regression"}
        Which tools count as secured, one at a time and in the regression.
    alpha : float
        Intervals have level 1 - `alpha`.
    seed, n_resamples : int
        Of the bootstrap that judges the regression.

    Returns
    -------
    dict of DataFrame
        `bivariate`, `bivariate_checks`, `multivariate`, `multivariate_checks`, `model_fit`,
        `model_validation`, `calibration` and `predictors_by_definition` of ``results.csv``;
        `model_gaps` (covariate, reason: "constant", left out, or "separating").
    """
    asked = {"bivariate": secured_definition, "multivariate": secured_definition_adjusted}
    crude, adjusted = (
        predictor_frame(people, codebook, analysis=analysis, definition=definition)
        for analysis, definition in asked.items()
    )
    judged = judge(
        adjusted,
        outcome=OUTCOME,
        rng=np.random.default_rng(seed),
        n_resamples=n_resamples,
        confidence=1 - alpha,
    )
    return {
        **_one_by_one(crude, confidence=1 - alpha),
        "multivariate": judged.multivariate,
        "multivariate_checks": judged.checks,
        "model_fit": judged.fit,
        "model_validation": judged.validation,
        "calibration": judged.calibration,
        "predictors_by_definition": by_definition(people, codebook, alpha=alpha),
        "model_gaps": _gaps(judged),
    }


def by_definition(people: pd.DataFrame, codebook: Codebook, *, alpha: float = 0.05) -> pd.DataFrame:
    """Repeat both predictor tables under every definition of a secured tool.

    Returns
    -------
    DataFrame
        Columns of `predictors_by_definition.csv`: log odds ratios, positive when a secured tool is
        more frequent; missing where the regression has no estimate.
    """
    parts = []
    for analysis, definition in product(["bivariate", "multivariate"], definitions(codebook)):
        frame = predictor_frame(people, codebook, analysis=analysis, definition=definition)
        table = _log_odds(frame, analysis, confidence=1 - alpha)
        parts.append(table.assign(analysis=analysis, definition=definition))
    columns = ["analysis", "definition", "covariate", "estimate", "ci_low", "ci_high", "p_value"]
    return pd.concat([part.reindex(columns=columns) for part in parts], ignore_index=True)


def _one_by_one(frame: pd.DataFrame, *, confidence: float) -> dict[str, pd.DataFrame]:
    asked: dict[str, Any] = {
        "outcome": OUTCOME,
        "exposures": frame.columns.drop(OUTCOME).tolist(),
        "confidence": confidence,
    }
    crude, risks = bivariate(frame, **asked), risk_differences(frame, **asked)
    tested = risks.merge(crude[["covariate", "p_value"]], on="covariate", validate="one_to_one")
    return {"bivariate": crude, "bivariate_checks": adjust_p(tested)}


def _gaps(judged: Judgement) -> pd.DataFrame:
    """Name the covariates without an estimate by maximum likelihood, and why."""
    reasons = {"constant": judged.constant, "separating": judged.separating}
    rows = [(name, reason) for reason, names in reasons.items() for name in names]
    return pd.DataFrame(rows, columns=["covariate", "reason"], dtype="str")


def _log_odds(frame: pd.DataFrame, analysis: str, *, confidence: float) -> pd.DataFrame:
    names = frame.columns.drop(OUTCOME).tolist()
    if analysis == "bivariate":
        table = bivariate(frame, outcome=OUTCOME, exposures=names, confidence=confidence)
        sources = {"estimate": "odds_ratio", "ci_low": "ci_low", "ci_high": "ci_high"}
        return table.assign(**{name: np.log(table[ratio]) for name, ratio in sources.items()})
    try:
        table = multivariate(frame, outcome=OUTCOME, covariates=names, confidence=confidence)
    except ValueError:  # separated, or a covariate that does not vary
        return pd.DataFrame({"covariate": names})
    return table.rename(columns={"coefficient": "estimate"})
