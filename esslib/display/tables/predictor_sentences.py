"""What the results on the predictors come to, in sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from esslib.display import lang as language
from esslib.display.tables.text import Writer, records

ENOUGH_EVENTS = 10  # per covariate: Peduzzi et al. (1996) doi:10.1016/S0895-4356(96)00236-3
METHODS = {
    "p_value_bivariate": "chi2",
    "p_holm": "holm",
    "p_bh": "bh",
    "p_value_multivariate": "wald",
    "profile_p": "profile",
    "firth_p": "firth",
}


def multiplicity(bivariate_checks: pd.DataFrame, *, alpha: float, lang: str = "fr") -> str:
    """Say how many of the tests are significant, before and after adjustment for their number."""
    known = bivariate_checks.dropna(subset="p_value")
    counts = {name: (known[name] < alpha).sum() for name in ("p_value", "p_holm", "p_bh")}
    return language.read_words(lang)["predictors.multiplicity"].format(
        alpha=language.percent(100 * alpha, lang=lang),
        n=len(known),
        expected=language.number(alpha * len(known), decimals=1, lang=lang),
        **counts,
    )


def significance(
    bivariate_checks: pd.DataFrame,
    multivariate: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    alpha: float,
    lang: str = "fr",
) -> list[str]:
    """Say of each covariate of `labels` with which methods it is significant.

    Parameters
    ----------
    bivariate_checks : DataFrame
        ``bivariate_checks.csv``.
    multivariate : DataFrame
        ``multivariate.csv`` with the columns of ``multivariate_checks.csv``.
    labels : mapping
        Covariate to label, in the order to be told.
    """
    words = language.read_words(lang)
    both = bivariate_checks.merge(
        multivariate, on="covariate", suffixes=("_bivariate", "_multivariate")
    )
    rows = {row["covariate"]: row for row in records(both)}
    said = []
    for covariate, label in labels.items():
        found: dict[bool, list[str]] = {True: [], False: []}
        for column, method in METHODS.items():
            p = rows[covariate][column]
            if math.isnan(p):
                continue
            text = f"{words[f'predictors.method.{method}']} ({language.p_equation(p, lang=lang)})"
            found[p < alpha].append(text)
        if not (found[True] or found[False]):
            continue
        yes, no = (", ".join(found[verdict]) for verdict in (True, False))
        kind = "some" if yes and no else "all" if yes else "none"
        said.append(words[f"predictors.significance.{kind}"].format(label=label, yes=yes, no=no))
    return said


def model(
    fit: pd.DataFrame,
    validation: pd.DataFrame,
    *,
    lacking: Mapping[str, Sequence[str]],
    labels: Mapping[str, str],
    lang: str = "fr",
) -> list[str]:
    """Say what the number of events allows, whether there is separation, and what to expect.

    Parameters
    ----------
    fit : DataFrame
        ``model_fit.csv``.
    validation : DataFrame
        ``model_validation.csv``.
    lacking : mapping
        Covariates that are `constant` and `separating`, see `esslib.predictors.Judgement`.
    labels : mapping
        Covariates to labels.
    """
    words, (row,) = language.read_words(lang), records(fit)
    if math.isnan(row["n_events"]):  # withheld
        return []
    judged = {line["statistic"]: line for line in records(validation)}
    auc, slope = judged["auc"], judged["calibration_slope"]
    n_rarer = min(row["n_events"], row["n"] - row["n_events"])
    numbers = {
        "n": row["n"],
        "n_events": row["n_events"],
        "n_rarer": n_rarer,
        "k": round(n_rarer / row["events_per_variable"]),
        "enough": ENOUGH_EVENTS,
        "supported": n_rarer // ENOUGH_EVENTS,
        "lost": auc["n_resamples"] - auc["n_used"],
        "total": auc["n_resamples"],
    }
    texts = {name: language.number(value, lang=lang) for name, value in numbers.items()}
    texts |= {
        name: language.percent(100 * auc[name], lang=lang) for name in ("apparent", "corrected")
    }
    texts |= {name: ", ".join(labels[code] for code in codes) for name, codes in lacking.items()}
    texts["epv"] = language.number(row["events_per_variable"], decimals=1, lang=lang)
    texts["slope"] = language.number(slope["corrected"], decimals=2, lang=lang)
    verdict = "few" if row["events_per_variable"] < ENOUGH_EVENTS else "enough"
    keys = ["separated"] if lacking.get("separating") else ["separation"]
    keys += ["constant"] * bool(lacking.get("constant")) + ["validation"] * bool(auc["n_used"])
    events, judgement, *others = (
        words[f"predictors.{key}"].format(**texts) for key in ("events", f"events.{verdict}", *keys)
    )
    return [f"{events} {judgement}", *others]


def by_definition(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, Mapping[str, str]],
    alpha: float,
    lang: str = "fr",
) -> str:
    """Say which tests change their verdict from one definition of a secured tool to the other.

    Parameters
    ----------
    frame : DataFrame
        ``predictors_by_definition.csv``; a test that one definition lacks is left out.
    labels : mapping
        Analysis to its own labels of the covariates.
    """
    words, writer = language.read_words(lang), Writer({}, synthetic=False, lang=lang)
    lines = frame.groupby(["analysis", "covariate"], sort=False)["p_value"]
    verdicts = {key: p < alpha for key, p in lines if p.notna().all()}
    changing = [key for key, both in verdicts.items() if both.nunique() > 1]
    named = ", ".join(
        words["predictors.definition.test"].format(
            label=labels[str(analysis)][str(covariate)],
            analysis=writer.label(f"place.{analysis}").lower(),
        )
        for analysis, covariate in changing
    )
    key = "predictors.definition.some" if changing else "predictors.definition.none"
    return words[key].format(
        n=len(changing),
        total=len(verdicts),
        alpha=language.percent(100 * alpha, lang=lang),
        which=named,
    )


def printed(beside: pd.DataFrame, *, lang: str = "fr") -> str:
    """Say how many of the printed numbers are met."""
    n = int((beside["match"] != "differs").sum())
    return language.read_words(lang)["predictors.printed"].format(
        met=language.number(n, lang=lang),
        total=language.number(len(beside), lang=lang),
        percent=language.percent(100 * n / len(beside) if len(beside) else math.nan, lang=lang),
    )
