"""Cohorts beside each other: each one's difference, their summary, and what failed."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from esslib.display.tables.page import TextTable
from esslib.display.tables.text import checked, headed, rows_of, text_table
from esslib.voice import Voice
from printed.numerals import MISSING

ESTIMATE = ("ci_low", "ci_high", "p_value")
COHORTS = ("cohort", "n_a", "n_b", "mean_a", "mean_b", "difference", *ESTIMATE, "weight_percent")
POOLED = (
    *("method", "estimate", "ci_low", "ci_high", "prediction_low", "prediction_high"),
    *("tau2", "i2", "q_p"),
)


def cohorts(frame: pd.DataFrame, contrast: pd.DataFrame, voice: Voice) -> TextTable:
    """Show the difference of one contrast in every cohort.

    Takes ``cohorts.csv``, and the row of the codebook's contrasts that names the two groups.
    """
    rows = [
        [
            row["cohort"],
            _mean(row["mean_a"], row["n_a"], voice),
            _mean(row["mean_b"], row["n_b"], voice),
            _estimate([row["difference"], row["ci_low"], row["ci_high"]], voice),
            voice.p(row["p_value"]),
            voice.percent(row["weight_percent"], decimals=1),
        ]
        for row in rows_of(checked(frame, COHORTS, table="cohorts"))
    ]
    ((first, second),) = contrast[["group_a", "group_b"]].to_numpy().tolist()
    cohort, *others = headed(voice, "cohort", "difference_ci", "mann_whitney_p", "weight")
    means = [voice.say("table_group_mean", label=voice.label(group)) for group in (first, second)]
    return text_table(voice, "cohorts", rows, headings=[cohort, *means, *others])


def cohorts_pooled(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show the random-effects summary, one row per estimator; takes ``cohorts_pooled.csv``."""
    rows = [
        [
            voice.label(row["method"]),
            _estimate([row["estimate"], row["ci_low"], row["ci_high"]], voice),
            _prediction(row, voice),
            voice.number(math.sqrt(row["tau2"]), decimals=2),
            voice.percent(row["i2"]),
            voice.p(row["q_p"]),
        ]
        for row in rows_of(checked(frame, POOLED, table="cohorts_pooled"))
    ]
    keys = ("tau_estimator", "mean_difference", "prediction", "tau", "i2", "q_p")
    return text_table(voice, "cohorts_pooled", rows, headings=headed(voice, *keys))


def cohorts_failed(frame: pd.DataFrame, voice: Voice) -> TextTable:
    """Show why cohorts failed; takes ``cohorts.csv``."""
    shown = checked(frame, ("cohort", "status", "error"), table="cohorts_failed")
    failed = shown.loc[shown["status"] == "failed", ["cohort", "error"]].to_numpy().tolist()
    return text_table(voice, "cohorts_failed", failed, headings=headed(voice, "cohort", "reason"))


def _estimate(values: list[float], voice: Voice) -> str:
    return MISSING if math.isnan(values[0]) else voice.estimate(*values, decimals=1)


def _mean(mean: float, n: float, voice: Voice) -> str:
    if math.isnan(mean):
        return MISSING
    return voice.say("table_mean_n", mean=voice.number(mean, decimals=1), n=voice.number(n))


def _prediction(row: dict[str, Any], voice: Voice) -> str:
    low, high = row["prediction_low"], row["prediction_high"]
    return MISSING if math.isnan(low) else voice.interval(low, high, decimals=1)
