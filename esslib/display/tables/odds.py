"""The predictors of a secured tool, one by one and together, and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display.tables.page import TextTable
from esslib.display.tables.text import checked, headed, rows_of, text_table
from esslib.voice import Voice
from printed.numerals import MISSING

COUNTS = ("secured_exposed", "secured_unexposed", "other_exposed", "other_unexposed")
INTERVAL = ("ci_low", "ci_high")
BIVARIATE = ("covariate", *COUNTS, "odds_ratio", *INTERVAL, "p_value", "p_fisher")
LIKELIHOOD = ("coefficient", *INTERVAL, "p_value")
FIRTH = ("firth_coefficient", "firth_ci_low", "firth_ci_high", "firth_p")
PROFILE = ("profile_coefficient", "profile_ci_low", "profile_ci_high", "profile_p")
RISKS = ("risk_exposed", "risk_unexposed", "risk_difference", *INTERVAL)
ADJUSTED = ("p_value", "p_holm", "p_bh")
ESTIMATE = ("estimate", *INTERVAL, "p_value")
VALIDATED = {"auc": "auc", "calibration_slope": "slope"}


def association(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how covariates go with the outcome; takes ``bivariate.csv`` or ``multivariate.csv``.

    One by one: counts, odds ratio (above 1 when the exposed have a secured tool more often) and
    tests. All together: coefficients, log odds ratios, by maximum likelihood and Firth's.
    """
    is_crude = not set(COUNTS).isdisjoint(frame.columns)
    return _one_by_one(frame, voice) if is_crude else _together(frame, voice)


