"""Sentences on the compared scores, of one cohort and of several together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display.tables.text import checked, rows_of
from esslib.voice import Voice
from printed.numerals import MISSING

TOLD = "bootstrap"  # the intervals of the sizes in a sentence: none is cut at the end of its scale
PUBLISHED = "mann_whitney"
SUMMARY = ("contrast", "group", "n", "mean", "sd", "median", "q1", "q3")
DIFFERENCE = ("contrast", "difference", "ci_low", "ci_high", "p_value")
SIZE = ("contrast", "statistic", "method", "estimate", "ci_low", "ci_high")
TEST = ("contrast", "test", "p_holm")


def contrasts(
    summaries: pd.DataFrame,
    tests: pd.DataFrame,
    sizes: pd.DataFrame,
    robust: pd.DataFrame,
    voice: Voice,
) -> dict[str, str]:
    """Tell each contrast of `tests` in words, to be pasted into an article: contrast to text.

    Takes ``group_summaries.csv``, ``group_tests.csv``, ``effect_sizes.csv`` and
    ``robust_tests.csv``; the last holds every contrast over which p_holm was adjusted. A text has
    both groups, the difference, the published test with and without Holm's adjustment, and two
    effect sizes with their bootstrap intervals.
    """
    described = checked(summaries, SUMMARY, table="group_summaries")
    compared = checked(tests, DIFFERENCE, table="group_tests")
    told = checked(sizes, SIZE, table="effect_sizes").query("method == @TOLD")
    retested = checked(robust, TEST, table="robust_tests").query("test == @PUBLISHED")
    adjusted = retested.set_index("contrast")["p_holm"]
    texts = {}
    for row in rows_of(compared.assign(estimate=compared["difference"])):
        contrast = row["contrast"]
        first, second = rows_of(described[described["contrast"] == contrast])
        measured = {
            size["statistic"]: _estimate(size, voice, key="size")
            for size in rows_of(told[told["contrast"] == contrast])
        }
        text = voice.say(
            "table_sentence",
            contrast=voice.label(contrast),
            first=_group(first, voice),
            second=_group(second, voice),
            difference=_estimate(row, voice, key="difference", decimals=1),
            p=voice.p_equation(row["p_value"]),
            p_holm=voice.p_equation(adjusted[contrast]),
            n_tests=voice.number(adjusted.count()),
            **measured,
        )
        texts[contrast] = voice.marked(text)
    return texts


def cohorts_together(pooled: pd.DataFrame, voice: Voice) -> str:
    """Say what the first row of ``cohorts_pooled.csv`` says, or that cohorts are too few."""
    row = pooled.astype({"n_cohorts": "float64"}).iloc[0]
    ends = row["prediction_low"], row["prediction_high"]
    values = row["estimate"], row["ci_low"], row["ci_high"]
    return voice.say(
        "cohorts-pooled",
        n=voice.count(row["n_cohorts"]),
        estimate=MISSING if pd.isna(values[0]) else voice.estimate(*values, decimals=1),
        prediction=MISSING if pd.isna(ends[0]) else voice.interval(*ends, decimals=1),
        i2=voice.percent(row["i2"]),
        tau2=voice.number(row["tau2"], decimals=1),
        p=voice.p_equation(row["q_p"]),
    )


def _group(row: Mapping[str, Any], voice: Voice) -> str:
    return voice.say(
        "table_sentence-group",
        label=voice.label(row["group"]),
        n=voice.number(row["n"]),
        mean_sd=voice.mean_sd(row["mean"], row["sd"]),
        median=voice.estimate(row["median"], row["q1"], row["q3"], decimals=1),
    )


def _estimate(row: Mapping[str, Any], voice: Voice, *, key: str, decimals: int = 2) -> str:
    interval = voice.interval(row["ci_low"], row["ci_high"], decimals=decimals)
    value = voice.number(row["estimate"], decimals=decimals)
    return voice.say(f"table_sentence-{key}", value=value, level=voice.level, interval=interval)
