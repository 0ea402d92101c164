"""Sentences on the predictors: how many tests, with which methods, how far to trust the model."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from esslib.voice import Voice

ENOUGH_EVENTS = 10  # per covariate: Peduzzi et al. (1996) doi:10.1016/S0895-4356(96)00236-3
METHODS = {
    "p_value_bivariate": "chi2",
    "p_holm": "holm",
    "p_bh": "bh",
    "p_value_multivariate": "wald",
    "profile_p": "profile",
    "firth_p": "firth",
}


def multiplicity(bivariate_checks: pd.DataFrame, voice: Voice) -> str:
    """Say how many of the tests are significant, before and after adjustment for their number."""
    known = bivariate_checks.dropna(subset="p_value")
    counts = {name: (known[name] < voice.alpha).sum() for name in ("p_value", "p_holm", "p_bh")}
    return voice.say(
        "predictors-multiplicity",
        alpha=voice.percent(100 * voice.alpha),
        n=len(known),
        expected=voice.number(voice.alpha * len(known), decimals=1),
        **counts,
    )


def significance(
    bivariate_checks: pd.DataFrame,
    multivariate: pd.DataFrame,
    covariates: Iterable[str],
    voice: Voice,
) -> list[str]:
    """Say of each of some covariates with which methods it is significant.

    Takes ``bivariate_checks.csv``, and ``multivariate.csv`` with the columns of
    ``multivariate_checks.csv``; covariates are told in the order given, those in both analyses.
    """
    both = bivariate_checks.merge(
        multivariate, on="covariate", suffixes=("_bivariate", "_multivariate")
    ).set_index("covariate")
    rows: dict[str, dict[str, float]] = both[list(METHODS)].astype(float).to_dict("index")  # type: ignore[assignment]
    said = []
    for covariate in (name for name in covariates if name in rows):
        found: dict[bool, list[str]] = {True: [], False: []}
        for column, method in METHODS.items():
            p = rows[covariate][column]
            if not math.isnan(p):
                text = f"{voice.say(f'predictors-method-{method}')} ({voice.p_equation(p)})"
                found[p < voice.alpha].append(text)
        yes, no = (", ".join(found[verdict]) for verdict in (True, False))
        if yes or no:
            kind = "some" if yes and no else "all" if yes else "none"
            label = voice.covariate(covariate, "multivariate")
            said.append(
                voice.say("predictors-significance", kind=kind, label=label, yes=yes, no=no)
            )
    return said


def model_limits(
    fit: pd.DataFrame,
    validation: pd.DataFrame,
    gaps: pd.DataFrame,
    voice: Voice,
) -> list[str]:
    """Say what the number of events allows, whether there is separation, and what to expect.

    Takes ``model_fit.csv``, ``model_validation.csv`` and why covariates have no estimate:
    covariate, reason ("constant", "separating").
    """
    (row,) = fit.to_dict("records")
    if math.isnan(row["n_events"]):  # withheld
        return []
    judged = validation.set_index("statistic").to_dict("index")
    lacking = {str(why): [*rows["covariate"]] for why, rows in gaps.groupby("reason")}
    facts = _counts(row, judged["auc"], voice) | {
        name: ", ".join(voice.covariate(code, "multivariate") for code in codes)
        for name, codes in lacking.items()
    }
    facts["slope"] = voice.number(judged["calibration_slope"]["corrected"], decimals=2)
    verdict = "few" if row["events_per_variable"] < ENOUGH_EVENTS else "enough"
    keys = ["separated"] if "separating" in lacking else ["separation"]
    keys += ["constant"] * ("constant" in lacking)
    keys += ["validation"] * bool(judged["auc"]["n_used"])
    events, judgement, *others = (
        voice.say(f"predictors-{key}", **facts) for key in ("events", f"events-{verdict}", *keys)
    )
    return [f"{events} {judgement}", *others]


def _counts(
    row: Mapping[Hashable, Any], auc: Mapping[Hashable, Any], voice: Voice
) -> dict[str, str]:
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
    return {
        **{name: voice.number(value) for name, value in numbers.items()},
        **{name: voice.percent(100 * auc[name]) for name in ("apparent", "corrected")},
        "epv": voice.number(row["events_per_variable"], decimals=1),
    }


def changing_tests(by_definition: pd.DataFrame, voice: Voice) -> str:
    """Say which tests change their verdict from one definition of the outcome to the other.

    Takes ``predictors_by_definition.csv``; a test that one definition lacks is left out.
    """
    lines = by_definition.groupby(["analysis", "covariate"], sort=False)["p_value"]
    verdicts = {key: p < voice.alpha for key, p in lines if p.notna().all()}
    changing = [key for key, both in verdicts.items() if both.nunique() > 1]
    named = ", ".join(
        voice.say(
            "predictors-definition-test",
            label=voice.covariate(str(covariate), str(analysis)),
            analysis=voice.label(f"place.{analysis}").lower(),
        )
        for analysis, covariate in changing
    )
    return voice.say(
        "predictors-definition",
        n=len(changing),
        total=len(verdicts),
        alpha=voice.percent(100 * voice.alpha),
        which=named,
    )


def printed_met(beside: pd.DataFrame, voice: Voice) -> str:
    """Say how many of the printed numbers are met; takes what `study.beside_printed` returns."""
    n = int((beside["match"] != "differs").sum())
    return voice.say(
        "predictors-printed",
        met=voice.number(n),
        total=voice.number(len(beside)),
        percent=voice.percent(100 * n / len(beside) if len(beside) else math.nan),
    )
