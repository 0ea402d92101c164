"""The tables that compare cohorts: each one's difference, their summary, and what failed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display import lang as language
from esslib.display.tables.text import TextTable, Writer, checked, records

ESTIMATE = ("ci_low", "ci_high", "p_value")
COHORTS = ("cohort", "n_a", "n_b", "mean_a", "mean_b", "difference", *ESTIMATE, "weight_percent")
POOLED = (
    *("method", "estimate", "ci_low", "ci_high", "prediction_low", "prediction_high"),
    *("tau2", "i2", "q_p"),
)


def cohorts(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show the primary difference in every cohort.

    Parameters
    ----------
    frame : DataFrame
        ``cohorts.csv``; points of the score.
    labels : mapping
        `a` and `b` to the labels of the first and second group.
    synthetic : bool
        Whether the table has to say that its data are synthetic.
    lang : {"fr", "en"}

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> cohorts(frame, labels={"a": "Users", "b": "Others"}, synthetic=True)  # doctest: +SKIP
    """
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            row["cohort"],
            _mean(row["mean_a"], row["n_a"], writer),
            _mean(row["mean_b"], row["n_b"], writer),
            _estimate([row["difference"], row["ci_low"], row["ci_high"]], writer),
            writer.p(row["p_value"]),
            language.percent(row["weight_percent"], decimals=1, lang=lang),
        ]
        for row in records(checked(frame, COHORTS, table="cohorts"))
    ]
    means = [writer.word("group_mean", label=writer.label(group)) for group in "ab"]
    others = [writer.word(key) for key in ("difference_ci", "mann_whitney_p", "weight")]
    return writer.table("cohorts", rows, headings=[writer.word("cohort"), *means, *others])


def cohorts_pooled(frame: pd.DataFrame, *, synthetic: bool, lang: str = "fr") -> TextTable:
    """Show the random-effects summary, one row per estimator.

    Parameters
    ----------
    frame : DataFrame
        ``cohorts_pooled.csv``.
    synthetic, lang
        As in `cohorts`.

    Raises
    ------
    ValueError
        A column is missing.
    """
    writer = Writer({}, synthetic, lang)
    rows = [
        [
            writer.label(row["method"]),
            _estimate([row["estimate"], row["ci_low"], row["ci_high"]], writer),
            _interval(row, lang),
            writer.number(math.sqrt(row["tau2"]), decimals=2),
            language.percent(row["i2"], lang=lang),
            writer.p(row["q_p"]),
        ]
        for row in records(checked(frame, POOLED, table="cohorts_pooled"))
    ]
    keys = ("tau_estimator", "mean_difference", "prediction", "tau", "i2", "q_p")
    return writer.table("cohorts_pooled", rows, headings=[writer.word(key) for key in keys])


def cohorts_failed(frame: pd.DataFrame, *, synthetic: bool, lang: str = "fr") -> TextTable:
    """Show why cohorts failed; the frame is ``cohorts.csv``.

    Raises
    ------
    ValueError
        A column is missing.
    """
    writer = Writer({}, synthetic, lang)
    shown = checked(frame, ("cohort", "status", "error"), table="cohorts_failed")
    failed = shown.loc[shown["status"] == "failed", ["cohort", "error"]]
    headings = [writer.word(key) for key in ("cohort", "reason")]
    return writer.table("cohorts_failed", failed.to_numpy().tolist(), headings=headings)


def _estimate(values: list[float], writer: Writer) -> str:
    return language.MISSING if math.isnan(values[0]) else writer.estimate(*values, decimals=1)


def _mean(mean: float, n: float, writer: Writer) -> str:
    if math.isnan(mean):
        return language.MISSING
    return writer.word("mean_n", mean=writer.number(mean, decimals=1), n=writer.number(n))


def _interval(row: Any, lang: str) -> str:
    low, high = row["prediction_low"], row["prediction_high"]
    return (
        language.MISSING if math.isnan(low) else language.interval(low, high, decimals=1, lang=lang)
    )
