"""The scores of the compared groups: their sizes, their differences, and what each test says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display.tables.page import TextTable
from esslib.display.tables.text import checked, headed, rows_of, text_table
from esslib.voice import Voice

MIDDLE = ("contrast", "group", "n", "mean", "sd", "median", "q1", "q3")
TEST = ("contrast", "difference", "ci_low", "ci_high", "p_value", "rank_biserial")
SIZE = ("contrast", "statistic", "method", "estimate", "ci_low", "ci_high")
RETEST = ("contrast", "test", "statistic", "p_value", "p_holm")


def score_summary(summaries: pd.DataFrame, voice: Voice) -> TextTable:
    """Show the score of every compared group, block by contrast; takes ``group_summaries.csv``."""
    shown = checked(summaries, (*MIDDLE, "min", "max"), table="score_summary")
    rows = [
        [*_group(row, voice), voice.interval(row["min"], row["max"], decimals=1)]
        for row in rows_of(shown)
    ]
    compared, *others = headed(voice, "compared", "mean_sd", "median_quartiles", "range")
    sections = [*map(voice.label, shown["contrast"])]
    return text_table(
        voice, "score_summary", rows, headings=[compared, "n", *others], sections=sections
    )


def comparison(summaries: pd.DataFrame, tests: pd.DataFrame, voice: Voice) -> TextTable:
    """Show the score of the compared groups and their difference, one block per contrast.

    Takes ``group_summaries.csv`` and ``group_tests.csv``. A positive difference or rank_biserial
    means that the first group scores higher.
    """
    groups = checked(summaries, (*MIDDLE, "shapiro_p"), table="comparison")
    shown = groups.merge(checked(tests, TEST, table="comparison"), on="contrast")
    is_first = ~shown["contrast"].duplicated()
    rows = [
        [
            *_group(row, voice),
            voice.p(row["shapiro_p"]),
            *(_test(row, voice) if first else [""] * 3),
        ]
        for row, first in zip(rows_of(shown), is_first, strict=True)
    ]
    keys = ("mean_sd", "median_quartiles", "shapiro_p", "difference", "mann_whitney_p")
    compared, *others = headed(voice, "compared", *keys, "rank_biserial")
    sections = [*map(voice.label, shown["contrast"])]
    return text_table(
        voice, "comparison", rows, headings=[compared, "n", *others], sections=sections
    )


def difference_sizes(sizes: pd.DataFrame, voice: Voice) -> TextTable:
    """Show the size of each difference with its intervals; takes ``effect_sizes.csv``."""
    shown = checked(sizes, SIZE, table="effect_sizes")
    rows = [
        [
            voice.label(f"size.{row['statistic']}"),
            voice.label(f"method.{row['method']}"),
            voice.estimate(row["estimate"], row["ci_low"], row["ci_high"]),
        ]
        for row in rows_of(shown)
    ]
    headings = headed(voice, "effect_size", "method", "value_interval")
    sections = [*map(voice.label, shown["contrast"])]
    return text_table(voice, "effect_sizes", rows, headings=headings, sections=sections)


def retests(robust: pd.DataFrame, voice: Voice) -> TextTable:
    """Show what each test says of each difference; takes ``robust_tests.csv``."""
    shown = checked(robust, RETEST, table="robust_tests")
    rows = [
        [
            voice.label(f"test.{row['test']}"),
            voice.number(row["statistic"], decimals=2),
            voice.p(row["p_value"]),
            voice.p(row["p_holm"]),
        ]
        for row in rows_of(shown)
    ]
    headings = headed(voice, "test_name", "test_statistic", "p", "p_holm")
    sections = [*map(voice.label, shown["contrast"])]
    return text_table(voice, "robust_tests", rows, headings=headings, sections=sections)


def _group(row: Mapping[str, Any], voice: Voice) -> list[str]:
    return [
        voice.label(row["group"]),
        voice.number(row["n"]),
        voice.mean_sd(row["mean"], row["sd"]),
        voice.estimate(row["median"], row["q1"], row["q3"], decimals=1),
    ]


def _test(row: Mapping[str, Any], voice: Voice) -> list[str]:
    return [
        voice.estimate(row["difference"], row["ci_low"], row["ci_high"], decimals=1),
        voice.p(row["p_value"]),
        voice.coefficient(row["rank_biserial"]),
    ]