def association_checks(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show how far each association can be trusted.

    Takes ``bivariate_checks.csv``: risks (shares, 0 to 1), their difference and adjusted p values;
    or ``multivariate.csv`` with the columns of ``multivariate_checks.csv``: each log odds ratio by
    three methods, Wald, profile likelihood and Firth's.
    """
    return _risks(frame, voice) if RISKS[2] in frame else _three_methods(frame, voice)


def _one_by_one(bivariate: pd.DataFrame, voice: Voice) -> TextTable:
    rows = [
        [
            voice.covariate(row["covariate"], "bivariate"),
            _share(row, "secured", voice),
            _share(row, "other", voice),
            voice.ratio(row["odds_ratio"], row["ci_low"], row["ci_high"]),
            voice.p(row["p_value"]),
            voice.p(row["p_fisher"]),
        ]
        for row in rows_of(checked(bivariate, BIVARIATE, table="bivariate"))
    ]
    keys = ("characteristic", "secured", "other", "odds_ratio_interval", "chi2_p", "fisher_p")
    return text_table(voice, "bivariate", rows, headings=headed(voice, *keys))


def _risks(checks: pd.DataFrame, voice: Voice) -> TextTable:
    columns = ("covariate", *RISKS, *ADJUSTED)
    rows = [
        [
            voice.covariate(row["covariate"], "bivariate"),
            *(voice.percent(100 * row[name]) for name in RISKS[:2]),
            voice.estimate(*(100 * row[name] for name in RISKS[2:]), decimals=0),
            *(voice.p(row[name]) for name in ADJUSTED),
        ]
        for row in rows_of(checked(checks, columns, table="bivariate_checks"))
    ]
    keys = ("characteristic", "risk_exposed", "risk_unexposed", "risk_difference")
    headings = headed(voice, *keys, "chi2_p", "holm_p", "bh_p")
    return text_table(voice, "bivariate_checks", rows, headings=headings)


def _together(multivariate: pd.DataFrame, voice: Voice) -> TextTable:
    columns = ("covariate", *LIKELIHOOD, *FIRTH)
    rows = [
        [
            voice.covariate(row["covariate"], "multivariate"),
            voice.estimate(row["coefficient"], row["ci_low"], row["ci_high"]),
            voice.exponential(row["coefficient"]),
            voice.p(row["p_value"]),
            voice.estimate(row["firth_coefficient"], row["firth_ci_low"], row["firth_ci_high"]),
            voice.p(row["firth_p"]),
        ]
        for row in rows_of(checked(multivariate, columns, table="multivariate"))
    ]
    keys = ("characteristic", "coefficient", "odds_ratio", "wald_p", "firth_coefficient", "firth_p")
    return text_table(voice, "multivariate", rows, headings=headed(voice, *keys))


def _three_methods(estimators: pd.DataFrame, voice: Voice) -> TextTable:
    name = "multivariate_checks"
    both = checked(estimators, ("covariate", *LIKELIHOOD, *FIRTH, *PROFILE), table=name)
    rows = [
        [
            voice.covariate(row["covariate"], "multivariate"),
            *(_estimate(row, method, voice) for method in (LIKELIHOOD, PROFILE, FIRTH)),
        ]
        for row in rows_of(both)
    ]
    keys = ("characteristic", "wald_estimate", "profile_estimate", "firth_estimate")
    return text_table(voice, name, rows, headings=headed(voice, *keys))


def either_definition(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show each log odds ratio under either definition of a secured tool, one block per analysis.

    Takes ``predictors_by_definition.csv``.
    """
    name = "predictors_by_definition"
    shown = checked(frame, ("analysis", "definition", "covariate", *ESTIMATE), table=name)
    lines = shown.groupby(["analysis", "covariate"], sort=False)
    rows = [
        [
            voice.covariate(str(covariate), str(analysis)),
            *(_estimate(row, ESTIMATE, voice) for row in rows_of(both)),
        ]
        for (analysis, covariate), both in lines
    ]
    definitions = [
        voice.say(f"choice-secured_definition-{code}") for code in shown["definition"].unique()
    ]
    headings = [
        *headed(voice, "characteristic"),
        *(
            voice.say("table_definition_estimate", name=definition, level=voice.level)
            for definition in definitions
        ),
    ]
    sections = [voice.label(f"place.{analysis}") for (analysis, _), _ in lines]
    return text_table(voice, name, rows, headings=headings, sections=sections)


def model_trust(
    fit: pd.DataFrame, checks: pd.DataFrame, validation: pd.DataFrame, voice: Voice
) -> TextTable:
    """Show what the regression rests on, and how it would do on new respondents.

    Takes ``model_fit.csv``, ``multivariate_checks.csv`` and ``model_validation.csv``.
    """
    (row,) = rows_of(checked(fit, ("events_per_variable",), table="model_trust"))
    vif = checked(checks, ("vif",), table="model_trust")["vif"]
    judged = checked(validation, ("statistic", "apparent", "corrected"), table="model_trust")
    low, high = (voice.number(end, decimals=1) for end in (vif.min(), vif.max()))
    here = {
        "epv": (voice.number(row["events_per_variable"], decimals=1), MISSING),
        "vif": (voice.say("table_from_to", low=low, high=high), MISSING),
    }
    for line in rows_of(judged):
        if name := VALIDATED.get(line["statistic"]):
            apparent, corrected = line["apparent"], line["corrected"]
            here[name] = (voice.number(apparent, decimals=2), voice.number(corrected, decimals=2))
    rows = [
        [voice.say(f"table_trust-{name}"), *cells, voice.say(f"table_trust-{name}-guide")]
        for name, cells in here.items()
    ]
    headings = headed(voice, "measure", "apparent", "corrected", "guide")
    return text_table(voice, "model_trust", rows, headings=headings)


def _share(row: Mapping[str, Any], tool: str, voice: Voice) -> str:
    exposed, unexposed = row[f"{tool}_exposed"], row[f"{tool}_unexposed"]
    return voice.say("table_of", n=voice.number(exposed), total=voice.number(exposed + unexposed))


def _estimate(row: Mapping[str, Any], columns: tuple[str, ...], voice: Voice) -> str:
    value, low, high, p = (row[name] for name in columns)
    return f"{voice.estimate(value, low, high)}, {voice.p_equation(p)}"
