"""Tables on how far the predictors can be trusted: risks, estimators, the model, the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display import lang as language
from esslib.display.tables.predictors import FIRTH, LIKELIHOOD
from esslib.display.tables.text import TextTable, Writer, checked, records

INTERVAL = ("ci_low", "ci_high")
RISKS = ("risk_exposed", "risk_unexposed", "risk_difference", *INTERVAL)
ADJUSTED = ("p_value", "p_holm", "p_bh")
METHODS = {
    "wald": LIKELIHOOD,
    "profile": ("profile_coefficient", "profile_ci_low", "profile_ci_high", "profile_p"),
    "firth": FIRTH,
}
ESTIMATE = ("estimate", *INTERVAL, "p_value")
VALIDATED = {"auc": "auc", "calibration_slope": "slope"}


def bivariate_checks(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    synthetic: bool,
    lang: str = "fr",
    alpha: float = 0.05,
) -> TextTable:
    """Show each covariate's risks, their difference in points of percent, and adjusted p-values.

    Parameters
    ----------
    frame : DataFrame
        ``bivariate_checks.csv``; risks are shares, 0 to 1.
    labels : mapping
        Covariate to label.
    synthetic : bool
        Whether the table has to say that its data are synthetic.
    lang : {"fr", "en"}
    alpha : float
        The intervals have level 1 - `alpha`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> bivariate_checks(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    shown = checked(frame, ("covariate", *RISKS, *ADJUSTED), table="bivariate_checks")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(row["covariate"]),
            *(language.percent(100 * row[name], lang=lang) for name in RISKS[:2]),
            writer.estimate(*(100 * row[name] for name in RISKS[2:]), decimals=0),
            *(writer.p(row[name]) for name in ADJUSTED),
        ]
        for row in records(shown)
    ]
    headings = [
        *(writer.word(key) for key in ("characteristic", "risk_exposed", "risk_unexposed")),
        writer.word("risk_difference", level=writer.level(alpha)),
        *(writer.word(key) for key in ("chi2_p", "holm_p", "bh_p")),
    ]
    return writer.table("bivariate_checks", rows, headings=headings)


def multivariate_checks(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    synthetic: bool,
    lang: str = "fr",
    alpha: float = 0.05,
) -> TextTable:
    """Show each coefficient by three methods: Wald, profile likelihood and Firth's.

    Parameters
    ----------
    frame : DataFrame
        ``multivariate.csv`` with the columns of ``multivariate_checks.csv``; log odds ratios.
    labels, synthetic, lang, alpha
        As in `bivariate_checks`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> multivariate_checks(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    columns = ("covariate", *(name for method in METHODS.values() for name in method))
    shown = checked(frame, columns, table="multivariate_checks")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(row["covariate"]),
            *(_estimate(row, method, writer) for method in METHODS.values()),
        ]
        for row in records(shown)
    ]
    level = writer.level(alpha)
    headings = [
        writer.word("characteristic"),
        *(writer.word(f"{name}_estimate", level=level) for name in METHODS),
    ]
    return writer.table("multivariate_checks", rows, headings=headings)


def predictors_by_definition(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, Mapping[str, str]],
    synthetic: bool,
    lang: str = "fr",
    alpha: float = 0.05,
) -> TextTable:
    """Show each log odds ratio under either definition of a secured tool, one block per analysis.

    Parameters
    ----------
    frame : DataFrame
        ``predictors_by_definition.csv``.
    labels : mapping
        Analysis to its own labels of the covariates, which it may cut differently.
    synthetic, lang, alpha
        As in `bivariate_checks`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> predictors_by_definition(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    columns = ("analysis", "definition", "covariate", *ESTIMATE)
    shown = checked(frame, columns, table="predictors_by_definition")
    writer = Writer({}, synthetic, lang)
    lines = shown.groupby(["analysis", "covariate"], sort=False)
    rows = [
        [
            language.typeset(labels[str(analysis)][str(covariate)], lang=lang),
            *(_estimate(row, ESTIMATE, writer) for row in records(both)),
        ]
        for (analysis, covariate), both in lines
    ]
    words, level = language.read_words(lang), writer.level(alpha)
    names = [words[f"choice.secured_definition.{code}"] for code in shown["definition"].unique()]
    headings = [
        writer.word("characteristic"),
        *(writer.word("definition_estimate", name=name, level=level) for name in names),
    ]
    sections = [writer.label(f"place.{analysis}") for (analysis, _), _ in lines]
    return writer.table("predictors_by_definition", rows, headings=headings, sections=sections)


def model_trust(
    fit: pd.DataFrame,
    checks: pd.DataFrame,
    validation: pd.DataFrame,
    *,
    synthetic: bool,
    lang: str = "fr",
) -> TextTable:
    """Show what the regression rests on, and how it would do on new respondents.

    Parameters
    ----------
    fit : DataFrame
        ``model_fit.csv``.
    checks : DataFrame
        ``multivariate_checks.csv``: vif.
    validation : DataFrame
        ``model_validation.csv``.
    synthetic, lang
        As in `bivariate_checks`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> model_trust(fit, checks, validation, synthetic=True)  # doctest: +SKIP
    """
    (row,) = records(checked(fit, ("events_per_variable",), table="model_trust"))
    vif = checked(checks, ("vif",), table="model_trust")["vif"]
    columns = ("statistic", "apparent", "corrected")
    judged = records(checked(validation, columns, table="model_trust"))
    writer = Writer({}, synthetic, lang)
    low, high = (writer.number(end, decimals=1) for end in (vif.min(), vif.max()))
    here = {
        "epv": (writer.number(row["events_per_variable"], decimals=1), language.MISSING),
        "vif": (writer.word("from_to", low=low, high=high), language.MISSING),
    }
    for line in judged:
        if name := VALIDATED.get(line["statistic"]):
            apparent, corrected = line["apparent"], line["corrected"]
            here[name] = (writer.number(apparent, decimals=2), writer.number(corrected, decimals=2))
    rows = [
        [writer.word(f"trust.{name}"), *cells, writer.word(f"trust.{name}.guide")]
        for name, cells in here.items()
    ]
    headings = [writer.word(key) for key in ("measure", "apparent", "corrected", "guide")]
    return writer.table("model_trust", rows, headings=headings)


def _estimate(row: Mapping[str, Any], columns: tuple[str, ...], writer: Writer) -> str:
    value, low, high, p = (row[name] for name in columns)
    return f"{writer.estimate(value, low, high)}, {language.p_equation(p, lang=writer.lang)}"
