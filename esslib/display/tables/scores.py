"""Tables of the score: the compared groups, and the items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esslib.display import lang as language
from esslib.display.tables.text import TextTable, Writer, checked, records

SUMMARY = ("contrast", "group", "n", "mean", "sd", "median", "q1", "q3", "shapiro_p")
TEST = ("difference", "ci_low", "ci_high", "p_value", "rank_biserial")
ITEM = ("item", "median", "item_total", "alpha_if_dropped")


def comparison(
    frame: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    synthetic: bool,
    lang: str = "fr",
    alpha: float = 0.05,
) -> TextTable:
    """Show the score of the compared groups and their difference, one block per contrast.

    Parameters
    ----------
    frame : DataFrame
        ``group_summaries.csv`` merged with ``group_tests.csv`` on `contrast`. Points of the
        score; a positive difference or rank_biserial means that the first group scores higher.
    labels : mapping
        Contrast and group codes to labels.
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
    >>> comparison(
    ...     summaries.merge(tests, on="contrast"), labels=labels, synthetic=True
    ... )  # doctest: +SKIP
    """
    shown = checked(frame, (*SUMMARY, *TEST), table="comparison")
    writer = Writer(labels, synthetic, lang)
    is_first = ~shown["contrast"].duplicated()
    rows = [
        [*_summary(row, writer), *(_test(row, writer) if first else [""] * 3)]
        for row, first in zip(records(shown), is_first, strict=True)
    ]
    headings = [
        writer.word("compared"),
        "n",
        writer.word("mean_sd"),
        writer.word("median_quartiles"),
        writer.word("shapiro_p"),
        writer.word("difference", level=writer.level(alpha)),
        writer.word("mann_whitney_p"),
        writer.word("rank_biserial"),
    ]
    sections = [writer.label(contrast) for contrast in shown["contrast"]]
    return writer.table("comparison", rows, headings=headings, sections=sections)


def items(
    frame: pd.DataFrame, *, labels: Mapping[str, str], synthetic: bool, lang: str = "fr"
) -> TextTable:
    """Show how each item was answered and how it fits the others.

    Parameters
    ----------
    frame : DataFrame
        ``items.csv``: item, a count per answer (`n_agree_fully` ... `n_unanswered`), median
        (points), item_total, alpha_if_dropped.
    labels : mapping
        Items and the answers' columns (`n_agree_fully` ...) to labels.
    synthetic, lang
        As in `comparison`.

    Raises
    ------
    ValueError
        A column is missing.

    Examples
    --------
    >>> items(frame, labels=labels, synthetic=True)  # doctest: +SKIP
    """
    answers = [str(column) for column in frame if str(column).startswith("n_")]
    shown = checked(frame, (*ITEM, *answers), table="items")
    writer = Writer(labels, synthetic, lang)
    rows = [
        [
            writer.label(row["item"]),
            *(writer.number(row[answer]) for answer in answers),
            writer.number(row["median"], decimals=1),
            writer.coefficient(row["item_total"]),
            writer.coefficient(row["alpha_if_dropped"]),
        ]
        for row in records(shown)
    ]
    headings = [
        writer.word("item"),
        *(writer.label(answer) for answer in answers),
        *(writer.word(key) for key in ("median", "item_total", "alpha_if_dropped")),
    ]
    return writer.table("items", rows, headings=headings)


def _summary(row: Mapping[str, Any], writer: Writer) -> list[str]:
    return [
        writer.label(row["group"]),
        writer.number(row["n"]),
        language.mean_sd(row["mean"], row["sd"], lang=writer.lang),
        writer.estimate(row["median"], row["q1"], row["q3"], decimals=1),
        writer.p(row["shapiro_p"]),
    ]


def _test(row: Mapping[str, Any], writer: Writer) -> list[str]:
    return [
        writer.estimate(row["difference"], row["ci_low"], row["ci_high"], decimals=1),
        writer.p(row["p_value"]),
        writer.coefficient(row["rank_biserial"]),
    ]
