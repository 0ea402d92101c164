"""Every result table of one cohort without notebooks: their library calls, in their order.

A batch of many cohorts uses it. The parameters are those of the notebooks, by notebook, since two
notebooks may give one name two defaults. A test holds these tables to the notebooks' own bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from esslib import predictors
from esslib.chapters import analysis, measurement
from esslib.compare.multiplicity import adjust_p
from esslib.privacy import disclosure
from esslib.score import instrument, known_groups
from esslib.score.factors import parallel_analysis
from esslib.score.scoring import ScoreRules, points, scale_of, score
from esslib.survey import describe
from esslib.survey.cleaning import included
from esslib.survey.codebook import Codebook

Tables = dict[str, pd.DataFrame]
Parameters = Mapping[str, Any]
NOTEBOOKS = (
    *("01_cleaning", "02_score_construction", "03_primary_outcome"),
    *("04_secondary_outcomes", "05_predictors"),
)


def result_tables(
    tidy: pd.DataFrame,
    scored: pd.DataFrame,
    codebook: Codebook,
    *,
    recruitment: pd.DataFrame,
    parameters: Mapping[str, Parameters],
) -> Tables:
    """Return every table that the notebooks 01 to 05 write, by name.

    Parameters
    ----------
    tidy : DataFrame
        All responses, as `esslib.chapters.analysis.tidy_answers` returns them.
    scored : DataFrame
        As `scores` returns it.
    recruitment : DataFrame
        Columns step, n of this export; may be empty.
    parameters : mapping
        Notebook to the values of its parameters.

    Returns
    -------
    dict of DataFrame
        The columns of ``results.csv``.

    Raises
    ------
    ValueError
        The cohort does not allow an analysis, for example because a compared group is empty.
    """
    people = included(tidy)
    of = {name: parameters[name] for name in NOTEBOOKS}
    return {
        "flow": describe.flow(tidy, recruitment, codebook),
        "tableau_1": describe.tableau_1(people, codebook),
        "tableau_1_tests": analysis.balance_groups(people, codebook),
        "risk": disclosure.risk(people, min_count=of["01_cleaning"]["min_count"]),
        **questionnaire_tables(people, codebook, parameters=of["02_score_construction"]),
        **outcome_tables(scored, codebook, parameters=of["04_secondary_outcomes"]),
        **predictor_tables(people, codebook, parameters=of["05_predictors"]),
    }


def scores(people: pd.DataFrame, codebook: Codebook, *, parameters: Parameters) -> pd.DataFrame:
    """Return the scores of notebook 02; see `esslib.chapters.analysis.score_contrasts`.

    Parameters
    ----------
    people : DataFrame
        Included respondents.
    parameters : mapping
        Those of notebook 02.
    """
    return analysis.score_contrasts(
        people,
        codebook,
        rules=_rules(parameters, na_scope=parameters["na_scope"]),
        definition=parameters["secured_definition"],
        rng=np.random.default_rng(parameters["seed"]),
    )


def questionnaire_tables(
    people: pd.DataFrame, codebook: Codebook, *, parameters: Parameters
) -> Tables:
    """Return the tables of notebook 02, about the items and the groups that they tell apart."""
    scale, direction = scale_of(codebook), parameters["score_direction"]
    seed = parameters["seed"]
    given = points(people, scale=scale, direction=direction)
    alike = _rules(parameters, na_scope="whole_sample")
    rng = np.random.default_rng(seed)
    totals = score(people, scale=scale, rules=alike, rng=rng)[["ess_total"]]
    low, high = scale.limits
    n = len(scale.items)
    ends = [
        known_groups.floor_and_ceiling(given, low=low / n, high=high / n),
        known_groups.floor_and_ceiling(totals, low=low, high=high),
    ]
    definition = parameters["secured_definition"]
    classes = known_groups.tool_classes(people, codebook, definition=definition)
    between = [
        known_groups.group_differences(values, classes, order=known_groups.CLASSES)
        for values in (totals, given)
    ]
    counted = instrument.count_answers(
        people.assign(tool_class=classes), scale=scale, by="tool_class"
    )
    return {
        "items": instrument.item_table(people, scale=scale, direction=direction),
        "reliability": measurement.all_reliability(given),
        "parallel_analysis": parallel_analysis(given, rng=np.random.default_rng(seed)),
        "floor_ceiling": pd.concat(ends, ignore_index=True),
        "known_groups": pd.concat(between, ignore_index=True),
        "items_by_class": known_groups.not_applicable_rates(counted),
    }


def outcome_tables(scored: pd.DataFrame, codebook: Codebook, *, parameters: Parameters) -> Tables:
    """Return the tables of notebook 04, about the score in the compared groups."""
    alpha, seed = parameters["alpha"], parameters["seed"]
    rngs = [np.random.default_rng(seed) for _ in range(2)]
    return {
        "group_summaries": analysis.summarise_contrasts(scored, codebook),
        "group_tests": analysis.compare_contrasts(scored, codebook, alpha=alpha),
        "effect_sizes": analysis.size_contrasts(scored, codebook, rng=rngs[0], alpha=alpha),
        "robust_tests": analysis.retest_contrasts(scored, codebook, rng=rngs[1]),
    }


def predictor_tables(people: pd.DataFrame, codebook: Codebook, *, parameters: Parameters) -> Tables:
    """Return the tables of notebook 05, about who has a secured tool."""
    alpha = parameters["alpha"]
    fit = {"outcome": analysis.OUTCOME, "confidence": 1 - alpha}
    exposures, adjusted = (
        analysis.predictor_frame(people, codebook, analysis=kind, definition=parameters[name])
        for kind, name in (
            ("bivariate", "secured_definition"),
            ("multivariate", "secured_definition_adjusted"),
        )
    )
    names = exposures.columns.drop(analysis.OUTCOME).tolist()
    crude = predictors.bivariate(exposures, exposures=names, **fit)
    risks = predictors.risk_differences(exposures, exposures=names, **fit)
    tested = risks.merge(crude[["covariate", "p_value"]], on="covariate", validate="one_to_one")
    judged = predictors.judge(
        adjusted,
        **fit,
        rng=np.random.default_rng(parameters["seed"]),
        n_resamples=parameters["n_resamples"],
    )
    return {
        "bivariate": crude,
        "multivariate": judged.multivariate,
        "bivariate_checks": adjust_p(tested),
        "multivariate_checks": judged.checks,
        "model_fit": judged.fit,
        "model_validation": judged.validation,
        "calibration": judged.calibration,
        "predictors_by_definition": analysis.predictors_by_definition(
            people, codebook, alpha=alpha
        ),
    }


def _rules(parameters: Parameters, *, na_scope: str) -> ScoreRules:
    return ScoreRules(
        direction=parameters["score_direction"], na_rule=parameters["na_rule"], na_scope=na_scope
    )
